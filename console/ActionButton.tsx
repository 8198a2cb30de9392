import { KeyButton } from './KeyButton.tsx'
import { type By, KEYS } from './keys.ts'
import type { Action } from './model.ts'
import { t } from './words.ts'

interface Props {
  action: Action
  label: string
  tone?: 'primary' | 'jade' | 'plain'
  large?: boolean
  /** What is being carried out now, if anything. */
  pending: string | null
  disabled: boolean
  /** Why it is disabled, where that is not plain to see. */
  reason?: string | undefined
  onAct: (action: Action, by: By) => void
}

/** A main action with its key on it. */
export function ActionButton({ action, reason, onAct, ...rest }: Props) {
  return (
    <KeyButton
      {...rest}
      name={action}
      title={reason}
      keySign={action in KEYS ? KEYS[action as keyof typeof KEYS] : null}
      onPress={(by) => onAct(action, by)}
    />
  )
}

/** The words of each action where it stands. */
export function labelOf(action: Action, state: string): string {
  if (action === 'open' && state === 'paused') return t('resume')
  if (action === 'complete' && state === 'called') return t('complete-now')
  return t(action)
}
