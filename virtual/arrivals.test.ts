import { describe, expect, it } from 'vitest'
import { type Hours, loadAt, nextArrival } from './arrivals.ts'
import { randomOf } from './random.ts'

const HOUR = 3_600_000
const midnight = Date.parse('2026-11-23T00:00:00+08:00')
const office = [{ from: 9 * 60, to: 17 * 60 }]
const hall: Hours = {
  timeZone: 'Asia/Shanghai',
  hours: [...Array.from({ length: 6 }, () => office), []],
  days: {},
  services: [{ minutes: 8 }, { minutes: 12 }],
  counters: [{ id: 'c1' }, { id: 'c2' }],
}

function arrivals(from: number, to: number, { seed = 1, speed = 1 } = {}): number[] {
  const random = randomOf(seed)
  const all: number[] = []
  for (let at = nextArrival(hall, from, speed, random); at !== null && at < to; ) {
    all.push(at)
    at = nextArrival(hall, at, speed, random)
  }
  return all
}

describe('who comes when', () => {
  it('[PRACTICE6] nobody comes while the hall is closed, and the same seed is the same day', () => {
    const day = arrivals(midnight, midnight + 24 * HOUR)
    expect(day.length).toBeGreaterThan(40)
    expect(Math.min(...day)).toBeGreaterThanOrEqual(midnight + 9 * HOUR)
    expect(Math.max(...day)).toBeLessThan(midnight + 17 * HOUR)
    expect(arrivals(midnight, midnight + 24 * HOUR)).toEqual(day)
    expect(arrivals(midnight, midnight + 24 * HOUR, { seed: 2 })).not.toEqual(day)
    // A Sunday.
    expect(nextArrival(hall, midnight - 24 * HOUR, 1, randomOf(1))).toBeNull()
  })

  it('[PRACTICE6] the morning is busier than noon, and a hall hurried tenfold has ten times as many', () => {
    expect([loadAt(10 * 60), loadAt(12 * 60 + 30), loadAt(0)]).toEqual([1.025, 0.8, 0.7])
    const between = (from: number, to: number, speed = 1) =>
      arrivals(midnight + from * HOUR, midnight + to * HOUR, { speed: speed * 60 }).length
    expect(between(9, 11)).toBeGreaterThan(between(12, 14) * 1.05)
    expect(Math.abs(between(9, 11, 10) / between(9, 11) - 10)).toBeLessThan(1)
    // Two counters and ten minutes each: twelve an hour when they have just enough to do.
    expect(Math.abs(between(9, 11) / 60 / 2 / 12 - 1.025)).toBeLessThan(0.1)
  })
})
