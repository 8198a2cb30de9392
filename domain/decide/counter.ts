import { isDayOver } from '../calendar.ts'
import type { Change, EventType } from '../change.ts'
import type { Counter } from '../leg.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { type Actor, operated } from './actor.ts'

/** How a counter is opened. */
export interface Opening {
  /** Take the place of whoever sits there: a change of shift. */
  takeOver?: boolean
  /** The console that does it. */
  desk?: string | null
}

/**
 * Open a counter and sit down at it. Somebody else's open counter is `counter-taken`, unless a supervisor or a colleague
 * who says so takes over. What lies at the counter stays there. [COUNTER1] [COUNTER5]
 */
export function openCounter(
  { counter }: Situation,
  actor: Actor,
  { takeOver = false, desk = null }: Opening = {},
): Change {
  if (!counter) throw new Refusal('unknown-counter')
  const taken = counter.status !== 'closed' && counter.staffId !== null && counter.staffId !== actor.staffId
  if (taken && !actor.supervises && !takeOver) throw new Refusal('counter-taken')
  return toStatus('counter:opened', counter, 'open', actor.staffId, desk)
}

/** Pause a counter: it keeps its person and calls nobody. [COUNTER2] */
export function pauseCounter(situation: Situation, actor: Actor): Change {
  const counter = operated(situation, actor)
  if (counter.status === 'closed') throw new Refusal('counter-closed')
  if (situation.atCounter) throw new Refusal('counter-busy', { number: situation.atCounter.number })
  return toStatus('counter:paused', counter, 'paused', counter.staffId, counter.desk)
}

/** Close a counter. Whoever is there is finished first, so nobody is left standing at a dark window. [COUNTER3] */
export function closeCounter(situation: Situation, actor: Actor): Change {
  const counter = operated(situation, actor)
  if (counter.status === 'closed') throw new Refusal('counter-closed')
  if (situation.atCounter) throw new Refusal('counter-busy', { number: situation.atCounter.number })
  return toStatus('counter:closed', counter, 'closed', null, null)
}

/**
 * The close-day chore: a counter that somebody forgot to close, once the day is over and nobody is inside. Refuses
 * `site-open`. [CLOSE4]
 */
export function closeForgotten(situation: Situation, now: number): Change {
  const { counter, site, atCounter } = situation
  if (!counter) throw new Refusal('unknown-counter')
  if (counter.status === 'closed') throw new Refusal('counter-closed')
  if (atCounter || !isDayOver(site, now)) throw new Refusal('site-open')
  return { ...toStatus('counter:closed', counter, 'closed', null, null), reason: 'day-over' }
}

function toStatus(
  event: EventType,
  { id, version }: Counter,
  status: Counter['status'],
  staffId: string | null,
  desk: string | null,
): Change {
  return { event, counters: [{ id, version, status, staffId, desk }] }
}
