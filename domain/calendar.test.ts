import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { businessDay, dayStart, isOpen, type WeeklyHours } from './calendar.ts'

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
  const open = (local: string) => isOpen(hours, at(`${local}+08:00`), 'Asia/Shanghai')

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
    expect(isOpen(early, at('2025-06-08T16:30:00Z'), 'Asia/Shanghai')).toBe(true)
    expect(isOpen(early, at('2025-06-08T16:30:00Z'), 'UTC')).toBe(false)
  })

  it('[DAY3] a site open around the clock is always open', () => {
    const allDay = [{ from: 0, to: 24 * 60 }]
    const always: WeeklyHours = [allDay, allDay, allDay, allDay, allDay, allDay, allDay]
    fc.assert(fc.property(moment, zone, (instant, where) => isOpen(always, instant, where)))
  })

  it('[DAY3] a site without hours is closed', () => {
    expect(isOpen([], 0, 'UTC')).toBe(false)
  })
})
