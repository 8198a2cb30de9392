import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { legWith } from '#test/harness/legs.ts'
import type { Leg } from './leg.ts'
import { nextLeg } from './turn.ts'
import { turnReason, why } from './why.ts'

const MINUTE = 60_000

describe('why a place is what it is', () => {
  const me = legWith({ id: 'me', arrivedAt: 10 * MINUTE, n: 10 })

  it('[WHY1] counts who arrived before and who has an earlier turn', () => {
    const legs = [
      me,
      legWith({ id: 'before', arrivedAt: 5 * MINUTE, n: 5 }),
      legWith({ id: 'care', arrivedAt: 20 * MINUTE, credit: 30 * MINUTE, n: 11 }),
      legWith({ id: 'behind', arrivedAt: 11 * MINUTE, n: 12 }),
    ]
    expect(why(me, legs)).toEqual({ ahead: 2, arrivedBefore: 1, earlierTurn: 1 })
  })

  it('[WHY1] two who arrived together stand in the order they entered', () => {
    const twin = legWith({ id: 'twin', arrivedAt: me.arrivedAt, n: 9 })
    expect(why(me, [me, twin])).toEqual({ ahead: 1, arrivedBefore: 1, earlierTurn: 0 })
    expect(why(twin, [me, twin])).toEqual({ ahead: 0, arrivedBefore: 0, earlierTurn: 0 })
  })

  it('[WHY1] leaves out other lanes and whoever does not wait', () => {
    const legs = [
      legWith({ id: 'lane', laneId: 'b', n: 1 }),
      legWith({ id: 'called', state: 'called', n: 2 }),
      legWith({ id: 'gone', state: 'completed', n: 3 }),
    ]
    expect(why(me, legs).ahead).toBe(0)
  })

  const arrivals = fc
    .array(fc.record({ arrivedAt: fc.nat(30), credit: fc.constantFrom(0, 0, 10, 20) }), {
      minLength: 1,
      maxLength: 15,
    })
    .map((list) => list.map((leg, n) => legWith({ id: `l${n}`, n, ...leg })))

  it('[WHY1] the parts add up, and `ahead` is how many are called first if nobody enters', () => {
    fc.assert(
      fc.property(arrivals, fc.nat(14), (legs, at) => {
        const leg = legs[at % legs.length] as Leg
        const told = why(leg, legs)
        expect(told.arrivedBefore + told.earlierTurn).toBe(told.ahead)
        const counter = {
          counterId: 'c1',
          staffId: null,
          skills: [],
          lanes: [{ laneId: 'a', rank: 'primary' as const, threshold: null }],
        }
        let waiting = [...legs]
        let called = 0
        for (;;) {
          const next = nextLeg(counter, waiting, 0)
          if (!next || next.id === leg.id) break
          waiting = waiting.filter(({ id }) => id !== next.id)
          called++
        }
        expect(told.ahead).toBe(called)
      }),
    )
  })

  it('[WHY1] says nothing but three counts: no person, no class', () => {
    expect(Object.keys(why(me, [me])).sort()).toEqual(['ahead', 'arrivedBefore', 'earlierTurn'])
  })

  it('[WHY1] staff are told the reason of a turn, never the need behind it', () => {
    expect(turnReason(legWith())).toBe('arrival')
    expect(turnReason(legWith({ credit: 30 * MINUTE }))).toBe('care')
    expect(turnReason(legWith({ stint: 2, v: 5 * MINUTE }))).toBe('return')
    expect(turnReason(legWith({ stint: 2, credit: 30 * MINUTE }))).toBe('care')
  })
})
