import { expect, test } from 'vitest'
import { type Book, brought, EMPTY, isPassing, issued, seenTo } from './book.ts'

const visit = { services: ['s1'], language: 'zh-CN' } as const
const give = (book: Book, key: string, day = '2025-06-02', kiosk = 'K1') =>
  issued(book, { kiosk, day, at: 1_000, key, siteId: 'hall', visit: { ...visit, services: ['s1'] } })
const numbers = ({ tickets }: Book) => tickets.map(({ request }) => request.number)
/** So many numbers of a day, one after another. */
const given = (count: number) =>
  Array.from({ length: count }).reduce<Book>((book, _, n) => give(book, `key-${n}`).book, EMPTY)

test('[OFFLINE3] a kiosk counts from one for each business day, two digits at least', () => {
  expect(numbers(given(3))).toEqual(['K1-01', 'K1-02', 'K1-03'])
  expect(give(given(3), 'key-9', '2025-06-03').ticket.request.number).toBe('K1-01')
  expect(give(given(99), 'key-99').ticket.request.number).toBe('K1-100')
})

test('[OFFLINE4] the same visit has the same number; a clock that was set back gives none twice; a new name is another series', () => {
  const { book, ticket } = give(given(2), 'key-1')
  expect(ticket.request.number).toBe('K1-02')
  expect(numbers(book)).toEqual(['K1-01', 'K1-02'])
  const back = give(book, 'key-9', '2025-05-31')
  expect(back.ticket.request.number).toBe('K1-03')
  expect(give(back.book, 'key-10').ticket.request.number).toBe('K1-04')
  expect(give(book, 'key-9', '2025-06-02', 'K2').ticket.request.number).toBe('K2-01')
})

test('[OFFLINE5] what the server has is forgotten, what it refused stays until staff have seen to it, and counting goes on', () => {
  const taken = brought(given(3), 'key-0', null)
  expect(numbers(taken)).toEqual(['K1-02', 'K1-03'])
  expect(brought(taken, 'key-0', null)).toBe(taken)
  const refused = brought(taken, 'key-1', { error: 'number-taken', facts: {} })
  expect(refused.refused).toEqual([{ number: 'K1-02', at: 1_000, error: 'number-taken', facts: {} }])
  expect(seenTo(refused, ['K1-01']).refused).toHaveLength(1)
  expect(seenTo(refused, ['K1-02']).refused).toEqual([])
  expect(give(refused, 'key-9').ticket.request.number).toBe('K1-04')
})

test('[OFFLINE5] only what passes by itself is asked again', () => {
  expect(
    ['unavailable', 'internal', 'clock-unconfirmed', 'too-many'].filter((key) => !isPassing(key as never)),
  ).toEqual([])
  expect(
    ['other-series', 'day-over', 'number-taken', 'unknown-service', 'known-as', 'key-reused'].filter((key) =>
      isPassing(key as never),
    ),
  ).toEqual([])
})
