import { describe, expect, it } from 'vitest'
import { calledLeg, legWith, siteWith, situationWith } from '#test/harness/legs.ts'
import { Refusal } from '../refusal.ts'
import { MORE_TIME, moreTime } from './more-time.ts'
import { expireCall } from './serve.ts'

const site = siteWith({ callTimeout: 90_000 })
const refusal = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.key
  }
  return 'allowed'
}

describe('more time', () => {
  it('[MORETIME1] a waiting one lets others go first; where it stands then is settled under the lock', () => {
    expect(moreTime(situationWith({ site, leg: legWith() }))).toEqual({
      event: 'ticket:more-time',
      legs: [{ id: 'l1', version: 1, state: 'waiting', enter: 'let-first' }],
    })
    for (const state of ['serving', 'held', 'missed', 'completed'] as const) {
      expect(refusal(() => moreTime(situationWith({ site, leg: legWith({ state }) })))).toBe('not-waiting')
    }
  })

  it('[MORETIME2] a called one keeps the call a minute beyond the timeout, once', () => {
    const leg = calledLeg()
    const waitsUntil = 1_000 + 90_000 + MORE_TIME
    expect(moreTime(situationWith({ site, leg })).legs).toEqual([
      { id: 'l1', version: 1, state: 'called', waitsUntil },
    ])
    const asked = calledLeg({ waitsUntil })
    expect(refusal(() => moreTime(situationWith({ site, leg: asked })))).toBe('time-given')
    const expires = (called: typeof leg, now: number) =>
      refusal(() => expireCall(situationWith({ site, leg: called }), now))
    expect([expires(leg, 90_999), expires(leg, 91_000)]).toEqual(['not-called', 'allowed'])
    expect([expires(asked, waitsUntil - 1), expires(asked, waitsUntil)]).toEqual(['not-called', 'allowed'])
    // A later recall gives its own time, and no less.
    expect(expires({ ...asked, calledAt: 100_000 }, waitsUntil)).toBe('not-called')
  })
})
