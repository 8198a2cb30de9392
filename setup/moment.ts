/**
 * The moment a clock on the wall of `zone` shows `2026-12-01 08:00`, ms since the epoch. Of an hour that comes twice, the
 * first; null for one that the clocks skip, and for what is no date and time.
 */
export function momentOf(written: string, zone: string): number | null {
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(written.trim())
  if (!found) return null
  const guess = Date.parse(`${found[1]}T${found[2]}:00Z`)
  if (Number.isNaN(guess)) return null
  // No zone is further than 14 h from UTC, and their offsets are whole quarters of an hour.
  for (let at = guess - 14 * 3_600_000; at <= guess + 14 * 3_600_000; at += 15 * 60_000) {
    if (writeMoment(at, zone) === `${found[1]} ${found[2]}`) return at
  }
  return null
}

/** A moment as a clock in `zone` shows it: `2026-12-01 08:00`. */
export function writeMoment(at: number, zone: string): string {
  const parts: Record<string, string> = {}
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  for (const { type, value } of format.formatToParts(at)) parts[type] = value
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`
}
