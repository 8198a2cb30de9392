import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectedWait } from './wait.ts'

const ahead = fc.nat(200)
const open = fc.integer({ min: 1, max: 20 })
const minutes = fc.double({ min: 0.5, max: 60, noNaN: true })

describe('the expected wait', () => {
  it('[WAIT1] is unknown while no counter serves the lane', () => {
    expect(expectedWait(3, 0, 0, 10)).toBeNull()
  })

  it('[WAIT1] is queue length × service time over the open counters, as a range around it', () => {
    expect(expectedWait(0, 1, 1, 10)).toEqual({ low: 0, high: 1 })
    expect(expectedWait(0, 1, 0, 10)).toEqual({ low: 7, high: 15 })
    expect(expectedWait(5, 2, 0, 8)).toEqual({ low: 15, high: 35 })
  })

  it('[WAIT1] a free counter takes the first in line at once', () => {
    fc.assert(
      fc.property(open, minutes, (counters, each) => {
        expect(expectedWait(counters - 1, counters, counters, each)).toEqual({ low: 0, high: 1 })
      }),
    )
  })

  it('[WAIT1] low is never above high; both are whole and no more exact than the estimate', () => {
    fc.assert(
      fc.property(ahead, open, fc.nat(20), minutes, (k, counters, free, each) => {
        const wait = expectedWait(k, counters, Math.min(free, counters), each)
        if (!wait) throw new Error('unknown')
        expect(wait.low).toBeGreaterThanOrEqual(0)
        expect(wait.low).toBeLessThanOrEqual(wait.high)
        expect(wait.high).toBeGreaterThanOrEqual(1)
        for (const edge of [wait.low, wait.high]) {
          expect(Number.isInteger(edge)).toBe(true)
          if (edge > 10) expect(edge % 5).toBe(0)
        }
      }),
    )
  })

  it('[WAIT1] grows with who is ahead, and shrinks with counters that open', () => {
    fc.assert(
      fc.property(ahead, open, fc.nat(20), minutes, (k, counters, spare, each) => {
        const free = Math.min(spare, counters)
        const now = expectedWait(k, counters, free, each)
        const behind = expectedWait(k + 1, counters, free, each)
        const helped = expectedWait(k, counters + 1, free, each)
        if (!now || !behind || !helped) throw new Error('unknown')
        expect(behind.low).toBeGreaterThanOrEqual(now.low)
        expect(behind.high).toBeGreaterThanOrEqual(now.high)
        expect(helped.low).toBeLessThanOrEqual(now.low)
        expect(helped.high).toBeLessThanOrEqual(now.high)
      }),
    )
  })
})
