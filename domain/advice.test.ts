import { describe, expect, it } from 'vitest'
import { counterWith, heldLeg, legWith, siteWith } from '#test/harness/legs.ts'
import { type HallNow, heldNow, lanesNow, stuckNow } from './advice.ts'
import { type Counter, type Leg, OVERVIEW_FIELDS, type OverviewLeg } from './leg.ts'
import type { ServedLane } from './turn.ts'

const MINUTE = 60_000
const CAP = 45 * MINUTE
const words = { 'zh-CN': '', en: '' }
const served = (laneId: string, rank: ServedLane['rank'] = 'primary'): ServedLane => ({
  laneId,
  rank,
  threshold: rank === 'primary' ? null : 0,
})

/** Lanes a, b and c; counters by the lanes they serve and their status. */
function hall(
  counters: Record<string, { lanes: ServedLane[] } & Partial<Counter>>,
  legs: Partial<Leg>[],
): HallNow {
  const entries = Object.entries(counters)
  return {
    site: siteWith({
      lanes: ['a', 'b', 'c'].map((id) => ({ id, letter: id.toUpperCase(), name: words })),
      counters: entries.map(([id, { lanes }]) => ({ id, number: id, name: words, lanes })),
    }),
    counters: Object.fromEntries(
      entries.map(([id, { lanes: _, ...rest }]) => [id, counterWith({ id, number: id, ...rest })]),
    ),
    legs: legs.map((leg, index) => legWith({ id: `l${index}`, ...leg })),
  }
}

const laneOf = (state: HallNow, laneId: string, now = 0) =>
  lanesNow(state, now).find((lane) => lane.laneId === laneId)

describe('the hard cap', () => {
  const one = { c1: { lanes: [served('a')] } }

  it('[CAP1] flags each waiting ticket past it, by its real arrival, longest first; exactly at it is in time', () => {
    const state = hall(one, [
      { number: 'A001', arrivedAt: 0, credit: 0 },
      // Care counts as earlier, but did not wait any longer.
      { number: 'A002', arrivedAt: 10 * MINUTE, credit: 30 * MINUTE },
      { number: 'A003', arrivedAt: MINUTE },
    ])
    expect(laneOf(state, 'a', CAP)).toMatchObject({ waiting: 3, longest: CAP, overCap: [] })
    expect(laneOf(state, 'a', CAP + MINUTE + 1)).toMatchObject({
      overCap: [
        { number: 'A001', waited: CAP + MINUTE + 1 },
        { number: 'A003', waited: CAP + 1 },
      ],
    })
    expect(laneOf(state, 'b', CAP)).toMatchObject({ waiting: 0, longest: null, overCap: [], advice: [] })
  })

  it('[CAP1] does not count who is at a counter with another matter of the visit', () => {
    const state = hall(one, [
      { number: 'A001', ticketId: 't', arrivedAt: 0 },
      { number: 'A001', ticketId: 't', laneId: 'b', state: 'serving', counterId: 'c1' },
    ])
    expect(laneOf(state, 'a', 2 * CAP)).toMatchObject({ waiting: 1, longest: null, overCap: [] })
  })

  it('[CAP2] a lane with somebody waiting and no open counter is flagged at once', () => {
    const paused = { c1: { lanes: [served('a')], status: 'paused' as const } }
    expect(laneOf(hall(paused, [{}]), 'a')).toMatchObject({ unserved: true, open: [] })
    expect(laneOf(hall(paused, []), 'a')).toMatchObject({ unserved: false })
    expect(laneOf(hall(one, [{}]), 'a')).toMatchObject({ unserved: false, open: ['c1'] })
  })
})

describe('advice', () => {
  const late = [{ number: 'A001', arrivedAt: -2 * CAP }]

  it('[ADVICE1] a counter of the lane that is not open comes first: its own before helpers, paused before closed', () => {
    const state = hall(
      {
        c1: { lanes: [served('a')] },
        c2: { lanes: [served('b'), served('a', 'secondary')], status: 'paused' },
        c3: { lanes: [served('a')], status: 'closed', staffId: null },
        c4: { lanes: [served('a')], status: 'paused' },
        c5: { lanes: [served('b')], status: 'closed', staffId: null },
      },
      late,
    )
    expect(laneOf(state, 'a')?.advice).toEqual([
      { advice: 'open-counter', counterId: 'c4', status: 'paused', rank: 'primary' },
      { advice: 'open-counter', counterId: 'c3', status: 'closed', rank: 'primary' },
      { advice: 'open-counter', counterId: 'c2', status: 'paused', rank: 'secondary' },
    ])
  })

  it('[ADVICE1] else the lane is added to the open counter with the fewest waiting for each counter', () => {
    const state = hall(
      {
        c1: { lanes: [served('a')] },
        c2: { lanes: [served('b')] },
        c3: { lanes: [served('c')] },
        c4: { lanes: [served('c')] },
      },
      // Two for one counter in b, three for two counters in c.
      [...late, { laneId: 'b' }, { laneId: 'b' }, { laneId: 'c' }, { laneId: 'c' }, { laneId: 'c' }],
    )
    expect(laneOf(state, 'a')?.advice).toEqual([{ advice: 'add-lane', counterId: 'c3', perCounter: 1.5 }])
  })

  it('[ADVICE1] else all counters that could help are open', () => {
    const state = hall(
      { c1: { lanes: [served('a')] }, c2: { lanes: [served('b'), served('a', 'secondary')] } },
      late,
    )
    expect(laneOf(state, 'a')?.advice).toEqual([{ advice: 'all-open' }])
  })

  it('[ADVICE1] nothing is advised while nothing is amiss', () => {
    const state = hall({ c1: { lanes: [served('a')] }, c2: { lanes: [served('a')], status: 'paused' } }, [{}])
    expect(laneOf(state, 'a')?.advice).toEqual([])
  })
})

describe('who cannot be called', () => {
  it('[CAP3] a skill nobody at an open counter of the lane has is flagged, with who is only paused', () => {
    const skilled = { skills: ['sign'], status: 'paused' as const }
    const counters = { c1: { lanes: [served('a')] }, c2: { lanes: [served('a')], ...skilled } }
    const leg = { number: 'A001', skill: 'sign', arrivedAt: -MINUTE }
    expect(stuckNow(hall(counters, [leg]), 0)).toEqual([
      {
        number: 'A001',
        laneId: 'a',
        waited: MINUTE,
        why: 'skill-missing',
        skill: 'sign',
        pausedCounterId: 'c2',
      },
    ])
    const there = { ...counters, c2: { lanes: [served('a')], skills: ['sign'] } }
    expect(stuckNow(hall(there, [leg]), 0)).toEqual([])
    const elsewhere = { ...counters, c2: { lanes: [served('b')], skills: ['sign'] } }
    expect(stuckNow(hall(elsewhere, [leg]), 0)).toMatchObject([{ pausedCounterId: null }])
  })

  it('[CAP3] so is who waits for a counter or person that is not there', () => {
    const counters = {
      c1: { lanes: [served('a')] },
      c2: { lanes: [served('a')], status: 'paused' as const, staffId: 'lin' },
    }
    const legs = [
      { number: 'A001', assignedCounterId: 'c2' },
      { number: 'A002', assignedStaffId: 'lin', arrivedAt: -1 },
      { number: 'A003', assignedCounterId: 'c1' },
      { number: 'A004', assignedStaffId: 'clerk' },
    ]
    expect(stuckNow(hall(counters, legs), 0)).toEqual([
      { number: 'A002', laneId: 'a', waited: 1, why: 'person-away' },
      { number: 'A001', laneId: 'a', waited: 0, why: 'counter-not-open', counterId: 'c2' },
    ])
  })

  it('[CAP4] held tickets are shown longest first, and old past the site’s time', () => {
    const state = hall({ c1: { lanes: [served('a')] } }, [])
    const legs = [
      heldLeg({ id: 'l1', number: 'A001', heldAt: 5 }),
      heldLeg({ id: 'l2', number: 'A002', heldAt: 4, hold: 'papers-kept' }),
      legWith({ id: 'l3' }),
    ]
    const { holdWithin } = state.site
    expect(heldNow({ ...state, legs }, holdWithin + 5)).toEqual([
      { number: 'A002', kind: 'papers-kept', counterId: 'c1', held: holdWithin + 1, old: true },
      { number: 'A001', kind: 'fetching', counterId: 'c1', held: holdWithin, old: false },
    ])
  })

  it('[CAP3] [CAP4] [ROLE7] to whom is not told what a number needs or why it is held, nothing is said of that', () => {
    const overview = (leg: Leg) =>
      Object.fromEntries(OVERVIEW_FIELDS.map((field) => [field, leg[field]])) as unknown as OverviewLeg
    const state = hall({ c1: { lanes: [served('a')] } }, [])
    const legs = [heldLeg({ heldAt: 5 }), legWith({ id: 'l2', skill: 'sign' })].map(overview)
    expect(heldNow({ ...state, legs }, 6)).toMatchObject([{ kind: null, held: 1 }])
    expect(stuckNow({ ...state, legs }, 6)).toEqual([])
  })
})
