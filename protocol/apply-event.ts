import { isOver } from '#domain/help.ts'
import type { OverviewLeg } from '#domain/leg.ts'
import { isFinal } from '#domain/transition.ts'
import { CALLS_SHOWN, type Call, type PublicBoard, type PublicCounter, type StaffBoard } from './board.ts'
import type { OverviewEvent, PublicEvent } from './events.ts'

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
  const { seq, at, day, revision, call, by = 0 } = event
  // A confirmed clock may take a day back, and its calls along.
  let calls = event.calls ?? (day > board.day ? [] : board.calls)
  if (by !== 0) calls = calls.map((standing) => ({ ...standing, at: standing.at + by }))
  if (call) calls = onWall(calls, call)
  return {
    ...board,
    seq,
    at,
    day,
    revision,
    calls,
    waiting: Object.entries(event.waiting ?? {}).reduce(counted, board.waiting),
    counters: Object.entries(event.counters ?? {}).reduce(changed, standing(board.counters, event)),
    help: event.help ? asked(board.help, event.help) : board.help,
  }
}

/** Of an event for the staff board or the overview, what the board is changed by. */
type Changes<L> = Omit<OverviewEvent, 'legs'> & { legs: readonly L[] }

/** The staff board or the overview after an event: what changed replaces what was; a leg that is done leaves. [BOARD2] */
export function applyStaffEvent<L extends OverviewLeg>(
  board: StaffBoard<L>,
  event: Changes<L>,
): StaffBoard<L> {
  if (event.seq <= board.seq) return board
  const { legs, counters, help } = board
  const next = { ...board, legs: { ...legs }, counters: { ...counters }, help: { ...help } }
  advanceStaffBoard(next, event)
  return next
}

/** The same in place, for a board that is nobody else's: a server with thousands waiting cannot copy them each time. */
export function advanceStaffBoard<L extends OverviewLeg>(board: StaffBoard<L>, event: Changes<L>): void {
  if (event.seq <= board.seq) return
  if (event.seq !== board.seq + 1) throw new Gap(board.seq, event.seq)
  for (const leg of event.legs) {
    if (isFinal(leg.state)) delete board.legs[leg.id]
    else board.legs[leg.id] = leg
  }
  if (event.type === 'site:changed') board.counters = {}
  for (const counter of event.counters) board.counters[counter.id] = counter
  for (const call of event.help ?? []) {
    if (isOver(call)) delete board.help[call.id]
    else board.help[call.id] = call
  }
  const { seq, at, day, revision } = event
  Object.assign(board, { seq, at, day, revision })
}

/** Changed settings name every counter there is: one they do not name has gone. [HALL5] */
function standing(counters: PublicBoard['counters'], { type, counters: named = {} }: PublicEvent) {
  if (type !== 'site:changed') return counters
  return Object.fromEntries(Object.entries(counters).filter(([id]) => id in named))
}

function counted(waiting: PublicBoard['waiting'], [laneId, by]: [string, number]): PublicBoard['waiting'] {
  const { [laneId]: before = 0, ...others } = waiting
  const after = before + by
  return after === 0 ? others : { ...others, [laneId]: after }
}

function changed(
  counters: PublicBoard['counters'],
  [counterId, what]: [string, Partial<PublicCounter>],
): PublicBoard['counters'] {
  const before = counters[counterId] ?? { status: 'closed', number: null, serving: false }
  return { ...counters, [counterId]: { ...before, ...what } }
}

function asked(before: PublicBoard['help'], now: NonNullable<PublicEvent['help']>): PublicBoard['help'] {
  const open: [string, PublicBoard['help'][string]][] = []
  for (const [kiosk, call] of Object.entries({ ...before, ...now })) if (call) open.push([kiosk, call])
  return Object.fromEntries(open)
}

function onWall(calls: Call[], call: Call): Call[] {
  return [call, ...calls.filter(({ number }) => number !== call.number)].slice(0, CALLS_SHOWN)
}
