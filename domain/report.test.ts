import { describe, expect, it } from 'vitest'
import { serviceWith, siteWith } from '#test/harness/legs.ts'
import {
  type DayLog,
  dayReport,
  type LoggedInterval,
  type LoggedLeg,
  spread,
  withoutClass,
} from './report.ts'
import type { LegState } from './transition.ts'

const MINUTE = 60_000

/** A leg by the minutes at which its states began; a final one ends at once. `care`: it had a head start. */
function leg(
  number: string,
  states: [LegState, minute: number, more?: Partial<LoggedInterval>][],
  rest: Partial<LoggedLeg> = {},
): LoggedLeg {
  const intervals = states.map(([state, minute, more], index): LoggedInterval => {
    const next = states[index + 1]?.[1]
    const from = minute * MINUTE
    const ends = ['completed', 'transferred', 'cancelled', 'expired'].includes(state)
    const to = next !== undefined ? next * MINUTE : ends ? from : null
    return { state, from, to, hold: null, byStaff: true, ...more }
  })
  const state = states.at(-1)?.[0] ?? 'waiting'
  const arrivedAt = intervals[0]?.from ?? 0
  const it = {
    id: number,
    ticketId: number,
    number,
    laneId: 'a',
    serviceId: 's1',
    care: false,
    onPaper: false,
  }
  return { ...it, state, arrivedAt, intervals, ...rest }
}

/** Waits from `from` to `to` and is served for ten minutes. */
const served = (number: string, from: number, to: number, rest: Partial<LoggedLeg> = {}) =>
  leg(
    number,
    [
      ['waiting', from],
      ['called', to],
      ['serving', to + 1],
      ['completed', to + 11],
    ],
    rest,
  )

const unrated = { ratings: [], suggestions: { count: 0, read: 0 }, help: [] }

/** Counter c1 open all day, unless the test says otherwise. */
function dayOf(legs: LoggedLeg[], rest: Partial<DayLog> = {}, settings: Parameters<typeof siteWith>[0] = {}) {
  const open = [{ counterId: 'c1', from: 0, to: 600 * MINUTE }]
  const log = { day: '2026-03-02', at: 600 * MINUTE, legs, open, exceptions: [], ...unrated, ...rest }
  return dayReport(log, siteWith(settings))
}

describe('what became of the day’s tickets', () => {
  it('[REPORT1] every ticket is counted once', () => {
    const both = { ticketId: 'two matters' }
    const report = dayOf([
      served('A001', 0, 5),
      leg('A002', [
        ['waiting', 0],
        ['cancelled', 9],
      ]),
      leg('A003', [
        ['waiting', 0],
        ['expired', 599],
      ]),
      leg('A004', [
        ['waiting', 0],
        ['called', 3],
        ['missed', 6],
      ]),
      leg('A005', [
        ['waiting', 0],
        ['called', 3],
        ['missed', 6],
        ['expired', 599, { byStaff: false }],
      ]),
      leg('A006', [['waiting', 0]]),
      // A visit of two matters: one done, one still waiting.
      served('A007', 0, 5, { ...both, id: 'first' }),
      leg('A007', [['waiting', 16]], { ...both, id: 'second' }),
      // And one whose second matter nobody had time for.
      served('A008', 0, 5, { ticketId: 'x', id: 'x1' }),
      leg(
        'A008',
        [
          ['waiting', 16],
          ['expired', 599],
        ],
        { ticketId: 'x', id: 'x2' },
      ),
    ])
    expect(report).toMatchObject({
      issued: 8,
      served: 2,
      cancelled: 1,
      sentHome: 1,
      notBack: 2,
      inside: 2,
      missedCalls: 2,
      rejoined: 0,
    })
  })

  it('[REPORT1] missed calls and rejoins are counted each time', () => {
    const twice: [LegState, number][] = [['waiting', 0], ['called', 2], ['missed', 5], ['waiting', 10],
      ['called', 12], ['missed', 15], ['waiting', 20], ['called', 21], ['serving', 22], ['completed', 30]] // biome-ignore format: a life a line
    expect(dayOf([leg('A001', twice)])).toMatchObject({ missedCalls: 2, rejoined: 2, served: 1 })
  })
})

describe('waits', () => {
  it('[REPORT2] a wait is the time it stood waiting: not missed, not called in vain, not held, not served', () => {
    // Waits 10, is missed for 7, waits 4 more; is served, held 30, waits 5 more.
    const life: [LegState, number][] = [['waiting', 0], ['called', 10], ['missed', 13], ['waiting', 20], ['called', 24],
      ['serving', 25], ['held', 30], ['waiting', 60], ['called', 65], ['serving', 66], ['completed', 76]] // biome-ignore format: a life a line
    const report = dayOf([leg('A001', life)])
    expect(report.waits).toEqual({
      count: 1,
      median: 19 * MINUTE,
      p90: 19 * MINUTE,
      longest: 19 * MINUTE,
      overCap: 0,
    })
    expect(report.serving).toMatchObject({ count: 1, median: 15 * MINUTE })
  })

  it('[REPORT2] each matter of a visit counts from the end of the one before', () => {
    const visit = { ticketId: 't', arrivedAt: 0 }
    const report = dayOf([
      served('A001', 0, 20, { ...visit, id: 'l1' }),
      served('A001', 31, 36, { ...visit, id: 'l2', laneId: 'b', serviceId: 's2' }),
    ])
    expect(report.services.map(({ serviceId, waits }) => [serviceId, waits.longest])).toEqual([
      ['s1', 20 * MINUTE],
      ['s2', 5 * MINUTE],
    ])
  })

  it('[REPORT2] a ticket that was transferred before any call brings its wait along; after a call a new one begins', () => {
    const t = { ticketId: 't', arrivedAt: 0 }
    const u = { ticketId: 'u', arrivedAt: 0 }
    const report = dayOf([
      leg(
        'A001',
        [
          ['waiting', 0],
          ['transferred', 12],
        ],
        { ...t, id: 't1' },
      ),
      served('A001', 12, 20, { ...t, id: 't2', serviceId: 's2' }),
      leg(
        'A002',
        [
          ['waiting', 0],
          ['called', 7],
          ['serving', 8],
          ['transferred', 12],
        ],
        { ...u, id: 'u1' },
      ),
      served('A002', 12, 15, { ...u, id: 'u2', serviceId: 's3' }),
    ])
    expect(report.services.map(({ serviceId, waits }) => [serviceId, waits.count, waits.longest])).toEqual([
      ['s1', 1, 7 * MINUTE],
      ['s2', 1, 20 * MINUTE],
      ['s3', 1, 3 * MINUTE],
    ])
  })

  it('[REPORT2] waits that ended without a call are apart, and nobody who still waits is in either', () => {
    const report = dayOf([
      served('A001', 0, 5),
      leg('A002', [
        ['waiting', 0],
        ['cancelled', 50],
      ]),
      leg('A003', [
        ['waiting', 0],
        ['called', 8],
        ['missed', 11],
      ]),
      leg('A004', [['waiting', 590]]),
      leg('A005', [
        ['waiting', 0],
        ['called', 7],
        ['expired', 9],
      ]),
    ])
    expect(report.waits).toMatchObject({ count: 1, longest: 5 * MINUTE, overCap: 0 })
    expect(report.left).toMatchObject({ count: 3, median: 8 * MINUTE, longest: 50 * MINUTE, overCap: 1 })
  })

  it('[REPORT3] median and P90 are by nearest rank', () => {
    expect(spread([])).toEqual({ count: 0, median: null, p90: null, longest: null })
    expect(spread([7])).toEqual({ count: 1, median: 7, p90: 7, longest: 7 })
    expect(spread([4, 1, 3, 2])).toEqual({ count: 4, median: 2, p90: 4, longest: 4 })
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(spread(hundred)).toEqual({ count: 100, median: 50, p90: 90, longest: 100 })
    // Ranks are whole numbers: nine tenths of 10, 20, … are not to be rounded up by a hair.
    for (let n = 10; n <= 1_000; n += 10) {
      expect(spread(Array.from({ length: n }, (_, index) => index + 1)).p90).toBe((n / 10) * 9)
    }
  })

  it('[REPORT4] services: matters served, the promised wait kept or not, time at the counter', () => {
    const services = [
      serviceWith({ targetWait: 10 * MINUTE, name: { 'zh-CN': '居住证', en: 'Permit' } }),
      serviceWith({ id: 's2' }),
      serviceWith({ id: 'never asked for' }),
    ]
    const report = dayOf(
      [
        served('A001', 0, 10),
        served('A002', 0, 11),
        leg(
          'A003',
          [
            ['waiting', 0],
            ['called', 50],
            ['completed', 51],
          ],
          { serviceId: 's2' },
        ),
        leg(
          'A004',
          [
            ['waiting', 0],
            ['cancelled', 3],
          ],
          { serviceId: 'gone' },
        ),
      ],
      {},
      { services },
    )
    expect(report.services).toMatchObject([
      {
        serviceId: 's1',
        name: { en: 'Permit' },
        served: 2,
        target: { wait: 10 * MINUTE, within: 1, of: 2 },
        serving: { count: 2, median: 10 * MINUTE },
      },
      // Completed without a start: how long it took is not known.
      {
        serviceId: 's2',
        served: 1,
        waits: { overCap: 1 },
        target: null,
        serving: { count: 0, median: null },
      },
      { serviceId: 'gone', name: { en: 'gone' }, served: 0, waits: { count: 0 } },
    ])
  })

  it('[REPORT8] classes are shown apart only when each has five, in whole minutes, without the longest', () => {
    const ordinary = [1, 2, 3, 4, 5].map((n) => served(`A00${n}`, 0, 10 * n))
    const cared = [1, 2, 3, 4].map((n) =>
      leg(
        `B00${n}`,
        [
          ['waiting', 0],
          ['called', n + 0.4],
          ['serving', 9],
          ['completed', 10],
        ],
        { care: true },
      ),
    )
    expect(dayOf([...ordinary, ...cared]).classes).toEqual({ care: 4, waits: null })
    expect(dayOf([...ordinary, ...cared, served('B005', 0, 5, { care: true })]).classes).toEqual({
      care: 5,
      waits: {
        ordinary: { count: 5, median: 30 * MINUTE, p90: 50 * MINUTE, overCap: 1 },
        care: { count: 5, median: 3 * MINUTE, p90: 5 * MINUTE, overCap: 0 },
      },
    })
  })

  it('[ROLE7] who is told nothing of single numbers gets classes of days that are over and had enough of each, and no reason', () => {
    const many = [1, 2, 3, 4, 5].flatMap((n) => [
      served(`A00${n}`, 0, 10 * n),
      served(`B00${n}`, 0, 5, { care: true }),
    ])
    const report = dayOf(many)
    expect(withoutClass(report, true)).toEqual(report)
    expect(withoutClass(report, false).classes).toEqual({ care: null, waits: null })
    expect(withoutClass(dayOf(many.slice(1)), true).classes).toEqual({ care: null, waits: null })
    const exception = { at: 1, kind: 'called-specific', number: 'A001', counter: '1', undone: false } as const
    const out = { ...report, exceptions: [{ ...exception, reason: 'unwell' }] }
    expect(withoutClass(out, true).exceptions).toEqual([{ ...exception, reason: null }])
  })

  it('[REPORT8] nothing that names a ticket tells its class', () => {
    const report = dayOf([served('A001', 0, 60, { care: true }), served('A002', 0, 60)])
    const [first, second] = report.late
    expect(Object.keys(first ?? {})).toEqual(Object.keys(second ?? {}))
    expect(JSON.stringify(report.late)).not.toMatch(/care|credit/)
  })
})

describe('holds and exceptions', () => {
  it('[REPORT5] holds: how many, of which kind, how long, and how many too long', () => {
    const held = (number: string, until: number, hold: 'fetching' | 'papers-kept') =>
      leg(number, [
        ['waiting', 0],
        ['called', 1],
        ['held', 10, { hold }],
        ['waiting', until],
        ['cancelled', until + 1],
      ])
    expect(
      dayOf([held('A001', 20, 'fetching'), held('A002', 40, 'papers-kept'), held('A003', 41, 'fetching')])
        .holds,
    ).toEqual({
      count: 3,
      total: 71 * MINUTE,
      longest: 31 * MINUTE,
      old: 1,
      kinds: { fetching: 2, 'papers-kept': 1, 'another-step': 0 },
    })
  })

  it('[PAPER5] calls on paper are counted, with their waits and times at the counter apart too', () => {
    const one = { at: 5 * MINUTE, kind: 'on-paper' as const, number: 'A001', counterId: 'c1', reason: null }
    const exceptions = [
      { ...one, undone: false },
      { ...one, number: 'A002', undone: true },
    ]
    const legs = [served('A001', 0, 20, { onPaper: true }), served('A002', 0, 5), served('A003', 0, 6)]
    const { paper, waits } = dayOf(legs, { exceptions })
    expect(paper).toMatchObject({
      ...{ calls: 1, waits: { count: 1, median: 20 * MINUTE }, serving: { count: 1, median: 10 * MINUTE } },
    })
    expect(waits.count).toBe(3)
  })

  it('[REPORT7] exceptions are listed with the counter’s number', () => {
    const one = { at: 5, kind: 'called-specific', number: 'A001', reason: 'urgent', undone: false } as const
    const exceptions = [
      { ...one, counterId: 'c1' },
      { ...one, counterId: 'gone' },
    ]
    expect(dayOf([], { exceptions }).exceptions).toEqual([
      { ...one, counter: '1' },
      { ...one, counter: null },
    ])
  })
})

describe('why late', () => {
  const whyOf = (report: ReturnType<typeof dayOf>) => report.late.map(({ number, why }) => [number, why])

  it('[REPORT6] only waits past the cap are listed, longest first, and how they ended', () => {
    const report = dayOf([
      served('A001', 0, 45),
      served('A002', 0, 46),
      leg('A003', [
        ['waiting', 0],
        ['cancelled', 48],
      ]),
      leg('A004', [['waiting', 550]]),
    ])
    expect(report.late.map(({ number, wait, ended }) => [number, wait / MINUTE, ended])).toEqual([
      ['A004', 50, 'waiting'],
      ['A003', 48, 'left'],
      ['A002', 46, 'called'],
    ])
  })

  it('[REPORT6] minutes without an open counter of its lane, however many counters come and go', () => {
    const counters = ['c1', 'c2', 'other'].map((id) => ({
      id,
      number: id,
      name: { 'zh-CN': '', en: '' },
      lanes: [{ laneId: id === 'other' ? 'b' : 'a', rank: 'primary' as const, threshold: null }],
    }))
    const open = [
      { counterId: 'c1', from: 10 * MINUTE, to: 20 * MINUTE },
      { counterId: 'c2', from: 15 * MINUTE, to: 25 * MINUTE },
      { counterId: 'other', from: 0, to: 600 * MINUTE },
      { counterId: 'c1', from: 48 * MINUTE, to: 90 * MINUTE },
    ]
    expect(whyOf(dayOf([served('A001', 0, 50)], { open }, { counters }))).toEqual([
      ['A001', [{ fact: 'unserved', ms: (50 - 15 - 2) * MINUTE }]],
    ])
  })

  it('[REPORT6] what it waited again after a missed call, and after a hold', () => {
    const life: [LegState, number][] = [['waiting', 0], ['called', 20], ['missed', 23], ['waiting', 30], ['called', 44],
      ['serving', 45], ['held', 46], ['waiting', 60], ['called', 76], ['serving', 77], ['completed', 80]] // biome-ignore format: a life a line
    expect(whyOf(dayOf([leg('A001', life)]))).toEqual([
      ['A001', [
        { fact: 'missed', ms: 14 * MINUTE, calls: 1 },
        { fact: 'held', ms: 16 * MINUTE },
      ]],
    ]) // biome-ignore format: facts under their ticket
  })

  it('[REPORT6] how many came later and were called before it; and demand where nothing else explains enough', () => {
    const report = dayOf([
      served('A001', 0, 60),
      // Came later, called before: two. Called after, came before, or in another lane: not.
      served('A002', 1, 30, { care: true }),
      served('A003', 20, 50),
      served('A004', 5, 61),
      served('B001', 5, 10, { laneId: 'b' }),
      served('A005', -9, 2),
    ])
    expect(whyOf(report)).toEqual([
      ['A001', [
        { fact: 'overtaken', count: 2 },
        { fact: 'demand', arrivals: 3, counterTime: 60 * MINUTE },
      ]],
      ['A004', [
        { fact: 'overtaken', count: 1 },
        { fact: 'demand', arrivals: 1, counterTime: 56 * MINUTE },
      ]],
    ]) // biome-ignore format: facts under their ticket
  })

  it('[REPORT6] there is always a fact', () => {
    const open = [{ counterId: 'c1', from: 0.5 * MINUTE, to: 600 * MINUTE }]
    expect(whyOf(dayOf([served('A001', 0, 45.2)], { open }))).toEqual([
      ['A001', [{ fact: 'demand', arrivals: 0, counterTime: 44.7 * MINUTE }]],
    ])
  })
})

describe('ratings', () => {
  const rating = (level: 1 | 2 | 3 | 4 | 5, serviceId = 's1', read = false) => ({ serviceId, level, read })
  const day = (s1: number, s2: number, ...given: ReturnType<typeof rating>[]) => {
    const legs = [
      ...Array.from({ length: s1 }, (_, n) => served(`A${n}`, 0, 5)),
      ...Array.from({ length: s2 }, (_, n) => served(`B${n}`, 0, 5, { serviceId: 's2' })),
      leg('C1', [['waiting', 0]]),
    ]
    return dayOf(legs, { ratings: given }).ratings
  }

  it('[RATE5] of the matters done so many have rated; who said nothing is in no level', () => {
    const found = day(7, 0, rating(5), rating(5), rating(4), rating(3), rating(1))
    expect(found).toMatchObject({ done: 7, rated: 5, levels: { 5: 2, 4: 1, 3: 1, 2: 0, 1: 1 } })
    expect(found.services).toMatchObject([{ serviceId: 's1', done: 7, rated: 5, levels: { 5: 2 } }])
    expect(day(3, 0)).toMatchObject({ done: 3, rated: 0, levels: null })
  })

  it('[RATE5] fewer than five are not told apart, nor by what the others leave over', () => {
    const five = [5, 5, 5, 5, 5].map((level) => rating(level as 5))
    const found = day(6, 4, ...five, rating(1, 's2'))
    expect(found.services.map(({ rated, levels }) => [rated, levels !== null])).toEqual([
      [5, true],
      [1, false],
    ])
    expect(found.levels).toBeNull()
    expect(day(6, 1, ...five).levels).toMatchObject({ 5: 5 })
  })

  it('[RATE6] low ratings are counted, and those nobody has read', () => {
    const found = day(4, 0, rating(1), rating(2, 's1', true), rating(3), rating(5))
    expect(found).toMatchObject({ low: 2, lowUnread: 1 })
  })
})

describe('calls for help', () => {
  it('[HELP12] how soon they were answered, how many were escalated, and taken back before anybody had answered', () => {
    const call = (rest: Partial<DayLog['help'][number]>) => {
      return { state: 'done', askedAt: 1_000, escalatedAt: null, answeredAt: null, ...rest } as const
    }
    expect(dayOf([]).help).toEqual({ asked: 0, answered: spread([]), escalated: 0, takenBack: 0 })
    const help = [
      call({ answeredAt: 4_000 }),
      call({ answeredAt: 6_000 }),
      call({ answeredAt: 41_000, escalatedAt: 11_000 }),
      call({ state: 'taken-back', escalatedAt: 11_000 }),
      // Somebody was coming: that is no call that nobody answered.
      call({ state: 'taken-back', answeredAt: 3_000 }),
      call({ state: 'escalated', escalatedAt: 11_000 }),
    ]
    expect(dayOf([], { help }).help).toEqual({
      asked: 6,
      answered: { count: 4, median: 3_000, p90: 40_000, longest: 40_000 },
      escalated: 3,
      takenBack: 1,
    })
  })
})
