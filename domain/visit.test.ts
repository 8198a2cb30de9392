import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { legWith } from '#test/harness/legs.ts'
import type { Leg } from './leg.ts'
import { LEG_STATES } from './transition.ts'
import { endOf, isLinkOver, occupies, presentLeg, stepsOf } from './visit.ts'

describe('the matters of a visit', () => {
  it('[VISIT3] of several legs the one at a counter is meant, then held, the first waiting, missed, the last', () => {
    const order = ['called', 'held', 'waiting', 'missed', 'completed'] as const
    const hold = (state: string) => (state === 'held' ? 'fetching' : null)
    for (const [rank, state] of order.entries()) {
      const lower = order
        .slice(rank)
        .map((other, i) => legWith({ id: other, state: other, hold: hold(other), n: 10 - i }))
      fc.assert(
        fc.property(fc.shuffledSubarray(lower, { minLength: lower.length }), ([first, ...rest]) => {
          expect(presentLeg([first!, ...rest]).state).toBe(state)
        }),
      )
    }
    const waiting = [legWith({ id: 'b', n: 2 }), legWith({ id: 'a', n: 1 })] as const
    expect(presentLeg(waiting).id).toBe('a')
    const done = [
      legWith({ id: 'a', n: 1, state: 'completed' }),
      legWith({ id: 'b', n: 2, state: 'cancelled' }),
    ] as const
    expect(presentLeg(done).id).toBe('b')
  })

  it('[TURN4] [HOLD4] a leg has its ticket to itself at a counter and held, but not while another step comes first', () => {
    const occupied = (state: Leg['state'], hold: Leg['hold'] = null) => occupies({ state, hold })
    expect(LEG_STATES.filter((state) => occupied(state))).toEqual(['called', 'serving', 'held'])
    expect(occupied('held', 'papers-kept')).toBe(true)
    expect(occupied('held', 'another-step')).toBe(false)
    const held = legWith({ id: 'h', state: 'held', hold: 'another-step', n: 1 })
    expect(presentLeg([held, legWith({ id: 'w', n: 2 })]).id).toBe('w')
    expect(presentLeg([legWith({ id: 'm', state: 'missed', n: 2 }), held]).id).toBe('h')
  })

  it('[VISIT3] a visit in sequence shows what is done, where it is, and what is to come', () => {
    const done = legWith({
      id: 'a',
      n: 1,
      serviceId: 's1',
      state: 'completed',
      callCounterId: 'c1',
      next: ['s2', 's3'],
    })
    const now = legWith({
      id: 'b',
      n: 2,
      serviceId: 's2',
      state: 'called',
      callCounterId: 'c2',
      next: ['s3'],
    })
    expect(stepsOf([now, done])).toEqual([
      { serviceId: 's1', state: 'done', counterId: 'c1' },
      { serviceId: 's2', state: 'now', counterId: 'c2' },
      { serviceId: 's3', state: 'later', counterId: null },
    ])
  })

  it('[VISIT3] what was transferred is shown once, where it goes on', () => {
    const sent = legWith({ id: 'a', n: 1, serviceId: 's1', state: 'transferred', next: ['s2'] })
    const goesOn = legWith({ id: 'b', n: 2, serviceId: 's1', state: 'waiting', next: ['s2'] })
    expect(stepsOf([sent, goesOn]).map(({ serviceId, state }) => [serviceId, state])).toEqual([
      ['s1', 'waiting'],
      ['s2', 'later'],
    ])
  })

  it('[VISIT3] every state has its word', () => {
    for (const state of LEG_STATES) expect(() => stepsOf([legWith({ state, next: ['s2'] })])).not.toThrow()
    expect(stepsOf([legWith({ state: 'cancelled', next: ['s2'] })]).map(({ state }) => state)).toEqual([
      'ended',
      'ended',
    ])
  })
})

describe('the link of a ticket', () => {
  const SHANGHAI = 'Asia/Shanghai'
  const noon = Date.parse('2026-03-09T04:00:00Z')

  it('[PHONE18] is over once the day after the visit is, by the clock of its hall; never while a leg is open', () => {
    const legs = [
      { state: 'transferred', endedAt: noon - 1 },
      { state: 'completed', endedAt: noon },
    ] as const
    expect(endOf(legs)).toBe(noon)
    expect(endOf([...legs, { state: 'missed', endedAt: null }])).toBeNull()
    expect(isLinkOver(null, SHANGHAI, noon * 2)).toBe(false)
    expect(isLinkOver(noon, SHANGHAI, Date.parse('2026-03-10T15:59:59Z'))).toBe(false)
    expect(isLinkOver(noon, SHANGHAI, Date.parse('2026-03-10T16:00:00Z'))).toBe(true)
  })
})
