import { Button } from '#ui/components/Button.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import type { Shift } from './shift.ts'
import { t } from './words.ts'

/** Whoever only sets up or looks has nothing to do at a counter. [SHIFT6] */
export function NotHere({ shift }: { shift: Shift }) {
  return (
    <main class="gate">
      <div class="gate-sheet card card--raised" data-testid="not-here">
        <header class="gate-head">
          <Wordmark />
          <LanguageSwitch />
        </header>
        <h1>{t('not-here')}</h1>
        <p class="quiet">{t('not-here-lead')}</p>
        <a class="button button--primary button--large" href="/manage/">
          {t('to-manage')}
        </a>
        <Button tone="quiet" data-testid="sign-out" onClick={() => void shift.signOut()}>
          {t('sign-out')}
        </Button>
      </div>
    </main>
  )
}
