/** A stay at a counter, as the log has it. Times in ms; `to` is null while it lasts. */
export interface Stay {
  /** Of the ticket. */
  number: string
  counterId: string
  from: number
  to: number | null
}

/** What the log has of the time of a call that was made on paper. */
export interface Past {
  /** The time that was looked at, ms. */
  from: number
  to: number
  /** Since when the leg has been in its present state, ms. */
  since: number
  /** Who was at the counter about then, in any order. */
  atCounter: readonly Stay[]
  /** When and where other matters of the visit were at a counter. */
  ofTicket: readonly Stay[]
}

const MINUTE = 60_000

/** Whether two moments are of the same minute of the clock: what is written on paper is no more exact. */
export function sameMinute(a: number, b: number): boolean {
  return Math.floor(a / MINUTE) === Math.floor(b / MINUTE)
}

/**
 * The first moment of the minute of `written` that is after all of `ends`: a call stands behind what ended in its minute.
 *
 * @param written ms
 */
export function fittedInMinute(written: number, ends: readonly (number | null)[]): number {
  return ends.reduce<number>(
    (at, end) => (end !== null && end > at && sameMinute(end, written) ? end : at),
    written,
  )
}

/** The stay that some of the time between two moments is in; null when there is none. */
export function stayAmong(stays: readonly Stay[], from: number, to: number): Stay | null {
  return stays.find((stay) => stay.from < to && (stay.to === null || stay.to > from)) ?? null
}
