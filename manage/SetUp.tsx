import { useSignal } from '@preact/signals'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, errorKeyOf } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Field } from '#ui/components/Field.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { errorWords } from '#ui/error-words.ts'
import { shared } from '#ui/words.ts'
import { GateSheet, HallCommand } from './Gate.tsx'
import { setupRequest } from './setup.ts'
import { t } from './words.ts'

/** The first administrator of a new server. [MANAGE6] */
export function SetUp({ api }: { api: Api }) {
  const busy = useSignal(false)
  const done = useSignal(false)
  const error = useSignal<ErrorKey | null>(null)

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy.value) return
    const given = new FormData(event.currentTarget as HTMLFormElement)
    busy.value = true
    error.value = null
    try {
      await api.setUp(setupRequest(given))
      done.value = true
    } catch (thrown) {
      error.value = errorKeyOf(thrown)
    }
    busy.value = false
  }

  if (done.value) {
    return (
      <GateSheet>
        <ScreenTitle>{t('setup-done')}</ScreenTitle>
        <p>{t('setup-next')}</p>
        <HallCommand />
        <p class="quiet">{t('setup-then')}</p>
        <a class="button button--primary button--large" href="#/" data-testid="setup-sign-in">
          {shared('sign-in')}
        </a>
      </GateSheet>
    )
  }
  return (
    <GateSheet>
      <ScreenTitle>{t('setup-title')}</ScreenTitle>
      <p class="quiet">{t('setup-lead')}</p>
      <form class="gate-form" onSubmit={submit} data-testid="set-up">
        <Field id="code" name="code" label={t('setup-code')} autocomplete="off" spellcheck={false} required />
        <Field id="name" name="name" label={t('setup-name')} autocomplete="name" required />
        <Field
          id="username"
          name="username"
          label={shared('username')}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
        />
        <Field
          id="password"
          name="password"
          type="password"
          label={shared('password')}
          help={t('setup-password-help')}
          autocomplete="new-password"
          minLength={8}
          required
        />
        {error.value && (
          <div data-testid="error">
            <Notice tone="madder">{errorWords(error.value)}</Notice>
          </div>
        )}
        <Button type="submit" tone="primary" large wide busy={busy.value}>
          {t('setup-do')}
        </Button>
      </form>
    </GateSheet>
  )
}
