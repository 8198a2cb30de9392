import { businessDay } from '../calendar.ts'
import type { Change, LegChange, NewTicket } from '../change.ts'
import type { Leg } from '../leg.ts'
import { seriesOf } from '../numbering.ts'
import { offlineArrival } from '../offline.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { allows } from '../transition.ts'
import { to } from './actor.ts'
import { firstLegs, MATTERS, type Order } from './issue.ts'

/** A ticket that a kiosk gave out while its server was away. */
export interface OfflineWanted {
  /** What the kiosk is called: its own series. */
  kiosk: string
  number: string
  /** When, by the kiosk's clock, ms. */
  at: number
  /** The matters of the visit. */
  services: readonly string[]
  order: Order
  /** Head start of care, ms; 0 without care. */
  credit: number
  ticket: Omit<NewTicket, 'laneId' | 'offline'>
}

/**
 * Issue offline: the hall takes over a number that a kiosk has given out by itself. Whoever has it was promised it, so neither
 * the hours of now nor a quota stands in the way, and of several matters those that are no longer offered are left out.
 * [OFFLINE5] [OFFLINE6] [OFFLINE7] [OFFLINE8]
 * Refuses `other-series`, `clock-unconfirmed`, `day-over`, `known-as`, `unknown-service`, `already-in-visit`, `too-many-matters`;
 * under the lock `number-taken`.
 */
export function issueOffline(situation: Situation, wanted: OfflineWanted, now: number): Change {
  const { site, clockHeld, offline } = situation
  const { kiosk, number, at, order, credit, ticket } = wanted
  if (seriesOf(number) !== kiosk) throw new Refusal('other-series')
  if (clockHeld) throw new Refusal('clock-unconfirmed')
  if (businessDay(at, site.timeZone) < businessDay(now, site.timeZone)) throw new Refusal('day-over')
  const renumbered = asIssued(situation, number)
  if (renumbered) return renumbered
  const services = site.services.filter(({ id }) => wanted.services.includes(id))
  const inOrder = wanted.services.flatMap((id) => services.find((service) => service.id === id) ?? [])
  const [first, ...rest] = inOrder
  if (!first) throw new Refusal('unknown-service')
  if (inOrder.length > services.length) throw new Refusal('already-in-visit')
  if (inOrder.length > MATTERS) throw new Refusal('too-many-matters', { most: MATTERS })
  const arrivedAt = offlineArrival(at, offline?.absences ?? [], now)
  const limited = services.filter(({ quota }) => quota !== null)
  return {
    event: 'ticket:issued',
    ticket: { ...ticket, laneId: first.laneId, offline: { number, arrivedAt } },
    newLegs: firstLegs([first, ...rest], order, { credit }),
    ...(limited.length > 0 && { quotas: limited.map(({ id }) => ({ serviceId: id, most: null })) }),
  }
}

/**
 * The same visit may have been issued an ordinary number that its kiosk never heard of. Then that ticket gets the number its
 * resident has, and whoever was called by the other in vain waits in the old place. Once somebody has come to a counter with
 * the other, that one stays: `known-as`. One that was ended without its resident counts for nothing. [OFFLINE8]
 */
function asIssued({ leg, others, offline }: Situation, number: string): Change | null {
  const issued = offline?.issued
  if (!issued || !leg || leg.state === 'cancelled' || leg.state === 'expired') return null
  const visit = [leg, ...others]
  if (issued.known || !visit.every(({ state }) => allows('renumber', state))) {
    throw new Refusal('known-as', { number: leg.number })
  }
  return {
    event: 'ticket:renumbered',
    renumber: { ticketId: leg.ticketId, number },
    legs: visit.map(asUncalled),
  }
}

function asUncalled(leg: Leg): LegChange {
  return {
    ...to(leg, 'waiting'),
    ...(leg.callId !== null && { uncalled: true }),
    ...(leg.state !== 'waiting' && { enter: 'same-place', counterId: null }),
  }
}
