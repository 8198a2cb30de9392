import { describe, expect, test } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { actionsOf } from '#server/policy.ts'
import { counterWith, heldLeg, legWith, serviceWith } from '#test/harness/legs.ts'
import type { Leg, Person } from '../model.ts'
import { keptList } from './kept-list.ts'
import { keptText, lastListOf, listOf, silenceUntil } from './last-list.ts'
import { ROWS, sheetsOf } from './pages.ts'

const text = (words: string) => ({ 'zh-CN': words, en: words })
const AT = Date.parse('2025-06-02T10:32:05+08:00')
const HOUR = 3_600_000
const me: Person = { accountId: 'clerk', may: actionsOf('staff') }
const site = {
  id: 'hall',
  name: text('大厅'),
  timeZone: 'Asia/Shanghai',
  practice: false,
  skills: [],
  services: [serviceWith({ name: text('居住证') })],
  lanes: ['a', 'b'].map((id) => ({ id, letter: id.toUpperCase(), name: text(id) })),
  counters: [
    { id: 'c1', number: '1', name: text('1'), lanes: [{ laneId: 'a', rank: 'primary', threshold: null }] },
  ],
} as unknown as SiteView

const board = (...legs: Leg[]): StaffBoard => ({
  ...{ siteId: 'hall', seq: 1, at: AT, day: '2025-06-02', revision: 1, help: {} },
  counters: { c1: counterWith() },
  legs: Object.fromEntries(legs.map((leg) => [leg.id, leg])),
})
const waits = (number: string, rest: Partial<Leg> = {}) =>
  legWith({ id: number, ticketId: number, number, arrivedAt: AT - HOUR, ...rest })
const listWith = (...legs: Leg[]) => lastListOf(site, board(...legs), 'c1', me, AT)
const numbers = (rows: readonly { number: string }[]) => rows.map(({ number }) => number)

const whole = listWith(
  waits('A001', { n: 2 }),
  waits('A002', { credit: HOUR / 2, v: AT - 1.5 * HOUR, n: 3, prepare: true }),
  waits('A003', { state: 'missed', counterId: 'c1', endedAt: AT - 5 }),
  heldLeg({ id: 'A004', ticketId: 'A004', number: 'A004', skill: 'signs' }),
  waits('B001', { laneId: 'b', serviceId: 'gone' }),
  waits('A005', { state: 'serving', counterId: 'c1' }),
)

describe('the last list', () => {
  test('[PAPER7] has this counter’s in the order of its turn, then held and missed, and the hall lane by lane', () => {
    expect(numbers(whole.here)).toEqual(['A002', 'A001', 'A004', 'A003'])
    expect(whole.lanes.map(({ letter, rows }) => [letter, numbers(rows)])).toEqual([
      ['A', ['A002', 'A001', 'A004', 'A003']],
      ['B', ['B001']],
    ])
    expect(whole).toMatchObject({ counter: '1', desk: 'A005', asOf: AT })
    expect(whole.here[0]).toEqual({
      ...{ number: 'A002', service: text('居住证'), state: 'waiting', arrivedAt: AT - HOUR, ask: true },
    })
    expect(whole.here.map(({ state, ask }) => [state, ask])).toEqual([
      ['waiting', true],
      ['waiting', false],
      ['held', true],
      ['missed', false],
    ])
    expect(whole.lanes[1]?.rows[0]?.service).toEqual(text('gone'))
  })

  test('[PAPER8] of it the browser keeps numbers, services and order, and gives it back as that', () => {
    const kept = keptText(whole)
    expect(kept).not.toMatch(/ask|arrived|credit|skill|signs|prepare|clerk|ticket/)
    const back = listOf(kept, AT + HOUR)
    expect(back && numbers(back.here)).toEqual(numbers(whole.here))
    expect(back).toMatchObject({ asOf: AT, counter: '1', desk: 'A005' })
    for (const row of back?.here ?? []) expect(row).toMatchObject({ arrivedAt: null, ask: false })
  })

  test('[PAPER8] not on the next business day, and nothing that cannot be read', () => {
    const kept = keptText(whole)
    expect(listOf(kept, Date.parse('2025-06-02T23:59:59+08:00'))).not.toBeNull()
    expect(listOf(kept, Date.parse('2025-06-03T00:00:00+08:00'))).toBeNull()
    for (const text of [null, '', '{', '{}', '[]', 'null', '"A001"']) expect(listOf(text, AT)).toBeNull()
  })

  test('[PAPER8] a browser that keeps nothing is no fault', () => {
    const locked = keptList(() => {
      throw new Error('denied')
    })
    locked.keep('x')
    locked.drop()
    expect(locked.read()).toBeNull()
    const stored = new Map<string, string>()
    const open = keptList(() => ({
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    }))
    open.keep('x')
    expect(open.read()).toBe('x')
    open.drop()
    expect(stored.size).toBe(0)
  })

  test('[PAPER10] a silence of a minute and more is asked about', () => {
    const kept = keptText(whole)
    expect(silenceUntil(kept, AT + 60_000)).toEqual({ from: AT, to: AT + 60_000 })
    expect(silenceUntil(kept, AT + 59_999)).toBeNull()
    expect(silenceUntil(null, AT)).toBeNull()
  })
})

describe('the sheets of paper', () => {
  const many = (count: number) =>
    listWith(...Array.from({ length: count }, (_, at) => waits(`A${at}`, { n: at })))

  test('[PAPER9] everybody is on them once for the counter and once for the hall, in order, with rows to spare', () => {
    for (const count of [0, 1, ROWS - 1, ROWS, ROWS + 1, 2 * ROWS]) {
      const list = many(count)
      const sheets = sheetsOf(list)
      const on = (lane: boolean) =>
        sheets.filter((sheet) => (sheet.lane !== null) === lane).flatMap(({ rows }) => rows)
      expect(numbers(on(false).filter((row) => row !== null))).toEqual(numbers(list.here))
      expect(numbers(on(true).filter((row) => row !== null))).toEqual(numbers(list.here))
      expect(on(false)).toContain(null)
      expect(sheets.map(({ page, of }) => [page, of])).toEqual(sheets.map((_, at) => [at + 1, sheets.length]))
      for (const { rows } of sheets) expect(rows).toHaveLength(ROWS)
    }
    expect(sheetsOf(many(ROWS + 1)).map(({ before }) => before)).toEqual([0, ROWS, 0, ROWS])
  })
})
