import { describe, expect, it } from 'vitest'
import { readDuration, writeDuration } from './duration.ts'
import { readOpenings, readWeekdays, writeWeek } from './hours.ts'
import { momentOf, writeMoment } from './moment.ts'

describe('durations, hours and moments', () => {
  it('[HALL2] a duration has a number and a unit', () => {
    const right = { '30 min': 1_800_000, '24 h': 86_400_000, '20 s': 20_000, '1.5 s': 1_500, '0min': 0 }
    for (const [written, ms] of Object.entries(right)) expect(readDuration(written)).toBe(ms)
    for (const wrong of ['30', 30, '', 'min', '-1 min', '1 day', '1 min 2 s', null, {}]) {
      expect(readDuration(wrong)).toBeNull()
    }
    for (const ms of [0, 1_500, 60_000, 5_400_000, 86_400_000])
      expect(readDuration(writeDuration(ms))).toBe(ms)
  })

  it('[HALL2] a week is written in as few lines as it takes, and read again', () => {
    const [short, long] = [readOpenings('09:00-12:00'), readOpenings('00:00-24:00')]
    expect(writeWeek([long, short, short, [], [], short, []])).toEqual({
      Mon: '00:00-24:00',
      'Tue-Wed': '09:00-12:00',
      'Thu-Fri': 'closed',
      Sat: '09:00-12:00',
      Sun: 'closed',
    })
    expect(readWeekdays('Mon-Wed, Fri')).toEqual([0, 1, 2, 4])
    for (const wrong of ['Fri-Mon', 'Mon-Tue-Wed', '', 'mon']) expect(() => readWeekdays(wrong)).toThrow()
  })

  it('[HALL4] a moment is of the hall’s own clock', () => {
    expect(momentOf('2026-12-01 08:00', 'Asia/Shanghai')).toBe(Date.parse('2026-12-01T00:00:00Z'))
    expect(momentOf('2026-12-01 08:07', 'Asia/Kathmandu')).toBe(Date.parse('2026-12-01T02:22:00Z'))
    // Skipped when the clocks go forward; of the hour that comes twice, the first.
    expect(momentOf('2026-03-29 02:30', 'Europe/Berlin')).toBeNull()
    expect(momentOf('2026-10-25 02:30', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T00:30:00Z'))
    for (const wrong of ['2026-12-01', '08:00', '2026-13-01 08:00', 'tomorrow', '2026-12-01 25:00']) {
      expect(momentOf(wrong, 'UTC')).toBeNull()
    }
    expect(writeMoment(Date.parse('2026-12-01T00:00:00Z'), 'Asia/Shanghai')).toBe('2026-12-01 08:00')
  })
})
