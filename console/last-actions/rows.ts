import type { CounterAction } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { Leg } from '../model.ts'

/** What can be done about an action that can no longer be taken back. [TRAIL3] */
export type Instead =
  | 'undone'
  | 'times'
  | 'put-back'
  | 'rejoin'
  | 'resume'
  | 'waits'
  | 'elsewhere'
  | 'over'
  /** Something was done with the ticket here since. */
  | 'followed'

export interface ActionRow {
  action: CounterAction
  /** `undo`: it may still be taken back. Null: there is nothing to say. */
  way: 'undo' | Instead | null
}

/**
 * The last actions of a counter, each with what can be done about it now. [TRAIL2] [TRAIL3] Only the latest row of a ticket says where
 * the ticket is.
 *
 * @param undoable the event that may be taken back
 * @param correctable legs whose times can be put right here
 */
export function actionRows(
  actions: readonly CounterAction[],
  board: StaffBoard,
  counterId: string,
  undoable: number | null,
  correctable: readonly Pick<Leg, 'id'>[],
): ActionRow[] {
  const seen = new Set<string>()
  return actions.map((action) => {
    const { ticketId, legId, seq, undone, type } = action
    if (undone) return { action, way: 'undone' }
    if (ticketId === null || type === 'ticket:undone') return { action, way: null }
    if (seen.has(ticketId)) return { action, way: 'followed' }
    seen.add(ticketId)
    if (seq === undoable) return { action, way: 'undo' }
    const [open] = Object.values(board.legs)
      .filter((leg) => leg.ticketId === ticketId)
      .sort((a, b) => order(a) - order(b))
    if (correctable.some(({ id }) => id === legId)) return { action, way: 'times' }
    return { action, way: open ? whereOf(open, counterId) : 'over' }
  })
}

/** Of several matters the one at a counter is meant, else held, waiting, missed. */
const ORDER: readonly Leg['state'][] = ['serving', 'called', 'held', 'waiting', 'missed']
const order = ({ state }: Leg) => ORDER.indexOf(state)

function whereOf({ state, counterId: at }: Leg, counterId: string): Instead {
  if (state === 'missed') return 'rejoin'
  if (state === 'held') return 'resume'
  if (state === 'waiting') return 'waits'
  return at === counterId ? 'put-back' : 'elsewhere'
}
