import type { Leg } from '#domain/leg.ts'
import type { PublicTicket } from './api.ts'
import type { Call } from './board.ts'
import type { PublicEvent, StaffEvent } from './events.ts'

/** What the hall may know of a called leg. */
export function toCall(leg: Leg): Call {
  const { callId, number, counterId, laneId, calls, calledAt, language } = leg
  if (callId === null || counterId === null || calledAt === null)
    throw new Error(`${leg.id} was never called`)
  return { callId, number, counterId, laneId, calls, at: calledAt, language }
}

/** What the kiosk that issued it may know of a ticket. */
export function toPublicTicket(leg: Leg): PublicTicket {
  const { ticketId, number, state, serviceId, laneId, counterId, callId, version, arrivedAt } = leg
  return { id: ticketId, number, state, serviceId, laneId, counterId, callId, version, issuedAt: arrivedAt }
}

/** What of an event the hall is told: named fields only, so that nothing private can slip through. [PRIVACY1] */
export function toPublicEvent(event: StaffEvent): PublicEvent {
  const { seq, at, day, revision } = event
  const numbered = { seq, at, day, revision }
  const leg = () => first(event.legs, event)
  const counterId = () => first(event.counters, event).id
  switch (event.type) {
    case 'ticket:issued':
      return { ...numbered, type: event.type, laneId: leg().laneId }
    case 'ticket:called':
    case 'ticket:recalled':
      return { ...numbered, type: event.type, call: toCall(leg()) }
    case 'ticket:started':
      return { ...numbered, type: event.type, counterId: counterOf(leg()), number: leg().number }
    case 'ticket:completed':
    case 'ticket:missed':
      return { ...numbered, type: event.type, counterId: counterOf(leg()) }
    case 'counter:opened':
    case 'counter:paused':
    case 'counter:closed':
      return { ...numbered, type: event.type, counterId: counterId() }
    case 'site:clock-confirmed':
      return { ...numbered, type: event.type, by: event.by ?? 0 }
    default:
      return never(event.type)
  }
}

function first<T>(items: T[], event: StaffEvent): T {
  const [item] = items
  if (!item) throw new Error(`event ${event.seq} (${event.type}) is about nothing`)
  return item
}

function counterOf({ id, counterId }: Leg): string {
  if (counterId === null) throw new Error(`${id} is at no counter`)
  return counterId
}

function never(type: never): never {
  throw new Error(`unknown event ${type}`)
}
