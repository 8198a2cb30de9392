import { Button } from '#ui/components/Button.tsx'
import { type By, KEYS } from './keys.ts'
import type { Action } from './model.ts'
import { t } from './words.ts'

interface Props {
  action: Action
  label: string
  tone?: 'primary' | 'jade' | 'plain'
  large?: boolean
  /** What is being carried out now, if anything. */
  pending: Action | null
  disabled: boolean
  /** Why it is disabled, where that is not plain to see. */
  reason?: string | undefined
  onAct: (action: Action, by: By) => void
}

/** An action with its key on it. Pending shows at once, in the key's place, so that nothing moves. */
export function ActionButton({ action, label, tone, large, pending, disabled, reason, onAct }: Props) {
  const key = action in KEYS ? KEYS[action as keyof typeof KEYS] : null
  const busy = pending === action
  return (
    <Button
      tone={tone ?? 'plain'}
      large={large ?? false}
      busy={busy}
      disabled={!busy && (disabled || pending !== null)}
      title={reason}
      aria-keyshortcuts={key ?? undefined}
      data-testid={action}
      onKeyDown={(event) => {
        // Enter held down presses a button again and again.
        if (event.repeat) event.preventDefault()
      }}
      onClick={(event) => onAct(action, event.detail > 1 ? 'double-click' : 'click')}
    >
      <span class="act-label">{label}</span>
      {(key || busy) && (
        <span class={busy ? 'act-key act-key--busy' : 'act-key'} aria-hidden="true">
          {busy ? '' : key}
        </span>
      )}
    </Button>
  )
}

/** The words of each action where it stands. */
export function labelOf(action: Action, state: string): string {
  if (action === 'open' && state === 'paused') return t('resume')
  if (action === 'complete' && state === 'called') return t('complete-now')
  return t(action)
}
