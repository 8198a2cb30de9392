import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { errorWords } from '#ui/error-words.ts'
import { secondsUntilMine, type Word } from './hands.ts'
import { t } from './words.ts'

/** What the desk says back: what came of a press, or why nothing did. */
export function Said({ word, now, onDismiss }: { word: Word | null; now: number; onDismiss: () => void }) {
  const seconds = secondsUntilMine(word, now)
  // An undo is said where it was pressed.
  if (word === null || word.type === 'undone' || (word.type === 'after' && seconds === 0)) {
    return <div role="status" />
  }
  if (word.type === 'error') {
    return (
      <div class="said said--error" role="alert" data-testid="error" data-error={word.key}>
        <Icon name="warning" />
        <span>{errorWords(word.key, word.facts)}</span>
        <Button tone="quiet" onClick={onDismiss}>
          {t('dismiss')}
        </Button>
      </div>
    )
  }
  return (
    <div class="said" role="status" data-testid={word.type}>
      {word.type === 'after' ? (
        <>
          {t('after', { counter: word.counter })}
          {/* Not read out each second. */}
          <span class="said-left number" aria-hidden="true">
            {t('seconds', { n: seconds })}
          </span>
        </>
      ) : word.type === 'corrected' || word.type === 'printing' ? (
        t(word.type, { number: word.number })
      ) : (
        t(word.type === 'nobody' ? 'nobody-called' : 'look-again')
      )}
    </div>
  )
}
