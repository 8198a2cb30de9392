import { describe, expect, it } from 'vitest'
import { keyOf } from '#test/harness/decisions.ts'
import { calledLeg, counterWith, heldLeg, legWith, siteWith, situationWith } from '#test/harness/legs.ts'
import { expireMissed, sendHome } from './closing.ts'
import { closeForgotten } from './counter.ts'
import { markOverdue } from './set-aside.ts'

const office = [{ from: 9 * 60, to: 17 * 60 }]
const site = siteWith({ hours: [office, office, office, office, office, [], []] })
/** 2 June 2025 is a Monday. */
const at = (local: string) => Date.parse(`${local}+08:00`)
const note = { 'zh-CN': '明天请早', en: 'Please come tomorrow' }

describe('closing time', () => {
  const inside = [
    legWith({ id: 'w', arrivedAt: at('2025-06-02T16:30') }),
    heldLeg({ id: 'h', arrivedAt: at('2025-06-02T15:00') }),
  ]

  it('[CLOSE2] after the last opening everybody who waits or is held is sent home, with the note', () => {
    const change = sendHome(situationWith({ site, inside }), note, at('2025-06-02T17:00'))
    expect(change).toEqual({
      event: 'ticket:expired',
      legs: [
        { id: 'w', version: 1, state: 'expired' },
        { id: 'h', version: 1, state: 'expired' },
      ],
      farewell: note,
      reason: 'sent-home',
    })
  })

  it('[CLOSE2] while the hall is open nobody of today is, but who was left over from an earlier day', () => {
    const left = legWith({ id: 'left', arrivedAt: at('2025-06-02T16:59') })
    const today = legWith({ id: 'today', arrivedAt: at('2025-06-03T09:01') })
    const morning = at('2025-06-03T09:30')
    expect(
      sendHome(situationWith({ site, inside: [left, today] }), note, morning).legs?.map(({ id }) => id),
    ).toEqual(['left'])
    expect(keyOf(() => sendHome(situationWith({ site, inside: [today] }), note, morning))).toBe('site-open')
  })

  it('[CLOSE2] refuses when nobody is inside', () => {
    expect(keyOf(() => sendHome(situationWith({ site }), note, at('2025-06-02T18:00')))).toBe('nobody-inside')
    expect(keyOf(() => sendHome(situationWith({ site }), note, at('2025-06-02T10:00')))).toBe('nobody-inside')
  })

  it('[CLOSE3] a missed ticket ends by itself only when it cannot rejoin and its day is over', () => {
    const missedAt = at('2025-06-02T16:30')
    const leg = calledLeg({ state: 'missed', arrivedAt: at('2025-06-02T16:00'), endedAt: missedAt })
    const say = (now: number) => keyOf(() => expireMissed(situationWith({ site, leg }), now))
    expect(say(at('2025-06-02T17:15'))).toBe('not-missed')
    expect(say(at('2025-06-02T17:31'))).toBeNull()
    const early = calledLeg({
      state: 'missed',
      arrivedAt: at('2025-06-02T09:00'),
      endedAt: at('2025-06-02T09:30'),
    })
    expect(keyOf(() => expireMissed(situationWith({ site, leg: early }), at('2025-06-02T12:00')))).toBe(
      'not-missed',
    )
    // A hall open around the clock: its day is over when the next begins.
    const always = siteWith()
    const late = calledLeg({
      state: 'missed',
      arrivedAt: at('2025-06-02T22:00'),
      endedAt: at('2025-06-02T22:10'),
    })
    const round = (now: number) => keyOf(() => expireMissed(situationWith({ site: always, leg: late }), now))
    expect(round(at('2025-06-02T23:59'))).toBe('not-missed')
    expect(round(at('2025-06-03T00:00'))).toBeNull()
  })

  it.each([legWith(), calledLeg(), heldLeg(), calledLeg({ state: 'serving' })])(
    '[CLOSE3] the clock alone ends nobody who is $state',
    (leg) => {
      expect(keyOf(() => expireMissed(situationWith({ site, leg }), at('2025-07-02T03:00')))).toBe(
        'not-missed',
      )
    },
  )

  it('[CLOSE4] a counter that was forgotten is closed after the day, not one with somebody at it', () => {
    const say = (now: number, rest = {}) => keyOf(() => closeForgotten(situationWith({ site, ...rest }), now))
    expect(say(at('2025-06-02T16:00'))).toBe('site-open')
    expect(say(at('2025-06-02T17:00'))).toBeNull()
    expect(say(at('2025-06-02T17:00'), { atCounter: calledLeg() })).toBe('site-open')
    const closed = counterWith({ status: 'closed', staffId: null })
    expect(say(at('2025-06-02T17:00'), { counter: closed })).toBe('counter-closed')
  })
})

describe('old holds', () => {
  it('[HOLD3] a hold is said to be long once, when the site’s time for it has passed', () => {
    const held = (rest = {}) => situationWith({ site, leg: heldLeg({ heldAt: 0, ...rest }) })
    expect(keyOf(() => markOverdue(held(), site.holdWithin - 1))).toBe('not-held')
    expect(markOverdue(held(), site.holdWithin)).toEqual({
      event: 'ticket:hold-overdue',
      legs: [{ id: 'l1', version: 1, state: 'held', holdOverdue: true }],
    })
    expect(keyOf(() => markOverdue(held({ holdOverdue: true }), site.holdWithin))).toBe('not-held')
    expect(keyOf(() => markOverdue(situationWith({ site, leg: legWith() }), site.holdWithin))).toBe(
      'not-held',
    )
  })
})
