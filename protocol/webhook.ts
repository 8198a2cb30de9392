import type { EventType } from '#domain/change.ts'
import type { Leg } from '#domain/leg.ts'
import type { LegState } from '#domain/transition.ts'
import { AT_COUNTER } from '#domain/transition.ts'
import { presentLeg } from '#domain/visit.ts'
import type { PublicEvent, StaffEvent } from './events.ts'
import { toPublicEvent } from './public.ts'

/** What a program outside is told of one event. Ids and numbers only: whoever gave a ticket out knows whose it is. [HOOK2] */
export interface WebhookMessage {
  type: EventType | 'webhook:test'
  siteId: string
  seq: number
  /** ms */
  at: number
  day: string
  /** What the hall is told; null of a test. */
  event: PublicEvent | null
  tickets: WebhookTicket[]
}

/** A ticket that began, moved or was called with the event, as it stood then. */
export interface WebhookTicket {
  ticketId: string
  number: string
  state: LegState
  /** What is written above the window where the resident belongs now. */
  counter: string | null
  language: 'zh-CN' | 'en'
}

/** Why a message did not arrive. */
export const DELIVERY_FAULTS = [
  'address-refused',
  'unreachable',
  'timeout',
  'redirect',
  'status',
  'gone',
] as const
export type DeliveryFault = (typeof DELIVERY_FAULTS)[number]

/** @param counterNumber what is written above a counter, by its id */
export function toWebhookMessage(
  siteId: string,
  event: StaffEvent,
  counterNumber: (id: string) => string | null,
): WebhookMessage {
  const { type, seq, at, day } = event
  return {
    type,
    siteId,
    seq,
    at,
    day,
    event: toPublicEvent(event),
    tickets: toldTickets(event, counterNumber),
  }
}

function toldTickets(
  { type, seq, legs, from, by }: StaffEvent,
  counterNumber: (id: string) => string | null,
): WebhookTicket[] {
  // A confirmed clock moves every leg, and none of them anywhere.
  if (by !== undefined) return []
  const told = new Map<string, [Leg, ...Leg[]]>()
  for (const [at, leg] of legs.entries()) {
    const before = from[at]
    const moved =
      !before ||
      before.state !== leg.state ||
      before.laneId !== leg.laneId ||
      before.counterId !== leg.counterId
    // A change that only staff may see, such as care, is no word about the ticket; another number is.
    if (!moved && type !== 'ticket:renumbered' && leg.callId !== seq) continue
    told.set(leg.ticketId, [...(told.get(leg.ticketId) ?? []), leg] as [Leg, ...Leg[]])
  }
  return [...told.values()].map((ofTicket) => {
    const { ticketId, number, state, hold, counterId, language } = presentLeg(ofTicket)
    const there = (AT_COUNTER as readonly string[]).includes(state) || hold === 'papers-kept'
    return {
      ticketId,
      number,
      state,
      counter: there && counterId !== null ? counterNumber(counterId) : null,
      language,
    }
  })
}
