import type { Change, NewLeg } from '../change.ts'
import type { Leg } from '../leg.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { AT_COUNTER } from '../transition.ts'
import { type Actor, changed, legFor, operated, to } from './actor.ts'

/** Where a leg is sent: a lane, a counter, or a person (with the counter they sit at or usually sit at). */
export type Destination =
  | { laneId: string }
  | { counterId: string }
  | { staffId: string; staffCounterId: string | null }

/** Transfer: the leg ends here, and another of the same ticket waits there with number and v kept. [TRANSFER1] */
export function transfer(
  situation: Situation,
  actor: Actor,
  destination: Destination,
  legId: string,
): Change {
  const leg = legOperated(situation, actor, 'transfer')
  const place = placeOf(situation, leg, destination)
  const same =
    place.laneId === leg.laneId &&
    place.assignedCounterId === leg.assignedCounterId &&
    place.assignedStaffId === leg.assignedStaffId
  if (same && leg.state === 'waiting') throw new Refusal('same-place')
  return {
    event: 'ticket:transferred',
    legs: [to(leg, 'transferred')],
    newLegs: [goOn(leg, legId, { ...place, serviceId: leg.serviceId })],
  }
}

/** Change of service: the resident came for something else; number and v are kept. [CHANGE1] */
export function changeService(situation: Situation, actor: Actor, serviceId: string, legId: string): Change {
  const leg = legOperated(situation, actor, 'transfer')
  const service = situation.site.services.find(({ id }) => id === serviceId)
  if (!service) throw new Refusal('unknown-service')
  if (service.laneId === leg.laneId) return changed('ticket:changed', { ...to(leg, leg.state), serviceId })
  return {
    event: 'ticket:transferred',
    legs: [to(leg, 'transferred')],
    newLegs: [goOn(leg, legId, { laneId: service.laneId, serviceId })],
  }
}

/** Cancel: by the resident or by staff. A ticket that is being served is completed instead. [CANCEL1] */
export function cancel(situation: Situation): Change {
  return changed('ticket:cancelled', to(legFor(situation, 'cancel', 'wrong-state'), 'cancelled'))
}

/** Care granted or withdrawn, silently: v is computed again from the arrival. [CARE1] */
export function setCare(situation: Situation, wanted: boolean): Change {
  const { leg, site } = situation
  if (!leg) throw new Refusal('unknown-ticket')
  if (leg.state !== 'waiting') throw new Refusal('not-waiting', { state: leg.state })
  const credit = wanted ? site.careCredit : 0
  // Nothing to grant or withdraw: a place that came from a rejoin must not be lost to a slip.
  if (credit === leg.credit) throw new Refusal('same-place')
  return changed('ticket:changed', { ...to(leg, 'waiting'), enter: 'same-place', credit })
}

/** Whoever operates the counter may move a leg that is there; a waiting one any member of staff. */
function legOperated(situation: Situation, actor: Actor, verb: 'transfer'): Leg {
  const leg = legFor(situation, verb, 'wrong-state')
  if ((AT_COUNTER as readonly string[]).includes(leg.state)) operated(situation, actor)
  return leg
}

function goOn(leg: Leg, id: string, place: Omit<NewLeg, 'id' | 'credit' | 'goesOn'>): NewLeg {
  const { ticketId, arrivedAt, v, credit, skill } = leg
  return { id, credit, skill, ...place, goesOn: { ticketId, arrivedAt, v } }
}

/** The lane a destination means, and whom the leg is promised to. */
function placeOf(
  { site }: Situation,
  leg: Leg,
  destination: Destination,
): { laneId: string; assignedCounterId: string | null; assignedStaffId: string | null } {
  if ('laneId' in destination) {
    if (!site.lanes.some(({ id }) => id === destination.laneId)) throw new Refusal('unknown-lane')
    return { laneId: destination.laneId, assignedCounterId: null, assignedStaffId: null }
  }
  const counterId = 'counterId' in destination ? destination.counterId : destination.staffCounterId
  const counter = site.counters.find(({ id }) => id === counterId)
  if (!counter) throw new Refusal('counterId' in destination ? 'unknown-counter' : 'unknown-staff')
  // It waits in a lane that counter serves: its own, if that is one of them.
  const served = counter.lanes.find(({ laneId }) => laneId === leg.laneId) ?? counter.lanes[0]
  if (!served) throw new Refusal('unknown-lane')
  return 'counterId' in destination
    ? { laneId: served.laneId, assignedCounterId: counter.id, assignedStaffId: null }
    : { laneId: served.laneId, assignedCounterId: null, assignedStaffId: destination.staffId }
}
