import { describe, expect, it } from 'vitest'
import { calledLeg, counterWith, legWith, siteWith, situationWith } from '#test/harness/legs.ts'
import type { Change } from './change.ts'
import * as decide from './decide.ts'
import { Refusal } from './refusal.ts'
import type { Situation } from './site.ts'

const clerk: decide.Actor = { staffId: 'clerk', supervises: false }
const other: decide.Actor = { staffId: 'other', supervises: false }
const supervisor: decide.Actor = { staffId: 'boss', supervises: true }

/** The key a decision refuses with; null when it does not. */
function refusal(act: () => Change): { key: string; facts: object } | null {
  try {
    act()
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { key: error.key, facts: error.facts }
  }
}
const keyOf = (act: () => Change) => refusal(act)?.key ?? null

describe('issue', () => {
  const ticket = { id: 't', codeHash: 'hash', language: 'zh-CN', private: null } as const
  const wanted = { serviceId: 's1', care: false, legId: 'l', ticket }

  it('[ISSUE1] makes a ticket and a leg in the lane of the service', () => {
    expect(decide.issue(situationWith(), wanted, 0)).toEqual({
      event: 'ticket:issued',
      ticket: { ...ticket, laneId: 'a' },
      leg: { id: 'l', laneId: 'a', serviceId: 's1', credit: 0 },
    })
  })

  it('[ISSUE1] care has the head start of the site, whatever the need', () => {
    const situation = situationWith({ site: siteWith({ careCredit: 1_234 }) })
    expect(decide.issue(situation, { ...wanted, care: true }, 0).leg?.credit).toBe(1_234)
  })

  it('[ISSUE1] refuses a service the site does not have', () => {
    expect(keyOf(() => decide.issue(situationWith(), { ...wanted, serviceId: 'x' }, 0))).toBe(
      'unknown-service',
    )
  })

  it('[ISSUE1] [DAY3] refuses outside the opening hours', () => {
    const site = siteWith({ hours: [[], [], [], [], [], [], []] })
    expect(keyOf(() => decide.issue(situationWith({ site }), wanted, 0))).toBe('site-closed')
  })

  it('[CLOCK1] refuses while the clock is unconfirmed', () => {
    expect(keyOf(() => decide.issue(situationWith({ clockHeld: true }), wanted, 0))).toBe('clock-unconfirmed')
  })
})

describe('call-next', () => {
  it('[CALL1] asks for the smallest turn this counter may serve, on the version that was seen', () => {
    expect(decide.callNext(situationWith(), clerk)).toEqual({
      event: 'ticket:called',
      pick: { counterId: 'c1', counterVersion: 3 },
    })
  })

  it.each([
    ['counter-closed', { counter: counterWith({ status: 'closed', staffId: null }) }],
    ['counter-paused', { counter: counterWith({ status: 'paused' }) }],
    ['counter-busy', { atCounter: calledLeg() }],
    ['unknown-counter', { counter: null }],
  ] as [string, Partial<Situation>][])('[CALL1] refuses with %s', (key, rest) => {
    expect(keyOf(() => decide.callNext(situationWith(rest), clerk))).toBe(key)
  })

  it('[CALL1] a busy counter is told whose number lies there', () => {
    const atCounter = calledLeg({ number: 'A042' })
    expect(refusal(() => decide.callNext(situationWith({ atCounter }), clerk))?.facts).toEqual({
      number: 'A042',
    })
  })

  it('[COUNTER1] refuses at somebody else’s counter, but not a supervisor', () => {
    expect(keyOf(() => decide.callNext(situationWith(), other))).toBe('counter-not-yours')
    expect(keyOf(() => decide.callNext(situationWith(), supervisor))).toBeNull()
  })
})

describe('verbs of a called or served leg', () => {
  const leg = calledLeg({ version: 5, calls: 2 })
  const called = situationWith({ leg, atCounter: leg })
  const serving = situationWith({ leg: { ...leg, state: 'serving' } })

  it('[CALL3] recall keeps the state and adds one call', () => {
    expect(decide.recall(called, clerk)).toEqual({
      event: 'ticket:recalled',
      legs: [{ id: 'l1', version: 5, state: 'called', calls: 3 }],
    })
    expect(keyOf(() => decide.recall(serving, clerk))).toBe('not-called')
  })

  it('[SERVE1] start leads from called to serving', () => {
    expect(decide.start(called, clerk)).toEqual({
      event: 'ticket:started',
      legs: [{ id: 'l1', version: 5, state: 'serving' }],
    })
    expect(keyOf(() => decide.start(serving, clerk))).toBe('not-called')
  })

  it('[SERVE2] complete ends a called and a served leg', () => {
    for (const situation of [called, serving]) {
      expect(decide.complete(situation, clerk)).toEqual({
        event: 'ticket:completed',
        legs: [{ id: 'l1', version: 5, state: 'completed' }],
      })
    }
    const waiting = situationWith({ leg: legWith() })
    expect(refusal(() => decide.complete(waiting, clerk))).toEqual({
      key: 'not-serving',
      facts: { state: 'waiting' },
    })
  })

  it('[MISS1] no-show misses a called leg, and never one being served', () => {
    expect(decide.noShow(called, clerk)).toEqual({
      event: 'ticket:missed',
      legs: [{ id: 'l1', version: 5, state: 'missed' }],
    })
    expect(keyOf(() => decide.noShow(serving, clerk))).toBe('not-called')
  })

  const verbs = {
    recall: decide.recall,
    start: decide.start,
    complete: decide.complete,
    noShow: decide.noShow,
  }
  it.each(Object.entries(verbs))('[COUNTER1] %s is for who operates the leg’s counter', (_, verb) => {
    expect(keyOf(() => verb(called, other))).toBe('counter-not-yours')
    expect(keyOf(() => verb(called, { staffId: null, supervises: false }))).toBe('counter-not-yours')
    expect(keyOf(() => verb(called, supervisor))).toBeNull()
    expect(keyOf(() => verb(situationWith(), clerk))).toBe('unknown-ticket')
  })
})

describe('a call that nobody answers', () => {
  const { callTimeout } = siteWith()
  const leg = calledLeg({ calledAt: 1_000 })

  it('[MISS2] is missed at its timeout, not a millisecond sooner', () => {
    const situation = situationWith({ leg })
    expect(keyOf(() => decide.expireCall(situation, 1_000 + callTimeout - 1))).toBe('not-called')
    expect(decide.expireCall(situation, 1_000 + callTimeout)).toEqual({
      event: 'ticket:missed',
      legs: [{ id: 'l1', version: 1, state: 'missed' }],
      reason: 'call-timeout',
    })
  })

  it('[MISS2] is left alone when somebody acted first', () => {
    const late = 1_000 + callTimeout
    const changedTo = (rest: object) =>
      keyOf(() => decide.expireCall(situationWith({ leg: { ...leg, ...rest } }), late))
    expect(changedTo({ state: 'serving' })).toBe('not-called')
    expect(changedTo({ calledAt: 2_000, calls: 2 })).toBe('not-called')
    expect(keyOf(() => decide.expireCall(situationWith(), late))).toBe('unknown-ticket')
  })
})

describe('counters', () => {
  const closed = counterWith({ status: 'closed', staffId: null })

  it('[COUNTER1] whoever opens a closed counter sits at it', () => {
    expect(decide.openCounter(situationWith({ counter: closed }), clerk)).toEqual({
      event: 'counter:opened',
      counters: [{ id: 'c1', version: 3, status: 'open', staffId: 'clerk' }],
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
      counters: [{ id: 'c1', version: 3, status: 'paused', staffId: 'clerk' }],
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
      counters: [{ id: 'c1', version: 3, status: 'closed', staffId: null }],
    })
  })

  it('[COUNTER3] refuses while somebody is there, and at somebody else’s counter', () => {
    const busy = situationWith({ atCounter: calledLeg({ state: 'serving' }) })
    expect(keyOf(() => decide.closeCounter(busy, clerk))).toBe('counter-busy')
    expect(keyOf(() => decide.closeCounter(situationWith(), other))).toBe('counter-not-yours')
  })
})
