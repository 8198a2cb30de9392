/** Opening hours of one weekday: minutes after local midnight, `from` inclusive, `to` exclusive. */
export interface Opening {
  from: number
  to: number
}

/** Weekly hours, Monday first. An empty day is closed. */
export type WeeklyHours = readonly (readonly Opening[])[]

interface LocalTime {
  day: string
  weekday: number
  minutes: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Formatters are slow to make and every command needs one. */
function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  return format
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function localTime(at: number, zone: string): LocalTime & { seconds: number } {
  const parts: Record<string, string> = {}
  for (const { type, value } of formatFor(zone).formatToParts(at)) parts[type] = value
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    weekday: WEEKDAYS.indexOf(parts.weekday ?? ''),
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
    seconds: Number(parts.second),
  }
}

/**
 * The local business day `YYYY-MM-DD` at a moment. Numbers restart with it. [DAY1]
 *
 * @param at ms since the epoch
 * @param zone IANA time zone of the site; the machine's own is never used
 */
export function businessDay(at: number, zone: string): string {
  return localTime(at, zone).day
}

/** The local time of day, `HH:MM`. */
export function clockTime(at: number, zone: string): string {
  const { minutes } = localTime(at, zone)
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

/**
 * When a local business day starts, ms since the epoch. [DAY2] Local midnight; where a change of clocks skips
 * midnight, the first moment that day has.
 */
export function dayStart(day: string, zone: string): number {
  const key = `${day} ${zone}`
  let start = starts.get(key)
  if (start === undefined) {
    // A hall asks for today's only; a process that runs for years must not keep them all.
    if (starts.size > 100) starts.clear()
    start = searchDayStart(day, zone)
    starts.set(key, start)
  }
  return start
}

const starts = new Map<string, number>()

function searchDayStart(day: string, zone: string): number {
  const guess = Date.parse(`${day}T00:00:00Z`)
  // No zone is further than 14 h from UTC, and clocks change by whole minutes, so a search over minutes ends.
  let low = guess - 15 * 3_600_000
  let high = guess + 15 * 3_600_000
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (localTime(middle, zone).day >= day) high = middle
    else low = middle
  }
  return high
}

/** When a site is open: its week, and the days that differ from it (holidays, one-off changes). */
export interface Calendar {
  /** IANA time zone; the machine's own is never used. */
  timeZone: string
  hours: WeeklyHours
  /** What a day of the calendar, `YYYY-MM-DD`, has instead of its weekday's hours; no openings: closed. */
  days: Readonly<Record<string, readonly Opening[]>>
}

/** The openings of a local day, earliest first; the gaps between them are breaks. [DAY4] */
export function openingsOf({ hours, days, timeZone }: Calendar, at: number): readonly Opening[] {
  const { day, weekday } = localTime(at, timeZone)
  return days[day] ?? hours[weekday] ?? []
}

/** Whether the site takes new tickets at this moment. [DAY3] [DAY4] */
export function isOpen(calendar: Calendar, at: number): boolean {
  const { minutes } = localTime(at, calendar.timeZone)
  return openingsOf(calendar, at).some(({ from, to }) => from <= minutes && minutes < to)
}

/** Whether the last opening of the local day is over: nobody new comes today. A day without openings is over. [CLOSE1] */
export function isDayOver(calendar: Calendar, at: number): boolean {
  const { minutes } = localTime(at, calendar.timeZone)
  return openingsOf(calendar, at).every(({ to }) => to <= minutes)
}

/**
 * When the last opening of a local day ends, ms since the epoch; where it has none, when the day does. Counted back from the next day,
 * so that clocks which change at night do not move it.
 */
export function dayClose(calendar: Calendar, day: string): number {
  const end = dayStart(dayAfter(day), calendar.timeZone)
  // A moment before its end is in that day, whatever the clocks did.
  const last = Math.max(0, ...openingsOf(calendar, end - 1).map(({ to }) => to)) || 1440
  return end - (1440 - last) * MINUTE
}

const MINUTE = 60_000
/** How far ahead an opening is looked for, days. */
const LOOKS_AHEAD = 366

/**
 * The first moment from `at` on at which the site takes new tickets; `at` itself while it is open. [DAY5]
 * By the local clock, as `isOpen` is: an opening that the clocks skip begins when they have changed.
 *
 * @returns ms since the epoch; null when there is none within a year
 */
export function nextOpening(calendar: Calendar, at: number): number | null {
  if (isOpen(calendar, at)) return at
  const { timeZone } = calendar
  // Openings begin with a minute, and so does every day.
  let start = Math.floor(at / MINUTE) * MINUTE + MINUTE
  let day = businessDay(at, timeZone)
  for (let n = 0; n <= LOOKS_AHEAD; n++) {
    const next = dayAfter(day)
    const end = dayStart(next, timeZone)
    if (start < end && openingsOf(calendar, start).length > 0) {
      for (let minute = start; minute < end; minute += MINUTE) if (isOpen(calendar, minute)) return minute
    }
    start = Math.max(start, end)
    day = next
  }
  return null
}

/** The day before a day, both `YYYY-MM-DD`. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 24 * 60 * MINUTE).toISOString().slice(0, 10)
}

/** The day after a day, both `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * MINUTE).toISOString().slice(0, 10)
}
