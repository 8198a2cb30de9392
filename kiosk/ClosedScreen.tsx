import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { MissedButton } from './HomeScreen.tsx'
import { t } from './words.ts'

/** The hall gives no numbers now; who has one may still come back into the line. */
export function ClosedScreen({ onMissed }: { onMissed: () => void }) {
  return (
    <div class="message" data-testid="closed">
      <Icon name="moon" class="message-icon" />
      <ScreenTitle>{t('closed-title')}</ScreenTitle>
      <p class="message-lead">{t('closed-lead')}</p>
      <MissedButton onMissed={onMissed} />
    </div>
  )
}
