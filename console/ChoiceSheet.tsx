import type { Signal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { localised } from '#ui/i18n.ts'
import { HOLDS, NOTE_LENGTH, type Place, takesTickets, transferTo } from './destination.ts'
import type { Errand } from './errand.ts'
import { KeyButton } from './KeyButton.tsx'
import type { By } from './keys.ts'
import type { Leg } from './model.ts'
import { Sheet } from './Sheet.tsx'
import { t } from './words.ts'

export interface SheetProps {
  pending: string | null
  disabled: boolean
  onRun: (errand: Errand, by: By) => void
  onLeave: () => void
}

interface Props extends SheetProps {
  leg: Leg
}

/** Held for what? */
export function HoldSheet({ leg, pending, disabled, onRun, onLeave }: Props) {
  return (
    <Sheet title={t('hold-title', { number: leg.number })} note={t('hold-note')} onLeave={onLeave}>
      <div class="sheet-options sheet-options--two">
        {HOLDS.map(({ kind, key }) => (
          <KeyButton
            key={kind}
            name={`hold-${kind}`}
            label={t(`hold-${kind}`)}
            note={t(`hold-${kind}-note`)}
            keySign={key}
            pending={pending}
            disabled={disabled}
            onPress={(by) => onRun({ errand: 'hold', leg, kind }, by)}
          />
        ))}
      </div>
    </Sheet>
  )
}

/** Where to? Every other lane and counter, with how it stands there now; and a note for the next, if there is something to say. */
export function TransferSheet({
  leg,
  places,
  draft,
  pending,
  disabled,
  onRun,
  onLeave,
}: Props & { places: readonly Place[]; draft: Signal<string> }) {
  const field = useRef<HTMLInputElement>(null)
  const option = (place: Place) => (
    <KeyButton
      key={`${place.kind}-${place.id}`}
      name={`transfer-${place.kind}-${place.id}`}
      class={isServed(place) ? 'place' : 'place place--unserved'}
      label={place.kind === 'counter' ? t('counter', { number: place.number }) : localised(place.name)}
      note={stateOf(place)}
      keySign={place.key}
      pending={pending}
      disabled={disabled || !takesTickets(place)}
      onPress={(by) => onRun(transferTo(leg, place, draft.value), by)}
    />
  )
  const people = places.filter(({ kind }) => kind === 'person')
  return (
    <Sheet
      title={t('transfer-title', { number: leg.number })}
      note={t('transfer-note')}
      onLeave={onLeave}
      onEnter={() => field.current?.focus()}
    >
      <label class="sheet-field">
        <span class="sheet-kind">
          {t('note-write')}
          <span class="act-key" aria-hidden="true">
            ↵
          </span>
        </span>
        <input
          ref={field}
          class="sheet-input"
          maxLength={NOTE_LENGTH}
          autoComplete="off"
          spellcheck={false}
          placeholder={t('note-hint')}
          value={draft.value}
          data-testid="transfer-note"
          onInput={({ currentTarget }) => {
            draft.value = currentTarget.value
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return
            // Done writing: the keys are those of the places again.
            event.preventDefault()
            event.currentTarget.closest('.sheet')?.querySelector<HTMLElement>('.sheet-title')?.focus()
          }}
        />
      </label>
      <h3 class="sheet-kind">{t('transfer-lanes')}</h3>
      <div class="sheet-options">{places.filter(({ kind }) => kind === 'lane').map(option)}</div>
      <h3 class="sheet-kind">{t('transfer-counters')}</h3>
      <div class="sheet-options">{places.filter(({ kind }) => kind === 'counter').map(option)}</div>
      {people.length > 0 && <h3 class="sheet-kind">{t('transfer-people')}</h3>}
      <div class="sheet-options">{people.map(option)}</div>
    </Sheet>
  )
}

function isServed(place: Place): boolean {
  if (place.kind === 'person') return true
  return place.kind === 'lane' ? place.served : place.status === 'open'
}

function stateOf(place: Place): string {
  if (place.kind === 'person') return t('counter', { number: place.number })
  if (place.kind === 'lane') return place.served ? t('waits', { n: place.waiting }) : t('unserved')
  if (place.status !== 'open') return t(`status-${place.status}`)
  return place.busy ? t('busy') : t('free')
}
