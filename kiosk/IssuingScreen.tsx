import { t } from './words.ts'

/** Seen only when the answer takes longer than a moment. */
export function IssuingScreen({ words = t('issuing') }: { words?: string }) {
  return (
    <div class="message message--slow" role="status" data-testid="issuing">
      <span class="loading-dots" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      <p class="message-lead">{words}</p>
    </div>
  )
}
