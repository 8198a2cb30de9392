/** A time in which the server had no word of a screen, ms: from the last one before to the first one after. */
export interface Absence {
  from: number
  to: number
}

/** What the server knows when a kiosk brings a ticket that it issued by itself. */
export interface Offline {
  /** When it had no word of the kiosk, earliest first. */
  absences: readonly Absence[]
  /**
   * The visit was issued an ordinary number after all, and the kiosk did not hear of it: the event that did, and whether
   * somebody has come to a counter with that number since.
   */
  issued: { seq: number; known: boolean } | null
}

/**
 * When somebody arrived whom a kiosk without its server gave a number: at the kiosk's time, if the server had no word of the
 * kiosk then; else at the next moment at which it had none, or now. A wrong clock wins nobody a place. [OFFLINE6]
 *
 * @param at the kiosk's time, ms
 */
export function offlineArrival(at: number, absences: readonly Absence[], now: number): number {
  const absence = absences.find(({ to }) => to > at)
  return Math.min(Math.max(at, absence?.from ?? now), now)
}
