import type { Change, EventType, LegChange } from '../change.ts'
import type { Counter, Leg } from '../leg.ts'
import { Refusal, type RefusalKey } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { allows, type Verb } from '../transition.ts'
import { occupies } from '../visit.ts'

/** Who acts, as far as a decision cares. */
export interface Actor {
  /** The account that operates counters; null for devices, residents and chores. */
  staffId: string | null
  /** Supervisors may operate any counter. */
  supervises: boolean
}

/** The counter, if this person may operate it: the one sitting there, a supervisor, or anybody while it is closed. */
export function operated({ counter }: Situation, actor: Actor): Counter {
  if (!counter) throw new Refusal('unknown-counter')
  const theirs = counter.staffId === null || counter.staffId === actor.staffId
  if (!theirs && !actor.supervises) throw new Refusal('counter-not-yours')
  return counter
}

/** The counter, open and free to take somebody. */
export function freeCounter(situation: Situation, actor: Actor): Counter {
  const counter = operated(situation, actor)
  if (counter.status === 'closed') throw new Refusal('counter-closed')
  if (counter.status === 'paused') throw new Refusal('counter-paused')
  if (situation.atCounter) throw new Refusal('counter-busy', { number: situation.atCounter.number })
  return counter
}

/** Refuses `ticket-busy` while another matter of the visit has the ticket: one ticket, one counter. */
export function freeTicket({ others }: Situation): void {
  if (others.some(occupies)) throw new Refusal('ticket-busy')
}

/** The leg, if `verb` may be said of it now. */
export function legFor({ leg }: Situation, verb: Verb, otherwise: RefusalKey): Leg {
  if (!leg) throw new Refusal('unknown-ticket')
  if (!allows(verb, leg.state)) throw new Refusal(otherwise, { state: leg.state })
  return leg
}

/** The leg, if `verb` may be said of it by whoever operates the counter it is at. */
export function legAtOwnCounter(situation: Situation, actor: Actor, verb: Verb, otherwise: RefusalKey): Leg {
  const leg = legFor(situation, verb, otherwise)
  operated(situation, actor)
  return leg
}

/** A change of one leg to another state, on the version that was read. */
export function to(leg: Leg, state: Leg['state']): LegChange {
  return { id: leg.id, version: leg.version, state }
}

/** A change that is just one leg's. */
export function changed(event: EventType, leg: LegChange): Change {
  return { event, legs: [leg] }
}
