import { useSignal } from '@preact/signals'
import type { Device } from '../device.ts'
import { errorWords } from '../error-words.ts'
import { shared } from '../words.ts'
import { Button } from './Button.tsx'
import { Field } from './Field.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { Loading } from './Loading.tsx'
import { Notice } from './Notice.tsx'
import { Wordmark } from './Wordmark.tsx'

/** What a screen shows until it is enrolled: nothing to do in a demo hall, a supervisor's sign-in elsewhere. */
export function EnrolmentScreen({ device }: { device: Device }) {
  const busy = useSignal(false)
  const error = device.error.value

  if (device.state.value === 'enrolling' || device.state.value === 'enrolled') return <Loading />
  if (device.state.value === 'failed') {
    return (
      <main class="plain-screen">
        <Wordmark />
        <p>{errorWords(error ?? 'unavailable')}</p>
        <Button tone="primary" large icon="repeat" onClick={() => device.enrol()}>
          {shared('try-again')}
        </Button>
      </main>
    )
  }

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (busy.value) return
    const form = event.currentTarget as HTMLFormElement
    const given = new FormData(form)
    busy.value = true
    await device.signInAndEnrol(`${given.get('username')}`, `${given.get('password')}`)
    busy.value = false
    form.reset()
  }

  return (
    <main class="plain-screen">
      <Wordmark />
      <h1>{shared('set-up-title')}</h1>
      <p class="quiet">{shared('set-up-lead')}</p>
      <form class="sign-in card" onSubmit={submit} data-testid="set-up">
        <Field id="username" name="username" label={shared('username')} autocomplete="off" required />
        <Field
          id="password"
          name="password"
          type="password"
          label={shared('password')}
          autocomplete="off"
          required
        />
        {error && <Notice tone="madder">{errorWords(error)}</Notice>}
        <Button type="submit" tone="primary" large wide busy={busy.value}>
          {shared('set-up')}
        </Button>
      </form>
      <LanguageSwitch />
    </main>
  )
}
