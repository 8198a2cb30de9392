import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allows } from '#domain/transition.ts'
import { nextLeg } from '#domain/turn.ts'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { actionsOf } from '#server/policy.ts'
import { legWith } from '#test/harness/legs.ts'
import {
  type Counter,
  commandOf,
  countersOf,
  deskMark,
  deskOf,
  isFree,
  isLastCall,
  type Leg,
  lanesOf,
  minutesSince,
  type Person,
  possibleActions,
  preferredCounter,
  primaryAction,
  shows,
  stopwatch,
  waitingFor,
  worksHere,
} from './model.ts'

const NOW = 10_000_000
const me: Person = { accountId: 'me', may: actionsOf('staff') }
const chief: Person = { accountId: 'chief', may: actionsOf('supervisor') }

const site: SiteView = {
  id: 'hall',
  revision: 1,
  name: { 'zh-CN': '大厅', en: 'Hall' },
  timeZone: 'Asia/Shanghai',
  open: true,
  clockHeld: false,
  hours: [],
  days: {},
  full: [],
  ownSeries: [],
  rejoinWithin: 3_600_000,
  careBy: ['declared', 'staff'],
  skills: [],
  notices: [],
  display: { one: 'yao', voice: null, readingDistance: null, screen: 43, zones: [] },
  services: [],
  lanes: ['a', 'b', 'c'].map((id) => ({
    id,
    letter: id.toUpperCase(),
    name: { 'zh-CN': id, en: id },
  })),
  counters: [
    {
      id: 'c1',
      number: '1',
      name: { 'zh-CN': '1', en: '1' },
      lanes: [
        { laneId: 'b', rank: 'secondary', threshold: 600_000 },
        { laneId: 'a', rank: 'primary', threshold: null },
      ],
    },
    { id: 'c2', number: '2', name: { 'zh-CN': '2', en: '2' }, lanes: [] },
  ],
  publicUrl: null,
  practice: false,
  demo: true,
}

function leg(id: string, rest: Partial<Leg> = {}): Leg {
  return legWith({
    id,
    ticketId: `t-${id}`,
    number: id.toUpperCase(),
    serviceId: 's',
    arrivedAt: NOW,
    ...rest,
  })
}

function board(legs: Leg[], counter: Partial<Counter> = {}): StaffBoard {
  return {
    siteId: 'hall',
    seq: 1,
    at: NOW,
    day: '2026-03-02',
    revision: 1,
    help: {},
    counters: {
      c1: {
        id: 'c1',
        number: '1',
        status: 'open',
        staffId: 'me',
        skills: [],
        desk: null,
        since: 0,
        version: 3,
        ...counter,
      },
      c2: {
        id: 'c2',
        number: '2',
        status: 'closed',
        staffId: null,
        skills: [],
        desk: null,
        since: 0,
        version: 1,
      },
    },
    legs: Object.fromEntries(legs.map((each) => [each.id, each])),
  }
}

describe('the desk', () => {
  test('[CONSOLE1] is what lies at the counter', () => {
    const state = (legs: Leg[], counter?: Partial<Counter>) => deskOf(board(legs, counter), 'c1', me)?.state
    expect(state([])).toBe('idle')
    expect(state([], { status: 'closed', staffId: null })).toBe('closed')
    expect(state([], { status: 'paused' })).toBe('paused')
    expect(state([leg('x', { state: 'called', counterId: 'c1' })])).toBe('called')
    expect(state([leg('x', { state: 'serving', counterId: 'c1' })])).toBe('serving')
    expect(
      state([leg('x', { state: 'called', counterId: 'c2' }), leg('y', { state: 'held', counterId: 'c1' })]),
    ).toBe('idle')
    expect(deskOf(board([]), 'none', me)).toBeNull()
  })

  test('[CONSOLE1] somebody else’s counter is theirs, except for a supervisor', () => {
    const theirs = board([], { staffId: 'other' })
    expect(deskOf(theirs, 'c1', me)?.state).toBe('taken')
    expect(deskOf(theirs, 'c1', chief)?.state).toBe('idle')
    expect(possibleActions({ state: 'taken', counter: theirs.counters.c1! })).toEqual([])
  })

  test('[CONSOLE2] offers only what the transitions allow, one action first', () => {
    for (const state of ['called', 'serving'] as const) {
      const desk = deskOf(board([leg('x', { state, counterId: 'c1' })]), 'c1', me)!
      for (const action of possibleActions(desk)) {
        expect(allows(action as 'recall' | 'start' | 'complete' | 'no-show', state)).toBe(true)
      }
    }
    const primary = (legs: Leg[], counter?: Partial<Counter>) =>
      primaryAction(deskOf(board(legs, counter), 'c1', me)!)
    expect(primary([])).toBe('next')
    expect(primary([], { status: 'paused' })).toBe('open')
    expect(primary([], { status: 'closed', staffId: null })).toBe('open')
    expect(primary([leg('x', { state: 'called', counterId: 'c1' })])).toBe('start')
    expect(primary([leg('x', { state: 'serving', counterId: 'c1' })])).toBe('complete')
    expect(primary([], { staffId: 'other' })).toBeNull()
  })

  test('[CONSOLE3] a ticket command carries the version that was seen', () => {
    const called = deskOf(board([leg('x', { state: 'called', counterId: 'c1', version: 7 })]), 'c1', me)!
    expect(commandOf('start', called)).toEqual({
      action: 'start',
      ticketId: 't-x',
      legId: 'x',
      version: 7,
    })
    expect(commandOf('next', called)).toBeNull()
    const idle = deskOf(board([]), 'c1', me)!
    expect(commandOf('next', idle)).toEqual({ action: 'next', counterId: 'c1' })
    expect(commandOf('recall', idle)).toBeNull()
  })

  test('[CONSOLE3] the desk’s mark changes with the ticket, its version and the state', () => {
    const marks = [
      deskMark(deskOf(board([]), 'c1', me)!),
      deskMark(deskOf(board([leg('x', { state: 'called', counterId: 'c1', version: 2 })]), 'c1', me)!),
      deskMark(deskOf(board([leg('x', { state: 'called', counterId: 'c1', version: 3 })]), 'c1', me)!),
      deskMark(deskOf(board([], { status: 'paused' }), 'c1', me)!),
    ]
    expect(new Set(marks).size).toBe(marks.length)
  })

  test('[CONSOLE3] an action is pending until the board shows its result', () => {
    const now = board([leg('x', { version: 4 })])
    expect(shows(now, { id: 'x', version: 5 })).toBe(false)
    expect(shows(now, { id: 'x', version: 4 })).toBe(true)
    expect(shows(now, { id: 'gone', version: 9 })).toBe(true)
  })
})

describe('the list', () => {
  const numbers = (legs: Leg[], now = NOW) =>
    waitingFor(site, board(legs), 'c1', me, now).map((row) => row.leg.number)

  test('[CONSOLE4] a counter’s lanes, primary first, with their counts', () => {
    const lanes = lanesOf(site, board([leg('x'), leg('y'), leg('z', { laneId: 'c' })]), 'c1')
    expect(lanes.map(({ id, rank, waiting }) => [id, rank, waiting])).toEqual([
      ['a', 'primary', 2],
      ['b', 'secondary', 0],
    ])
  })

  test('[CONSOLE5] by virtual arrival, then entry', () => {
    expect(numbers([leg('x', { v: 3, n: 1 }), leg('y', { v: 2, n: 3 }), leg('z', { v: 2, n: 2 })])).toEqual([
      'Z',
      'Y',
      'X',
    ])
  })

  test('[CONSOLE5] another counter’s lanes and promised tickets are not in it', () => {
    const legs = [
      leg('x', { laneId: 'c' }),
      leg('y', { assignedCounterId: 'c2' }),
      leg('z', { assignedStaffId: 'other' }),
      leg('w', { state: 'missed' }),
    ]
    expect(numbers(legs)).toEqual([])
  })

  test('[CONSOLE5] a secondary lane comes after, until its head has waited long', () => {
    const legs = [leg('x', { v: NOW }), leg('y', { laneId: 'b', v: NOW - 60_000 })]
    expect(numbers(legs)).toEqual(['X', 'Y'])
    expect(numbers(legs, NOW + 600_000)).toEqual(['Y', 'X'])
  })

  test('[CONSOLE5] the first row is who the rule of the turn calls next', () => {
    const anyLeg = fc.record({
      laneId: fc.constantFrom('a', 'b', 'c'),
      state: fc.constantFrom('waiting' as const, 'waiting' as const, 'called' as const, 'held' as const),
      v: fc.integer({ min: NOW - 1_200_000, max: NOW }),
      ticketId: fc.constantFrom('t1', 't2', 't3', 't4', 't5', 't6'),
      assignedCounterId: fc.constantFrom(null, null, 'c1', 'c2'),
      skill: fc.constantFrom(null, null, 'signs'),
    })
    fc.assert(
      fc.property(fc.array(anyLeg, { maxLength: 8 }), (some) => {
        const legs = some.map((each, n) => leg(`l${n}`, { ...each, n }))
        const counter = site.counters[0]!
        const asking = { counterId: 'c1', staffId: 'me', skills: [], lanes: counter.lanes }
        const rows = waitingFor(site, board(legs), 'c1', me, NOW)
        const first = rows.find(({ place }) => place === 1)?.leg.id
        expect(first).toBe(nextLeg(asking, legs, NOW)?.id)
      }),
    )
  })

  test('[CONSOLE20] who cannot be called here now keeps the turn without a place, and says why', () => {
    const legs = [
      leg('x', { v: 1, ticketId: 't' }),
      leg('x2', { laneId: 'c', ticketId: 't', state: 'serving', counterId: 'c2' }),
      leg('y', { v: 2, ticketId: 'u' }),
      leg('y2', { laneId: 'c', ticketId: 'u', state: 'held', counterId: 'c2' }),
      leg('z', { v: 3, skill: 'signs' }),
      leg('w', { v: 4 }),
    ]
    const rows = (counter?: Partial<Counter>) =>
      waitingFor(site, board(legs, counter), 'c1', me, NOW).map((row) => [row.leg.id, row.place, row.barred])
    expect(rows()).toEqual([
      ['x', null, { why: 'at-counter', number: '2' }],
      ['y', null, { why: 'held' }],
      ['z', null, { why: 'skill' }],
      ['w', 1, null],
    ])
    expect(rows({ skills: ['signs'] }).slice(2)).toEqual([
      ['z', 1, null],
      ['w', 2, null],
    ])
    expect(rows({ status: 'closed', staffId: null })[2]).toEqual(['z', 1, null])
  })

  test('[CONSOLE5] care is marked for staff, and places count from one', () => {
    const rows = waitingFor(site, board([leg('x', { credit: 1, v: 1 }), leg('y')]), 'c1', me, NOW)
    expect(rows.map(({ place, care }) => [place, care])).toEqual([
      [1, true],
      [2, false],
    ])
  })
})

test('[CONSOLE22] after the hall’s most calls the recall is the last', () => {
  const ruled = { ...site, rules: { careCredit: 0, hardCap: 0, maxCalls: 3, holdWithin: 0, offerFor: null } }
  expect([2, 3, 4].map((calls) => isLastCall(leg('x', { calls }), ruled))).toEqual([false, true, true])
  expect(isLastCall(leg('x', { calls: 9 }), site)).toBe(false)
})

test('[CONSOLE23] a counter is free while it is open with nobody at it', () => {
  const free = (legs: Leg[], counter?: Partial<Counter>) => isFree(board(legs, counter), '1')
  expect(free([])).toBe(true)
  expect(free([leg('x', { state: 'called', counterId: 'c1' })])).toBe(false)
  expect(free([], { status: 'paused' })).toBe(false)
  expect(isFree(board([]), '9')).toBe(false)
})

test('[CONSOLE6] every counter with what lies on it', () => {
  const others = countersOf(site, board([leg('x', { state: 'serving', counterId: 'c1' })]))
  expect(others.map(({ number, status, leg: at }) => [number, status, at?.number ?? null])).toEqual([
    ['1', 'open', 'X'],
    ['2', 'closed', null],
  ])
})

test('[CONSOLE7] the chosen counter, else the link’s, else the account’s; an unknown one counts as none', () => {
  expect(preferredCounter(site, { chosen: null, link: 'c2', own: 'c1' })).toBe('c2')
  expect(preferredCounter(site, { chosen: 'c1', link: 'c2', own: null })).toBe('c1')
  expect(preferredCounter(site, { chosen: null, link: 'zz', own: 'c1' })).toBe('c1')
  expect(preferredCounter(site, { chosen: null, link: null, own: null })).toBeNull()
})

test('[SHIFT6] the console is for whoever works at a counter or receives people', () => {
  const roles = ['volunteer', 'staff', 'supervisor', 'director', 'auditor', 'administrator'] as const
  expect(roles.filter((role) => worksHere({ may: actionsOf(role) }))).toEqual([
    'volunteer',
    'staff',
    'supervisor',
  ])
})

test('[CONSOLE8] a wait is whole minutes and never negative', () => {
  expect(minutesSince(NOW - 119_000, NOW)).toBe(1)
  expect(minutesSince(NOW + 5_000, NOW)).toBe(0)
})

test('[CONSOLE8] a stopwatch counts minutes and seconds, then hours', () => {
  expect(stopwatch(NOW, NOW + 5_999)).toBe('0:05')
  expect(stopwatch(NOW, NOW + 605_000)).toBe('10:05')
  expect(stopwatch(NOW, NOW + 3_845_000)).toBe('1:04:05')
  expect(stopwatch(NOW, NOW - 1_000)).toBe('0:00')
})
