/** How much is measured. */
export interface Scale {
  /** Interleaved rounds of raw and product in rows (a) and (b). */
  rounds: number
  /** ms of one round of row (a). */
  issueMs: number
  /** Waves of eight calls in one round of row (b). */
  waves: number
  /** Events told in row (c), by number of displays. */
  events: Record<50 | 2000, number>
  /** Calls measured for each length of the line in row (d). */
  calls: number
  /** How often each part is timed alone. */
  parts: number
}

export const FULL: Scale = {
  rounds: 5,
  issueMs: 2_500,
  waves: 30,
  events: { 50: 400, 2000: 150 },
  calls: 100,
  parts: 60,
}

/** Enough to see that everything runs, and roughly how fast. */
export const QUICK: Scale = {
  rounds: 3,
  issueMs: 1_000,
  waves: 12,
  events: { 50: 60, 2000: 25 },
  calls: 40,
  parts: 30,
}
