import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ErrorKey } from '#protocol/errors.ts'
import { errorWords } from '../error-words.ts'
import type { Facts } from '../i18n.ts'
import { shared } from '../words.ts'
import { Button } from './Button.tsx'
import { Field } from './Field.tsx'
import { Notice } from './Notice.tsx'

interface Props {
  /** Why the last try failed. */
  error: ErrorKey | null
  facts: Facts
  /** Somebody who was at work only needs the password again; empty: nobody was. */
  known?: string
  onSignIn: (username: string, password: string) => Promise<void>
}

/** Name and password. After a try that failed the password is asked for again. */
export function SignInForm({ error, facts, known = '', onSignIn }: Props) {
  const busy = useSignal(false)
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>(known ? '#password' : '#username')?.focus()
  }, [known])

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy.value || !form.current) return
    const given = new FormData(form.current)
    busy.value = true
    await onSignIn(`${given.get('username')}`.trim(), `${given.get('password')}`)
    busy.value = false
    const password = form.current?.querySelector<HTMLInputElement>('#password')
    if (!password) return
    password.value = ''
    password.focus()
  }

  return (
    <form class="gate-form" ref={form} onSubmit={submit}>
      <Field
        id="username"
        name="username"
        label={shared('username')}
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
        label={shared('password')}
        autocomplete="current-password"
        required
        data-testid="password"
      />
      {error && (
        <div data-testid="error">
          <Notice tone="madder">{errorWords(error, facts)}</Notice>
        </div>
      )}
      <Button type="submit" tone="primary" large wide busy={busy.value} data-testid="sign-in">
        {shared('sign-in')}
      </Button>
    </form>
  )
}
