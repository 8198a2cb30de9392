import { describe, expect, it } from 'vitest'
import { clerk, keyOf, nobody, other, refusal, supervisor } from '#test/harness/decisions.ts'
import { calledLeg, counterWith, legWith, siteWith, situationWith } from '#test/harness/legs.ts'
import type { Situation } from '../site.ts'
import * as decide from './serve.ts'

const NOW = 10_000

describe('call-next', () => {
  it('[CALL1] asks for the smallest turn this counter may serve, on the version that was seen', () => {
    expect(decide.callNext(situationWith(), clerk, NOW)).toEqual({
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
    expect(keyOf(() => decide.callNext(situationWith(rest), clerk, NOW))).toBe(key)
  })

  it('[CALL1] a busy counter is told whose number lies there', () => {
    const atCounter = calledLeg({ number: 'A042' })
    expect(refusal(() => decide.callNext(situationWith({ atCounter }), clerk, NOW))?.facts).toEqual({
      number: 'A042',
    })
  })

  it('[COUNTER1] refuses at somebody else’s counter, but not a supervisor', () => {
    expect(keyOf(() => decide.callNext(situationWith(), other, NOW))).toBe('counter-not-yours')
    expect(keyOf(() => decide.callNext(situationWith(), supervisor, NOW))).toBeNull()
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
    expect(keyOf(() => verb(called, nobody))).toBe('counter-not-yours')
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

describe('recall after the most calls', () => {
  it('[MISS3] is a no-show once the site’s most calls were made, with its reason', () => {
    const site = siteWith({ maxCalls: 3 })
    const recall = (calls: number) => decide.recall(situationWith({ site, leg: calledLeg({ calls }) }), clerk)
    expect(recall(2)).toEqual({
      event: 'ticket:recalled',
      legs: [{ id: 'l1', version: 1, state: 'called', calls: 3 }],
    })
    expect(recall(3)).toEqual({
      event: 'ticket:missed',
      legs: [{ id: 'l1', version: 1, state: 'missed' }],
      reason: 'max-calls',
    })
  })
})

describe('call-next where tickets are offered in turn', () => {
  const offer = {
    enteredAt: 0,
    free: [
      { counterId: 'c2', number: '2', since: 5_000 },
      { counterId: 'c1', number: '1', since: 7_000 },
    ],
  }

  it('[OFFER1] refuses whom another comes before, with that counter and the seconds left', () => {
    const site = siteWith({ offerFor: 20_000 })
    const call = (now: number) => refusal(() => decide.callNext(situationWith({ site, offer }), clerk, now))
    expect(call(10_500)).toEqual({ key: 'not-your-turn', facts: { counter: '2', seconds: 15 } })
    expect(call(25_000)).toBeNull()
  })

  it('[OFFER1] asks nobody to wait where the site does not offer in turn', () => {
    expect(keyOf(() => decide.callNext(situationWith({ offer }), clerk, 10_000))).toBeNull()
  })
})

describe('calling a specific ticket', () => {
  // It was called twice before, and put back.
  const leg = legWith({ version: 5, calls: 2, stint: 2 })
  const situation = situationWith({ leg })

  it('[CALL5] is the first call of its stint to the counter named, out of turn, with the reason given', () => {
    expect(decide.callSpecific(situation, supervisor, 'unwell')).toEqual({
      event: 'ticket:called',
      legs: [{ id: 'l1', version: 5, state: 'called', counterId: 'c1', calls: 1 }],
      exception: 'called-specific',
      reason: 'unwell',
    })
  })

  it.each(['called', 'serving', 'held', 'missed', 'completed'] as const)(
    '[CALL5] refuses a ticket that is %s, and says so',
    (state) => {
      const away = situationWith({ leg: { ...leg, state } })
      expect(refusal(() => decide.callSpecific(away, supervisor, 'unwell'))).toEqual({
        key: 'not-waiting',
        facts: { state },
      })
    },
  )

  it.each([
    ['counter-closed', { counter: counterWith({ status: 'closed', staffId: null }) }],
    ['counter-paused', { counter: counterWith({ status: 'paused' }) }],
    ['counter-busy', { atCounter: calledLeg({ id: 'l2' }) }],
    ['unknown-counter', { counter: null }],
  ] as [string, Partial<Situation>][])('[CALL5] refuses with %s, as any call', (key, rest) => {
    expect(keyOf(() => decide.callSpecific({ ...situation, ...rest }, supervisor, 'unwell'))).toBe(key)
  })

  it.each(['called', 'serving', 'held'] as const)(
    '[CALL5] [ONCE1] refuses while another matter of the visit is %s',
    (state) => {
      const others = [calledLeg({ id: 'l2', state, counterId: 'c2' })]
      expect(keyOf(() => decide.callSpecific({ ...situation, others }, supervisor, 'unwell'))).toBe(
        'ticket-busy',
      )
      const waits = [legWith({ id: 'l2' })]
      expect(
        keyOf(() => decide.callSpecific({ ...situation, others: waits }, supervisor, 'unwell')),
      ).toBeNull()
    },
  )

  it('[CALL5] refuses a ticket nobody knows, and whoever does not operate the counter', () => {
    expect(keyOf(() => decide.callSpecific(situationWith(), supervisor, 'unwell'))).toBe('unknown-ticket')
    expect(keyOf(() => decide.callSpecific(situation, other, 'unwell'))).toBe('counter-not-yours')
  })
})

describe('undo', () => {
  const last = { seq: 7, at: 1_000, type: 'ticket:completed', untouched: true }
  const situation = situationWith({ last })

  it('[UNDO1] takes back just the counter’s last action, as an exception', () => {
    expect(decide.undo(situation, clerk, 1_000)).toEqual({
      event: 'ticket:undone',
      undo: { counterId: 'c1', seq: 7 },
      exception: 'undone',
    })
  })

  it('[UNDO1] for a minute, and not a millisecond longer', () => {
    expect(decide.UNDO_WITHIN).toBe(60_000)
    expect(keyOf(() => decide.undo(situation, clerk, 1_000 + 60_000))).toBeNull()
    expect(keyOf(() => decide.undo(situation, clerk, 1_000 + 60_001))).toBe('too-late-to-undo')
  })

  it('[UNDO1] refuses when something followed, or there was nothing', () => {
    const followed = situationWith({ last: { ...last, untouched: false } })
    expect(keyOf(() => decide.undo(followed, clerk, 1_000))).toBe('nothing-to-undo')
    expect(keyOf(() => decide.undo(situationWith(), clerk, 1_000))).toBe('nothing-to-undo')
    // What the clerk saw was not the last thing any more.
    expect(keyOf(() => decide.undo(situation, clerk, 1_000, 6))).toBe('nothing-to-undo')
    expect(keyOf(() => decide.undo(situation, clerk, 1_000, 7))).toBeNull()
  })

  it('[UNDO1] is for who operates the counter, also while somebody is there', () => {
    expect(keyOf(() => decide.undo(situation, other, 1_000))).toBe('counter-not-yours')
    expect(keyOf(() => decide.undo(situation, supervisor, 1_000))).toBeNull()
    expect(keyOf(() => decide.undo({ ...situation, counter: null }, clerk, 1_000))).toBe('unknown-counter')
    expect(keyOf(() => decide.undo({ ...situation, atCounter: calledLeg() }, clerk, 1_000))).toBeNull()
  })
})
