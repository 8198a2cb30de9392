import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { errorWords } from '#ui/error-words.ts'
import type { First, SignIn } from '#ui/sign-in.ts'
import { PasswordForm } from './PasswordForm.tsx'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'post'>
  signIn: Pick<SignIn, 'resume' | 'signOut' | 'error'>
  first: First
}

/** Before anything else, somebody whose password was made up chooses one. [SIGNIN4] */
export function FirstPassword({ api, signIn, first }: Props) {
  const error = signIn.error.value
  return (
    <main class="gate">
      <div class="gate-sheet card card--raised" data-testid="first-password">
        <header class="gate-head">
          <Wordmark />
          <LanguageSwitch />
        </header>
        <ScreenTitle>{t('first-title')}</ScreenTitle>
        <p class="quiet">{t('first-lead')}</p>
        <PasswordForm
          api={api}
          username={first.username}
          typed={first.typed}
          save={t('first-save')}
          onSaved={() => void signIn.resume()}
          onExpired={() => void signIn.resume()}
        />
        {error && <Notice tone="madder">{errorWords(error)}</Notice>}
        <Button tone="quiet" data-testid="sign-out" onClick={() => void signIn.signOut()}>
          {t('sign-out')}
        </Button>
      </div>
    </main>
  )
}
