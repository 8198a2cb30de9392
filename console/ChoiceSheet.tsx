import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '#ui/components/Button.tsx'
import { localised } from '#ui/i18n.ts'
import { HOLDS, type Place, transferTo } from './destination.ts'
import type { Errand } from './errand.ts'
import { KeyButton } from './KeyButton.tsx'
import type { By } from './keys.ts'
import type { Leg } from './model.ts'
import { t } from './words.ts'

interface Props {
  leg: Leg
  pending: string | null
  disabled: boolean
  onRun: (errand: Errand, by: By) => void
  onLeave: () => void
}

/** Held for what? Lies over the main actions, so that none is pressed meanwhile. */
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

/** Where to? Every other lane and counter, with how it stands there now. */
export function TransferSheet({
  leg,
  places,
  pending,
  disabled,
  onRun,
  onLeave,
}: Props & { places: readonly Place[] }) {
  const option = (place: Place) => (
    <KeyButton
      key={`${place.kind}-${place.id}`}
      name={`transfer-${place.kind}-${place.id}`}
      class={isServed(place) ? 'place' : 'place place--unserved'}
      label={place.kind === 'lane' ? localised(place.name) : t('counter', { number: place.number })}
      note={stateOf(place)}
      keySign={place.key}
      pending={pending}
      disabled={disabled}
      onPress={(by) => onRun(transferTo(leg, place), by)}
    />
  )
  return (
    <Sheet title={t('transfer-title', { number: leg.number })} note={t('transfer-note')} onLeave={onLeave}>
      <h3 class="sheet-kind">{t('transfer-lanes')}</h3>
      <div class="sheet-options">{places.filter(({ kind }) => kind === 'lane').map(option)}</div>
      <h3 class="sheet-kind">{t('transfer-counters')}</h3>
      <div class="sheet-options">{places.filter(({ kind }) => kind === 'counter').map(option)}</div>
    </Sheet>
  )
}

function isServed(place: Place): boolean {
  return place.kind === 'lane' ? place.served : place.status === 'open'
}

function stateOf(place: Place): string {
  if (place.kind === 'lane') return place.served ? t('waits', { n: place.waiting }) : t('unserved')
  if (place.status !== 'open') return t(`status-${place.status}`)
  return place.busy ? t('busy') : t('free')
}

interface SheetProps {
  title: string
  note: string
  onLeave: () => void
  children: ComponentChildren
}

function Sheet({ title, note, onLeave, children }: SheetProps) {
  // Not to an option: a second Enter must not choose.
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <div class="sheet" role="dialog" aria-labelledby="sheet-title" data-testid="sheet">
      <header class="sheet-head">
        <h2 class="sheet-title" id="sheet-title" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p class="sheet-note">{note}</p>
        <Button tone="quiet" class="sheet-leave" onClick={onLeave} data-testid="sheet-leave">
          {t('leave')}
          <span class="act-key" aria-hidden="true">
            Esc
          </span>
        </Button>
      </header>
      <div class="sheet-body">{children}</div>
    </div>
  )
}
