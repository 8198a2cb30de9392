import { afterEach, expect, test } from 'vitest'
import { hoursToday, opensAnotherDay, opensNext } from './hours.ts'
import { language } from './i18n.ts'

afterEach(() => {
  language.value = 'zh-CN'
})

const weekday = [
  { from: 9 * 60, to: 12 * 60 },
  { from: 13 * 60 + 30, to: 17 * 60 },
]
const site = {
  hours: [weekday, weekday, weekday, weekday, weekday, [], []],
  days: { '2025-06-04': [] },
  timeZone: 'Asia/Shanghai',
}
/** 2 June 2025 is a Monday. */
const at = (local: string) => Date.parse(`${local}+08:00`)

test('[KIOSK14] a closed screen says when today’s hours are, while any are left', () => {
  expect(hoursToday(site, at('2025-06-02T08:00:00'))).toBe('9:00–12:00、13:30–17:00')
  expect(hoursToday(site, at('2025-06-02T12:30:00'))).toBe('9:00–12:00、13:30–17:00')
  expect(hoursToday(site, at('2025-06-02T17:00:00'))).toBeNull()
  expect(hoursToday(site, at('2025-06-04T09:30:00'))).toBeNull()
})

test('[KIOSK14] and when numbers are given out next: today, tomorrow, or on which day', () => {
  const said = (local: string) => opensNext(site, at(local))
  expect(said('2025-06-02T12:30:00')).toBe('13:30')
  expect(said('2025-06-02T17:30:00')).toBe('明天 09:00')
  expect(said('2025-06-03T17:30:00')).toBe('6月5日星期四 09:00')
  expect(said('2025-06-06T17:30:00')).toBe('6月9日星期一 09:00')
  expect(said('2025-06-02T10:00:00')).toBeNull()
  language.value = 'en'
  expect(said('2025-06-02T17:30:00')).toBe('tomorrow at 09:00')
  expect(said('2025-06-06T17:30:00')).toBe('Monday, June 9 at 09:00')
  expect(opensNext({ ...site, hours: [], days: {} }, at('2025-06-02T10:00:00'))).toBeNull()
})

test('[KIOSK12] who found today’s numbers given out is told the next day that has some', () => {
  expect(opensAnotherDay(site, at('2025-06-02T10:00:00'))).toBe('明天 09:00')
  expect(opensAnotherDay(site, at('2025-06-03T10:00:00'))).toBe('6月5日星期四 09:00')
  expect(opensAnotherDay({ ...site, hours: [], days: {} }, at('2025-06-02T10:00:00'))).toBeNull()
})
