import './account.css'
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { localised } from '#ui/i18n.ts'
import { PasswordForm } from './PasswordForm.tsx'
import { OwnSessions } from './Sessions.tsx'
import { t } from './words.ts'

export interface AccountProps {
  api: Pick<Api, 'get' | 'post' | 'remove'>
  person: SessionView
  site: SiteView
  /** ms on the server's clock */
  now: number
  onExpired: () => void
}

/** Whoever is signed in: who, where, and their password. [SIGNIN5] [SIGNIN6] */
export function Account({
  api,
  person,
  site,
  now,
  onExpired,
  children,
}: AccountProps & { children?: ComponentChildren }) {
  const saved = useSignal(0)
  return (
    <>
      <p class="quiet">{t('account-lead', { name: localised(person.name), username: person.username })}</p>
      <OwnSessions api={api} timeZone={site.timeZone} now={now} onExpired={onExpired} again={saved.value} />
      <section class="account-part account-password">
        <h2>{t('password')}</h2>
        <PasswordForm
          api={api}
          username={person.username}
          typed={null}
          save={t('save')}
          onSaved={() => {
            saved.value += 1
          }}
          onExpired={onExpired}
        />
        {saved.value > 0 && (
          <p role="status" class="account-saved" data-testid="password-saved">
            {t('saved')}
          </p>
        )}
      </section>
      {children}
    </>
  )
}
