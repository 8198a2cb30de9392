import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '#ui/components/Button.tsx'
import { Field } from '#ui/components/Field.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { errorWords } from '#ui/errors-i18n.ts'
import type { Shift } from './shift.ts'
import { t } from './words.ts'

/** The first page of the day; over the desk, when a session has ended. */
export function SignIn({ shift }: { shift: Shift }) {
  const busy = useSignal(false)
  const form = useRef<HTMLFormElement>(null)
  const expired = shift.state.value === 'expired'
  const error = shift.error.value

  // Somebody who was at work only needs the password again.
  const known = expired ? (shift.person.value?.username ?? '') : ''
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>(known ? '#password' : '#username')?.focus()
  }, [known])

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy.value || !form.current) return
    const given = new FormData(form.current)
    busy.value = true
    await shift.signIn(`${given.get('username')}`.trim(), `${given.get('password')}`)
    busy.value = false
    const password = form.current?.querySelector<HTMLInputElement>('#password')
    if (!password) return
    password.value = ''
    password.focus()
  }

  const kind = expired ? 'expired' : 'sign-in'
  const sheet = (
    <div class="gate-sheet card card--raised">
      <header class="gate-head">
        <Wordmark />
        <LanguageSwitch />
      </header>
      <h1 id="gate-title">{t(`${kind}-title`)}</h1>
      <p class="quiet">{t(`${kind}-lead`)}</p>
      <form class="gate-form" ref={form} onSubmit={submit}>
        <Field
          id="username"
          name="username"
          label={t('username')}
          defaultValue={known}
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
    </div>
  )
  if (!expired) return <main class="gate">{sheet}</main>
  return (
    <div class="gate gate--over" role="dialog" aria-modal="true" aria-labelledby="gate-title">
      {sheet}
    </div>
  )
}
