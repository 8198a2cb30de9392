import { describe, expect, it } from 'vitest'
import { clerk, keyOf, nobody, other, refusal, supervisor } from '#test/harness/decisions.ts'
import {
  calledLeg,
  counterWith,
  heldLeg,
  legWith,
  serviceWith,
  siteWith,
  situationWith,
} from '#test/harness/legs.ts'
import type { Leg } from '../leg.ts'
import type { Past } from '../past.ts'
import type { Situation } from '../site.ts'
import { LEG_STATES, TRANSITIONS } from '../transition.ts'
import { type PaperCall, record } from './record.ts'

const MINUTE = 60_000
/** A moment of 2 June 2025 at the hall, ms. */
const at = (time: string) => Date.parse(`2025-06-02T${time.length === 5 ? `${time}:00` : time}+08:00`)
const NOW = at('11:00')
const site = siteWith({
  services: ['s1', 's2'].map((id) => serviceWith({ id, laneId: id === 's1' ? 'a' : 'b' })),
  counters: siteWith().counters.flatMap((counter) => [counter, { ...counter, id: 'c2', number: '2' }]),
})

const waiting = (rest: Partial<Leg> = {}) => legWith({ arrivedAt: at('09:30'), ...rest })
const past = (rest: Partial<Past> = {}): Past => ({
  from: at('10:00'),
  to: at('10:16'),
  since: at('09:30'),
  atCounter: [],
  ofTicket: [],
  ...rest,
})
const stay = (from: string, to: string | null, counterId = 'c1') => ({
  ...{ number: 'A009', counterId, from: at(from), to: to === null ? null : at(to) },
})
const done: PaperCall = {
  ...{ outcome: 'completed', calledAt: at('10:00'), startedAt: at('10:02'), endedAt: at('10:15') },
}
const missed: PaperCall = { outcome: 'missed', calledAt: at('10:00') }

const situation = (rest: Partial<Situation> = {}) =>
  situationWith({ site, leg: waiting(), past: past(), ...rest })
const say = (written: PaperCall, rest: Partial<Situation> = {}, actor = clerk, now = NOW) =>
  keyOf(() => record(situation(rest), actor, written, now))
const times = (written: PaperCall, rest: Partial<Past> = {}) => {
  const [leg] = record(situation({ past: past(rest) }), clerk, written, NOW).legs ?? []
  return [leg?.calledAt, leg?.startedAt, leg?.endedAt]
}

describe('a call made on paper', () => {
  it('[PAPER1] [PAPER5] is entered with what came of it, as an exception to the order', () => {
    expect(record(situation(), clerk, done, NOW)).toEqual({
      event: 'ticket:recorded',
      legs: [
        {
          ...{ id: 'l1', version: 1, state: 'completed', counterId: 'c1', past: past() },
          ...{ calledAt: at('10:00'), startedAt: at('10:02'), endedAt: at('10:15') },
        },
      ],
      exception: 'on-paper',
    })
    expect(record(situation(), clerk, missed, NOW).legs).toEqual([
      {
        ...{ id: 'l1', version: 1, state: 'missed', counterId: 'c1', past: past() },
        ...{ calledAt: at('10:00'), startedAt: null, endedAt: at('10:00') },
      },
    ])
  })

  it('[PAPER1] [STATE1] is of a ticket that waits, is held or was missed', () => {
    for (const state of LEG_STATES) {
      const refused = say(done, { leg: waiting({ state, counterId: 'c1' }) })
      expect(refused, state).toBe(TRANSITIONS.record.from.includes(state) ? null : 'wrong-state')
    }
  })

  it('[PAPER1] is entered by whoever operates the counter, open or not, also while somebody is there', () => {
    expect(say(done, {}, other)).toBe('counter-not-yours')
    expect(say(done, {}, nobody)).toBe('counter-not-yours')
    expect(say(done, {}, supervisor)).toBeNull()
    expect(say(done, { counter: counterWith({ status: 'closed', staffId: null }) }, other)).toBeNull()
    expect(
      say(done, { counter: counterWith({ status: 'paused' }), atCounter: calledLeg({ id: 'l2' }) }),
    ).toBeNull()
    expect(say(done, { counter: null })).toBe('unknown-counter')
    expect(say(done, { leg: null })).toBe('unknown-ticket')
  })

  it('[PAPER2] is of today, not to come, and in order', () => {
    expect(say({ ...done, endedAt: NOW })).toBeNull()
    expect(say({ ...done, endedAt: NOW + 1 })).toBe('time-ahead')
    expect(say({ ...done, startedAt: at('09:59') })).toBe('times-out-of-order')
    expect(say({ ...done, endedAt: at('10:01') })).toBe('times-out-of-order')
    expect(say({ outcome: 'completed', calledAt: at('10:16'), endedAt: at('10:15') })).toBe(
      'times-out-of-order',
    )
    expect(say({ ...missed, endedAt: at('09:59') })).toBe('times-out-of-order')
    const yesterday = { ...missed, calledAt: at('00:00') - 1 }
    expect(say(yesterday, { past: past({ since: yesterday.calledAt - MINUTE }) })).toBe('not-today')
  })

  it('[PAPER2] is not from before the ticket came to its present state; within that minute it is', () => {
    const since = at('10:00:35')
    expect(times(done, { since })).toEqual([since, at('10:02'), at('10:15')])
    expect(times({ ...missed, endedAt: at('10:00') }, { since })).toEqual([since, null, since])
    const early = { ...done, calledAt: at('09:59') }
    expect(refusal(() => record(situation({ past: past({ since }) }), clerk, early, NOW))).toEqual({
      key: 'not-there-yet',
      facts: { since: '10:00' },
    })
  })

  it('[PAPER2] is not while another ticket was at the counter; that is named', () => {
    const with_ = (...atCounter: Past['atCounter']) => ({ past: past({ atCounter }) })
    const named = (...atCounter: Past['atCounter']) =>
      refusal(() => record(situation(with_(...atCounter)), clerk, done, NOW))
    expect(named(stay('10:14', '10:20'))).toEqual({
      key: 'counter-taken-then',
      facts: { number: 'A009', from: '10:14' },
    })
    expect(say(done, with_(stay('09:40', '10:01')))).toBe('counter-taken-then')
    expect(say(done, with_(stay('09:40', null)))).toBe('counter-taken-then')
    expect(say(done, with_(stay('10:03', '10:04')))).toBe('counter-taken-then')
    expect(say(done, with_(stay('09:40', '10:00'), stay('10:15', null)))).toBeNull()
    // Behind whoever left within the minute, but not before whoever came in it.
    expect(times(done, { atCounter: [stay('09:40', '10:00:20'), stay('09:00', '09:40')] })[0]).toBe(
      at('10:00:20'),
    )
    expect(say(done, with_(stay('10:00:20', '10:01')))).toBe('counter-taken-then')
    // Called and done with a word, within a minute.
    const word: PaperCall = { outcome: 'completed', calledAt: at('10:00'), endedAt: at('10:00') }
    expect(times(word, { atCounter: [stay('09:40', '10:00:20')] })).toEqual([
      at('10:00:20'),
      null,
      at('10:00:20'),
    ])
  })

  it('[PAPER2] is not while the ticket was at another counter with another matter', () => {
    const elsewhere = (from: string, to: string | null) => ({
      past: past({ ofTicket: [stay(from, to, 'c2')] }),
    })
    expect(refusal(() => record(situation(elsewhere('10:10', '10:20')), clerk, done, NOW))).toEqual({
      key: 'ticket-elsewhere-then',
      facts: { counter: '2', from: '10:10' },
    })
    expect(say(done, elsewhere('10:15', null))).toBeNull()
    expect(say(done, elsewhere('09:40', '10:00'))).toBeNull()
  })

  it('[PAPER11] is entered once: the same again is refused as that', () => {
    const entered = (rest: Partial<Leg> = {}) => ({
      leg: waiting({
        ...{ state: 'missed', onPaper: true, calledAt: at('10:00:20'), callCounterId: 'c1' },
        ...rest,
      }),
      past: past({ since: at('10:00:20') }),
    })
    expect(refusal(() => record(situation(entered()), clerk, missed, NOW))).toEqual({
      key: 'already-recorded',
      facts: { number: 'A001', counter: '1', from: '10:00' },
    })
    expect(say(done, entered({ state: 'completed' }))).toBe('already-recorded')
    // They came on paper after they were missed by voice, or were called again a minute later.
    expect(say(done, entered({ onPaper: false }))).toBeNull()
    expect(say(done, entered({ callCounterId: 'c2' }))).toBeNull()
    expect(say({ ...missed, calledAt: at('10:01') }, entered())).toBeNull()
  })

  it('[PAPER11] so is one that settled another matter of the visit', () => {
    const mine = { ...stay('10:00:20', '10:02'), number: 'A001' }
    const again = (rest: Partial<Past>) => say(done, { past: past({ ofTicket: [mine], ...rest }) })
    expect(again({ since: at('10:15') })).toBe('already-recorded')
    expect(again({ atCounter: [mine] })).toBe('already-recorded')
    // Two matters done with a word each in one minute are two calls.
    const word: PaperCall = { outcome: 'completed', calledAt: at('10:00'), endedAt: at('10:00') }
    const short = { ...mine, to: mine.from }
    expect(say(word, { past: past({ ofTicket: [short], atCounter: [short] }) })).toBeNull()
  })

  it('[PAPER3] [VISIT1] the next matter of the visit waits since this one was done', () => {
    const change = record(situation({ leg: waiting({ next: ['s2'] }) }), clerk, done, NOW)
    expect(change.newLegs).toMatchObject([{ laneId: 'b', serviceId: 's2', since: at('10:15') }])
    expect(record(situation({ leg: waiting({ next: ['s2'] }) }), clerk, missed, NOW)).not.toHaveProperty(
      'newLegs',
    )
  })

  it('[PAPER3] [HOLD4] who was held until this was done waits again since then, or since they were held', () => {
    const held = (heldAt: number) => heldLeg({ id: 'l2', hold: 'another-step', heldAt })
    const back = (heldAt: number) => record(situation({ others: [held(heldAt)] }), clerk, done, NOW).legs?.[1]
    expect(back(at('09:50'))).toMatchObject({ id: 'l2', state: 'waiting', since: at('10:15') })
    expect(back(at('10:40'))).toMatchObject({ id: 'l2', since: at('10:40') })
  })
})
