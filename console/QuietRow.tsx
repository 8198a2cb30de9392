import { Icon } from '#ui/components/Icon.tsx'
import type { Aside } from './errand.ts'
import { KeyButton } from './KeyButton.tsx'
import { type By, KEYS } from './keys.ts'
import type { Done } from './trail.ts'
import { t } from './words.ts'

interface Props {
  asides: readonly Aside[]
  /** The choice that is open, if any. */
  open: Aside | null
  undoable: (Done & { seconds: number }) | null
  /** The number of the ticket an undo has just brought back. */
  undone: string | null
  pending: string | null
  disabled: boolean
  onAside: (aside: Aside, by: By) => void
  onUndo: (by: By) => void
}

/** Below the main actions, in small: what is seldom needed, and what was done last, to be taken back. Keeps its room. */
export function QuietRow({ asides, open, undoable, undone, pending, disabled, onAside, onUndo }: Props) {
  return (
    <div class="quiet-row">
      {asides.length > 0 && (
        <div class="quiet-asides">
          {asides.map((aside) => (
            <KeyButton
              key={aside}
              name={aside}
              tone="quiet"
              label={t(aside)}
              title={t(`${aside}-what`)}
              keySign={KEYS[aside]}
              pending={pending}
              disabled={disabled}
              aria-expanded={aside === 'put-back' ? undefined : open === aside}
              onPress={(by) => onAside(aside, by)}
            />
          ))}
        </div>
      )}
      {undoable && (
        <div class="undo">
          <span class="undo-what">
            <Icon name="check" />
            {t(`did-${undoable.type}`, { number: undoable.number })}
          </span>
          <KeyButton
            name="undo"
            class="undo-press"
            tone="quiet"
            label={t('undo')}
            keySign={KEYS.undo}
            pending={pending}
            disabled={disabled}
            aria-label={t('undo-of', { done: t(`did-${undoable.type}`, { number: undoable.number }) })}
            onPress={onUndo}
          />
          <span class="undo-left number" aria-hidden="true">
            {t('seconds', { n: undoable.seconds })}
          </span>
        </div>
      )}
      <div role="status" class={undone === null ? 'visually-hidden' : 'undo'}>
        {undone !== null && (
          <span class="undo-what" data-testid="undone">
            {t('undone', { number: undone })}
          </span>
        )}
      </div>
    </div>
  )
}
