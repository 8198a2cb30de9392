import { describe, expect, it } from 'vitest'
import { checkedRating, isLow, LEVELS, mayRate, RATING_TAGS, type ToRate } from './rating.ts'
import { Refusal } from './refusal.ts'

const said = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    if (error instanceof Refusal) return error.key
    throw error
  }
}
const MINUTE = 60_000
const done = (given: ToRate['given'] = null): ToRate => ({ doneAt: 1_000, given })

describe('a rating', () => {
  it('[RATE1] is given within a minute of the end, and a moment for the way', () => {
    expect(said(() => mayRate(done(), 'phone', 1_000 + MINUTE))).toBe(1_000 + MINUTE)
    expect(said(() => mayRate(done(), 'phone', 1_000 + MINUTE + 5_001))).toBe('too-late-to-rate')
  })

  it('[RATE2] is changed within a minute by whoever gave it, and by nobody else', () => {
    const given = done({ by: 'tablet', at: 40_000 })
    expect(said(() => mayRate(given, 'tablet', 40_000 + MINUTE))).toBe(40_000)
    expect(said(() => mayRate(given, 'tablet', 40_000 + MINUTE + 5_001))).toBe('already-rated')
    expect(said(() => mayRate(given, 'phone', 41_000))).toBe('already-rated')
  })

  it('[RATE3] has tags of its level: five levels of eight', () => {
    for (const level of LEVELS) {
      const codes = Object.keys(RATING_TAGS[level])
      expect(codes).toHaveLength(8)
      expect(codes.every((code) => code.startsWith(String(level)))).toBe(true)
    }
    expect(checkedRating({ level: 5, tags: ['517', '510', '517'] })).toEqual({
      level: 5,
      tags: ['517', '510'],
    })
    expect(said(() => checkedRating({ level: 4, tags: ['517'] }))).toBe('unknown-tag')
    expect(said(() => checkedRating({ level: 4, tags: ['999'] }))).toBe('unknown-tag')
  })

  it('[RATE6] of the two lowest levels is low', () => {
    expect(LEVELS.filter(isLow)).toEqual([2, 1])
  })
})
