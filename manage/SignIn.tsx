import { SignInForm } from '#ui/components/SignInForm.tsx'
import { GateSheet } from './Gate.tsx'
import type { Session } from './session.ts'
import { t } from './words.ts'

export function SignIn({ session }: { session: Session }) {
  return (
    <GateSheet>
      <h1>{t('sign-in-title')}</h1>
      <p class="quiet">{t('sign-in-lead')}</p>
      <SignInForm error={session.error.value} facts={session.facts.value} onSignIn={session.signIn} />
    </GateSheet>
  )
}
