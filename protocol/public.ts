import { type HelpCall, isOver } from '#domain/help.ts'
import type { Leg } from '#domain/leg.ts'
import { AT_COUNTER } from '#domain/transition.ts'
import type { PublicTicket } from './api.ts'
import type { Call, PublicHelp } from './board.ts'
import type { PublicEvent, StaffEvent } from './events.ts'

/** What the hall may know of a called leg. */
export function toCall(leg: Leg): Call {
  const { callId, number, callCounterId: counterId, laneId, calls, calledAt, language } = leg
  if (callId === null || counterId === null || calledAt === null)
    throw new Error(`${leg.id} was never called`)
  return { callId, number, counterId, laneId, calls, at: calledAt, language }
}

/** What the kiosk that issued it may know of a ticket. */
export function toPublicTicket(leg: Leg): PublicTicket {
  const { ticketId, number, state, serviceId, laneId, counterId, callId, version, arrivedAt } = leg
  return { id: ticketId, number, state, serviceId, laneId, counterId, callId, version, issuedAt: arrivedAt }
}

/** What the hall may know of an open call for help: the kiosk's name stands beside it. */
export function toPublicHelp({ state, counterId }: HelpCall): PublicHelp {
  return { state, counterId }
}

/** What of an event the hall is told: named fields only, so that nothing private can slip through. [PRIVACY1] */
export function toPublicEvent(event: StaffEvent): PublicEvent {
  const { seq, at, day, revision, type, legs, from, help, by } = event
  const told: PublicEvent = { seq, at, day, revision, type }
  // A confirmed clock moves every leg and none of them anywhere: only then is nothing said of where they were.
  if (from.length !== (by === undefined ? legs.length : 0)) {
    throw new Error(`event ${seq} does not say where its legs were`)
  }
  const waiting: Record<string, number> = {}
  const counters: NonNullable<PublicEvent['counters']> = {}
  // What a leg leaves first, then what it comes to: a leg may leave a counter that another comes to.
  for (const before of from) {
    if (before?.state === 'waiting') waiting[before.laneId] = (waiting[before.laneId] ?? 0) - 1
    if (before && isAtCounter(before)) counters[before.counterId] = { number: null, serving: false }
  }
  for (const leg of by === undefined ? legs : []) {
    if (leg.state === 'waiting') waiting[leg.laneId] = (waiting[leg.laneId] ?? 0) + 1
    if (isAtCounter(leg)) counters[leg.counterId] = { number: leg.number, serving: leg.state === 'serving' }
  }
  for (const { id, status } of event.counters) counters[id] = { ...counters[id], status }
  const moved = Object.entries(waiting).filter(([, change]) => change !== 0)
  if (moved.length > 0) told.waiting = Object.fromEntries(moved)
  if (Object.keys(counters).length > 0) told.counters = counters
  // Every call has its event's number as its id; a called leg without one is a fault, which `toCall` says.
  const called = legs.find(({ state, callId }) => state === 'called' && (callId ?? seq) === seq)
  if (called) told.call = toCall(called)
  if (event.wall) told.calls = event.wall.map(toCall)
  if (help && by === undefined) {
    told.help = Object.fromEntries(help.map((one) => [one.kiosk, isOver(one) ? null : toPublicHelp(one)]))
  }
  if (by !== undefined) told.by = by
  return told
}

function isAtCounter<L extends Pick<Leg, 'state' | 'counterId'>>(leg: L): leg is L & { counterId: string } {
  if (!(AT_COUNTER as readonly string[]).includes(leg.state)) return false
  if (leg.counterId === null) throw new Error(`a leg that is ${leg.state} is at no counter`)
  return true
}
