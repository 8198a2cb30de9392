import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '#ui/components/Button.tsx'
import { Field } from '#ui/components/Field.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/errors-i18n.ts'
import { GateSheet } from './Gate.tsx'
import type { Session } from './session.ts'
import { t } from './words.ts'

export function SignIn({ session }: { session: Session }) {
  const busy = useSignal(false)
  const form = useRef<HTMLFormElement>(null)
  const error = session.error.value

  useEffect(() => form.current?.querySelector<HTMLInputElement>('#username')?.focus(), [])

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy.value || !form.current) return
    const given = new FormData(form.current)
    busy.value = true
    await session.signIn(`${given.get('username')}`.trim(), `${given.get('password')}`)
    busy.value = false
    const password = form.current?.querySelector<HTMLInputElement>('#password')
    if (!password) return
    password.value = ''
    password.focus()
  }

  return (
    <GateSheet>
      <h1>{t('sign-in-title')}</h1>
      <p class="quiet">{t('sign-in-lead')}</p>
      <form class="gate-form" ref={form} onSubmit={submit}>
        <Field
          id="username"
          name="username"
          label={t('username')}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          data-testid="username"
        />
        <Field
          id="password"
          name="password"
          type="password"
          label={t('password')}
          autocomplete="current-password"
          required
          data-testid="password"
        />
        {error && (
          <div data-testid="error">
            <Notice tone="madder">{errorWords(error)}</Notice>
          </div>
        )}
        <Button type="submit" tone="primary" large wide busy={busy.value} data-testid="sign-in">
          {t('sign-in')}
        </Button>
      </form>
    </GateSheet>
  )
}
