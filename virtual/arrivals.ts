import { businessDay, type Calendar, dayStart, isOpen } from '#domain/calendar.ts'
import type { CounterSetting, Service } from '#domain/site.ts'
import type { Random } from './random.ts'

/** The rush of a day: minutes after local midnight, and how much of what all counters can serve then comes. Straight between. */
export const RUSH: readonly (readonly [minutes: number, load: number])[] = [
  [0, 0.7],
  [7 * 60, 0.75],
  [9 * 60, 1],
  [11 * 60, 1.05],
  [12 * 60 + 30, 0.8],
  [14 * 60 + 30, 1],
  [17 * 60, 0.85],
  [19 * 60, 0.7],
  [24 * 60, 0.7],
]

/** The busiest that a hall is. */
const MOST = Math.max(...RUSH.map(([, load]) => load))
/** A hall that stays closed is looked at again after this, ms. */
const DAY = 24 * 3_600_000

/** What arrivals depend on. */
export interface Hours extends Calendar {
  services: readonly Pick<Service, 'minutes'>[]
  counters: readonly Pick<CounterSetting, 'id'>[]
}

/** How busy a moment of the day is, as in `RUSH`. */
export function loadAt(minutes: number): number {
  const next = RUSH.findIndex(([at]) => at > minutes)
  const [[from, low], [to, high]] = [RUSH[next - 1] ?? [0, 0], RUSH[next] ?? [0, 0]]
  return low + ((high - low) * (minutes - from)) / (to - from)
}

/**
 * When the next resident comes: a Poisson process whose rate follows the time of the day; nobody while the hall is closed.
 *
 * @param at ms since the epoch
 * @param speed how many times as often as in a real hall
 * @returns ms since the epoch, always later than `at`; null when nobody comes within a day
 */
export function nextArrival(hall: Hours, at: number, speed: number, random: Random): number | null {
  const mean = hall.services.reduce((sum, { minutes }) => sum + minutes, 0) / hall.services.length
  /** Residents a millisecond when the counters have just enough to do. */
  const full = (hall.counters.length / (mean * 60_000)) * speed
  // Drawn at the rate of the busiest moment; at others some of them stay away (thinning).
  for (let next = at; ; ) {
    next += -Math.log(1 - random.next()) / (full * MOST)
    if (next > at + DAY) return null
    const moment = Math.ceil(next)
    const minutes = (moment - dayStart(businessDay(moment, hall.timeZone), hall.timeZone)) / 60_000
    const load = isOpen(hall, moment) ? loadAt(Math.min(minutes, 24 * 60 - 1)) : 0
    if (random.chance(load / MOST)) return Math.max(moment, at + 1)
  }
}
