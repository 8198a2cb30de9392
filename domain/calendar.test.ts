import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  businessDay,
  type Calendar,
  clockTime,
  dayClose,
  dayStart,
  isDayOver,
  isOpen,
  nextOpening,
  type WeeklyHours,
} from './calendar.ts'

const HOUR = 3_600_000
const at = (iso: string) => Date.parse(iso)

const ZONES = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Havana',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'UTC',
]
const zone = fc.constantFrom(...ZONES)
const moment = fc.integer({ min: at('2012-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') })

describe('the business day', () => {
  it('[DAY1] is the local day of the site', () => {
    expect(businessDay(at('2025-06-30T15:59:59Z'), 'Asia/Shanghai')).toBe('2025-06-30')
    expect(businessDay(at('2025-06-30T16:00:00Z'), 'Asia/Shanghai')).toBe('2025-07-01')
    expect(businessDay(at('2025-06-30T16:00:00Z'), 'America/New_York')).toBe('2025-06-30')
  })

  it('[PHONE12] [PAPER2] the time of day is that of the site', () => {
    expect(clockTime(Date.parse('2025-06-02T01:05:59Z'), 'Asia/Shanghai')).toBe('09:05')
    expect(clockTime(Date.parse('2025-06-01T16:00:00Z'), 'Asia/Shanghai')).toBe('00:00')
  })

  it('[DAY1] does not end when clocks go back or forward within it', () => {
    const day = (iso: string) => businessDay(at(iso), 'America/New_York')
    expect([day('2025-11-02T05:30:00Z'), day('2025-11-02T06:30:00Z')]).toEqual(['2025-11-02', '2025-11-02'])
    expect([day('2025-03-09T06:59:59Z'), day('2025-03-09T07:00:00Z')]).toEqual(['2025-03-09', '2025-03-09'])
  })

  it('[DAY1] [DAY2] is the same on a machine in any time zone', () => {
    const machine = process.env.TZ
    const answers = new Set<string>()
    const offsets = new Set<number>()
    try {
      for (const TZ of ['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
        process.env.TZ = TZ
        offsets.add(new Date(at('2025-03-09T07:00:00Z')).getTimezoneOffset())
        const instant = at('2025-03-09T04:59:00Z')
        answers.add(
          `${businessDay(instant, 'America/New_York')} ${dayStart('2025-03-09', 'America/New_York')}`,
        )
      }
    } finally {
      if (machine === undefined) delete process.env.TZ
      else process.env.TZ = machine
    }
    expect(offsets.size, 'the machine’s zone was really changed').toBe(4)
    expect([...answers]).toEqual([`2025-03-08 ${at('2025-03-09T05:00:00Z')}`])
  })
})

describe('the start of a day', () => {
  it.each([
    ['Asia/Shanghai', '2025-07-01', '2025-06-30T16:00:00Z'],
    ['America/New_York', '2025-03-09', '2025-03-09T05:00:00Z'],
    ['America/New_York', '2025-03-10', '2025-03-10T04:00:00Z'],
    ['America/New_York', '2025-11-02', '2025-11-02T04:00:00Z'],
    ['America/New_York', '2025-11-03', '2025-11-03T05:00:00Z'],
    ['Pacific/Kiritimati', '2025-01-01', '2024-12-31T10:00:00Z'],
    ['Etc/GMT+12', '2025-01-01', '2025-01-01T12:00:00Z'],
  ])('[DAY2] %s %s is local midnight', (where, day, start) => {
    expect(new Date(dayStart(day, where)).toISOString()).toBe(start.replace('Z', '.000Z'))
  })

  it.each([
    ['America/Sao_Paulo', '2017-10-15', '2017-10-15T03:00:00Z'],
    ['Asia/Beirut', '2022-03-27', '2022-03-26T22:00:00Z'],
    ['Africa/Cairo', '2023-04-28', '2023-04-27T22:00:00Z'],
  ])('[DAY2] %s %s, whose midnight the clocks skip, starts at its first moment', (where, day, start) => {
    expect(new Date(dayStart(day, where)).toISOString()).toBe(start.replace('Z', '.000Z'))
  })

  it('[DAY2] days with a change of clocks have 23 or 25 hours', () => {
    const hours = (day: string, next: string) =>
      (dayStart(next, 'America/New_York') - dayStart(day, 'America/New_York')) / HOUR
    expect(hours('2025-03-09', '2025-03-10')).toBe(23)
    expect(hours('2025-11-02', '2025-11-03')).toBe(25)
    expect(hours('2025-07-01', '2025-07-02')).toBe(24)
  })

  it('[DAY1] [DAY2] every moment lies in its own day: it starts no later, and a moment before it is another', () => {
    fc.assert(
      fc.property(moment, zone, (instant, where) => {
        const day = businessDay(instant, where)
        const start = dayStart(day, where)
        expect(start).toBeLessThanOrEqual(instant)
        expect(instant - start).toBeLessThan(25 * HOUR)
        expect(businessDay(start, where)).toBe(day)
        expect(businessDay(start - 1, where) < day).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('[DAY1] a later moment is never of an earlier day', () => {
    fc.assert(
      fc.property(moment, fc.nat(3 * HOUR), zone, (instant, later, where) => {
        expect(businessDay(instant + later, where) >= businessDay(instant, where)).toBe(true)
      }),
    )
  })
})

describe('opening hours', () => {
  const morning = { from: 9 * 60, to: 12 * 60 }
  const afternoon = { from: 13 * 60 + 30, to: 17 * 60 }
  const weekday = [morning, afternoon]
  const hours: WeeklyHours = [weekday, weekday, weekday, weekday, [morning], [], []]
  /** 2 June 2025 is a Monday. Shanghai is at +08:00. */
  const open = (local: string) => isOpen({ hours, days: {}, timeZone: 'Asia/Shanghai' }, at(`${local}+08:00`))

  it('[DAY3] from the first minute to before the last', () => {
    expect(open('2025-06-02T08:59:59')).toBe(false)
    expect(open('2025-06-02T09:00:00')).toBe(true)
    expect(open('2025-06-02T11:59:59')).toBe(true)
    expect(open('2025-06-02T12:00:00')).toBe(false)
    expect(open('2025-06-02T13:30:00')).toBe(true)
  })

  it('[DAY3] by the weekday of the site, Monday first', () => {
    expect(open('2025-06-06T14:00:00')).toBe(false)
    expect(open('2025-06-07T10:00:00')).toBe(false)
    expect(open('2025-06-08T10:00:00')).toBe(false)
    expect(open('2025-06-09T10:00:00')).toBe(true)
    // Already Monday in Shanghai, still Sunday in UTC.
    const early: WeeklyHours = [[{ from: 0, to: 60 }], [], [], [], [], [], []]
    expect(isOpen({ hours: early, days: {}, timeZone: 'Asia/Shanghai' }, at('2025-06-08T16:30:00Z'))).toBe(
      true,
    )
    expect(isOpen({ hours: early, days: {}, timeZone: 'UTC' }, at('2025-06-08T16:30:00Z'))).toBe(false)
  })

  it('[DAY3] a site open around the clock is always open', () => {
    const allDay = [{ from: 0, to: 24 * 60 }]
    const always: WeeklyHours = [allDay, allDay, allDay, allDay, allDay, allDay, allDay]
    fc.assert(
      fc.property(moment, zone, (instant, where) =>
        isOpen({ hours: always, days: {}, timeZone: where }, instant),
      ),
    )
  })

  it('[DAY3] a site without hours is closed', () => {
    expect(isOpen({ hours: [], days: {}, timeZone: 'UTC' }, 0)).toBe(false)
  })

  it('[DAY4] a day of its own is as it says: a holiday is closed, a working Saturday open', () => {
    // 2025-10-01 is a Wednesday, 2025-10-11 a Saturday worked in exchange.
    const calendar = { hours, days: { '2025-10-01': [], '2025-10-11': [morning] }, timeZone: 'Asia/Shanghai' }
    const openOn = (local: string) => isOpen(calendar, at(`${local}+08:00`))
    expect(openOn('2025-10-01T10:00:00')).toBe(false)
    expect(openOn('2025-10-02T10:00:00')).toBe(true)
    expect(openOn('2025-10-11T10:00:00')).toBe(true)
    expect(openOn('2025-10-11T14:00:00')).toBe(false)
    expect(openOn('2025-10-18T10:00:00')).toBe(false)
  })

  it('[CLOSE1] the day is over after its last opening, not in a break', () => {
    const calendar = { hours, days: { '2025-10-01': [] }, timeZone: 'Asia/Shanghai' }
    const over = (local: string) => isDayOver(calendar, at(`${local}+08:00`))
    expect(over('2025-06-02T08:00:00')).toBe(false)
    expect(over('2025-06-02T12:30:00')).toBe(false)
    expect(over('2025-06-02T16:59:59')).toBe(false)
    expect(over('2025-06-02T17:00:00')).toBe(true)
    expect(over('2025-06-03T00:00:00')).toBe(false)
    expect(over('2025-10-01T09:00:00')).toBe(true)
  })
})

describe('the next opening', () => {
  const morning = { from: 9 * 60, to: 12 * 60 }
  const afternoon = { from: 13 * 60 + 30, to: 17 * 60 }
  const weekday = [morning, afternoon]
  const hours: WeeklyHours = [weekday, weekday, weekday, weekday, [morning], [], []]
  const shanghai: Calendar = {
    hours,
    // A holiday on a Thursday, and a Saturday worked in exchange.
    days: { '2025-06-05': [], '2025-06-07': [afternoon] },
    timeZone: 'Asia/Shanghai',
  }
  const said = (instant: number | null) =>
    instant === null ? null : new Date(instant + 8 * HOUR).toISOString().slice(0, 16)
  const next = (local: string, calendar = shanghai) => said(nextOpening(calendar, at(`${local}+08:00`)))

  it('[DAY5] is later the same day: before the first minute, and in a break', () => {
    expect(next('2025-06-02T07:12:34')).toBe('2025-06-02T09:00')
    expect(next('2025-06-02T08:59:59')).toBe('2025-06-02T09:00')
    expect(next('2025-06-02T12:00:00')).toBe('2025-06-02T13:30')
  })

  it('[DAY5] is the next day that has one: not a holiday, not a free weekend', () => {
    expect(next('2025-06-02T17:00:00')).toBe('2025-06-03T09:00')
    expect(next('2025-06-04T18:00:00')).toBe('2025-06-06T09:00')
    expect(next('2025-06-06T12:00:00')).toBe('2025-06-07T13:30')
    expect(next('2025-06-07T17:00:00')).toBe('2025-06-09T09:00')
  })

  it('[DAY5] is now while the site is open, and none where none is within a year', () => {
    expect(next('2025-06-02T09:30:00')).toBe('2025-06-02T09:30')
    expect(next('2025-06-02T09:30:00', { hours: [], days: {}, timeZone: 'UTC' })).toBeNull()
    const once = { hours: [], days: { '2026-06-01': [morning] }, timeZone: 'Asia/Shanghai' }
    expect(next('2025-06-02T09:30:00', once)).toBe('2026-06-01T09:00')
  })

  it('[DAY5] follows the local clock where it changes', () => {
    const at230: WeeklyHours = Array.from({ length: 7 }, () => [{ from: 150, to: 240 }])
    const newYork = { hours: at230, days: {}, timeZone: 'America/New_York' }
    const opens = (instant: string) => new Date(nextOpening(newYork, at(instant)) ?? 0).toISOString()
    // 02:30 is skipped on 9 March 2025: the clocks go from 02:00 to 03:00, which is within the opening.
    expect(opens('2025-03-09T05:00:00Z')).toBe('2025-03-09T07:00:00.000Z')
    // 02:30 EST, after 01:00 to 02:00 has come twice.
    expect(opens('2025-11-02T04:00:00Z')).toBe('2025-11-02T07:30:00.000Z')
    expect(opens('2025-07-01T04:00:00Z')).toBe('2025-07-01T06:30:00.000Z')
  })

  it('[DAY5] is open, and nothing before it is', () => {
    const minutes = fc.integer({ min: 0, max: 24 * 60 })
    const opening = fc.tuple(minutes, minutes).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
    fc.assert(
      fc.property(
        moment,
        zone,
        fc.array(fc.array(opening, { maxLength: 2 }), { minLength: 7, maxLength: 7 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (instant, where, week, part) => {
          const calendar = { hours: week, days: {}, timeZone: where }
          const found = nextOpening(calendar, instant)
          const before = instant + Math.floor(part * ((found ?? instant + 8 * 24 * HOUR) - instant - 1))
          if (found === null || found > instant)
            expect(isOpen(calendar, Math.max(before, instant))).toBe(false)
          if (found !== null) expect(isOpen(calendar, found)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('when a day closes', () => {
  const calendar = (timeZone: string, days: Calendar['days'] = {}): Calendar => ({
    ...{ timeZone, days },
    hours: Array.from({ length: 7 }, () => [
      { from: 540, to: 720 },
      { from: 780, to: 1_020 },
    ]),
  })

  it('[PURGE5] is the end of its last opening by the local clock, also where the clocks change; without one the end of the day', () => {
    expect(dayClose(calendar('Asia/Shanghai'), '2026-03-09')).toBe(at('2026-03-09T09:00:00Z'))
    // The night of this day is an hour shorter.
    expect(dayClose(calendar('Europe/Berlin'), '2026-03-29')).toBe(at('2026-03-29T15:00:00Z'))
    expect(dayClose(calendar('Asia/Shanghai', { '2026-03-09': [] }), '2026-03-09')).toBe(
      at('2026-03-09T16:00:00Z'),
    )
    expect(
      dayClose(calendar('Asia/Shanghai', { '2026-03-09': [{ from: 0, to: 1_440 }] }), '2026-03-09'),
    ).toBe(at('2026-03-09T16:00:00Z'))
  })
})
