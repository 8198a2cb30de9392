import { describe, expect, it } from 'vitest'
import type { Site } from '#domain/site.ts'
import type { DayReport, SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { counterWith, legWith, serviceWith, siteWith } from '#test/harness/legs.ts'
import { hallNow } from '#ui/hall-now.ts'
import {
  counterCards,
  dayWords,
  exceptionsOf,
  figuresOf,
  laneCards,
  minutesOf,
  minutesText,
  percent,
} from './model.ts'

const MINUTE = 60_000
/** A Monday noon in Shanghai. */
const NOON = Date.parse('2026-03-02T12:00:00+08:00')
const words = { 'zh-CN': '', en: '' }

function view(rest: Partial<Site> = {}): SiteView {
  const site = siteWith({
    services: [
      serviceWith({ targetWait: 20 * MINUTE }),
      serviceWith({ id: 's2', targetWait: 10 * MINUTE }),
      serviceWith({ id: 's3', laneId: 'b' }),
    ],
    lanes: ['a', 'b'].map((id) => ({ id, letter: id.toUpperCase(), name: words })),
    counters: [
      {
        ...{ id: 'c1', number: '1', name: words },
        lanes: [
          { laneId: 'a', rank: 'primary', threshold: null },
          { laneId: 'b', rank: 'secondary', threshold: 0 },
        ],
      },
      { id: 'c2', number: '2', name: words, lanes: [{ laneId: 'b', rank: 'primary', threshold: null }] },
    ],
    ...rest,
  })
  const { careCredit, hardCap, maxCalls, holdWithin, offerFor } = site
  const rules = { careCredit, hardCap, maxCalls, holdWithin, offerFor }
  const server = {
    open: true,
    full: [],
    ownSeries: [],
    rules,
    clockHeld: false,
    publicUrl: null,
    demo: false,
  }
  return { ...site, ...server } as SiteView
}

function board(
  legs: Parameters<typeof legWith>[0][],
  counters = [counterWith(), counterWith({ id: 'c2' })],
): StaffBoard {
  const entries = legs.map((leg, index) => legWith({ id: `l${index}`, ...leg }))
  return {
    ...{ siteId: 'hall', seq: 1, at: NOON, day: '2026-03-02', revision: 1, help: {} },
    counters: Object.fromEntries(counters.map((counter) => [counter.id, counter])),
    legs: Object.fromEntries(entries.map((leg) => [leg.id, leg])),
  }
}

const ago = (minutes: number) => NOON - minutes * MINUTE
const cards = (site: SiteView, now: StaffBoard) => laneCards(site, now, hallNow(site, now, NOON), NOON)

describe('the hall in figures', () => {
  it('[MANAGE1] counts who waits, who is at a counter, the longest wait and who is past the cap', () => {
    const site = view()
    const now = board([
      { arrivedAt: ago(50) },
      { arrivedAt: ago(10), laneId: 'b' },
      { arrivedAt: ago(90), state: 'serving', counterId: 'c1' },
      { arrivedAt: ago(90), state: 'called', counterId: 'c2' },
      { arrivedAt: ago(90), state: 'missed' },
    ])
    const today = { issued: 8, classes: { care: 2, waits: null } } as DayReport
    expect(figuresOf(now, hallNow(site, now, NOON), today)).toEqual({
      waiting: 2,
      atCounter: 2,
      longest: 50 * MINUTE,
      overCap: 1,
      care: 0.25,
    })
  })

  it('[MANAGE1] what is not known is not a zero', () => {
    const site = view()
    const now = board([])
    const hall = hallNow(site, now, NOON)
    expect(figuresOf(now, hall, null)).toMatchObject({ longest: null, care: null })
    expect(figuresOf(now, hall, { issued: 0 } as DayReport)).toMatchObject({ care: null })
    const notTold = { issued: 8, classes: { care: null, waits: null } } as DayReport
    expect(figuresOf(now, hall, notTold)).toMatchObject({ care: null })
    expect([minutesText(null), minutesText(59_999), minutesOf(-5)]).toEqual(['—', '0', 0])
    expect([percent(0), percent(0.001), percent(0.256)]).toEqual([0, 1, 26])
  })
})

describe('a lane’s card', () => {
  it('[MANAGE2] says the worst that is so: unserved, past the cap, past the promise, in time, quiet', () => {
    const state = (legs: Parameters<typeof board>[0], counters?: Parameters<typeof board>[1]) =>
      cards(view(), board(legs, counters))[0]?.state
    expect(state([])).toBe('empty')
    expect(state([{ arrivedAt: ago(20) }])).toBe('in-time')
    expect(state([{ arrivedAt: ago(20) - 1 }])).toBe('past-target')
    expect(state([{ arrivedAt: ago(46) }])).toBe('over-cap')
    expect(state([{ arrivedAt: ago(46) }], [counterWith({ status: 'paused' })])).toBe('unserved')
  })

  it('[MANAGE2] each ticket is held to the promise of its own service; the shortest is marked', () => {
    const [a, b] = cards(
      view(),
      board([
        { arrivedAt: ago(15) },
        { arrivedAt: ago(15), serviceId: 's2' },
        { arrivedAt: ago(15), laneId: 'b', serviceId: 's3' },
      ]),
    )
    expect(a).toMatchObject({ target: 10 * MINUTE, pastTarget: 1, open: ['1'] })
    expect(b).toMatchObject({ target: null, pastTarget: 0, open: ['1', '2'], state: 'in-time' })
  })

  it('[MANAGE2] the cap is at four fifths of the bar, until somebody waited longer than all of it', () => {
    const bar = (minutes: number) => cards(view(), board([{ arrivedAt: ago(minutes) }]))[0]?.bar
    expect(bar(45)).toEqual({ longest: 0.8, cap: 0.8, target: 10 / 56.25 })
    expect(bar(90)).toEqual({ longest: 1, cap: 0.5, target: 10 / 90 })
  })
})

describe('a counter’s card', () => {
  it('[MANAGE3] shows its state, what lies there and since when, and its lanes', () => {
    const now = board(
      [
        { number: 'A001', state: 'called', counterId: 'c1', calledAt: ago(2) },
        { number: 'B001', state: 'serving', counterId: 'c2', calledAt: ago(9), startedAt: ago(8) },
      ],
      [counterWith(), counterWith({ id: 'c2', status: 'paused' })],
    )
    expect(counterCards(view(), now)).toEqual([
      {
        ...{ id: 'c1', number: '1', status: 'open', primary: ['A'], secondary: ['B'] },
        ticket: { number: 'A001', state: 'called', since: ago(2) },
      },
      {
        ...{ id: 'c2', number: '2', status: 'paused', primary: ['B'], secondary: [] },
        ticket: { number: 'B001', state: 'serving', since: ago(8) },
      },
    ])
    expect(counterCards(view(), board([], []))).toMatchObject([{ status: 'closed', ticket: null }, {}])
  })
})

describe('the end of the day', () => {
  const legs = [
    { arrivedAt: ago(5) },
    { arrivedAt: ago(5), state: 'held' as const },
    { arrivedAt: ago(5), state: 'missed' as const },
    { arrivedAt: ago(5), state: 'serving' as const, counterId: 'c1' },
  ]
  const leftover = (site: SiteView, now: StaffBoard) => hallNow(site, now, NOON).leftover

  it('[MANAGE5] after the last opening whoever waits, is held or missed can be sent home, not who is at a counter', () => {
    const morning = [{ from: 8 * 60, to: 12 * 60 }]
    const over = view({ hours: Array.from({ length: 7 }, () => morning) })
    expect(leftover(over, board(legs))).toEqual(['l0', 'l1', 'l2'])
    expect(hallNow(over, board(legs), NOON).over).toBe(true)
    expect(leftover(view(), board(legs))).toEqual([])
  })

  it('[MANAGE5] so can what was left over from an earlier day of the hall, at any time', () => {
    expect(leftover(view(), board([{ arrivedAt: ago(13 * 60) }, ...legs]))).toEqual(['l0'])
  })
})

it('exceptions are shown latest first, and those that were undone are not counted', () => {
  const one = {
    at: 1,
    kind: 'called-specific',
    number: 'A001',
    counter: '1',
    reason: null,
    undone: true,
  } as const
  const today = { exceptions: [one, { ...one, at: 2, undone: false }] } as unknown as DayReport
  expect(exceptionsOf(today).counted).toBe(1)
  expect(exceptionsOf(today).items.map(({ at }) => at)).toEqual([2, 1])
})

it('a day is named without regard to where the screen is', () => {
  expect(dayWords('2026-03-02')).toBe('2026年3月2日星期一')
})
