/** How fast something went. */
export interface Figure {
  /** A second; null where only latency was measured. */
  rate: number | null
  /** ms */
  p50: number
  /** ms */
  p99: number
  /** How many were measured. */
  count: number
}

/** The value below which `part` (0–1) of the others lie: nearest rank. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}

/** The middle one, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  if (Number.isInteger(middle))
    return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
  return sorted[Math.floor(middle)] ?? Number.NaN
}

/** Latencies in ms and, where there is one, the rate of each round. */
export function figure(latencies: readonly number[], rates: readonly number[] | null = null): Figure {
  return {
    rate: rates && median(rates),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    count: latencies.length,
  }
}
