import type { SiteView } from '#protocol/api.ts'
import { Icon } from '#ui/components/Icon.tsx'
import type { Aside, asidesOf } from './errand.ts'
import { KeyButton } from './KeyButton.tsx'
import { type By, KEYS } from './keys.ts'
import type { Leg } from './model.ts'
import type { Done } from './trail.ts'
import { laneSign, serviceName } from './VisitLine.tsx'
import { t } from './words.ts'

interface Props {
  asides: ReturnType<typeof asidesOf>
  /** The choice that is open, if any. */
  open: Aside | null
  site: SiteView
  undoable: (Done & { seconds: number }) | null
  /** Where the ticket that is done goes next. */
  onward: readonly Leg[]
  /** Tickets whose times can be put right. */
  correctable: readonly Leg[]
  /** The number of the ticket an undo has just brought back. */
  undone: string | null
  pending: string | null
  disabled: boolean
  onAside: (aside: Aside, by: By) => void
  onUndo: (by: By) => void
}

/** Below the main actions, in small: what is seldom needed, and what was done last, to be taken back. Keeps its room. */
export function QuietRow(props: Props) {
  const { asides, open, site, undoable, onward, correctable, undone, pending, disabled } = props
  const { onAside, onUndo } = props
  const justDone =
    undoable?.type === 'ticket:completed' && correctable.some(({ id }) => id === undoable.legs[0])
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
          {undoable.type === 'ticket:completed' &&
            onward.map(({ id, serviceId, laneId }) => (
              <span key={id} class="undo-onward" data-testid="onward">
                {t('onward', { service: serviceName(site, serviceId), lane: laneSign(site, laneId) })}
              </span>
            ))}
          {justDone && asides.length === 0 && (
            <KeyButton
              name="times-of-last"
              class="undo-times"
              tone="quiet"
              label={t('times')}
              keySign={null}
              pending={pending}
              disabled={disabled}
              onPress={(by) => onAside('times', by)}
            />
          )}
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
