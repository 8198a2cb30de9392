import { businessDay, dayAfter, dayStart, isDayOver, nextOpening, openingsOf } from '#domain/calendar.ts'
import type { SiteView } from '#protocol/api.ts'
import { dayAndWeekday, hourMinute, language } from './i18n.ts'

type Hours = Pick<SiteView, 'hours' | 'days' | 'timeZone'>

export { isOpen } from '#domain/calendar.ts'

/** Today's openings, `9:00–12:00, 13:30–17:00`, once there are any and while one is left; else null. */
export function hoursToday(site: Hours, now: number): string | null {
  if (isDayOver(site, now)) return null
  const comma = language.value === 'zh-CN' ? '、' : ', '
  return openingsOf(site, now)
    .map(({ from, to }) => `${clock(from)}–${clock(to)}`)
    .join(comma)
}

function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

/** When tickets are issued next, in words; null while they are, and when no opening is known. */
export function opensNext(site: Hours, now: number): string | null {
  const at = nextOpening(site, now)
  return at === null || at <= now ? null : momentWords(site, at, now)
}

/** When tickets are issued on another day, in words: for who found today's given out. */
export function opensAnotherDay(site: Hours, now: number): string | null {
  const at = nextOpening(site, now + untilTomorrow(now, site))
  return at === null ? null : momentWords(site, at, now)
}

/** A moment to come: `13:30`, `明天 09:00`, `6月9日星期一 09:00`. */
function momentWords(site: Hours, at: number, now: number): string {
  const time = hourMinute(at, site.timeZone)
  const chinese = language.value === 'zh-CN'
  const day = businessDay(at, site.timeZone)
  if (day === businessDay(now, site.timeZone)) return time
  const tomorrow = chinese ? '明天' : 'tomorrow'
  const words =
    day === dayAfter(businessDay(now, site.timeZone)) ? tomorrow : dayAndWeekday(at, site.timeZone)
  return chinese ? `${words} ${time}` : `${words} at ${time}`
}

/** The business day `YYYY-MM-DD` at the site. */
export function dayAt(now: number, { timeZone }: Pick<Hours, 'timeZone'>): string {
  return businessDay(now, timeZone)
}

/** How long the business day has still to go, ms. */
export function untilTomorrow(now: number, { timeZone }: Pick<Hours, 'timeZone'>): number {
  return dayStart(dayAfter(businessDay(now, timeZone)), timeZone) - now
}
