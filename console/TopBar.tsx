import type { SessionView, SiteView } from '#protocol/api.ts'
import type { PrinterView } from '#protocol/printing.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { PrinterTrouble } from '#ui/components/PrinterTrouble.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { hourMinute, localised } from '#ui/i18n.ts'
import { shared } from '#ui/words.ts'
import type { Shift } from './shift.ts'
import { t } from './words.ts'

/** Where else a person may go from where they are. */
export interface Place {
  id: 'change-counter' | 'open-reception' | 'open-counter'
  go: () => void
}

interface Props {
  shift: Shift
  person: SessionView
  site: SiteView
  now: number
  printers: readonly PrinterView[]
  places: readonly Place[]
}

export function TopBar({ shift, person, site, now, printers, places }: Props) {
  return (
    <header class="top">
      <Wordmark />
      <span class="top-site" title={localised(site.name)}>
        {localised(site.name)}
      </span>
      {site.demo && !site.practice && <Chip tone="accent">{shared('demo')}</Chip>}
      <span class="top-gap" />
      <PrinterTrouble printers={printers} />
      <time class="top-clock number">{hourMinute(now, site.timeZone)}</time>
      <span class="top-person" title={localised(person.name)}>
        {localised(person.name)}
      </span>
      {places.map(({ id, go }) => (
        <Button key={id} tone="quiet" data-testid={id} onClick={go}>
          {t(id)}
        </Button>
      ))}
      <LanguageSwitch />
      <Button tone="quiet" data-testid="sign-out" onClick={() => shift.signOut()}>
        {t('sign-out')}
      </Button>
    </header>
  )
}
