import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { ErrorKey } from '#protocol/errors.ts'
import { PASSWORD_LENGTH, type PasswordRequest } from '#protocol/session.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Field } from '#ui/components/Field.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import type { Facts } from '#ui/i18n.ts'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'post'>
  username: string
  /** The present password, when it was typed a moment ago. */
  typed: string | null
  save: string
  onSaved: () => void
  onExpired: () => void
}

/** Chooses a password. [SIGNIN5] */
export function PasswordForm({ api, username, typed, save, onSaved, onExpired }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const known = useSignal(typed)
  const problem = useSignal<{ key: ErrorKey | 'not-same'; facts: Facts } | null>(null)
  const busy = useSignal(false)

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (busy.peek() || !form.current) return
    const given = new FormData(form.current)
    const current = known.peek() ?? `${given.get('current')}`
    const password = `${given.get('new')}`
    if (password !== given.get('again')) {
      problem.value = { key: 'not-same', facts: {} }
      return
    }
    busy.value = true
    // What was said stays until there is an answer: without it the buttons would move up, and "sign out" under the hand.
    try {
      await api.post<void>('/session/password', { current, password } satisfies PasswordRequest)
      form.current?.reset()
      problem.value = null
      onSaved()
    } catch (thrown) {
      const { key, facts } = thrown instanceof ApiError ? thrown : { key: 'internal' as const, facts: {} }
      problem.value = { key, facts }
      if (key === 'wrong-password') known.value = null
      if (key === 'unauthenticated') onExpired()
    }
    busy.value = false
  }

  const said = problem.value
  return (
    <form class="gate-form" ref={form} onSubmit={submit} data-testid="password-form">
      {/* By it a browser that keeps passwords knows whose this is. */}
      <input type="text" name="username" value={username} autocomplete="username" hidden readOnly />
      {known.value === null && (
        <Field
          id="current"
          name="current"
          type="password"
          label={t('current')}
          autocomplete="current-password"
          maxLength={PASSWORD_LENGTH.most}
          required
          data-testid="current-password"
        />
      )}
      <Field
        id="new"
        name="new"
        type="password"
        label={t('new')}
        help={t('new-help', { least: PASSWORD_LENGTH.least })}
        autocomplete="new-password"
        minLength={PASSWORD_LENGTH.least}
        maxLength={PASSWORD_LENGTH.most}
        required
        data-testid="new-password"
      />
      <Field
        id="again"
        name="again"
        type="password"
        label={t('again')}
        autocomplete="new-password"
        required
        data-testid="new-password-again"
      />
      {said && (
        <div data-testid="password-error">
          <Notice tone="madder">
            {said.key === 'not-same' ? t('not-same') : errorWords(said.key, said.facts)}
          </Notice>
        </div>
      )}
      <Button type="submit" tone="primary" large wide busy={busy.value} data-testid="save-password">
        {save}
      </Button>
    </form>
  )
}
