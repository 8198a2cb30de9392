import { describe, expect, test } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { actionsOf } from '#server/policy.ts'
import { legWith } from '#test/harness/legs.ts'
import { placesFor, transferTo } from './destination.ts'
import { type Leg, type Person, waitingFor } from './model.ts'
import { heldFor, keptFromHere, missedFor } from './set-aside.ts'

const NOW = 100_000_000
const MINUTE = 60_000
const me: Person = { accountId: 'me', may: actionsOf('staff') }
const chief: Person = { accountId: 'chief', may: actionsOf('supervisor') }
const both = (text: string) => ({ 'zh-CN': text, en: text })

const primary = (laneId: string) => ({ laneId, rank: 'primary', threshold: null }) as const
const site: SiteView = {
  id: 'hall',
  revision: 1,
  name: both('hall'),
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
  lanes: ['a', 'b', 'c'].map((id) => ({ id, letter: id.toUpperCase(), name: both(id) })),
  counters: [
    { id: 'c1', number: '1', name: both('1'), lanes: [primary('a')] },
    { id: 'c2', number: '2', name: both('2'), lanes: [primary('b')] },
    { id: 'c10', number: '10', name: both('10'), lanes: [primary('c')] },
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

function board(...legs: Leg[]): StaffBoard {
  const counter = (id: string, number: string, status: 'open' | 'paused' | 'closed') => ({
    id,
    number,
    status,
    staffId: 'me',
    skills: [],
    desk: null,
    since: 0,
    version: 1,
  })
  return {
    siteId: 'hall',
    seq: 1,
    at: NOW,
    day: '2026-03-02',
    revision: 1,
    help: {},
    counters: {
      c1: counter('c1', '1', 'open'),
      c2: counter('c2', '2', 'open'),
      c10: counter('c10', '10', 'closed'),
    },
    legs: Object.fromEntries(legs.map((each) => [each.id, each])),
  }
}

const held = (id: string, rest: Partial<Leg> = {}) =>
  leg(id, { state: 'held', hold: 'fetching', counterId: 'c1', heldAt: NOW - 5 * MINUTE, ...rest })
const missed = (id: string, rest: Partial<Leg> = {}) =>
  leg(id, { state: 'missed', counterId: 'c1', endedAt: NOW - 5 * MINUTE, ...rest })

describe('where a ticket can be sent', () => {
  const mine = leg('x', { state: 'serving', counterId: 'c1' })
  const places = placesFor(
    site,
    board(mine, leg('y', { laneId: 'b' }), leg('z', { state: 'called', laneId: 'b', counterId: 'c2' })),
    mine,
    'c1',
  )

  test('[CONSOLE12] to every other lane and counter, with how it stands there', () => {
    expect(places).toEqual([
      { kind: 'lane', id: 'b', key: 'B', name: both('b'), waiting: 1, served: true },
      { kind: 'lane', id: 'c', key: 'C', name: both('c'), waiting: 0, served: false },
      { kind: 'counter', id: 'c2', key: '2', number: '2', status: 'open', busy: true },
      { kind: 'counter', id: 'c10', key: null, number: '10', status: 'closed', busy: false },
    ])
  })

  test('[CONSOLE12] a key is the sign that is written there, and chooses one place', () => {
    const twice = { ...site, lanes: site.lanes.map((lane) => ({ ...lane, letter: 'Q' })) }
    const keys = placesFor(twice, board(mine), mine, 'c1').map(({ key }) => key)
    expect(keys).toEqual(['Q', null, '2', null])
  })

  test('[CONSOLE12] to a colleague who sits at another counter, by name, wherever they go', () => {
    const here = board(mine)
    here.counters.c2 = { ...here.counters.c2!, staffId: 'li' }
    const staff = [
      { id: 'me', name: both('me') },
      { id: 'li', name: both('li') },
      { id: 'away', name: both('away') },
    ]
    const people = placesFor({ ...site, staff }, here, mine, 'c1').filter(({ kind }) => kind === 'person')
    expect(people).toEqual([{ kind: 'person', id: 'li', key: null, name: both('li'), number: '2' }])
    expect(transferTo(mine, people[0]!)).toMatchObject({ errand: 'transfer', to: { staffId: 'li' } })
  })

  test('[CONSOLE12] a ticket that was sent to this counter is marked in its list', () => {
    const rows = waitingFor(site, board(leg('x', { assignedCounterId: 'c1' }), leg('y')), 'c1', me, NOW)
    expect(rows.map(({ promised }) => promised)).toEqual([true, false])
  })
})

describe('set aside', () => {
  const numbers = (rows: readonly { leg: Leg }[]) => rows.map((row) => row.leg.number)

  test('[CONSOLE14] held tickets of the counter’s lanes and its own, the longest held first; a supervisor sees all', () => {
    const now = board(
      held('new', { heldAt: NOW - MINUTE }),
      held('old', { heldAt: NOW - 9 * MINUTE, counterId: 'c2' }),
      held('own', { laneId: 'b' }),
      held('theirs', { laneId: 'b', counterId: 'c2' }),
      leg('waits'),
    )
    expect(numbers(heldFor(site, now, 'c1', me, NOW))).toEqual(['OLD', 'OWN', 'NEW'])
    expect(numbers(heldFor(site, now, 'c1', chief, NOW))).toContain('THEIRS')
  })

  test('[CONSOLE14] a hold says since when, and is marked once the server says that it is old', () => {
    const at = (minutes: number, holdOverdue: boolean) =>
      heldFor(site, board(held('x', { heldAt: NOW - minutes * MINUTE, holdOverdue })), 'c1', me, NOW)[0]
    expect(at(90, false)).toMatchObject({ minutes: 90, old: false })
    expect(at(31, true)).toMatchObject({ since: NOW - 31 * MINUTE, old: true })
  })

  test('[CONSOLE14] a held ticket is called here only to a free desk, and not when its papers are elsewhere', () => {
    const row = (rest: Partial<Leg>) => heldFor(site, board(held('x', rest)), 'c1', me, NOW)[0]!
    const counter = board().counters.c1!
    const free = { state: 'idle', counter } as const
    expect(keptFromHere(row({ counterId: 'c2' }), free)).toBeNull()
    expect(keptFromHere(row({ hold: 'papers-kept' }), free)).toBeNull()
    expect(row({ hold: 'papers-kept', counterId: 'c2' }).elsewhere).toBe('2')
    expect(keptFromHere(row({ hold: 'papers-kept', counterId: 'c2' }), free)).toBe('papers-elsewhere')
    expect(keptFromHere(row({}), { state: 'serving', counter, leg: leg('y') })).toBe('not-free')
    expect(keptFromHere(row({}), { state: 'paused', counter })).toBe('not-free')
  })

  test('[CONSOLE14] missed tickets, the latest first, with how long ago', () => {
    const now = board(
      missed('first'),
      missed('second', { endedAt: NOW - MINUTE }),
      missed('theirs', { laneId: 'b', counterId: 'c2' }),
    )
    const rows = missedFor(site, now, 'c1', me, NOW)
    expect(rows.map(({ leg: { number }, minutes }) => [number, minutes])).toEqual([
      ['SECOND', 1],
      ['FIRST', 5],
    ])
  })
})
