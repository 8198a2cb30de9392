import { describe, expect, it } from 'vitest'
import { clerk, keyOf, other, refusal, supervisor } from '#test/harness/decisions.ts'
import { calledLeg, heldLeg, legWith, siteWith, situationWith } from '#test/harness/legs.ts'
import type { Leg } from '../leg.ts'
import type { Site, Situation } from '../site.ts'
import { LEG_STATES, type LegState } from '../transition.ts'
import { cancel, changeService, type Destination, setCare, transfer } from './move.ts'

const text = { 'zh-CN': '甲', en: 'a' }
const serves = (laneId: string) => ({ laneId, rank: 'primary', threshold: null }) as const

/** Lanes `a` and `b`; `c1` serves `a`, `c2` both, `b` first, `c3` only `b`, `c4` none. */
function twoLanes(): Site {
  const site = siteWith()
  const [service] = site.services
  if (!service) throw new Error('the site of these tests has a service')
  const counter = (id: string, ...lanes: string[]) => ({
    id,
    number: id,
    name: text,
    lanes: lanes.map(serves),
  })
  return {
    ...site,
    lanes: [...site.lanes, { id: 'b', name: text, letter: 'B' }],
    services: [service, { ...service, id: 's2' }, { ...service, id: 's3', laneId: 'b' }],
    counters: [counter('c1', 'a'), counter('c2', 'b', 'a'), counter('c3', 'b'), counter('c4')],
  }
}
/** A clerk `other` sits at `c3`. */
const COUNTER_OF: Record<string, string> = { other: 'c3', x: 'c1' }
const situationOf = (leg: Leg | null, to: object = {}): Situation => {
  const colleague =
    'staffId' in to ? { id: String(to.staffId), counterId: COUNTER_OF[String(to.staffId)] ?? null } : null
  return situationWith({ site: twoLanes(), leg, colleague })
}
/** Every state but these. */
const allBut = (...states: LegState[]) => LEG_STATES.filter((state) => !states.includes(state))

/** A leg that arrived at 9,000 ms with care, and was called. */
const leg = calledLeg({
  version: 5,
  arrivedAt: 9_000,
  credit: 4_000,
  n: 3,
  ticketId: 't',
  skill: 'signs',
  next: ['s9'],
})
const goesOn = { ticketId: 't', arrivedAt: 9_000, v: 5_000 }

describe('transfer', () => {
  const places: [string, Destination, object][] = [
    ['a lane', { laneId: 'b' }, { laneId: 'b', assignedCounterId: null, assignedStaffId: null }],
    ['its own lane', { laneId: 'a' }, { laneId: 'a', assignedCounterId: null, assignedStaffId: null }],
    ['a counter', { counterId: 'c3' }, { laneId: 'b', assignedCounterId: 'c3', assignedStaffId: null }],
    [
      'a counter that serves its lane too',
      { counterId: 'c2' },
      { laneId: 'a', assignedCounterId: 'c2', assignedStaffId: null },
    ],
    ['a person', { staffId: 'other' }, { laneId: 'b', assignedCounterId: null, assignedStaffId: 'other' }],
  ]

  it.each(places)('[TRANSFER1] to %s: this leg ends, and another goes on', (_, destination, place) => {
    expect(transfer(situationOf(leg, destination), clerk, destination)).toEqual({
      event: 'ticket:transferred',
      legs: [{ id: 'l1', version: 5, state: 'transferred' }],
      newLegs: [
        {
          serviceId: 's1',
          credit: 4_000,
          skill: 'signs',
          noted: false,
          prepare: false,
          next: ['s9'],
          goesOn,
          ...place,
        },
      ],
    })
  })

  it('[TRANSFER1] keeps a place that is not arrival less head start, as after a rejoin', () => {
    const late = { ...leg, v: 8_500 }
    const [next] = transfer(situationOf(late), clerk, { laneId: 'b' }).newLegs ?? []
    expect(next?.goesOn).toEqual({ ...goesOn, v: 8_500 })
  })

  it.each([
    ['unknown-lane', { laneId: 'no' }],
    ['unknown-counter', { counterId: 'no' }],
    ['unknown-staff', { staffId: 'nobody' }],
    ['unknown-lane', { counterId: 'c4' }],
  ] as [string, Destination][])('[TRANSFER1] refuses with %s where nobody could take it: %o', (key, to) => {
    expect(keyOf(() => transfer(situationOf(leg, to), clerk, to))).toBe(key)
  })

  it('[TRANSFER1] refuses to send a waiting leg where it waits already', () => {
    const said = (rest: Partial<Leg>, to: Destination) =>
      keyOf(() => transfer(situationOf(legWith(rest), to), clerk, to))
    expect(said({}, { laneId: 'a' })).toBe('same-place')
    expect(said({ assignedCounterId: 'c1' }, { counterId: 'c1' })).toBe('same-place')
    expect(said({ assignedStaffId: 'x' }, { staffId: 'x' })).toBe('same-place')
    // Free of a promise, or promised to another, it is not the same place.
    expect(said({ assignedCounterId: 'c1' }, { laneId: 'a' })).toBeNull()
    expect(said({ assignedCounterId: 'c1' }, { counterId: 'c2' })).toBeNull()
    expect(said({}, { counterId: 'c1' })).toBeNull()
  })

  it('[TRANSFER1] a leg at a counter is moved by who operates it, a waiting one by any member of staff', () => {
    const to = { laneId: 'b' }
    for (const state of ['called', 'serving'] as const) {
      const situation = situationOf({ ...leg, state })
      expect(keyOf(() => transfer(situation, other, to))).toBe('counter-not-yours')
      expect(keyOf(() => transfer(situation, supervisor, to))).toBeNull()
    }
    expect(keyOf(() => transfer(situationOf(legWith()), other, to))).toBeNull()
    // A leg nobody called lies at no counter.
    const nowhere = { ...situationOf(legWith()), counter: null }
    expect(keyOf(() => transfer(nowhere, other, to))).toBeNull()
  })

  it.each(allBut('waiting', 'called', 'serving'))('[TRANSFER1] refuses a leg that is %s', (state) => {
    const situation = situationOf({ ...leg, state })
    expect(refusal(() => transfer(situation, clerk, { laneId: 'b' }))).toEqual({
      key: 'wrong-state',
      facts: { state },
    })
    expect(keyOf(() => transfer(situationOf(null), clerk, { laneId: 'b' }))).toBe('unknown-ticket')
  })
})

describe('change of service', () => {
  it.each(['waiting', 'called', 'serving'] as const)(
    '[CHANGE1] within the lane, a leg that is %s stays where it is',
    (state) => {
      expect(changeService(situationOf({ ...leg, state }), clerk, 's2')).toEqual({
        event: 'ticket:changed',
        legs: [{ id: 'l1', version: 5, state, serviceId: 's2' }],
      })
    },
  )

  it('[CHANGE1] in another lane another leg goes on, with number and place kept and promised to nobody', () => {
    const promised = { ...leg, assignedCounterId: 'c1' }
    expect(changeService(situationOf(promised), clerk, 's3')).toEqual({
      event: 'ticket:transferred',
      legs: [{ id: 'l1', version: 5, state: 'transferred' }],
      newLegs: [
        {
          laneId: 'b',
          serviceId: 's3',
          credit: 4_000,
          skill: 'signs',
          noted: false,
          prepare: false,
          next: ['s9'],
          goesOn,
        },
      ],
    })
  })

  it('[CHANGE1] refuses a service the site does not have, a final leg, and somebody else’s counter', () => {
    expect(keyOf(() => changeService(situationOf(leg), clerk, 'no'))).toBe('unknown-service')
    expect(keyOf(() => changeService(situationOf({ ...leg, state: 'completed' }), clerk, 's2'))).toBe(
      'wrong-state',
    )
    expect(keyOf(() => changeService(situationOf(leg), other, 's2'))).toBe('counter-not-yours')
    expect(keyOf(() => changeService(situationOf(null), clerk, 's2'))).toBe('unknown-ticket')
  })
})

describe('cancel', () => {
  it.each(['waiting', 'held', 'missed'] as const)('[CANCEL1] ends a leg that is %s', (state) => {
    expect(cancel(situationOf({ ...leg, state }))).toEqual({
      event: 'ticket:cancelled',
      legs: [{ id: 'l1', version: 5, state: 'cancelled' }],
    })
  })

  it.each(allBut('waiting', 'held', 'missed'))('[CANCEL1] refuses a leg that is %s', (state) => {
    expect(refusal(() => cancel(situationOf({ ...leg, state })))).toEqual({
      key: 'wrong-state',
      facts: { state },
    })
    expect(keyOf(() => cancel(situationOf(null)))).toBe('unknown-ticket')
  })

  it('[CANCEL1] asks for no counter: the resident may say it too', () => {
    expect(keyOf(() => cancel({ ...situationOf(legWith()), counter: null }))).toBeNull()
  })
})

describe('care', () => {
  const situation = (rest: Partial<Leg> = {}) =>
    situationWith({ site: siteWith({ careCredit: 1_234 }), leg: legWith({ version: 5, ...rest }) })

  it('[CARE1] granted, it is the head start of the site; withdrawn, none: the leg enters anew with it', () => {
    const change = (credit: number) => ({
      event: 'ticket:changed',
      legs: [{ id: 'l1', version: 5, state: 'waiting', enter: 'same-place', credit }],
    })
    expect(setCare(situation(), clerk, true)).toEqual(change(1_234))
    expect(setCare(situation({ credit: 1_234 }), clerk, false)).toEqual(change(0))
  })

  it('[CARE1] nothing in the change tells which of the two it was, but the head start', () => {
    const granted = setCare(situation(), clerk, true)
    const withdrawn = setCare(situation({ credit: 1_234 }), clerk, false)
    const but = (change: ReturnType<typeof setCare>) => JSON.stringify(change).replace(/"credit":\d+/, '')
    expect(but(granted)).toBe(but(withdrawn))
  })

  it('[CARE1] refuses what changes nothing, so that a place from a rejoin is not lost to a slip', () => {
    expect(keyOf(() => setCare(situation(), clerk, false))).toBe('same-place')
    expect(keyOf(() => setCare(situation({ credit: 1_234 }), clerk, true))).toBe('same-place')
  })

  it.each(allBut('waiting'))('[CARE1] refuses a leg that is %s: its place is settled', (state) => {
    const settled = situationWith({ leg: { ...heldLeg(), state } })
    expect(refusal(() => setCare(settled, clerk, true))).toEqual({ key: 'not-waiting', facts: { state } })
    expect(keyOf(() => setCare(situationWith(), clerk, true))).toBe('unknown-ticket')
  })
})
