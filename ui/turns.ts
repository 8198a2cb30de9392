/** How long one of several texts in one place stands before the next, ms: long enough to be read slowly. */
export const STANDS = 12_000

/** Which of several texts that take turns in one place stands there at `now`, ms; null when there are none. */
export function standing<T>(texts: readonly T[], now: number): T | null {
  return texts[Math.floor(now / STANDS) % texts.length] ?? null
}
