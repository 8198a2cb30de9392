import { useSignal } from '@preact/signals'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { PrinterView } from '#protocol/printing.ts'
import { Button } from '#ui/components/Button.tsx'
import { HallName } from '#ui/components/HallName.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { later } from '#ui/components/later.tsx'
import { PrinterTrouble } from '#ui/components/PrinterTrouble.tsx'
import { hourMinute, localised } from '#ui/i18n.ts'
import type { Shift } from './shift.ts'
import { t } from './words.ts'

// Seldom looked at.
const AccountSheet = later(async () => (await import('#ui/account/AccountSheet.tsx')).AccountSheet)

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
  const account = useSignal(false)
  return (
    <>
      <header class="top">
        <HallName site={site} />
        <span class="top-gap" />
        <PrinterTrouble printers={printers} />
        <time class="top-clock number">{hourMinute(now, site.timeZone)}</time>
        <button
          type="button"
          class="top-person"
          aria-label={localised(person.name)}
          data-testid="open-account"
          onClick={() => {
            account.value = true
          }}
        >
          <Icon name="person" />
          <span title={localised(person.name)}>{localised(person.name)}</span>
        </button>
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
      {account.value && (
        <AccountSheet
          api={shift.api}
          person={person}
          site={site}
          now={now}
          onExpired={shift.expire}
          onClose={() => {
            account.value = false
          }}
        />
      )}
    </>
  )
}
