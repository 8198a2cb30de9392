import type { Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import { hourMinute } from '#ui/i18n.ts'
import type { SheetProps } from './ChoiceSheet.tsx'
import { KeyButton } from './KeyButton.tsx'
import type { Leg } from './model.ts'
import { Sheet } from './Sheet.tsx'
import { CORRECTIONS, correctionOf, draftOf, nudged, type TimesDraft } from './times.ts'
import { serviceName } from './VisitLine.tsx'
import { t } from './words.ts'

interface Props extends SheetProps {
  site: SiteView
  /** Those that can be chosen. */
  legs: readonly Leg[]
  draft: Signal<TimesDraft | null>
  /** Asks for what this console has not seen itself. */
  onOpen: () => void
}

/** When was it really begun, and when really done? The reason saves it. [CONSOLE21] */
export function TimesSheet({ site, legs, draft, onOpen, pending, disabled, onRun, onLeave }: Props) {
  useEffect(onOpen, [])
  const { timeZone } = site
  const chosen = draft.value
  const set = (change: Partial<TimesDraft>) => {
    if (draft.value) draft.value = { ...draft.value, ...change }
  }
  if (!chosen) return null
  const { leg } = chosen
  const changed = correctionOf(chosen, 'other', timeZone) !== null
  return (
    <Sheet title={t('times-title', { number: leg.number })} note={t('times-note')} onLeave={onLeave}>
      {legs.length > 1 && (
        <div class="times-which" role="radiogroup" aria-label={t('times-which')}>
          {legs.map((each) => (
            <label key={each.id} class="times-leg">
              <input
                type="radio"
                name="times-leg"
                checked={each.id === leg.id}
                data-testid={`times-of-${each.number}`}
                onChange={() => {
                  draft.value = draftOf(each, timeZone)
                }}
              />
              <b class="number">{each.number}</b>
              <span>{each.endedAt === null ? t('times-now') : hourMinute(each.endedAt, timeZone)}</span>
            </label>
          ))}
        </div>
      )}
      <div class="times-fields">
        <p class="times-service">{serviceName(site, leg.serviceId)}</p>
        <Time
          name="times-begun"
          label={t('times-begun')}
          value={chosen.begun}
          onSet={(begun) => set({ begun })}
        />
        {chosen.done !== null && (
          <Time
            name="times-done"
            label={t('times-done')}
            value={chosen.done}
            onSet={(done) => set({ done })}
          />
        )}
      </div>
      <h3 class="sheet-kind">{changed ? t('times-why') : t('times-first')}</h3>
      <div class="sheet-options sheet-options--four">
        {CORRECTIONS.map((reason, index) => {
          const errand = correctionOf(chosen, reason, timeZone)
          return (
            <KeyButton
              key={reason}
              name={`correct-${reason}`}
              label={t(`correct-${reason}`)}
              keySign={String(index + 1)}
              pending={pending}
              disabled={disabled || errand === null}
              onPress={(by) => errand && onRun(errand, by)}
            />
          )
        })}
      </div>
    </Sheet>
  )
}

/** A time of day as the hall's clock writes it: a browser's own field would ask for morning and afternoon in its own language. */
function Time(props: { name: string; label: string; value: string; onSet: (time: string) => void }) {
  const { name, label, value, onSet } = props
  return (
    <label>
      <span>{label}</span>
      <input
        class="sheet-input number"
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        placeholder={t('times-hint')}
        value={value}
        data-testid={name}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onInput={({ currentTarget }) => onSet(currentTarget.value)}
        onKeyDown={(event) => {
          const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
          if (by !== 0) {
            event.preventDefault()
            onSet(nudged(value, by))
          } else if (event.key === 'Enter' && !event.isComposing) {
            // Done writing: the keys are those of the reasons again.
            event.preventDefault()
            event.currentTarget.closest('.sheet')?.querySelector<HTMLElement>('.sheet-title')?.focus()
          }
        }}
      />
    </label>
  )
}
