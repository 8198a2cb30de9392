import type { ButtonHTMLAttributes } from 'preact'
import { Button } from '#ui/components/Button.tsx'
import type { By } from './keys.ts'

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'size' | 'icon' | 'name' | 'onClick'> {
  /** What is pending while this button's action is carried out; its test id, too. */
  name: string
  label: string
  /** What explains the label, in small. */
  note?: string | undefined
  /** The key that does the same; shown on the button. */
  keySign: string | null
  tone?: 'primary' | 'jade' | 'plain' | 'quiet' | 'danger'
  large?: boolean
  /** What is being carried out now, if anything. */
  pending: string | null
  disabled: boolean
  onPress: (by: By) => void
}

/** A button with its key on it. Pending shows at once, in the key's place, so that nothing moves. */
export function KeyButton({
  name,
  label,
  note,
  keySign,
  tone,
  large,
  pending,
  disabled,
  onPress,
  ...rest
}: Props) {
  const busy = pending === name
  return (
    <Button
      {...rest}
      tone={tone ?? 'plain'}
      large={large ?? false}
      busy={busy}
      disabled={!busy && (disabled || pending !== null)}
      aria-keyshortcuts={keySign ?? undefined}
      data-testid={name}
      onKeyDown={(event) => {
        // Enter held down presses a button again and again.
        if (event.repeat) event.preventDefault()
      }}
      onClick={(event) => onPress(event.detail > 1 ? 'double-click' : 'click')}
    >
      <span class="act-label">
        {label}
        {note && <small class="act-note">{note}</small>}
      </span>
      {(keySign || busy) && (
        <span class={busy ? 'act-key act-key--busy' : 'act-key'} aria-hidden="true">
          {busy ? '' : keySign}
        </span>
      )}
    </Button>
  )
}
