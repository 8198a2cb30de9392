import type { Change } from '../change.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { type Actor, changed, operated, to } from './actor.ts'

/** Why times are corrected: keys, so that nothing about a person is written down. */
export const CORRECTIONS = ['pressed-late', 'pressed-early', 'forgotten', 'other'] as const
export type Correction = (typeof CORRECTIONS)[number]

/** When it really was, ms; what is left out was right. */
export interface RealTimes {
  startedAt?: number
  endedAt?: number
}

/**
 * Correct times: when a leg was really begun, and when it was really done, so that a late press does not spoil statistics.
 * What the commit also refuses as `times-out-of-order`: times that overlap another's at the counter. [TIMES1]
 */
export function correctTimes(
  situation: Situation,
  actor: Actor,
  { startedAt, endedAt }: RealTimes,
  reason: Correction,
  now: number,
): Change {
  const { leg } = situation
  if (!leg) throw new Refusal('unknown-ticket')
  if (leg.state !== 'serving' && leg.state !== 'completed')
    throw new Refusal('wrong-state', { state: leg.state })
  operated(situation, actor)
  const end = leg.state === 'completed' ? (endedAt ?? leg.endedAt ?? now) : now
  const calledAt = leg.calledAt ?? 0
  // A start before the last call was that of an earlier one.
  const start = startedAt ?? Math.max(leg.startedAt ?? 0, calledAt)
  const inOrder = calledAt <= start && start <= end && end <= now
  if (!inOrder || (endedAt !== undefined && leg.state === 'serving')) throw new Refusal('times-out-of-order')
  return {
    ...changed('ticket:corrected', {
      ...to(leg, leg.state),
      ...(startedAt !== undefined && { startedAt }),
      ...(endedAt !== undefined && { endedAt }),
    }),
    reason,
  }
}
