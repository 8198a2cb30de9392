import type { Opening } from '#domain/calendar.ts'

/** Monday first, as in `Calendar.hours`. */
export const WEEKDAYS: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Why something about hours cannot be understood; the message is for whoever wrote it. */
export class HoursError extends Error {}

/**
 * Reads the openings of a day: `09:00-12:00, 13:30-17:00`, or `closed`.
 *
 * @throws HoursError
 */
export function readOpenings(written: unknown): Opening[] {
  if (typeof written !== 'string')
    throw new HoursError('must be hours such as 09:00-12:00, 13:30-17:00, or closed')
  if (written.trim() === 'closed') return []
  const openings = written.split(',').map((part) => {
    const found = /^(\d\d:\d\d) ?[-–] ?(\d\d:\d\d)$/.exec(part.trim())
    if (!found) throw new HoursError(`${part.trim() || 'nothing'} is not hours such as 09:00-12:00`)
    const [from, to] = [minutesOf(found[1] ?? ''), minutesOf(found[2] ?? '')]
    if (to <= from) throw new HoursError(`${part.trim()} ends before it begins`)
    return { from, to }
  })
  for (const [i, { to }] of openings.entries()) {
    const next = openings[i + 1]
    if (next && next.from < to) throw new HoursError('openings overlap, or the earlier one is not first')
  }
  return openings
}

export function writeOpenings(openings: readonly Opening[]): string {
  return openings.length === 0
    ? 'closed'
    : openings.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(', ')
}

/**
 * Reads which weekdays a line of hours is for: `Mon-Fri`, `Sat`, `Mon, Wed-Fri`.
 *
 * @returns places in the week, Monday 0
 * @throws HoursError
 */
export function readWeekdays(written: string): number[] {
  return written.split(',').flatMap((part) => {
    const [first = '', last = first, ...more] = part.trim().split(/ ?[-–] ?/)
    const [from, to] = [WEEKDAYS.indexOf(first), WEEKDAYS.indexOf(last)]
    if (from < 0 || to < from || more.length > 0) {
      throw new HoursError(`${part.trim() || 'nothing'} is not a weekday or a range such as Mon-Fri`)
    }
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
}

/** Writes a week as few lines: neighbours with the same hours together. */
export function writeWeek(hours: readonly (readonly Opening[])[]): Record<string, string> {
  const lines: Record<string, string> = {}
  for (let from = 0; from < WEEKDAYS.length; ) {
    const written = writeOpenings(hours[from] ?? [])
    let to = from
    while (to + 1 < WEEKDAYS.length && writeOpenings(hours[to + 1] ?? []) === written) to++
    lines[from === to ? `${WEEKDAYS[from]}` : `${WEEKDAYS[from]}-${WEEKDAYS[to]}`] = written
    from = to + 1
  }
  return lines
}

/** Whether this is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(written: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(written)) return false
  const at = new Date(`${written}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written)
}

function minutesOf(written: string): number {
  const [hour = 0, minute = 0] = written.split(':').map(Number)
  if (minute > 59 || hour * 60 + minute > 24 * 60) throw new HoursError(`${written} is no time of day`)
  return hour * 60 + minute
}

function clock(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
