import type { Leg } from './leg.ts'
import { occupies } from './visit.ts'

/** A place in the order: (virtual arrival in ms, entry number). The smallest is next. */
export interface Turn {
  v: number
  n: number
}

/** Negative when `a` is served before `b`. [TURN1] */
export function compareTurns(a: Turn, b: Turn): number {
  return a.v - b.v || a.n - b.n
}

/**
 * The virtual arrival of a leg: the smallest claim it has. [TURN2]
 * Source of the rule: earliest due date with a class constant (Jackson's urgency numbers).
 *
 * @param arrivedAt ms
 * @param credit head start of care in ms; 0 for an ordinary leg
 */
export function virtualArrival(arrivedAt: number, credit: number): number {
  return arrivedAt - credit
}

/** A lane as one counter serves it. `threshold` (ms) applies to secondary lanes. */
export interface ServedLane {
  laneId: string
  rank: 'primary' | 'secondary'
  /** A secondary lane's head joins once it has counted as waiting this long (now − v), ms; null: only when idle. */
  threshold: number | null
}

/** Who is asking for the next leg. */
export interface Asking {
  counterId: string
  staffId: string | null
  skills: readonly string[]
  lanes: readonly ServedLane[]
}

/** Whether this counter may take the leg at all: its lane, the skill it needs, whom it was promised to. [TURN4] */
export function mayServe(asking: Asking, leg: Leg): boolean {
  return (
    asking.lanes.some((lane) => lane.laneId === leg.laneId) &&
    (leg.skill === null || asking.skills.includes(leg.skill)) &&
    (leg.assignedCounterId === null || leg.assignedCounterId === asking.counterId) &&
    (leg.assignedStaffId === null || leg.assignedStaffId === asking.staffId)
  )
}

/**
 * Who is next: the smallest turn among the legs this counter may serve. [TURN3] A secondary lane's legs count
 * when its head has passed its threshold, or when no primary lane (and no joined secondary) has anyone. [TURN5]
 * The commit function `pick_next` in store/migrations is the same rule under the lock; a test holds them together.
 *
 * @param legs the site's legs; those not waiting are ignored
 * @param now ms
 */
export function nextLeg(asking: Asking, legs: readonly Leg[], now: number): Leg | null {
  const elsewhere = new Set(legs.filter(occupies).map((leg) => leg.ticketId))
  const heads = asking.lanes.flatMap((lane) => {
    const waiting = legs.filter(
      (leg) =>
        leg.state === 'waiting' &&
        leg.laneId === lane.laneId &&
        mayServe(asking, leg) &&
        !elsewhere.has(leg.ticketId),
    )
    const head = waiting.sort(compareTurns)[0]
    return head ? [{ lane, head }] : []
  })
  const joined = heads.filter(
    ({ lane, head }) =>
      lane.rank === 'primary' || (lane.threshold !== null && now - head.v >= lane.threshold),
  )
  const candidates = joined.length > 0 ? joined : heads
  return candidates.map(({ head }) => head).sort(compareTurns)[0] ?? null
}

/**
 * The queue a leg waits in: its lane's, or one of its own kind where only some may take it, so that the head of a queue
 * is always somebody whoever asks may serve. [LINE8]
 */
export function queueName(
  leg: Pick<Leg, 'laneId' | 'skill' | 'assignedCounterId' | 'assignedStaffId'>,
): string {
  const { laneId, skill, assignedCounterId, assignedStaffId } = leg
  const needs = [
    assignedCounterId !== null && `counter-${assignedCounterId}`,
    assignedStaffId !== null && `staff-${assignedStaffId}`,
    skill !== null && `skill-${skill}`,
  ]
  return [laneId, ...needs.filter((need) => need !== false)].join('.')
}

/** The lane a queue belongs to. */
export function laneOf(queue: string): string {
  return queue.split('.')[0] ?? queue
}

/** Largest priority BullMQ accepts. */
const MAX_PRIORITY = 2_097_151
const DAY = 24 * 60 * 60 * 1000

/**
 * The line's form of a turn: 1 + deciseconds from (start of the business day − 24 h) to v, clamped to the span
 * BullMQ can hold. Ties and clamped values are settled by (v, n) at commit. [LINE1]
 *
 * @param v ms
 * @param dayStart start of the site's business day, ms
 * @throws RangeError when the result would not be an integer BullMQ orders correctly
 */
export function linePriority(v: number, dayStart: number): number {
  const deciseconds = Math.floor((v - (dayStart - DAY)) / 100)
  const priority = 1 + Math.min(Math.max(deciseconds, 0), MAX_PRIORITY - 1)
  if (!Number.isInteger(priority)) throw new RangeError(`priority of v=${v}, dayStart=${dayStart}`)
  return priority
}
