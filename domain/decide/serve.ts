import type { Change } from '../change.ts'
import { offeredElsewhere } from '../offer.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import {
  type Actor,
  changed,
  freeCounter,
  freeTicket,
  legAtOwnCounter,
  legFor,
  operated,
  to,
} from './actor.ts'
import { comeBack, nextOfVisit } from './visit.ts'

/**
 * Call-next: the smallest turn this counter may serve. Refuses a counter that is not open, not yours, or busy, and where
 * tickets are offered in turn, one that another comes before. [CALL1] [OFFER1]
 */
export function callNext(situation: Situation, actor: Actor, now: number): Change {
  const counter = freeCounter(situation, actor)
  const { site, offer } = situation
  const other = offer && site.offerFor !== null && offeredElsewhere(offer, counter.id, site.offerFor, now)
  if (other) {
    throw new Refusal('not-your-turn', {
      counter: other.first.number,
      seconds: Math.ceil(other.wait / 1_000),
    })
  }
  return { event: 'ticket:called', pick: { counterId: counter.id, counterVersion: counter.version } }
}

/** Recall: call the same ticket again at its counter; a new call id, one more call. After enough calls it is missed. [CALL3] [MISS3] */
export function recall(situation: Situation, actor: Actor): Change {
  const leg = legAtOwnCounter(situation, actor, 'recall', 'not-called')
  if (leg.calls >= situation.site.maxCalls) {
    return { ...changed('ticket:missed', to(leg, 'missed')), reason: 'max-calls' }
  }
  return changed('ticket:recalled', { ...to(leg, 'called'), calls: leg.calls + 1 })
}

/** Start: the resident has come and is being served. [SERVE1] */
export function start(situation: Situation, actor: Actor): Change {
  return changed('ticket:started', to(legAtOwnCounter(situation, actor, 'start', 'not-called'), 'serving'))
}

/** Complete: the matter is done, or the called resident needed only a word; the visit's next one waits. [SERVE2] [VISIT1] [HOLD4] */
export function complete(situation: Situation, actor: Actor): Change {
  const leg = legAtOwnCounter(situation, actor, 'complete', 'not-serving')
  const next = nextOfVisit(situation, leg)
  return {
    event: 'ticket:completed',
    legs: [to(leg, 'completed'), ...(next.newLegs ? [] : comeBack(situation.others))],
    ...next,
  }
}

/** No-show: the called resident did not come; the ticket is missed. [MISS1] */
export function noShow(situation: Situation, actor: Actor): Change {
  return changed('ticket:missed', to(legAtOwnCounter(situation, actor, 'no-show', 'not-called'), 'missed'))
}

/** Call timeout: the chore says no-show when nobody came in time. Refuses `not-called` when somebody acted first. [MISS2] [MORETIME2] */
export function expireCall({ site, leg }: Situation, now: number): Change {
  if (!leg) throw new Refusal('unknown-ticket')
  const until = Math.max((leg.calledAt ?? now) + site.callTimeout, leg.waitsUntil ?? 0)
  const due = leg.state === 'called' && leg.calledAt !== null && now >= until
  if (!due) throw new Refusal('not-called')
  return { ...changed('ticket:missed', to(leg, 'missed')), reason: 'call-timeout' }
}

/** Why a ticket is called out of turn: keys, so that nothing about a person is written down. */
export const CALL_REASONS = ['unwell', 'urgent', 'our-mistake', 'other'] as const
export type CallReason = (typeof CALL_REASONS)[number]

/**
 * Call a specific ticket: a supervisor's exception to the turn order, with a reason. Refuses a counter that is not
 * open and free, a ticket that does not wait, and one of which another matter is under way. [CALL5]
 */
export function callSpecific(situation: Situation, actor: Actor, reason: CallReason): Change {
  const counter = freeCounter(situation, actor)
  const leg = legFor(situation, 'call', 'not-waiting')
  // One ticket, one counter: another matter of the same visit comes first.
  freeTicket(situation)
  return {
    ...changed('ticket:called', { ...to(leg, 'called'), counterId: counter.id, calls: 1 }),
    exception: 'called-specific',
    reason,
  }
}

/** Undo reverts a counter's last action within this, ms. */
export const UNDO_WITHIN = 60_000

/**
 * Undo: what the counter did last is taken back, if nothing followed. Places, times and statistics are as before. [UNDO1]
 *
 * @param seq the event the clerk saw as the last one: another that came in between is not undone in its place
 */
export function undo(situation: Situation, actor: Actor, now: number, seq?: number): Change {
  const counter = operated(situation, actor)
  const { last } = situation
  if (!last?.untouched || (seq !== undefined && last.seq !== seq)) throw new Refusal('nothing-to-undo')
  if (now - last.at > UNDO_WITHIN) throw new Refusal('too-late-to-undo')
  return { event: 'ticket:undone', undo: { counterId: counter.id, seq: last.seq }, exception: 'undone' }
}
