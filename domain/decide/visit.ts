import type { Change, LegChange, NewLeg } from '../change.ts'
import type { Leg } from '../leg.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { AT_COUNTER, OPEN_STATES } from '../transition.ts'
import { type Actor, operated, to } from './actor.ts'
import { MATTERS, type Order, quotasOf, serviceOf } from './issue.ts'

/**
 * A further matter for a ticket that is under way: after the present one, or waiting at once in its own lane. Whoever
 * operates the counter adds it while the ticket is there, any member of staff while it waits or is held. [VISIT2]
 */
export function addService(situation: Situation, actor: Actor, serviceId: string, order: Order): Change {
  const { leg, others } = situation
  if (!leg) throw new Refusal('unknown-ticket')
  if (!OPEN_STATES.some((state) => state === leg.state) || leg.state === 'missed') {
    throw new Refusal('wrong-state', { state: leg.state })
  }
  if (AT_COUNTER.some((state) => state === leg.state)) operated(situation, actor)
  const service = serviceOf(situation, serviceId)
  const matters = [leg, ...others].flatMap((each) => [each.serviceId, ...each.next])
  if (matters.includes(serviceId)) throw new Refusal('already-in-visit')
  if (matters.length >= MATTERS) throw new Refusal('too-many-matters', { most: MATTERS })
  const now = order === 'any'
  return {
    event: 'ticket:extended',
    legs: [{ ...to(leg, leg.state), ...(!now && { next: [...leg.next, serviceId] }) }],
    ...(now && { newLegs: [goOn(leg, { laneId: service.laneId, serviceId })] }),
    ...quotasOf([service]),
  }
}

/** The leg that follows a completed one in the same visit, if any: number, arrival and turn are kept. [VISIT1] */
export function nextOfVisit({ site }: Situation, leg: Leg): Pick<Change, 'newLegs'> {
  // A service that has been taken out of the catalogue in the meantime is passed over.
  const known = leg.next.filter((id) => site.services.some((service) => service.id === id))
  const service = site.services.find(({ id }) => id === known[0])
  if (!service) return {}
  const next = known.slice(1)
  return { newLegs: [goOn(leg, { laneId: service.laneId, serviceId: service.id, next })] }
}

/**
 * What was held until another step is done waits again in its old place, once nothing of the visit is left to do but that.
 *
 * @param others the other open legs of the ticket
 */
export function comeBack(others: readonly Leg[]): LegChange[] {
  if (others.some((leg) => leg.hold !== 'another-step')) return []
  return others.map((leg) => ({ ...to(leg, 'waiting'), enter: 'same-place', counterId: null, hold: null }))
}

/** A leg of the same ticket that keeps the place of this one. */
export function goOn(leg: Leg, place: Omit<NewLeg, 'credit' | 'goesOn'>): NewLeg {
  const { ticketId, arrivedAt, v, credit, skill, noted, prepare } = leg
  return { credit, skill, noted, prepare, ...place, goesOn: { ticketId, arrivedAt, v } }
}
