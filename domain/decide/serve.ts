import type { Change } from '../change.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { type Actor, changed, freeCounter, legAtOwnCounter, legFor, operated, to } from './actor.ts'

/** Call-next: the smallest turn this counter may serve. Refuses a counter that is not open, not yours, or busy. [CALL1] */
export function callNext(situation: Situation, actor: Actor): Change {
  const counter = freeCounter(situation, actor)
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

/**
 * Call a specific ticket: a supervisor's exception to the turn order, with a reason. Refuses a counter that is not
 * open and free, and a ticket that does not wait. [CALL5]
 */
export function callSpecific(situation: Situation, actor: Actor, reason: string): Change {
  const counter = freeCounter(situation, actor)
  const leg = legFor(situation, 'call', 'not-waiting')
  return {
    ...changed('ticket:called', { ...to(leg, 'called'), counterId: counter.id, calls: 1 }),
    exception: 'called-specific',
    reason,
  }
}

/** Undo reverts a counter's last action within this, ms. */
export const UNDO_WITHIN = 60_000

/** Undo: what the counter did last is taken back, if nothing followed. Places, times and statistics are as before. [UNDO1] */
export function undo(situation: Situation, actor: Actor, now: number): Change {
  const counter = operated(situation, actor)
  const { last } = situation
  if (!last?.untouched) throw new Refusal('nothing-to-undo')
  if (now - last.at > UNDO_WITHIN) throw new Refusal('too-late-to-undo')
  return { event: 'ticket:undone', undo: { counterId: counter.id, seq: last.seq }, exception: 'undone' }
}
