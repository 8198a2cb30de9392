import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { ActionsResponse, SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { errorWords } from '#ui/error-words.ts'
import { hourMinute } from '#ui/i18n.ts'
import { useSteps } from '#ui/steps.ts'
import type { SheetProps } from '../ChoiceSheet.tsx'
import { KeyButton } from '../KeyButton.tsx'
import { KEYS } from '../keys.ts'
import type { Leg } from '../model.ts'
import { Sheet } from '../Sheet.tsx'
import type { Done } from '../trail.ts'
import { t as said } from '../words.ts'
import { type ActionRow, actionRows } from './rows.ts'
import { t, whatOf } from './words.ts'
import './actions.css'

interface Props extends SheetProps {
  api: Api
  site: SiteView
  board: StaffBoard
  counterId: string
  undoable: (Done & { seconds: number }) | null
  correctable: readonly Leg[]
  onExpired: () => void
}

/** What was done at this counter last, each with its way back. Read from the log each time it is opened. [TRAIL1] [TRAIL2] */
export function ActionsSheet(props: Props) {
  const { api, site, board, counterId, undoable, correctable, pending, disabled, onRun, onLeave } = props
  const items = useSignal<ActionsResponse['items'] | null>(null)
  const { error, carryOut } = useSteps(props.onExpired)
  const read = () =>
    carryOut(async () => {
      items.value = (await api.get<ActionsResponse>(`/counters/${counterId}/actions`)).items
    })
  useEffect(() => void read(), [])
  const undo = undoable?.seq ?? null
  const rows = items.value && actionRows(items.value, board, counterId, undo, correctable)
  return (
    <Sheet title={t('title')} note={t('note')} onLeave={onLeave}>
      {error.value ? (
        <p class="actions-none" role="alert">
          {errorWords(error.value)} <Button onClick={() => void read()}>{said('again')}</Button>
        </p>
      ) : rows === null ? (
        <p class="actions-none">{said('loading')}</p>
      ) : rows.length === 0 ? (
        <p class="actions-none">{t('none')}</p>
      ) : (
        <ol class="actions" data-testid="actions-list">
          {rows.map((row) => (
            <Row key={row.action.seq} row={row} timeZone={site.timeZone}>
              {row.way === 'undo' && undoable && (
                <KeyButton
                  name="undo"
                  label={said('undo')}
                  note={said('seconds', { n: undoable.seconds })}
                  keySign={KEYS.undo}
                  pending={pending}
                  disabled={disabled}
                  onPress={(by) => onRun({ errand: 'undo', counterId, seq: undoable.seq }, by)}
                />
              )}
            </Row>
          ))}
        </ol>
      )}
    </Sheet>
  )
}

function Row({
  row: { action, way },
  timeZone,
  children,
}: {
  row: ActionRow
  timeZone: string
  children: ComponentChildren
}) {
  const { at, type, number, by } = action
  return (
    <li
      class={way === 'undone' || way === 'followed' ? 'action action--past' : 'action'}
      data-testid={`action-${action.seq}`}
      data-way={way ?? 'none'}
    >
      <time class="number">{hourMinute(at, timeZone)}</time>
      <strong class="number">{number}</strong>
      <span>{whatOf(type)}</span>
      <small>{t(`by-${by}`)}</small>
      <span class="action-way">{way === 'undo' ? children : way && t(`way-${way}`)}</span>
    </li>
  )
}
