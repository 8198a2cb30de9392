import { describe, expect, it } from 'vitest'
import type { Leg } from '#domain/leg.ts'
import { legWith } from '#test/harness/legs.ts'
import type { StaffEvent } from './events.ts'
import { toWebhookMessage } from './webhook.ts'

const leg = (rest: Partial<Leg>): Leg =>
  legWith({ ticketId: 't1', version: 2, arrivedAt: 1_000, credit: 900, n: 3, ...rest })
const was = (rest: Partial<Pick<Leg, 'state' | 'laneId' | 'counterId'>> = {}) => ({
  state: 'waiting' as const,
  laneId: 'a',
  counterId: null,
  ...rest,
})
const told = (event: Partial<StaffEvent>) =>
  toWebhookMessage(
    'hall',
    {
      ...{ seq: 9, at: 5_000, day: '2026-03-02', revision: 1, type: 'ticket:changed' },
      ...{ legs: [], from: [], counters: [], ...event },
    },
    (id) => (id === 'c2' ? '2' : null),
  ).tickets.map(({ ticketId, state, counter }) => [ticketId, state, counter])

describe('what a program outside is told of tickets', () => {
  it('[HOOK2] one that begins, moves or is called is named', () => {
    expect(told({ legs: [leg({})], from: [null] })).toEqual([['t1', 'waiting', null]])
    const called = leg({ state: 'called', counterId: 'c2', callCounterId: 'c2', callId: 9, calledAt: 5_000 })
    expect(told({ legs: [called], from: [was()] })).toEqual([['t1', 'called', '2']])
    // A recall moves nothing, and is a call.
    expect(told({ legs: [called], from: [was({ state: 'called', counterId: 'c2' })] })).toEqual([
      ['t1', 'called', '2'],
    ])
    expect(told({ legs: [leg({ laneId: 'b' })], from: [was()] })).toEqual([['t1', 'waiting', null]])
  })

  it('[HOOK2] one of which only staff may see what changed is not', () => {
    expect(told({ legs: [leg({ credit: 0, skill: 'signs' })], from: [was()] })).toEqual([])
  })

  it('[HOOK2] a window is named only while the resident belongs there', () => {
    const there = { counterId: 'c2', callCounterId: 'c2', callId: 4, calledAt: 4_000 }
    const at = was({ state: 'serving', counterId: 'c2' })
    expect(told({ legs: [leg({ ...there, state: 'completed' })], from: [at] })).toEqual([
      ['t1', 'completed', null],
    ])
    expect(told({ legs: [leg({ ...there, state: 'held', hold: 'papers-kept' })], from: [at] })).toEqual([
      ['t1', 'held', '2'],
    ])
    expect(told({ legs: [leg({ ...there, state: 'held', hold: 'fetching' })], from: [at] })).toEqual([
      ['t1', 'held', null],
    ])
  })

  it('[HOOK2] a visit is named once, as it goes on', () => {
    const done = leg({ state: 'completed', counterId: 'c2' })
    const next = leg({ id: 'l2', laneId: 'b', n: 4 })
    const at = was({ state: 'serving', counterId: 'c2' })
    expect(told({ legs: [done, next], from: [at, null] })).toEqual([['t1', 'waiting', null]])
    // An undone transfer: the leg it made is gone.
    const back = leg({ state: 'called', counterId: 'c2', callCounterId: 'c2', callId: 4, calledAt: 4_000 })
    const gone = leg({ id: 'l2', state: 'cancelled', n: 4 })
    const from = [was({ state: 'transferred', counterId: 'c2' }), was()]
    expect(told({ legs: [back, gone], from })).toEqual([['t1', 'called', '2']])
  })

  it('[HOOK2] a confirmed clock is no word about anybody', () => {
    expect(told({ type: 'site:clock-confirmed', legs: [leg({})], from: [], by: 60_000 })).toEqual([])
  })
})
