import type { Change } from '../change.ts'
import type { HoldKind } from '../leg.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { type Actor, changed, freeCounter, freeTicket, legAtOwnCounter, legFor, to } from './actor.ts'
import { nextOfVisit } from './visit.ts'

/** Rejoin: what a ticket missed waits again, within the hour, in the place of the rejoin rule. [REJOIN1] [VISIT4] */
export function rejoin(situation: Situation, now: number): Change {
  const leg = legFor(situation, 'rejoin', 'not-missed')
  const { others, site } = situation
  const inTime = [leg, ...others].filter(
    ({ state, endedAt }) => state === 'missed' && endedAt !== null && now - endedAt <= site.rejoinWithin,
  )
  if (inTime.length === 0) throw new Refusal('too-late-to-rejoin')
  return {
    event: 'ticket:rejoined',
    legs: inTime.map((missed) => ({ ...to(missed, 'waiting'), enter: 'rejoin', counterId: null })),
  }
}

/**
 * Hold: the leg leaves the counter for a while and comes back; the time is not service time. Until another step is done:
 * what follows in the visit waits at once, and this leg comes back after it. [HOLD1] [HOLD4]
 */
export function hold(situation: Situation, actor: Actor, kind: HoldKind): Change {
  const leg = legAtOwnCounter(situation, actor, 'hold', 'not-at-counter')
  const held = { ...to(leg, 'held'), hold: kind }
  const { newLegs: [step] = [] } = kind === 'another-step' ? nextOfVisit(situation, leg) : {}
  if (!step) return changed('ticket:held', held)
  const { next = [], ...alone } = step
  return { event: 'ticket:held', legs: [{ ...held, next }], newLegs: [alone] }
}

/**
 * Resume: a held leg waits again in its old place, or is called at once to the counter that resumes it, which is an
 * exception to the turn order. Papers that are kept at a counter can only be taken up there. [HOLD2]
 *
 * @param here the counter of the situation calls it now
 */
export function resume(situation: Situation, actor: Actor, here: boolean): Change {
  const leg = legFor(situation, 'resume', 'not-held')
  const kept = leg.hold === 'papers-kept'
  if (!here) {
    return changed('ticket:resumed', {
      ...to(leg, 'waiting'),
      enter: 'same-place',
      counterId: null,
      hold: null,
      ...(kept && { assignedCounterId: leg.counterId, papers: true }),
    })
  }
  const counter = freeCounter(situation, actor)
  freeTicket(situation)
  if (kept && leg.counterId !== counter.id) throw new Refusal('papers-elsewhere')
  return {
    ...changed('ticket:resumed', {
      ...to(leg, 'called'),
      counterId: counter.id,
      hold: null,
      calls: 1,
    }),
    exception: 'resumed-here',
  }
}

/** A hold that has lasted longer than the site allows is said so once. Refuses `not-held` when it has not. [HOLD3] */
export function markOverdue(situation: Situation, now: number): Change {
  const leg = legFor(situation, 'resume', 'not-held')
  const due = leg.heldAt !== null && now - leg.heldAt >= situation.site.holdWithin
  if (!due || leg.holdOverdue) throw new Refusal('not-held')
  return changed('ticket:hold-overdue', { ...to(leg, 'held'), holdOverdue: true })
}

/** Put-back: called by mistake, or the resident asks for a minute; the leg waits again in its old place. [PUTBACK1] */
export function putBack(situation: Situation, actor: Actor): Change {
  const leg = legAtOwnCounter(situation, actor, 'put-back', 'not-at-counter')
  return changed('ticket:put-back', { ...to(leg, 'waiting'), enter: 'same-place', counterId: null })
}
