import { Account, type AccountProps } from '#ui/account/Account.tsx'
import { HallSessions } from '#ui/account/Sessions.tsx'
import { t } from '#ui/account/words.ts'

/** One's own account and, for who may, who is signed in to the hall. [SIGNIN6] [SIGNIN7] */
export function AccountPage(props: AccountProps) {
  const { api, person, site, now, onExpired } = props
  return (
    <main class="account-page" data-testid="account">
      <h1>{t('account')}</h1>
      <Account {...props}>
        {person.may.includes('hall-sessions') && (
          <HallSessions api={api} siteId={site.id} timeZone={site.timeZone} now={now} onExpired={onExpired} />
        )}
      </Account>
    </main>
  )
}
