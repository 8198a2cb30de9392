import type { SessionView, SiteView } from '#protocol/api.ts'
import type { PrinterView } from '#protocol/printing.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { PrinterTrouble } from '#ui/components/PrinterTrouble.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { hourMinute, localised } from '#ui/i18n.ts'
import { shared } from '#ui/words.ts'
import { supervises } from './model.ts'
import type { Shift } from './shift.ts'
import { t } from './words.ts'

interface Props {
  shift: Shift
  person: SessionView
  site: SiteView
  now: number
  printers: readonly PrinterView[]
  onChange: () => void
}

export function TopBar({ shift, person, site, now, printers, onChange }: Props) {
  const mayChange = person.counterId === null || supervises(person)
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
      {mayChange && (
        <Button tone="quiet" data-testid="change-counter" onClick={onChange}>
          {t('change-counter')}
        </Button>
      )}
      <LanguageSwitch />
      <Button tone="quiet" data-testid="sign-out" onClick={() => shift.signOut()}>
        {t('sign-out')}
      </Button>
    </header>
  )
}
