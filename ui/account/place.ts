import type { SessionItem } from '#protocol/session.ts'
import { dayAndWeekday, hourMinute } from '#ui/i18n.ts'
import { t } from './words.ts'

/** Where somebody is signed in, in words: `Edge · Windows · in the hall’s network`. */
export function placeOf({ origin }: Pick<SessionItem, 'origin'>): string {
  if (origin === null) return t('unknown-place')
  const { browser, system, near } = origin
  const on = system === 'other' ? [] : [t(`system-${system}`)]
  return [t(`device-${browser}`), ...on, t(near ? 'near' : 'far')].join(' · ')
}

/** Since when, and used last when; the day is said when it is another one than today's. */
export function timesOf({ since, seenAt }: SessionItem, now: number, timeZone: string): string {
  const today = dayAndWeekday(now, timeZone)
  const when = (at: number) => {
    const day = dayAndWeekday(at, timeZone)
    return day === today ? hourMinute(at, timeZone) : `${day} ${hourMinute(at, timeZone)}`
  }
  return t('times', { since: when(since), seen: when(seenAt) })
}
