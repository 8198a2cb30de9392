import { type HeldNow, heldNow, type LaneNow, lanesNow, type Stuck, stuckNow } from '#domain/advice.ts'
import { businessDay, isDayOver } from '#domain/calendar.ts'
import type { SiteView } from '#protocol/api.ts'
import type { OverviewBoard } from '#protocol/board.ts'

export type { Advice, HeldNow, LaneNow, Stuck } from '#domain/advice.ts'

/** What the rules say of a hall, from what a screen of staff knows. */
export interface HallNow {
  lanes: LaneNow[]
  stuck: Stuck[]
  held: HeldNow[]
  /** Nobody new comes today. */
  over: boolean
  /** The business day. */
  day: string
  /** Legs a supervisor may send home now. [MANAGE5] */
  leftover: string[]
}

/** @param now ms on the server's clock */
export function hallNow(site: SiteView, board: OverviewBoard, now: number): HallNow {
  const legs = Object.values(board.legs)
  // Only strangers to the hall are not told the rules, and they see no staff board.
  const { hardCap, holdWithin } = site.rules ?? { hardCap: Infinity, holdWithin: Infinity }
  const { lanes, counters } = site
  const hall = { site: { lanes, counters, hardCap, holdWithin }, counters: board.counters, legs }
  const over = isDayOver(site, now)
  const day = businessDay(now, site.timeZone)
  return {
    lanes: lanesNow(hall, now),
    stuck: stuckNow(hall, now),
    held: heldNow(hall, now),
    over,
    day,
    leftover: legs
      .filter(({ state }) => state === 'waiting' || state === 'held' || state === 'missed')
      .filter(({ arrivedAt }) => over || businessDay(arrivedAt, site.timeZone) < day)
      .map(({ id }) => id),
  }
}

/** Whether nobody new comes to the hall any more today. */
export function overAt(now: number, site: Pick<SiteView, 'hours' | 'days' | 'timeZone'>): boolean {
  return isDayOver(site, now)
}

/** The business day of the hall at a moment. */
export function dayAt(now: number, { timeZone }: Pick<SiteView, 'timeZone'>): string {
  return businessDay(now, timeZone)
}

/** The day so many days after `day`, both `YYYY-MM-DD`. */
export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 24 * 3_600_000).toISOString().slice(0, 10)
}
