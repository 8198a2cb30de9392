import { businessDay, dayAfter } from './calendar.ts'
import type { Leg } from './leg.ts'
import { isFinal } from './transition.ts'

/**
 * Whether a leg has its ticket to itself: then no other matter of the visit is called. One that is held until another step
 * is done leaves the ticket free for that step. [TURN4] [HOLD4]
 */
export function occupies({ state, hold }: Pick<Leg, 'state' | 'hold'>): boolean {
  return state === 'called' || state === 'serving' || (state === 'held' && hold !== 'another-step')
}

function rank(leg: Pick<Leg, 'state' | 'hold'>): number {
  if (leg.state === 'held') return occupies(leg) ? 1 : 3
  return { called: 0, serving: 0, waiting: 2, missed: 4 }[leg.state as string] ?? 5
}

/**
 * The leg of a visit that a person would mean: the one at a counter, held, the first that waits, held until another step is
 * done, missed, else the last.
 * `leg_order` in store/functions is the same rule. [VISIT3]
 *
 * @param legs of one ticket, at least one
 */
export function presentLeg<L extends Pick<Leg, 'state' | 'hold' | 'n'>>(legs: readonly [L, ...L[]]): L {
  const order = (a: L, b: L) => rank(a) - rank(b) || (rank(a) === 2 ? a.n - b.n : b.n - a.n)
  return legs.toSorted(order)[0] ?? legs[0]
}

/** One matter of a visit, as its resident sees it. */
export interface Step {
  serviceId: string
  /** `now`: at a counter. `waiting`: in line, held or missed. `later`: follows one that is not done. */
  state: 'done' | 'now' | 'waiting' | 'later' | 'ended'
  /** Where it is or was called; null before. */
  counterId: string | null
}

/** The matters of a visit in their order: what is done, where the resident is, what comes next. [VISIT3] */
export function stepsOf(legs: readonly Leg[]): Step[] {
  // A transferred leg goes on in another, which stands for it.
  const standing = legs.filter(({ state }) => state !== 'transferred').toSorted((a, b) => a.n - b.n)
  return standing.flatMap(({ serviceId, state, callCounterId, next }) => [
    { serviceId, state: stepState(state), counterId: callCounterId },
    // What follows a leg that is done is a leg by now.
    ...(state === 'completed' ? [] : next).map(
      (id): Step => ({ serviceId: id, state: stepState(state, 'later'), counterId: null }),
    ),
  ])
}

function stepState(state: Leg['state'], open?: 'later'): Step['state'] {
  if (state === 'completed') return 'done'
  if (state === 'cancelled' || state === 'expired' || state === 'transferred') return 'ended'
  return open ?? (state === 'called' || state === 'serving' ? 'now' : 'waiting')
}

/** A ticket's link works on for so many days after the day on which its visit ended. */
export const LINK_DAYS = 1

/** When a visit ended, ms: with the last of its legs; null while one is open. */
export function endOf(legs: readonly Pick<Leg, 'state' | 'endedAt'>[]): number | null {
  if (!legs.every(({ state }) => isFinal(state))) return null
  return Math.max(...legs.map(({ endedAt }) => endedAt ?? 0))
}

/**
 * Whether the link of a visit leads nowhere any more: a slip that is found later tells nothing of it. [PHONE18]
 *
 * @param endedAt ms; null: it is not over
 * @param zone of its site
 */
export function isLinkOver(endedAt: number | null, zone: string, now: number): boolean {
  if (endedAt === null) return false
  let last = businessDay(endedAt, zone)
  for (let n = 0; n < LINK_DAYS; n++) last = dayAfter(last)
  return businessDay(now, zone) > last
}
