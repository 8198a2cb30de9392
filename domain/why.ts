import type { Leg } from './leg.ts'
import { compareTurns } from './turn.ts'

/** Why a waiting leg stands where it stands. Counts only: never a person, never a class. */
export interface Why {
  /** How many are called before this leg if nobody enters. */
  ahead: number
  /** Of those, how many arrived no later. */
  arrivedBefore: number
  /** Of those, how many arrived later but have an earlier turn: care, booking or return. */
  earlierTurn: number
}

/** Explains the place of `leg` in its lane. [WHY1] */
export function why(leg: Leg, legs: readonly Leg[]): Why {
  const before = legs.filter(
    (other) =>
      other.state === 'waiting' &&
      other.laneId === leg.laneId &&
      other.id !== leg.id &&
      compareTurns(other, leg) < 0,
  )
  const arrivedBefore = before.filter((other) => other.arrivedAt <= leg.arrivedAt).length
  return { ahead: before.length, arrivedBefore, earlierTurn: before.length - arrivedBefore }
}

/** Why this leg's turn is what it is, for staff. The care need is not a reason: it is private. */
export function turnReason(leg: Leg): 'arrival' | 'care' | 'return' {
  if (leg.stint > 1 && leg.v > leg.arrivedAt - leg.credit) return 'return'
  return leg.credit > 0 ? 'care' : 'arrival'
}
