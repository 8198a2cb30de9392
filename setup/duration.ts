const UNITS = { h: 3_600_000, min: 60_000, s: 1_000 } as const

/**
 * Reads a duration as people write it: `30 min`, `24 h`, `20 s`.
 *
 * @returns ms; null when it is none. A bare number is none: nobody could tell its unit.
 */
export function readDuration(written: unknown): number | null {
  const found = /^(\d{1,6}(?:\.\d{1,3})?) ?(h|min|s)$/.exec(typeof written === 'string' ? written.trim() : '')
  return found ? Math.round(Number(found[1]) * UNITS[found[2] as keyof typeof UNITS]) : null
}

/** Writes ms in the largest unit that gives a whole number. */
export function writeDuration(ms: number): string {
  if (ms === 0) return '0 min'
  for (const [unit, size] of Object.entries(UNITS)) if (ms % size === 0) return `${ms / size} ${unit}`
  return `${ms / 1_000} s`
}
