import type { ComponentChildren } from 'preact'
import { Button } from '#ui/components/Button.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { errorWords } from '#ui/error-words.ts'
import type { Session } from './session.ts'
import { t } from './words.ts'

/** The sheet that stands before the app. */
export function GateSheet({ children }: { children: ComponentChildren }) {
  return (
    <main class="gate">
      <div class="gate-sheet card card--raised">
        <header class="gate-head">
          <Wordmark />
          <LanguageSwitch />
        </header>
        {children}
      </div>
    </main>
  )
}

/** The command that makes a hall from its file. */
export function HallCommand() {
  return <code class="command">npm run hall -- apply hall.yaml</code>
}

/** A clerk's place is the console. [MANAGE4] */
export function NotForYou({ session }: { session: Session }) {
  return (
    <GateSheet>
      <ScreenTitle>{t('not-for-you')}</ScreenTitle>
      <p class="quiet" data-testid="not-for-you">
        {t('not-for-you-lead')}
      </p>
      <a class="button button--primary button--large" href="/console/">
        {t('to-console')}
      </a>
      <SignOut session={session} />
    </GateSheet>
  )
}

/** An administrator was set up before there is a hall. */
export function NoHall({ session }: { session: Session }) {
  return (
    <GateSheet>
      <ScreenTitle>{t('no-hall')}</ScreenTitle>
      <p class="quiet">{t('no-hall-lead')}</p>
      <HallCommand />
      <SignOut session={session} />
    </GateSheet>
  )
}

function SignOut({ session }: { session: Session }) {
  const error = session.error.value
  return (
    <>
      {error && (
        <Notice tone="amber" title={t('sign-out-failed')}>
          <p>{errorWords(error)}</p>
        </Notice>
      )}
      <Button tone="quiet" data-testid="sign-out" onClick={() => void session.signOut()}>
        {t('sign-out')}
      </Button>
    </>
  )
}
