import { describe, expect, test } from 'vitest'
import type { StaffBoard } from '#protocol/board.ts'
import { legWith } from '#test/harness/legs.ts'
import type { Leg } from '../model.ts'
import { found, legOfTicket } from './find.ts'

const ticket = (number: string, more: Partial<Leg> = {}) =>
  legWith({ id: `leg-${number}`, ticketId: number, number, ...more })
const boardOf = (...legs: Leg[]) =>
  ({ legs: Object.fromEntries(legs.map((leg) => [leg.id, leg])) }) as unknown as StaffBoard
const numbers = (board: StaffBoard, typed: string) => found(board, typed).map(({ number }) => number)

describe('who is in the hall', () => {
  test('[DESK3] stands by number while nothing is typed, who missed their call first and the last of these before the others', () => {
    const board = boardOf(
      ticket('B002'),
      ticket('A010'),
      ticket('A003', { state: 'missed', endedAt: 5 }),
      ticket('A009', { state: 'missed', endedAt: 9 }),
      ticket('C001', { state: 'serving', counterId: 'c1' }),
      ticket('A004', { state: 'held' }),
    )
    expect(numbers(board, '')).toEqual(['A009', 'A003', 'A004', 'C001', 'A010', 'B002'])
    expect(numbers(board, ' ')).toEqual(numbers(board, ''))
  })

  test('[DESK3] is found by number as it is typed: the very number, then the one without its zeros, then whatever has it', () => {
    const board = boardOf(
      ...['A112', 'A120', 'A012', 'B012', 'A001', 'K1-12', 'A1200'].map((number) => ticket(number)),
    )
    expect(numbers(board, '12')).toEqual(['A012', 'B012', 'K1-12', 'A112', 'A120', 'A1200'])
    expect(numbers(board, 'a012')).toEqual(['A012'])
    expect(numbers(board, 'A 120')).toEqual(['A120', 'A1200'])
    expect(numbers(board, '999')).toEqual([])
  })

  test('[DESK3] stands once, as the matter a person would mean', () => {
    const board = boardOf(
      ticket('A001', { id: 'one' }),
      ticket('A001', { id: 'two', state: 'called', counterId: 'c1' }),
    )
    expect(found(board, '1')).toHaveLength(1)
    expect(legOfTicket(board, 'A001')?.id).toBe('two')
    expect(legOfTicket(board, 'B001')).toBeNull()
  })
})
