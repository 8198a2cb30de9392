import { describe, expect, test } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import { applyEvent } from '#protocol/apply-event.ts'
import type { Call, PublicBoard } from '#protocol/board.ts'
import { dayAt } from '#ui/hours.ts'
import { STANDS } from '#ui/turns.ts'
import {
  answered,
  footOf,
  footSize,
  isCrowded,
  LARGE,
  MANY_COUNTERS,
  NEWS,
  OLD_NEWS,
  toAnnounce,
  wallOf,
} from './wall.ts'

const NOW = Date.parse('2026-03-02T02:00:00Z')
const TODAY = '2026-03-02'

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
  lanes: [
    { id: 'a', letter: 'A', name: { 'zh-CN': '户籍', en: 'Residence' } },
    { id: 'b', letter: 'B', name: { 'zh-CN': '社保', en: 'Insurance' } },
  ],
  counters: ['1', '2', '3', '4', '5'].map((number) => ({
    id: `c${number}`,
    number,
    name: { 'zh-CN': `${number}号窗口`, en: `Counter ${number}` },
    lanes: [],
  })),
  publicUrl: null,
  practice: false,
  demo: true,
}

function call(callId: number, counterId: string, secondsAgo: number, rest: Partial<Call> = {}): Call {
  const number = `A${String(callId).padStart(3, '0')}`
  return {
    callId,
    number,
    counterId,
    laneId: 'a',
    calls: 1,
    at: NOW - secondsAgo * 1000,
    language: 'zh-CN',
    ...rest,
  }
}

/** Counters where these calls are awaited. */
function awaiting(calls: Call[]): PublicBoard['counters'] {
  return Object.fromEntries(
    calls.map(({ counterId, number }) => [counterId, { status: 'open', number, serving: false }]).reverse(),
  )
}

function board(calls: Call[], rest: Partial<PublicBoard> = {}): PublicBoard {
  return {
    siteId: 'hall',
    seq: 1000,
    at: NOW,
    day: TODAY,
    revision: 1,
    waiting: { a: 3 },
    counters: awaiting(calls),
    calls,
    help: {},
    ...rest,
  }
}

describe('what is on the wall', () => {
  test('[WALL1] before the first call nothing is large', () => {
    const wall = wallOf(board([]), site, NOW, TODAY)
    expect(wall.large).toEqual([])
    expect(wall.last).toEqual([])
  })

  test('[WALL1] the newest call stands large however old it is', () => {
    const wall = wallOf(board([call(9, 'c1', 3600), call(8, 'c2', 3700)]), site, NOW, TODAY)
    expect(wall.large.map(({ number }) => number)).toEqual(['A009'])
    expect(wall.last.map(({ number }) => number)).toEqual(['A008'])
  })

  test('[WALL1] calls that are still news stand large together, three at most', () => {
    const calls = [call(9, 'c1', 1), call(8, 'c2', 2), call(7, 'c3', 3), call(6, 'c4', 4)]
    const wall = wallOf(board(calls), site, NOW, TODAY)
    expect(wall.large).toHaveLength(LARGE)
    expect(wall.last.map(({ number }) => number)).toEqual(['A006'])
  })

  test('[WALL1] a call stops being news after its time', () => {
    const calls = [call(9, 'c1', 1), call(8, 'c2', NEWS / 1000)]
    expect(wallOf(board(calls), site, NOW, TODAY).large.map(({ number }) => number)).toEqual(['A009'])
  })

  test('[WALL1] of two calls to one counter only the later stands large', () => {
    const wall = wallOf(board([call(9, 'c1', 1), call(8, 'c1', 5)]), site, NOW, TODAY)
    expect(wall.large.map(({ number }) => number)).toEqual(['A009'])
    expect(wall.last.map(({ number }) => number)).toEqual(['A008'])
  })

  test('[WALL1] an answered call makes room, unless it is the newest', () => {
    const calls = [call(9, 'c1', 1), call(8, 'c2', 2)]
    const serving = { status: 'open', number: 'A008', serving: true } as const
    const counters = { ...awaiting(calls), c2: serving }
    expect(wallOf(board(calls, { counters }), site, NOW, TODAY).large.map(({ number }) => number)).toEqual([
      'A009',
    ])
    expect(wallOf(board(calls.slice(1), { counters }), site, NOW, TODAY).large).toHaveLength(1)
  })

  test('[WALL1] every call is on the wall exactly once', () => {
    const calls = Array.from({ length: 10 }, (_, i) => call(20 - i, `c${(i % 5) + 1}`, i * 7))
    const { large, last } = wallOf(board(calls), site, NOW, TODAY)
    expect([...large, ...last].map(({ callId }) => callId).sort()).toEqual(
      calls.map(({ callId }) => callId).sort(),
    )
  })

  test('[WALL1] a call says where to go and what became of it', () => {
    const counters: PublicBoard['counters'] = {
      c1: { status: 'open', number: 'A009', serving: false },
      c2: { status: 'open', number: 'A008', serving: true },
      c3: { status: 'open', number: 'A010', serving: false },
    }
    const calls = [call(9, 'c1', 1, { calls: 2 }), call(8, 'c2', 30), call(7, 'c3', 40), call(6, 'gone', 50)]
    const wall = wallOf(board(calls, { counters }), site, NOW, TODAY)
    expect(wall.large[0]).toMatchObject({ number: 'A009', counter: '1', again: true, answer: 'awaited' })
    expect(wall.last.map(({ answer }) => answer)).toEqual(['serving', 'over', 'over'])
    expect(wall.last[2]?.counter).toBe('gone')
  })

  test('[WALL2] yesterday’s calls are not shown today', () => {
    const wall = wallOf(board([call(9, 'c1', 60_000)], { day: '2026-03-01' }), site, NOW, TODAY)
    expect(wall.large).toEqual([])
  })

  test('[WALL1] every lane and counter of the site is shown, also before anything happened there', () => {
    const wall = wallOf(board([]), site, NOW, TODAY)
    expect(wall.lanes.map(({ letter, waiting }) => [letter, waiting])).toEqual([
      ['A', 3],
      ['B', 0],
    ])
    expect(wall.counters).toHaveLength(5)
    expect(wall.counters[0]).toEqual({
      id: 'c1',
      number: '1',
      status: 'closed',
      ticket: null,
      serving: false,
    })
  })
})

describe('what is announced', () => {
  test('[WALL3] each call once, oldest first', () => {
    const now = board([call(9, 'c1', 1), call(8, 'c2', 2)])
    const first = toAnnounce(now, null, NOW)
    expect(first.calls.map(({ callId }) => callId)).toEqual([8, 9])
    expect(toAnnounce(now, first.heard, NOW).calls).toEqual([])
  })

  test('[WALL3] a recall of a ticket on the wall is announced again', () => {
    const before = board([call(9, 'c1', 20), call(8, 'c2', 30)])
    const { heard } = toAnnounce(before, null, NOW)
    const recall = { ...call(9, 'c1', 0), callId: 1001, calls: 2 }
    const event = {
      type: 'ticket:recalled',
      call: recall,
      seq: 1001,
      at: NOW,
      day: TODAY,
      revision: 1,
    } as const
    const { calls } = toAnnounce(applyEvent(before, event), heard, NOW)
    expect(calls.map(({ number, callId }) => [number, callId])).toEqual([['A009', 1001]])
  })

  test('[WALL4] old news is not announced, and counts as heard', () => {
    const calls = [call(9, 'c1', OLD_NEWS / 1000 + 1)]
    const { calls: said, heard } = toAnnounce(board(calls), null, NOW)
    expect(said).toEqual([])
    expect(heard.callId).toBe(9)
    expect(toAnnounce(board(calls), heard, NOW - 10_000).calls).toEqual([])
  })

  test('[WALL4] after a break only what is recent is announced', () => {
    const calls = [call(30, 'c1', 5), call(29, 'c2', 44), call(28, 'c3', 46), call(27, 'c4', 300)]
    const { calls: said } = toAnnounce(board(calls), { siteId: 'hall', callId: 26 }, NOW)
    expect(said.map(({ callId }) => callId)).toEqual([29, 30])
  })

  test('[WALL5] a call that was answered need not be said any more', () => {
    const calls = [call(9, 'c1', 1), call(8, 'c2', 2), call(7, 'c3', 3)]
    const counters: PublicBoard['counters'] = {
      c1: { status: 'open', number: 'A009', serving: false },
      c2: { status: 'open', number: 'A008', serving: true },
      c3: { status: 'open', number: null, serving: false },
    }
    expect(answered(board(calls, { counters }))).toEqual([8, 7])
  })

  test('[WALL2] the day is the site’s, not the screen’s', () => {
    expect(dayAt(Date.parse('2026-03-01T16:00:00Z'), site)).toBe('2026-03-02')
    expect(dayAt(Date.parse('2026-03-01T15:59:59Z'), site)).toBe('2026-03-01')
  })

  test('[WALL3] an empty wall forgets nothing', () => {
    expect(toAnnounce(board([]), { siteId: 'hall', callId: 26 }, NOW).heard.callId).toBe(26)
  })

  test('[WALL3] a log that began anew, or another site, is heard from its start', () => {
    const now = board([call(3, 'c1', 1)], { seq: 3 })
    expect(toAnnounce(now, { siteId: 'hall', callId: 900 }, NOW).calls).toHaveLength(1)
    expect(toAnnounce(now, { siteId: 'other', callId: 3 }, NOW).calls).toHaveLength(1)
  })
})

describe('the foot of the wall', () => {
  /** NOW is a Monday, 10:00 at the site. */
  const week = (from: number, to: number): SiteView['hours'] =>
    Array.from({ length: 7 }, () => [{ from: from * 60, to: to * 60 }])
  const open = { ...site, hours: week(9, 17) }
  const closed = { ...site, hours: week(9, 10) }
  const notice = (en: string) => ({ 'zh-CN': en, en })

  test('[WALL6] what to do about a missed call and the hall’s notices stand there in turn', () => {
    const hall = { ...open, notices: [notice('one'), notice('two')] }
    const turns = [0, 1, 2, 3].map((turn) => footOf(board([]), hall, NOW + turn * STANDS))
    const said = turns.map((foot) => (foot.at === 'notice' ? foot.text.en : foot.at))
    expect(said.toSorted()).toEqual(['missed', 'one', 'two', said[0]].toSorted())
    expect(said[3]).toBe(said[0])
    expect(footOf(null, open, NOW)).toEqual({ at: 'missed' })
  })

  test('[WALL6] the longer a notice in either language, the smaller it stands: whole in any case', () => {
    expect(footSize('三'.repeat(45), 'short')).toBe('one')
    expect(footSize('三'.repeat(46), 'short')).toBe('two')
    expect(footSize('短', 'a'.repeat(142))).toBe('one')
    expect(footSize('短', 'a'.repeat(143))).toBe('two')
    expect(footSize('三'.repeat(128), 'a'.repeat(200))).toBe('two')
    expect(footSize('三'.repeat(200), 'a'.repeat(200))).toBe('more')
  })

  test('[WALL11] a lane says what wait a newcomer may expect, while tickets are issued and a counter serves it', () => {
    const counters = site.counters.map((counter) => ({
      ...counter,
      lanes: [{ laneId: 'a', rank: 'primary' as const, threshold: null }],
    }))
    const service = { id: 's', laneId: 'a', minutes: 10 } as SiteView['services'][number]
    const state = board([], {
      waiting: { a: 3 },
      counters: {
        c1: { status: 'open', number: 'A001', serving: true },
        c2: { status: 'open', number: null, serving: false },
      },
    })
    const waits = (hall: SiteView) =>
      wallOf(state, { ...hall, counters, services: [service] }, NOW, TODAY).lanes.map(({ wait }) => wait)
    // Four with oneself, one of two counters free: three turns of ten minutes on two counters.
    expect(waits(open)).toEqual([{ low: 10, high: 25 }, null])
    expect(waits(closed)).toEqual([null, null])
  })

  test('[WALL9] a screen of a zone shows its own lanes, counters and calls, and says only these', () => {
    const part = { id: 'z', name: site.name, lanes: new Set(['b']), counters: new Set(['c2']) }
    const calls = [call(3, 'c1', 1), call(2, 'c2', 2), call(1, 'c3', 3, { laneId: 'b' })]
    const state = board(calls, { counters: awaiting(calls) })
    const wall = wallOf(state, site, NOW, TODAY, { part })
    expect([...wall.large, ...wall.last].map(({ callId }) => callId)).toEqual([2, 1])
    expect(wall.counters.map(({ id }) => id)).toEqual(['c2'])
    expect(wall.lanes.map(({ id }) => id)).toEqual(['b'])
    const said = toAnnounce(state, null, NOW, part)
    expect(said.calls.map(({ callId }) => callId)).toEqual([1, 2])
    expect(said.heard.callId).toBe(3)
  })

  test('[WALL13] where fewer calls may stand large the others are in the list', () => {
    const calls = [call(3, 'c3', 1), call(2, 'c2', 2), call(1, 'c1', 3)]
    const wall = wallOf(board(calls, { counters: awaiting(calls) }), site, NOW, TODAY, { most: 1 })
    expect([wall.large.length, wall.last.length]).toEqual([1, 2])
  })

  test('[WALL7] after closing it says that those inside are served, until nobody is', () => {
    const hall = { ...closed, notices: [notice('one')] }
    expect(footOf(board([]), hall, NOW)).toEqual({ at: 'closing' })
    const atCounter = { c1: { status: 'open', number: 'A001', serving: true } } as const
    expect(footOf(board([], { waiting: {}, counters: atCounter }), hall, NOW)).toEqual({ at: 'closing' })
    expect(footOf(board([], { waiting: {} }), hall, NOW).at).not.toBe('closing')
    expect(footOf(board([]), open, NOW).at).toBe('missed')
  })

  test('[WALL8] a lane without an open counter is marked, while somebody waits or may come', () => {
    const counters = site.counters.map((counter, n) => ({
      ...counter,
      lanes: [{ laneId: n === 0 ? 'a' : 'b', rank: 'primary' as const, threshold: null }],
    }))
    const status = (c1: 'open' | 'paused' | 'closed') => ({
      c1: { status: c1, number: null, serving: false },
    })
    const unserved = (hall: SiteView, c1: 'open' | 'paused' | 'closed') =>
      wallOf(board([], { counters: status(c1) }), { ...hall, counters }, NOW, TODAY).lanes.map(
        (lane) => lane.unserved,
      )
    expect(unserved(open, 'open')).toEqual([false, true])
    expect(unserved(open, 'paused')).toEqual([true, true])
    // After closing nobody waits in b.
    expect(unserved(closed, 'closed')).toEqual([true, false])
  })
})

describe('a large hall', () => {
  const numbers = Array.from({ length: MANY_COUNTERS + 1 }, (_, at) => `${at + 1}`)
  const counters = numbers.map(
    (number) => ({ ...site.counters[0], id: `c${number}`, number }) as (typeof site.counters)[0],
  )
  const states: PublicBoard['counters'] = Object.fromEntries(
    numbers.map((number) => [
      `c${number}`,
      { status: number === '2' ? 'open' : 'closed', number: number === '3' ? 'A001' : null, serving: false },
    ]),
  ) as PublicBoard['counters']

  test('[WALL18] leaves out counters that are closed, not one where somebody is', () => {
    const shown = (of: typeof counters) =>
      wallOf({ ...board([]), counters: states }, { ...site, counters: of }, NOW, TODAY).counters.map(
        ({ id }) => id,
      )
    expect(shown(counters)).toEqual(['c2', 'c3'])
    expect(shown(counters.slice(1))).toHaveLength(MANY_COUNTERS)
  })

  test('[WALL18] an upright wall full of counters and lanes gives up the last calls', () => {
    const filled = (ofCounters: number, ofLanes: number) =>
      isCrowded({ counters: Array(ofCounters).fill(null), lanes: Array(ofLanes).fill(null) })
    expect([filled(6, 4), filled(12, 6), filled(6, 12), filled(12, 8), filled(18, 4)]).toEqual([
      false,
      false,
      true,
      true,
      true,
    ])
  })
})
