import type { OfflineRequest } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { ownNumber, seriesOf } from '#protocol/offline.ts'
import type { Facts } from '#ui/i18n.ts'

/** A ticket that this kiosk issued by itself, until the server has it: no need, no name, nothing of materials. [OFFLINE9] */
export interface KeptTicket {
  /** Of the visit: an issue that was not answered had the same. */
  key: string
  siteId: string
  request: OfflineRequest
}

/** A number that the server did not take over, until staff have seen to its resident. */
export interface RefusedTicket {
  number: string
  /** ms */
  at: number
  error: ErrorKey
  facts: Facts
}

/** All that a kiosk has given out by itself and is not done with. */
export interface Book {
  /** The series it gave out last: whose, on which business day, and how far. */
  series: { kiosk: string; day: string; last: number }
  /** Not brought to the server yet, in the order of their numbers. */
  tickets: KeptTicket[]
  refused: RefusedTicket[]
}

export const EMPTY: Book = { series: { kiosk: '', day: '', last: 0 }, tickets: [], refused: [] }

/** What a resident takes a number for, as far as it is kept. */
export type Visit = Omit<OfflineRequest, 'number' | 'at'>

/**
 * The book with one number more. The same key again gives the same number. The sequence begins anew with a later day only, behind what
 * is still in the book and behind `least`, the last that the server knows of the day; and nobody came before who came earlier: a clock
 * that was set gives no number twice. [OFFLINE3] [OFFLINE4]
 */
export function issued(
  book: Book,
  {
    kiosk,
    day,
    least = 0,
    at: now,
    key,
    siteId,
    visit,
  }: {
    kiosk: string
    day: string
    least?: number
    at: number
    key: string
    siteId: string
    visit: Visit
  },
): { book: Book; ticket: KeptTicket } {
  const before = book.tickets.find((ticket) => ticket.key === key)
  if (before) return { book, ticket: before }
  const { series } = book
  const goesOn = series.kiosk === kiosk && day <= series.day
  const last = Math.max(goesOn ? series.last : 0, least, ...sequences(book, kiosk)) + 1
  const at = Math.max(now, ...book.tickets.map(({ request }) => request.at))
  const ticket = { key, siteId, request: { ...visit, number: ownNumber(kiosk, last), at } }
  return {
    book: {
      ...book,
      series: { kiosk, day: goesOn ? series.day : day, last },
      tickets: [...book.tickets, ticket],
    },
    ticket,
  }
}

/** The sequences of a kiosk's numbers that are still in the book. */
function sequences({ tickets, refused }: Book, kiosk: string): number[] {
  return [...tickets.map(({ request }) => request.number), ...refused.map(({ number }) => number)]
    .filter((number) => seriesOf(number) === kiosk)
    .map((number) => Number(number.slice(kiosk.length + 1)))
}

/** The book once the server has a ticket; or, with what it said, once it has refused it for good. [OFFLINE5] */
export function brought(book: Book, key: string, refusal: { error: ErrorKey; facts: Facts } | null): Book {
  const ticket = book.tickets.find((one) => one.key === key)
  if (!ticket) return book
  const { number, at } = ticket.request
  return {
    ...book,
    tickets: book.tickets.filter((one) => one !== ticket),
    refused: refusal ? [...book.refused, { number, at, ...refusal }] : book.refused,
  }
}

/** The book once staff have seen to the residents of these numbers. */
export function seenTo(book: Book, numbers: readonly string[]): Book {
  return { ...book, refused: book.refused.filter(({ number }) => !numbers.includes(number)) }
}

/** What will be otherwise by itself, so that the ticket is brought again; whatever else the server says is its last word. */
const PASSING: readonly ErrorKey[] = [
  'unavailable',
  'internal',
  'too-many',
  'clock-unconfirmed',
  'unauthenticated',
  'unknown-device',
  // Of whatever stands before the server: it never says so of a kiosk's own number.
  'forbidden',
  'not-found',
]

export function isPassing(error: ErrorKey): boolean {
  return PASSING.includes(error)
}
