import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { t } from './words.ts'

/** Seen only when the answer takes longer than a moment. */
export function IssuingScreen({ words = t('issuing') }: { words?: string }) {
  return (
    <div class="message message--slow" data-testid="issuing">
      <span class="loading-dots" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      <ScreenTitle class="message-lead">{words}</ScreenTitle>
    </div>
  )
}
