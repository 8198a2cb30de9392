import { describe, expect, test } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { actionsOf } from '#server/policy.ts'
import { calledLeg, counterWith, heldLeg, legWith } from '#test/harness/legs.ts'
import type { Leg } from '../model.ts'
import { checked, countersToEnter, type Draft, EMPTY, type Knows, legNumbered } from './entry.ts'

const at = (time: string) => Date.parse(`2025-06-02T${time.length === 5 ? `${time}:00` : time}+08:00`)
const text = (words: string) => ({ 'zh-CN': words, en: words })
const counter = (number: string, ...lanes: string[]) => ({
  ...{ id: `c${number}`, number, name: text(number) },
  lanes: lanes.map((laneId) => ({ laneId, rank: 'primary' as const, threshold: null })),
})
const site = {
  timeZone: 'Asia/Shanghai',
  counters: [counter('1', 'a'), counter('2', 'b'), counter('3', 'b')],
} as unknown as SiteView

const waits = (number: string, rest: Partial<Leg> = {}) =>
  legWith({ id: number, ticketId: number, number, arrivedAt: at('09:30:40'), ...rest })
const knowing = (...legs: Leg[]): Knows => ({
  site,
  board: {
    counters: { c1: counterWith({ staffId: 'me' }), c2: counterWith({ id: 'c2', staffId: 'other' }) },
    legs: Object.fromEntries(legs.map((leg) => [leg.id, leg])),
  } as unknown as StaffBoard,
  counterId: 'c1',
  entered: [],
  now: at('11:00:20'),
})
const hall = knowing(waits('A006'), waits('K1-03'), calledLeg({ id: 'x', number: 'A007', counterId: 'c2' }))
const row = (rest: Partial<Draft> = {}): Draft => ({
  ...EMPTY,
  ...{ number: 'A006', called: '1010', started: '10:12', done: '10:20' },
  ...rest,
})
const faults = (draft: Draft, knows = hall) => {
  const found = checked(draft, knows)
  return Array.isArray(found)
    ? found.map((fault) => `${fault.field} ${'error' in fault ? fault.error : fault.word}`)
    : []
}

describe('a row of paper', () => {
  test('[PAPER10] becomes what the server is asked, at times of today', () => {
    expect(checked(row(), hall)).toEqual({
      leg: waits('A006'),
      request: {
        ...{ counterId: 'c1', outcome: 'completed' },
        ...{ calledAt: at('10:10'), startedAt: at('10:12'), endedAt: at('10:20') },
      },
    })
    const short = checked(row({ started: ' ', called: '9：31' }), hall)
    expect(short).toMatchObject({ request: { calledAt: at('09:31') } })
    expect(short).not.toHaveProperty('request.startedAt')
    expect(checked(row({ missed: true, done: '' }), hall)).toMatchObject({
      request: { counterId: 'c1', outcome: 'missed', calledAt: at('10:10') },
    })
    expect(checked(row({ missed: true, started: 'nonsense' }), hall)).toMatchObject({
      request: { outcome: 'missed', endedAt: at('10:20') },
    })
  })

  test.each([
    ['a6', 'A006'],
    ['A 006', 'A006'],
    ['ａ００６', 'A006'],
    ['k1-3', 'K1-03'],
    ['K1 03', 'K1-03'],
    ['k103', 'K1-03'],
  ])('[PAPER10] its number is found as %s', (written, number) => {
    expect(legNumbered(written, hall)).toMatchObject({ number })
  })

  test('[PAPER10] a number that is nowhere, at a counter, or just entered is said', () => {
    expect(faults(row({ number: '' }))).toEqual(['number entry-number'])
    expect(faults(row({ number: 'A060' }))).toEqual(['number entry-unknown'])
    expect(faults(row({ number: 'K10' }))).toEqual(['number entry-unknown'])
    expect(faults(row({ number: 'A9' }), { ...hall, entered: ['A009'] })).toEqual(['number entry-entered'])
    expect(checked(row({ number: 'a7' }), hall)).toEqual([
      { field: 'number', word: 'entry-at-counter', facts: { number: '2' } },
    ])
  })

  test('[PAPER10] of several matters the one that waits for this counter, then held, elsewhere, missed', () => {
    const visit = (rest: Partial<Leg>) => waits('A001', { ticketId: 't', ...rest })
    const other = visit({ id: 'other', laneId: 'b' })
    const missed = visit({ id: 'missed', state: 'missed', endedAt: at('10:00') })
    const held = heldLeg({ ...visit({ id: 'held' }), state: 'held' })
    const here = visit({ id: 'here', n: 9 })
    const found = (...legs: Leg[]) => legNumbered('A1', knowing(...legs))
    expect(found(missed, other, held, here)).toBe(here)
    expect(found(missed, other, held)).toBe(held)
    expect(found(missed, other)).toBe(other)
    expect(found(missed)).toBe(missed)
  })

  test('[PAPER10] each field says what is wrong in it', () => {
    expect(faults(row({ called: '', done: '2561' }))).toEqual(['called entry-time', 'done entry-time'])
    expect(faults(row({ done: '' }))).toEqual(['done entry-time'])
    expect(faults(row({ done: '11:01' }))).toEqual(['done time-ahead'])
    expect(faults(row({ done: '11:00' }))).toEqual([])
    // The page hears of a new minute within a second of it; until then somebody with another clock may have typed it.
    const done = row({ done: '11:01' })
    expect(faults(done, { ...hall, now: at('11:00:58') })).toEqual(['done time-ahead'])
    expect(faults(done, { ...hall, now: at('11:00:59') })).toEqual([])
    expect(faults(row({ started: '10:09' }))).toEqual(['started times-out-of-order'])
    expect(faults(row({ number: 'x', started: '', done: '10:09' }))).toEqual([
      'number entry-unknown',
      'done times-out-of-order',
    ])
    expect(faults({ ...EMPTY })).toEqual(['number entry-number', 'called entry-time', 'done entry-time'])
  })

  test('[PAPER10] [PAPER11] what the board shows against it is said before anything is sent', () => {
    expect(faults(row({ called: '09:30' }))).toEqual([])
    expect(checked(row({ called: '09:29' }), hall)).toEqual([
      { field: 'called', error: 'not-there-yet', facts: { since: '09:30' } },
    ])
    const missed = knowing(waits('A006', { state: 'missed', endedAt: at('10:11') }))
    expect(faults(row(), missed)).toEqual(['called not-there-yet'])
    const entered = { onPaper: true, calledAt: at('10:10:20'), callCounterId: 'c1', endedAt: at('10:10:20') }
    const again = knowing(waits('A006', { state: 'missed', ...entered }))
    expect(checked(row({ missed: true, done: '' }), again)).toEqual([
      {
        ...{ field: 'called', error: 'already-recorded' },
        facts: { number: 'A006', counter: '1', from: '10:10' },
      },
    ])
    expect(faults(row({ called: '10:11' }), again)).toEqual([])
    expect(faults(row(), { ...again, counterId: 'c3' })).toEqual([])
    const there = (calledAt: number) =>
      knowing(waits('A006'), calledLeg({ id: 'y', number: 'A009', counterId: 'c1', calledAt }))
    expect(checked(row(), there(at('10:19')))).toEqual([
      { field: 'done', error: 'counter-taken-then', facts: { number: 'A009', from: '10:19' } },
    ])
    expect(faults(row(), there(at('10:20:30')))).toEqual([])
  })

  test('[PAPER1] is of a counter that this person operates, or nobody does; a supervisor’s of any', () => {
    const of = (role: 'staff' | 'supervisor') =>
      countersToEnter(site, hall.board, { accountId: 'me', may: actionsOf(role) }).map(({ id }) => id)
    expect(of('staff')).toEqual(['c1', 'c3'])
    expect(of('supervisor')).toEqual(['c1', 'c2', 'c3'])
  })
})
