import { describe, expect, it } from 'vitest'
import { clerk, keyOf, other, supervisor } from '#test/harness/decisions.ts'
import { calledLeg, situationWith } from '#test/harness/legs.ts'
import { LEG_STATES } from '../transition.ts'
import { correctTimes, type RealTimes } from './times.ts'

describe('correcting times', () => {
  const done = calledLeg({ state: 'completed', startedAt: 2_000, endedAt: 9_000 })
  const serving = calledLeg({ state: 'serving', startedAt: 2_000 })
  const say = (leg: typeof done, times: RealTimes, actor = clerk, now = 10_000) =>
    keyOf(() => correctTimes(situationWith({ leg }), actor, times, 'forgotten', now))

  it('[TIMES1] sets what is given, keeps the state, and says why', () => {
    const change = correctTimes(
      situationWith({ leg: done }),
      clerk,
      { endedAt: 5_000 },
      'pressed-late',
      10_000,
    )
    expect(change).toEqual({
      event: 'ticket:corrected',
      legs: [{ id: 'l1', version: 1, state: 'completed', endedAt: 5_000 }],
      reason: 'pressed-late',
    })
  })

  it('[TIMES1] from the call to the start to the end to now, in that order', () => {
    expect(say(done, { startedAt: 1_000, endedAt: 10_000 })).toBeNull()
    expect(say(done, { startedAt: 999 })).toBe('times-out-of-order')
    expect(say(done, { startedAt: 9_001 })).toBe('times-out-of-order')
    expect(say(done, { endedAt: 1_999 })).toBe('times-out-of-order')
    expect(say(done, { endedAt: 10_001 })).toBe('times-out-of-order')
    expect(say(done, { startedAt: 6_000, endedAt: 5_000 })).toBe('times-out-of-order')
    expect(say(serving, { startedAt: 10_000 })).toBeNull()
    expect(say(serving, { startedAt: 10_001 })).toBe('times-out-of-order')
  })

  it('[TIMES1] what is not done has no end yet', () => {
    expect(say(serving, { endedAt: 5_000 })).toBe('times-out-of-order')
  })

  it('[TIMES1] only of what is served or done, by whoever operates the counter', () => {
    for (const state of LEG_STATES.filter((each) => each !== 'serving' && each !== 'completed')) {
      expect(say(calledLeg({ state }), { startedAt: 2_000 }), state).toBe('wrong-state')
    }
    expect(say(done, { endedAt: 5_000 }, other)).toBe('counter-not-yours')
    expect(say(done, { endedAt: 5_000 }, supervisor)).toBeNull()
  })
})
