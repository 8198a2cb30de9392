import { useEffect } from 'preact/hooks'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { errorWords } from '#ui/error-words.ts'
import type { Visit } from './visit.ts'
import { t } from './words.ts'

interface Props {
  visit: Extract<Visit, { at: 'failed' }>
  onHome: () => void
  /** The server says the hall is closed, and this screen did not know. */
  onClosed: () => void
}

/** No number, in words, and what to do. Trying again can never give two. [KIOSK1] */
export function FailedScreen({ visit, onHome, onClosed }: Props) {
  const { error, again } = visit
  useEffect(() => {
    if (error === 'site-closed') onClosed()
  }, [error])
  return (
    <div class="message" data-testid="failed">
      <Icon name="warning" class="message-icon message-icon--madder" />
      <ScreenTitle>{t('failed-title')}</ScreenTitle>
      <p class="message-lead">{errorWords(error)}</p>
      <div class="message-actions">
        <Button large onClick={onHome} back data-testid="home">
          {t('home')}
        </Button>
        <Button tone="primary" large icon="repeat" onClick={again} data-testid="again">
          {t('try-again')}
        </Button>
      </div>
    </div>
  )
}
