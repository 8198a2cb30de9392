import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { t } from './words.ts'

/** The hall gives no numbers now. */
export function ClosedScreen() {
  return (
    <div class="message" data-testid="closed">
      <Icon name="moon" class="message-icon" />
      <ScreenTitle>{t('closed-title')}</ScreenTitle>
      <p class="message-lead">{t('closed-lead')}</p>
    </div>
  )
}
