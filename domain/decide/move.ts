import type { Change, SealedNote } from '../change.ts'
import type { Leg } from '../leg.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { AT_COUNTER } from '../transition.ts'
import { type Actor, changed, legFor, operated, to } from './actor.ts'
import { grantCare } from './grant.ts'
import { checkSkill, quotasOf, serviceOf } from './issue.ts'
import { goOn } from './visit.ts'

/** Where a leg is sent: a lane, a counter, or a person, whom the situation then knows the counter of. */
export type Destination = { laneId: string } | { counterId: string } | { staffId: string }

/**
 * Transfer: the leg ends here, and another of the same ticket waits there with number and v kept, and a note for whoever
 * serves it next. The commit refuses a counter that is not open, and a person who sits nowhere. [TRANSFER1] [TRANSFER2] [NOTE1]
 */
export function transfer(
  situation: Situation,
  actor: Actor,
  destination: Destination,
  note: SealedNote | null = null,
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
    newLegs: [
      goOn(leg, {
        ...place,
        serviceId: leg.serviceId,
        next: leg.next,
        noted: leg.noted || note !== null,
      }),
    ],
    ...(note && { note }),
  }
}

/** Change of service: the resident came for something else; number and v are kept. [CHANGE1] */
export function changeService(situation: Situation, actor: Actor, serviceId: string): Change {
  const leg = legOperated(situation, actor, 'transfer')
  const service = serviceOf(situation, serviceId)
  const matters = [leg.serviceId, ...leg.next, ...situation.others.flatMap((o) => [o.serviceId, ...o.next])]
  if (matters.includes(serviceId)) throw new Refusal('already-in-visit')
  const quotas = quotasOf([service])
  if (service.laneId === leg.laneId) {
    return { ...changed('ticket:changed', { ...to(leg, leg.state), serviceId }), ...quotas }
  }
  return {
    event: 'ticket:transferred',
    legs: [to(leg, 'transferred')],
    newLegs: [goOn(leg, { laneId: service.laneId, serviceId, next: leg.next })],
    ...quotas,
  }
}

/** Cancel: by the resident or by staff, the whole visit. One that is called or served is completed instead. [CANCEL1] [VISIT4] */
export function cancel(situation: Situation): Change {
  const visit = [legFor(situation, 'cancel', 'wrong-state'), ...situation.others]
  for (const leg of visit) legFor({ ...situation, leg }, 'cancel', 'wrong-state')
  return { event: 'ticket:cancelled', legs: visit.map((leg) => to(leg, 'cancelled')) }
}

/** Care granted or withdrawn, silently: v is computed again from the arrival. [CARE1] [CARE2] */
export function setCare(situation: Situation, actor: Actor, wanted: boolean): Change {
  const { site } = situation
  const credit = wanted ? grantCare(site, actor, {}).credit : 0
  // Nothing to grant or withdraw: a place that came from a rejoin must not be lost to a slip.
  const changing = waitingLegs(situation).filter((leg) => (wanted ? leg.credit === 0 : leg.credit > 0))
  if (changing.length === 0) throw new Refusal('same-place')
  return {
    event: 'ticket:changed',
    legs: changing.map((leg) => ({ ...to(leg, 'waiting'), enter: 'same-place', credit })),
  }
}

/** A skill the ticket needs of whoever serves it, or null: none. [SKILL1] */
export function setSkill(situation: Situation, skill: string | null): Change {
  if (skill !== null) checkSkill(situation, skill)
  const changing = waitingLegs(situation).filter((leg) => leg.skill !== skill)
  if (changing.length === 0) throw new Refusal('same-place')
  return {
    event: 'ticket:changed',
    legs: changing.map((leg) => ({ ...to(leg, 'waiting'), enter: 'same-place', skill })),
  }
}

function waitingLegs({ leg, others }: Situation): Leg[] {
  if (!leg) throw new Refusal('unknown-ticket')
  const waiting = [leg, ...others].filter(({ state }) => state === 'waiting')
  if (waiting.length === 0) throw new Refusal('not-waiting', { state: leg.state })
  return waiting
}

/** Whoever operates the counter may move a leg that is there; a waiting one any member of staff. */
function legOperated(situation: Situation, actor: Actor, verb: 'transfer'): Leg {
  const leg = legFor(situation, verb, 'wrong-state')
  if ((AT_COUNTER as readonly string[]).includes(leg.state)) operated(situation, actor)
  return leg
}

/** The lane a destination means, and whom the leg is promised to. */
function placeOf(
  { site, colleague }: Situation,
  leg: Leg,
  destination: Destination,
): { laneId: string; assignedCounterId: string | null; assignedStaffId: string | null } {
  if ('laneId' in destination) {
    if (!site.lanes.some(({ id }) => id === destination.laneId)) throw new Refusal('unknown-lane')
    return { laneId: destination.laneId, assignedCounterId: null, assignedStaffId: null }
  }
  const counterId = 'counterId' in destination ? destination.counterId : colleague?.counterId
  const counter = site.counters.find(({ id }) => id === counterId)
  if (!counter) throw new Refusal('counterId' in destination ? 'unknown-counter' : 'unknown-staff')
  // It waits in a lane that counter serves: its own, if that is one of them.
  const served = counter.lanes.find(({ laneId }) => laneId === leg.laneId) ?? counter.lanes[0]
  if (!served) throw new Refusal('unknown-lane')
  return 'counterId' in destination
    ? { laneId: served.laneId, assignedCounterId: counter.id, assignedStaffId: null }
    : { laneId: served.laneId, assignedCounterId: null, assignedStaffId: destination.staffId }
}
