import type { Action } from '#protocol/actions.ts'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { PrinterView } from '#protocol/printing.ts'
import { Button } from '#ui/components/Button.tsx'
import { HallName } from '#ui/components/HallName.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { PrinterTrouble } from '#ui/components/PrinterTrouble.tsx'
import { hourMinute, localised } from '#ui/i18n.ts'
import { dayLink, type Page } from './page.ts'
import type { Session } from './session.ts'
import { t } from './words.ts'

interface Props {
  session: Session
  person: SessionView
  site: SiteView
  page: Page
  /** ms on the server's clock */
  now: number
  printers: readonly PrinterView[]
}

export function TopBar({ session, person, site, page, now, printers }: Props) {
  const may = (action: Action) => person.may.includes(action)
  const tab = (which: 'hall' | 'day' | 'audit' | 'screens' | 'api-keys', href: string) => (
    <a
      class="tab"
      href={href}
      aria-current={page.page === which ? 'page' : undefined}
      data-testid={`page-${which}`}
    >
      {t(`page-${which}`)}
    </a>
  )
  return (
    <header class="top">
      <HallName site={site} />
      <nav class="tabs">
        {tab('hall', '#/')}
        {tab('day', dayLink(null))}
        {may('read-devices') && tab('screens', '#/screens')}
        {may('read-audit') && tab('audit', '#/audit')}
        {may('manage-api-keys') && tab('api-keys', '#/api-keys')}
      </nav>
      <span class="top-gap" />
      <PrinterTrouble printers={printers} />
      <time class="top-clock number">{hourMinute(now, site.timeZone)}</time>
      <a
        class="top-person"
        href="#/account"
        aria-current={page.page === 'account' ? 'page' : undefined}
        aria-label={localised(person.name)}
        data-testid="page-account"
      >
        <Icon name="person" />
        <span title={localised(person.name)}>{localised(person.name)}</span>
      </a>
      <LanguageSwitch />
      <Button tone="quiet" data-testid="sign-out" onClick={() => void session.signOut()}>
        {t('sign-out')}
      </Button>
    </header>
  )
}
