import { isFinal } from '#domain/transition.ts'
import { CALLS_SHOWN, type Call, type PublicBoard, type PublicCounter, type StaffBoard } from './board.ts'
import type { PublicEvent, StaffEvent } from './events.ts'

/** Thrown when an event is not the board's next: the screen asks for what is missing. */
export class Gap extends Error {
  constructor(have: number, got: number) {
    super(`board is at ${have}, event is ${got}`)
    this.name = 'Gap'
  }
}

/**
 * The board after an event. Pure: the server and every screen use this one function. [BOARD1]
 * An event the board already has changes nothing; one from further ahead throws `Gap`.
 */
export function applyEvent(board: PublicBoard, event: PublicEvent): PublicBoard {
  if (event.seq <= board.seq) return board
  if (event.seq !== board.seq + 1) throw new Gap(board.seq, event.seq)
  const { seq, at, day, revision } = event
  const next = { ...board, seq, at, day, revision, calls: day === board.day ? board.calls : [] }
  switch (event.type) {
    case 'ticket:issued':
      return { ...next, waiting: counted(next.waiting, event.laneId, 1) }
    case 'ticket:called':
      return {
        ...next,
        waiting: counted(next.waiting, event.call.laneId, -1),
        counters: withCounter(next, event.call.counterId, { number: event.call.number, serving: false }),
        calls: onWall(next.calls, event.call),
      }
    case 'ticket:recalled':
      return { ...next, calls: onWall(next.calls, event.call) }
    case 'ticket:started':
      return {
        ...next,
        counters: withCounter(next, event.counterId, { number: event.number, serving: true }),
      }
    case 'ticket:completed':
    case 'ticket:missed':
      return { ...next, counters: withCounter(next, event.counterId, { number: null, serving: false }) }
    case 'counter:opened':
      return { ...next, counters: withCounter(next, event.counterId, { status: 'open' }) }
    case 'counter:paused':
      return { ...next, counters: withCounter(next, event.counterId, { status: 'paused' }) }
    case 'counter:closed':
      return { ...next, counters: withCounter(next, event.counterId, { status: 'closed' }) }
    case 'site:clock-confirmed':
      return { ...next, calls: next.calls.map((call) => ({ ...call, at: call.at + event.by })) }
    default:
      return never(event)
  }
}

/** The staff board after an event: what changed replaces what was; a leg that is done leaves. [BOARD2] */
export function applyStaffEvent(board: StaffBoard, event: StaffEvent): StaffBoard {
  if (event.seq <= board.seq) return board
  const next = { ...board, legs: { ...board.legs }, counters: { ...board.counters } }
  advanceStaffBoard(next, event)
  return next
}

/** The same in place, for a board that is nobody else's: a server with thousands waiting cannot copy them each time. */
export function advanceStaffBoard(board: StaffBoard, event: StaffEvent): void {
  if (event.seq <= board.seq) return
  if (event.seq !== board.seq + 1) throw new Gap(board.seq, event.seq)
  for (const leg of event.legs) {
    if (isFinal(leg.state)) delete board.legs[leg.id]
    else board.legs[leg.id] = leg
  }
  for (const counter of event.counters) board.counters[counter.id] = counter
  const { seq, at, day, revision } = event
  Object.assign(board, { seq, at, day, revision })
}

function counted(waiting: Record<string, number>, laneId: string, by: number): Record<string, number> {
  const { [laneId]: before = 0, ...others } = waiting
  const after = before + by
  return after === 0 ? others : { ...others, [laneId]: after }
}

function withCounter(
  board: PublicBoard,
  counterId: string,
  what: Partial<PublicCounter>,
): PublicBoard['counters'] {
  const before = board.counters[counterId] ?? { status: 'closed', number: null, serving: false }
  return { ...board.counters, [counterId]: { ...before, ...what } }
}

function onWall(calls: Call[], call: Call): Call[] {
  return [call, ...calls.filter(({ number }) => number !== call.number)].slice(0, CALLS_SHOWN)
}

function never(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
