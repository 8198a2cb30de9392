import type { Correction } from '#ui/api.ts'
import { hourMinute } from '#ui/i18n.ts'
import type { Errand } from './errand.ts'
import type { Desk, Leg } from './model.ts'

/** Why times are put right: keys, so that nothing about a person is written down. */
export const CORRECTIONS: readonly Correction[] = ['pressed-late', 'pressed-early', 'forgotten', 'other']

/** How many completed tickets can be chosen from. */
export const RECENT_DONE = 10

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** What the clerk is setting right. Times are `HH:MM` on the site's clock; `8:05` and `805` are read, too. */
export interface TimesDraft {
  leg: Leg
  begun: string
  /** null while it is still being served. */
  done: string | null
}

/** The draft as it begins: what is written down now. */
export function draftOf(leg: Leg, timeZone: string): TimesDraft {
  return {
    leg,
    begun: hourMinute(beginOf(leg), timeZone),
    done: leg.endedAt === null ? null : hourMinute(leg.endedAt, timeZone),
  }
}

/**
 * The draft as an errand: only what differs from what is written down. [CONSOLE21] Null when nothing does, or a time cannot be
 * read. A minute is taken at its first moment that is possible, so that the minute of the call may be said of the beginning.
 */
export function correctionOf(
  { leg, begun, done }: TimesDraft,
  reason: Correction,
  timeZone: string,
): Errand | null {
  const was = draftOf(leg, timeZone)
  const startedAt = isSame(begun, was.begun)
    ? null
    : momentNear(beginOf(leg), begun, timeZone, leg.calledAt ?? 0)
  const start = startedAt ?? beginOf(leg)
  const endedAt =
    done === null || isSame(done, was.done) || leg.endedAt === null
      ? null
      : momentNear(leg.endedAt, done, timeZone, start)
  const unread = minuteOf(begun) === null || (done !== null && minuteOf(done) === null)
  if (unread || (startedAt === null && endedAt === null)) return null
  return {
    errand: 'correct-times',
    leg,
    reason,
    ...(startedAt !== null && { startedAt }),
    ...(endedAt !== null && { endedAt }),
  }
}

/** Of a ticket that was done without a start, the call is the beginning. */
function beginOf({ startedAt, calledAt, arrivedAt }: Leg): number {
  return startedAt ?? calledAt ?? arrivedAt
}

/**
 * The moment that `HH:MM` on the site's clock means: the one nearest to what it replaces, so midnight is no border; within
 * its minute not before `earliest`. Null for what is no time of day.
 *
 * @param was ms
 * @param earliest ms
 */
export function momentNear(was: number, time: string, timeZone: string, earliest: number): number | null {
  const wanted = minuteOf(time)
  if (wanted === null) return null
  const minute = was - (was % MINUTE)
  const shown = minuteOf(hourMinute(minute, timeZone)) ?? 0
  let offset = (wanted - shown) * MINUTE
  if (offset > DAY / 2) offset -= DAY
  if (offset < -DAY / 2) offset += DAY
  const at = minute + offset
  return earliest >= at && earliest < at + MINUTE ? earliest : at
}

/** The time so many minutes later, `HH:MM`; unchanged when it cannot be read. */
export function nudged(time: string, minutes: number): string {
  const minute = minuteOf(time)
  if (minute === null) return time
  const later = (minute + minutes + 1_440) % 1_440
  return [Math.floor(later / 60), later % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

function isSame(time: string, was: string | null): boolean {
  return was !== null && minuteOf(time) === minuteOf(was)
}

/** Minutes after midnight; a Chinese input method writes the full-width colon. */
export function minuteOf(time: string): number | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:：]?([0-5]\d)$/.exec(time.trim()) ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

/**
 * The tickets whose times can be put right at this desk: the one being served, and those done here, the latest first. [CONSOLE21]
 * Of a ticket in both lists the newer version counts.
 */
export function correctable(
  desk: Desk,
  followed: readonly Leg[],
  asked: readonly Leg[] = [],
): readonly Leg[] {
  const done = new Map<string, Leg>()
  for (const leg of [...followed, ...asked]) {
    const known = done.get(leg.id)
    const here = leg.state === 'completed' && leg.counterId === desk.counter.id
    if (here && (!known || known.version < leg.version)) done.set(leg.id, leg)
  }
  const latest = [...done.values()].sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0)).slice(0, RECENT_DONE)
  return desk.state === 'serving' ? [desk.leg, ...latest] : latest
}
