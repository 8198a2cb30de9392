import { describe, expect, it } from 'vitest'
import { clerk, keyOf, nobody, other, refusal, supervisor } from '#test/harness/decisions.ts'
import { calledLeg, counterWith, heldLeg, legWith, siteWith, situationWith } from '#test/harness/legs.ts'
import { HOLD_KINDS } from '../leg.ts'
import type { Situation } from '../site.ts'
import { LEG_STATES, type LegState } from '../transition.ts'
import { hold, putBack, rejoin, resume } from './set-aside.ts'

/** Every state but these. */
const allBut = (...states: LegState[]) => LEG_STATES.filter((state) => !states.includes(state))

describe('rejoin', () => {
  const leg = calledLeg({ state: 'missed', version: 5, calls: 3, endedAt: 1_000 })
  const missed = situationWith({ leg })
  const { rejoinWithin } = siteWith()

  it('[REJOIN1] a missed leg waits again, by the rejoin rule, at no counter; its last call stays on the wall as it was', () => {
    expect(rejoin(missed, 1_000)).toEqual({
      event: 'ticket:rejoined',
      legs: [{ id: 'l1', version: 5, state: 'waiting', enter: 'rejoin', counterId: null }],
    })
  })

  it('[REJOIN1] until the site’s time has passed since it was missed, and not a millisecond longer', () => {
    expect(keyOf(() => rejoin(missed, 1_000 + rejoinWithin))).toBeNull()
    expect(keyOf(() => rejoin(missed, 1_000 + rejoinWithin + 1))).toBe('too-late-to-rejoin')
    const patient = situationWith({ leg, site: siteWith({ rejoinWithin: 2 * rejoinWithin }) })
    expect(keyOf(() => rejoin(patient, 1_000 + rejoinWithin + 1))).toBeNull()
  })

  it.each(allBut('missed'))('[REJOIN1] refuses a leg that is %s', (state) => {
    const situation = { ...missed, leg: { ...leg, state } }
    expect(refusal(() => rejoin(situation, 1_000))).toEqual({ key: 'not-missed', facts: { state } })
  })

  it('[REJOIN1] refuses a ticket nobody knows', () => {
    expect(keyOf(() => rejoin(situationWith(), 1_000))).toBe('unknown-ticket')
  })
})

describe('hold', () => {
  const leg = calledLeg({ version: 5 })

  it.each(HOLD_KINDS)('[HOLD1] a called or served leg is held, with the reason: %s', (kind) => {
    for (const state of ['called', 'serving'] as const) {
      expect(hold(situationWith({ leg: { ...leg, state } }), clerk, kind)).toEqual({
        event: 'ticket:held',
        legs: [{ id: 'l1', version: 5, state: 'held', hold: kind }],
      })
    }
  })

  it.each(allBut('called', 'serving'))('[HOLD1] refuses a leg that is %s', (state) => {
    const situation = situationWith({ leg: { ...leg, state } })
    expect(refusal(() => hold(situation, clerk, 'fetching'))).toEqual({
      key: 'not-at-counter',
      facts: { state },
    })
  })

  it('[HOLD1] is for who operates the leg’s counter', () => {
    const situation = situationWith({ leg })
    expect(keyOf(() => hold(situation, other, 'fetching'))).toBe('counter-not-yours')
    expect(keyOf(() => hold(situation, nobody, 'fetching'))).toBe('counter-not-yours')
    expect(keyOf(() => hold(situation, supervisor, 'fetching'))).toBeNull()
    expect(keyOf(() => hold(situationWith(), clerk, 'fetching'))).toBe('unknown-ticket')
  })
})

describe('resume', () => {
  const fetching = heldLeg({ version: 5, calls: 2 })
  const kept = heldLeg({ ...fetching, hold: 'papers-kept' })
  const atAnother = { counter: counterWith({ id: 'c2', staffId: 'other' }) }

  it('[HOLD2] a held leg waits again in its old place, for any counter', () => {
    expect(resume(situationWith({ leg: fetching }), other, false)).toEqual({
      event: 'ticket:resumed',
      legs: [
        {
          id: 'l1',
          version: 5,
          state: 'waiting',
          enter: 'same-place',
          counterId: null,
          hold: null,
        },
      ],
    })
  })

  it('[HOLD2] with papers kept it is promised to the counter where they lie', () => {
    const [change] = resume(situationWith({ leg: kept }), other, false).legs ?? []
    expect(change).toMatchObject({ state: 'waiting', counterId: null, assignedCounterId: 'c1' })
  })

  it('[HOLD2] called here at once, it is a first call again, and an exception to the order', () => {
    expect(resume(situationWith({ leg: fetching, ...atAnother }), other, true)).toEqual({
      event: 'ticket:resumed',
      legs: [{ id: 'l1', version: 5, state: 'called', counterId: 'c2', hold: null, calls: 1 }],
      exception: 'resumed-here',
    })
  })

  it('[HOLD2] papers are taken up at the counter where they lie, and at no other', () => {
    expect(keyOf(() => resume(situationWith({ leg: kept, ...atAnother }), other, true))).toBe(
      'papers-elsewhere',
    )
    expect(keyOf(() => resume(situationWith({ leg: kept }), clerk, true))).toBeNull()
  })

  it.each([
    ['counter-closed', { counter: counterWith({ status: 'closed', staffId: null }) }],
    ['counter-paused', { counter: counterWith({ status: 'paused' }) }],
    ['counter-busy', { atCounter: calledLeg({ id: 'l2' }) }],
    ['unknown-counter', { counter: null }],
  ] as [string, Partial<Situation>][])('[HOLD2] refuses a call here with %s', (key, rest) => {
    expect(keyOf(() => resume(situationWith({ leg: fetching, ...rest }), clerk, true))).toBe(key)
  })

  it('[HOLD2] refuses a call here to who does not operate the counter', () => {
    expect(keyOf(() => resume(situationWith({ leg: fetching }), other, true))).toBe('counter-not-yours')
  })

  it.each(allBut('held'))('[HOLD2] refuses a leg that is %s', (state) => {
    const leg = { ...fetching, state, hold: null }
    for (const here of [true, false]) {
      expect(refusal(() => resume(situationWith({ leg }), clerk, here))).toEqual({
        key: 'not-held',
        facts: { state },
      })
    }
  })

  it('[HOLD2] refuses a ticket nobody knows', () => {
    expect(keyOf(() => resume(situationWith(), clerk, false))).toBe('unknown-ticket')
  })
})

describe('put-back', () => {
  const leg = calledLeg({ version: 5 })

  it('[PUTBACK1] a called or served leg waits again in its old place, at no counter', () => {
    for (const state of ['called', 'serving'] as const) {
      const change = putBack(situationWith({ leg: { ...leg, state } }), clerk)
      expect(change).toMatchObject({
        event: 'ticket:put-back',
        legs: [{ id: 'l1', version: 5, state: 'waiting', enter: 'same-place', counterId: null }],
      })
      // It is no exception: whoever is next by turn may well be this resident again.
      expect(change).not.toHaveProperty('exception')
    }
  })

  it.each(allBut('called', 'serving'))('[PUTBACK1] refuses a leg that is %s', (state) => {
    const situation = situationWith({ leg: { ...leg, state } })
    expect(refusal(() => putBack(situation, clerk))).toEqual({ key: 'not-at-counter', facts: { state } })
  })

  it('[PUTBACK1] is for who operates the leg’s counter', () => {
    const situation = situationWith({ leg })
    expect(keyOf(() => putBack(situation, other))).toBe('counter-not-yours')
    expect(keyOf(() => putBack(situation, supervisor))).toBeNull()
    expect(keyOf(() => putBack(situationWith({ leg: legWith() }), clerk))).toBe('not-at-counter')
    expect(keyOf(() => putBack(situationWith(), clerk))).toBe('unknown-ticket')
  })
})
