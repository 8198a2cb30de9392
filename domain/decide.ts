import { isOpen } from './calendar.ts'
import type { Change, EventType, LegChange, NewTicket } from './change.ts'
import type { Counter, Leg } from './leg.ts'
import { Refusal, type RefusalKey } from './refusal.ts'
import type { Situation } from './site.ts'
import { allows, type Verb } from './transition.ts'

/** Who acts, as far as a decision cares. */
export interface Actor {
  /** The account that operates counters; null for devices and chores. */
  staffId: string | null
  /** Supervisors may operate any counter. */
  supervises: boolean
}

/** Issue: a resident takes a number for a service. Refuses `unknown-service`, `site-closed`, `clock-unconfirmed`. [ISSUE1] */
export function issue(
  { site, clockHeld }: Situation,
  wanted: { serviceId: string; care: boolean; legId: string; ticket: Omit<NewTicket, 'laneId'> },
  now: number,
): Change {
  const service = site.services.find(({ id }) => id === wanted.serviceId)
  if (!service) throw new Refusal('unknown-service')
  if (clockHeld) throw new Refusal('clock-unconfirmed')
  if (!isOpen(site.hours, now, site.timeZone)) throw new Refusal('site-closed')
  return {
    event: 'ticket:issued',
    ticket: { ...wanted.ticket, laneId: service.laneId },
    leg: {
      id: wanted.legId,
      laneId: service.laneId,
      serviceId: service.id,
      credit: wanted.care ? site.careCredit : 0,
    },
  }
}

/** Call-next: the smallest turn this counter may serve. Refuses a counter that is not open, not yours, or busy. [CALL1] */
export function callNext(situation: Situation, actor: Actor): Change {
  const counter = operated(situation, actor)
  if (counter.status === 'closed') throw new Refusal('counter-closed')
  if (counter.status === 'paused') throw new Refusal('counter-paused')
  if (situation.atCounter) throw new Refusal('counter-busy', { number: situation.atCounter.number })
  return { event: 'ticket:called', pick: { counterId: counter.id, counterVersion: counter.version } }
}

/** Recall: call the same ticket again at its counter; a new call id, one more call. [CALL3] */
export function recall(situation: Situation, actor: Actor): Change {
  const leg = legAtOwnCounter(situation, actor, 'recall', 'not-called')
  return changed('ticket:recalled', { ...to(leg, 'called'), calls: leg.calls + 1 })
}

/** Start: the resident has come and is being served. [SERVE1] */
export function start(situation: Situation, actor: Actor): Change {
  return changed('ticket:started', to(legAtOwnCounter(situation, actor, 'start', 'not-called'), 'serving'))
}

/** Complete: the matter is done, or the called resident needed only a word. [SERVE2] */
export function complete(situation: Situation, actor: Actor): Change {
  return changed(
    'ticket:completed',
    to(legAtOwnCounter(situation, actor, 'complete', 'not-serving'), 'completed'),
  )
}

/** No-show: the called resident did not come; the ticket is missed. [MISS1] */
export function noShow(situation: Situation, actor: Actor): Change {
  return changed('ticket:missed', to(legAtOwnCounter(situation, actor, 'no-show', 'not-called'), 'missed'))
}

/** Call timeout: the chore says no-show when nobody came in time. Refuses `not-called` when somebody acted first. [MISS2] */
export function expireCall({ site, leg }: Situation, now: number): Change {
  if (!leg) throw new Refusal('unknown-ticket')
  const due = leg.state === 'called' && leg.calledAt !== null && now - leg.calledAt >= site.callTimeout
  if (!due) throw new Refusal('not-called')
  return { ...changed('ticket:missed', to(leg, 'missed')), reason: 'call-timeout' }
}

/** Open a counter and sit down at it. Somebody else's open counter is `counter-taken`, unless a supervisor takes over. [COUNTER1] */
export function openCounter({ counter }: Situation, actor: Actor): Change {
  if (!counter) throw new Refusal('unknown-counter')
  const taken = counter.status !== 'closed' && counter.staffId !== null && counter.staffId !== actor.staffId
  if (taken && !actor.supervises) throw new Refusal('counter-taken')
  return {
    event: 'counter:opened',
    counters: [{ id: counter.id, version: counter.version, status: 'open', staffId: actor.staffId }],
  }
}

/** Pause a counter: it keeps its person and calls nobody. [COUNTER2] */
export function pauseCounter(situation: Situation, actor: Actor): Change {
  const counter = operated(situation, actor)
  if (counter.status === 'closed') throw new Refusal('counter-closed')
  if (situation.atCounter) throw new Refusal('counter-busy', { number: situation.atCounter.number })
  return {
    event: 'counter:paused',
    counters: [{ id: counter.id, version: counter.version, status: 'paused', staffId: counter.staffId }],
  }
}

/** Close a counter. Whoever is there is finished first, so nobody is left standing at a dark window. [COUNTER3] */
export function closeCounter(situation: Situation, actor: Actor): Change {
  const counter = operated(situation, actor)
  if (counter.status === 'closed') throw new Refusal('counter-closed')
  if (situation.atCounter) throw new Refusal('counter-busy', { number: situation.atCounter.number })
  return {
    event: 'counter:closed',
    counters: [{ id: counter.id, version: counter.version, status: 'closed', staffId: null }],
  }
}

/** The counter, if this person may operate it: the one sitting there, a supervisor, or anybody while it is closed. */
function operated({ counter }: Situation, actor: Actor): Counter {
  if (!counter) throw new Refusal('unknown-counter')
  const theirs = counter.staffId === null || counter.staffId === actor.staffId
  if (!theirs && !actor.supervises) throw new Refusal('counter-not-yours')
  return counter
}

/** The leg, if `verb` may be said of it by whoever operates the counter it is at. */
function legAtOwnCounter(situation: Situation, actor: Actor, verb: Verb, otherwise: RefusalKey): Leg {
  const { leg } = situation
  if (!leg) throw new Refusal('unknown-ticket')
  if (!allows(verb, leg.state)) throw new Refusal(otherwise, { state: leg.state })
  operated(situation, actor)
  return leg
}

function to(leg: Leg, state: Leg['state']): LegChange {
  return { id: leg.id, version: leg.version, state }
}

function changed(event: EventType, leg: LegChange): Change {
  return { event, legs: [leg] }
}
