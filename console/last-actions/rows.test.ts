import { describe, expect, test } from 'vitest'
import type { CounterAction } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { legWith } from '#test/harness/legs.ts'
import type { Leg } from '../model.ts'
import { actionRows } from './rows.ts'

const done = (seq: number, ticket: string | null, rest: Partial<CounterAction> = {}): CounterAction => ({
  seq,
  at: seq,
  type: 'ticket:completed',
  number: ticket,
  ticketId: ticket,
  legId: ticket && `leg-${ticket}`,
  by: 'you',
  undone: false,
  ...rest,
})
const at = (ticketId: string, state: Leg['state'], counterId: string | null = null) =>
  legWith({ id: `${ticketId}-${state}`, ticketId, state, counterId })
const board = (...legs: Leg[]) =>
  ({ legs: Object.fromEntries(legs.map((leg) => [leg.id, leg])) }) as StaffBoard
const ways = (
  actions: CounterAction[],
  on: StaffBoard,
  undoable: number | null = null,
  times: string[] = [],
) =>
  actionRows(
    actions,
    on,
    'c1',
    undoable,
    times.map((id) => ({ id })),
  ).map(({ way }) => way)

describe('the last actions of a counter', () => {
  test('[TRAIL2] only the one that may be taken back has its undo', () => {
    const actions = [done(9, 'b'), done(8, 'a')]
    expect(ways(actions, board(), 9)).toEqual(['undo', 'over'])
    expect(ways(actions, board(), null)).toEqual(['over', 'over'])
  })

  test('[TRAIL3] the others say what can be done instead, by where the ticket now is', () => {
    const actions = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((ticket, n) => done(9 - n, ticket))
    const now = board(
      at('a', 'missed'),
      at('b', 'held', 'c1'),
      at('c', 'waiting'),
      at('d', 'called', 'c1'),
      at('e', 'serving', 'c2'),
    )
    expect(ways(actions, now, null, ['leg-f'])).toEqual([
      ...['rejoin', 'resume', 'waits', 'put-back', 'elsewhere', 'times', 'over'],
    ])
  })

  test('[TRAIL3] of several matters the one under way is meant', () => {
    expect(ways([done(1, 'a')], board(at('a', 'waiting'), at('a', 'held')))).toEqual(['resume'])
  })

  test('[TRAIL3] what was taken back, what is no ticket’s, and what was followed have no way of their own', () => {
    const actions = [
      done(9, 'a', { type: 'ticket:undone' }),
      done(8, 'a', { undone: true }),
      done(7, 'a'),
      done(6, 'a'),
      done(5, null, { type: 'counter:opened' }),
    ]
    expect(ways(actions, board(at('a', 'waiting')))).toEqual([null, 'undone', 'waits', 'followed', null])
  })
})
