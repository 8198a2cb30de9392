import { businessDay, clockTime } from '../calendar.ts'
import type { Change } from '../change.ts'
import { fittedInMinute, type Past, sameMinute, stayAmong } from '../past.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { type Actor, legFor, operated, to } from './actor.ts'
import { comeBack, nextOfVisit } from './visit.ts'

/** What came of a call that was made on paper. Times are what somebody wrote down, ms. */
export type PaperCall = { calledAt: number } & (
  | { outcome: 'completed'; startedAt?: number; endedAt: number }
  /** Nobody came; `endedAt`: when they were given up, if that was written. */
  | { outcome: 'missed'; endedAt?: number }
)

/**
 * Record: a call that was made on paper, while the counter was out of touch, is entered afterwards with its times. Whoever
 * operates the counter does it. If the log of that time has changed meanwhile, it is decided again.
 * [PAPER1] [PAPER2] [PAPER3]
 *
 * @throws Refusal `already-recorded`, `wrong-state`, `not-today`, `time-ahead`, `times-out-of-order`, `not-there-yet`,
 *   `counter-taken-then`, `ticket-elsewhere-then`
 */
export function record(situation: Situation, actor: Actor, written: PaperCall, now: number): Change {
  if (isEntered(situation, written)) throw alreadyRecorded(situation, written)
  const leg = legFor(situation, 'record', 'wrong-state')
  const counter = operated(situation, actor)
  const { past, others } = situation
  if (!past) throw new Error('nothing was read of the time of the call')
  checkWritten(situation, written, now)
  const times = fitted(situation, written, past)
  const entered = { ...to(leg, written.outcome), ...times, past, counterId: counter.id }
  if (written.outcome === 'missed') return exception(entered)
  const since = times.endedAt
  const next = nextOfVisit(situation, leg)
  if (next.newLegs)
    return { ...exception(entered), newLegs: next.newLegs.map((each) => ({ ...each, since })) }
  // Who is held until this was done has been free since then, or since it was held.
  const heldAt = new Map(others.map(({ id, heldAt }) => [id, heldAt ?? 0]))
  const back = comeBack(others).map((each) => ({ ...each, since: Math.max(since, heldAt.get(each.id) ?? 0) }))
  const change = exception(entered)
  return { ...change, legs: [...(change.legs ?? []), ...back] }
}

function exception(leg: NonNullable<Change['legs']>[number]): Change {
  return { event: 'ticket:recorded', legs: [leg], exception: 'on-paper' }
}

/** Whether the leg's latest call is this one, entered before. [PAPER11] */
function isEntered({ leg, counter }: Situation, { calledAt }: PaperCall): boolean {
  if (!leg?.onPaper || leg.calledAt === null) return false
  return leg.callCounterId === counter?.id && sameMinute(leg.calledAt, calledAt)
}

function alreadyRecorded({ site, leg, counter }: Situation, { calledAt }: PaperCall): Refusal {
  const facts = { number: leg?.number ?? '', counter: numberOf(site, counter?.id ?? '') }
  return new Refusal('already-recorded', { ...facts, from: clockTime(calledAt, site.timeZone) })
}

function numberOf({ counters }: Situation['site'], counterId: string): string {
  return counters.find(({ id }) => id === counterId)?.number ?? counterId
}

/** Of today, not to come, and in order. */
function checkWritten({ site }: Situation, written: PaperCall, now: number): void {
  const times = [written.calledAt, startOf(written), written.endedAt].filter((at) => at !== undefined)
  const today = businessDay(now, site.timeZone)
  if (times.some((at) => at > now)) throw new Refusal('time-ahead')
  if (times.some((at) => businessDay(at, site.timeZone) !== today)) throw new Refusal('not-today')
  if (times.some((at, index) => at < (times[index - 1] ?? at))) throw new Refusal('times-out-of-order')
}

/** The written times as moments that fit the log: within the minute of the call, behind what ended in it. */
function fitted(
  situation: Situation,
  written: PaperCall,
  { since, atCounter, ofTicket }: Past,
): { calledAt: number; startedAt: number | null; endedAt: number } {
  const { site, counter } = situation
  const clock = (at: number) => clockTime(at, site.timeZone)
  // What stands against it may be the call itself, which has settled another matter of the visit. [PAPER11]
  const itself = ofTicket.some(
    ({ counterId, from }) => counterId === counter?.id && sameMinute(from, written.calledAt),
  )
  const against = (refusal: Refusal) => (itself ? alreadyRecorded(situation, written) : refusal)
  if (written.calledAt < since && !sameMinute(written.calledAt, since)) {
    throw against(new Refusal('not-there-yet', { since: clock(since) }))
  }
  const ends = [since, ...[...atCounter, ...ofTicket].map((stay) => stay.to)]
  const calledAt = fittedInMinute(written.calledAt, ends)
  const begun = startOf(written)
  const startedAt = begun === undefined ? null : Math.max(begun, calledAt)
  const endedAt = Math.max(written.endedAt ?? calledAt, startedAt ?? calledAt)
  const other = stayAmong(atCounter, calledAt, endedAt)
  if (other) {
    throw against(new Refusal('counter-taken-then', { number: other.number, from: clock(other.from) }))
  }
  const elsewhere = stayAmong(ofTicket, calledAt, endedAt)
  if (elsewhere) {
    const facts = { counter: numberOf(site, elsewhere.counterId), from: clock(elsewhere.from) }
    throw new Refusal('ticket-elsewhere-then', facts)
  }
  return { calledAt, startedAt, endedAt }
}

function startOf(written: PaperCall): number | undefined {
  return written.outcome === 'completed' ? written.startedAt : undefined
}
