import { expect, test } from 'vitest'
import { type Book, brought, EMPTY, isPassing, issued, seenTo } from './book.ts'

const visit = { services: ['s1'], language: 'zh-CN' } as const
const give = (book: Book, key: string, day = '2025-06-02', kiosk = 'K1', { at = 1_000, least = 0 } = {}) =>
  issued(book, { kiosk, day, least, at, key, siteId: 'hall', visit: { ...visit, services: ['s1'] } })
const numbers = ({ tickets }: Book) => tickets.map(({ request }) => request.number)
/** So many numbers of a day, one after another. */
const given = (count: number) =>
  Array.from({ length: count }).reduce<Book>((book, _, n) => give(book, `key-${n}`).book, EMPTY)

test('[OFFLINE3] a kiosk counts from one for each business day, two digits at least', () => {
  expect(numbers(given(3))).toEqual(['K1-01', 'K1-02', 'K1-03'])
  const done = ['key-0', 'key-1', 'key-2'].reduce((book, key) => brought(book, key, null), given(3))
  expect(give(done, 'key-9', '2025-06-02').ticket.request.number).toBe('K1-04')
  expect(give(done, 'key-9', '2025-06-03').ticket.request.number).toBe('K1-01')
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

test('[OFFLINE4] a day that is not over for its residents gives no number twice: what is in the book, or with the server, is not given again', () => {
  // The machine came up with a clock of tomorrow.
  expect(give(given(3), 'key-9', '2025-06-03').ticket.request.number).toBe('K1-04')
  const one = brought(given(3), 'key-2', { error: 'day-over', facts: {} })
  const rest = brought(brought(one, 'key-0', null), 'key-1', null)
  expect(give(rest, 'key-9', '2025-06-03').ticket.request.number).toBe('K1-04')
  expect(give(rest, 'key-9', '2025-06-03', 'K2').ticket.request.number).toBe('K2-01')
  // Its disk was emptied.
  expect(give(EMPTY, 'key-9', '2025-06-02', 'K1', { least: 7 }).ticket.request.number).toBe('K1-08')
})

test('[OFFLINE4] whoever has a later number did not come earlier, whatever the clock says', () => {
  const { book } = give(given(1), 'key-1', '2025-06-02', 'K1', { at: 9_000 })
  const back = give(book, 'key-2', '2025-06-02', 'K1', { at: 5_000 })
  expect(back.book.tickets.map(({ request }) => request.at)).toEqual([1_000, 9_000, 9_000])
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
    ['unavailable', 'internal', 'clock-unconfirmed', 'too-many', 'not-found'].filter(
      (key) => !isPassing(key as never),
    ),
  ).toEqual([])
  expect(
    ['other-series', 'day-over', 'number-taken', 'unknown-service', 'known-as', 'key-reused'].filter((key) =>
      isPassing(key as never),
    ),
  ).toEqual([])
})
