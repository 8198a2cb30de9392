import { describe, expect, it } from 'vitest'
import { clerk, keyOf, other, supervisor } from '#test/harness/decisions.ts'
import { calledLeg, counterWith, situationWith } from '#test/harness/legs.ts'
import * as decide from './counter.ts'

describe('counters', () => {
  const closed = counterWith({ status: 'closed', staffId: null })

  it('[COUNTER1] whoever opens a closed counter sits at it', () => {
    expect(decide.openCounter(situationWith({ counter: closed }), clerk)).toEqual({
      event: 'counter:opened',
      counters: [{ id: 'c1', version: 3, status: 'open', staffId: 'clerk', desk: null }],
    })
    expect(keyOf(() => decide.openCounter(situationWith({ counter: null }), clerk))).toBe('unknown-counter')
  })

  it.each(['open', 'paused'] as const)(
    '[COUNTER1] a counter that is %s is its person’s to open again',
    (status) => {
      const situation = situationWith({ counter: counterWith({ status }) })
      expect(decide.openCounter(situation, clerk).counters?.[0]).toMatchObject({
        status: 'open',
        staffId: 'clerk',
      })
      expect(keyOf(() => decide.openCounter(situation, other))).toBe('counter-taken')
      expect(decide.openCounter(situation, supervisor).counters?.[0]).toMatchObject({ staffId: 'boss' })
    },
  )

  it('[COUNTER2] a paused counter keeps its person', () => {
    expect(decide.pauseCounter(situationWith(), clerk)).toEqual({
      event: 'counter:paused',
      counters: [{ id: 'c1', version: 3, status: 'paused', staffId: 'clerk', desk: null }],
    })
    // A supervisor pauses it for the person, and does not take the seat.
    expect(decide.pauseCounter(situationWith(), supervisor).counters?.[0]?.staffId).toBe('clerk')
  })

  it('[COUNTER2] refuses a closed counter, a busy one and somebody else’s', () => {
    expect(keyOf(() => decide.pauseCounter(situationWith({ counter: closed }), clerk))).toBe('counter-closed')
    expect(keyOf(() => decide.pauseCounter(situationWith({ atCounter: calledLeg() }), clerk))).toBe(
      'counter-busy',
    )
    expect(keyOf(() => decide.pauseCounter(situationWith(), other))).toBe('counter-not-yours')
  })

  it('[COUNTER3] a closed counter has nobody', () => {
    const shut = situationWith({ counter: counterWith({ status: 'closed', staffId: null }) })
    expect(keyOf(() => decide.closeCounter(shut, clerk))).toBe('counter-closed')
    expect(decide.closeCounter(situationWith(), clerk)).toEqual({
      event: 'counter:closed',
      counters: [{ id: 'c1', version: 3, status: 'closed', staffId: null, desk: null }],
    })
  })

  it('[COUNTER3] refuses while somebody is there, and at somebody else’s counter', () => {
    const busy = situationWith({ atCounter: calledLeg({ state: 'serving' }) })
    expect(keyOf(() => decide.closeCounter(busy, clerk))).toBe('counter-busy')
    expect(keyOf(() => decide.closeCounter(situationWith(), other))).toBe('counter-not-yours')
  })
})
