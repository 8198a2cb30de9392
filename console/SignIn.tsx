import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { SignInForm } from '#ui/components/SignInForm.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import type { Shift } from './shift.ts'
import { t } from './words.ts'

/** The first page of the day; over the desk, when a session has ended. */
export function SignIn({ shift }: { shift: Shift }) {
  const expired = shift.state.value === 'expired'
  const known = expired ? (shift.person.value?.username ?? '') : ''
  const kind = expired ? 'expired' : 'sign-in'
  const sheet = (
    <div class="gate-sheet card card--raised">
      <header class="gate-head">
        <Wordmark />
        <LanguageSwitch />
      </header>
      <h1 id="gate-title">{t(`${kind}-title`)}</h1>
      <p class="quiet">{t(`${kind}-lead`)}</p>
      <SignInForm error={shift.error.value} facts={shift.facts.value} known={known} onSignIn={shift.signIn} />
    </div>
  )
  if (!expired) return <main class="gate">{sheet}</main>
  return (
    <div class="gate gate--over" role="dialog" aria-modal="true" aria-labelledby="gate-title">
      {sheet}
    </div>
  )
}
