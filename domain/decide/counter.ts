import type { Change } from '../change.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { type Actor, operated } from './actor.ts'

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
