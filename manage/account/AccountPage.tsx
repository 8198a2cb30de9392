import { useSignal } from '@preact/signals'
import { Account, type AccountProps } from '#ui/account/Account.tsx'
import { HallSessions } from '#ui/account/Sessions.tsx'
import { t } from '#ui/account/words.ts'
import { Passwords } from './Passwords.tsx'

/** One's own account and, for who may, who is signed in to the hall, and new passwords for others. [SIGNIN6] [SIGNIN7] [SIGNIN11] */
export function AccountPage(props: AccountProps) {
  const { api, person, site, now, onExpired } = props
  const given = useSignal(0)
  return (
    <main class="account-page" data-testid="account">
      <h1>{t('account')}</h1>
      <Account {...props}>
        {person.may.includes('hall-sessions') && (
          <HallSessions
            api={api}
            siteId={site.id}
            own={person.accountId}
            timeZone={site.timeZone}
            now={now}
            onExpired={onExpired}
            again={given.value}
          />
        )}
        {person.may.includes('give-password') && (
          <Passwords
            api={api}
            siteId={site.id}
            own={person.accountId}
            onGiven={() => {
              given.value += 1
            }}
            onExpired={onExpired}
          />
        )}
      </Account>
    </main>
  )
}
