import type { PublicBoard } from '#protocol/board.ts'
import type { PublicEvent } from '#protocol/events.ts'

/** What the tablet at a counter asks: nothing, or a rating of the number that was just done there. [RATE8] */
export interface Asking {
  number: string
  /** When it was done: one number may be done twice. */
  seq: number
  /** ms on the server's clock */
  until: number
}

/** A rating is offered for so long, ms. */
const OFFERED = 60_000

/**
 * What is asked after an event. It ends when the next resident is served, or the completion is taken back; that the next one
 * is called leaves it.
 *
 * @param before the number that lay at the counter before the event
 */
export function askingAfter(
  now: Asking | null,
  event: Pick<PublicEvent, 'type' | 'seq' | 'at' | 'counters'>,
  board: Pick<PublicBoard, 'counters'>,
  counterId: string,
  before: string | null,
): Asking | null {
  const here = board.counters[counterId]
  const lies = here?.number ?? null
  if (event.type === 'ticket:completed' && event.counters?.[counterId]?.number === null && before !== null) {
    return { number: before, seq: event.seq, until: event.at + OFFERED }
  }
  if (here?.serving || (event.type === 'ticket:undone' && lies === now?.number)) return null
  return now
}
