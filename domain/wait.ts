/** An expected wait in whole minutes, low to high. */
export interface Wait {
  low: number
  high: number
}

/** How far the simple estimate is trusted either way: the spread of a sum of a few service times. */
const LOW = 0.7
const HIGH = 1.4

/**
 * The expected wait as a range: queue length × service time over the open counters. [WAIT1]
 * With every counter taken, the k-th in line waits for k completions at rate counters/serviceMinutes.
 *
 * @param ahead how many have an earlier turn
 * @param openCounters counters that serve the lane now
 * @param freeCounters of those, how many are not serving anybody
 * @param serviceMinutes mean minutes per resident
 * @returns null when no counter serves the lane: an honest screen says so instead of guessing
 */
export function expectedWait(
  ahead: number,
  openCounters: number,
  freeCounters: number,
  serviceMinutes: number,
): Wait | null {
  if (openCounters <= 0) return null
  const turns = Math.max(ahead + 1 - freeCounters, 0)
  const minutes = (turns * serviceMinutes) / openCounters
  return { low: roundDown(minutes * LOW), high: Math.max(roundUp(minutes * HIGH), 1) }
}

/** Under ten minutes to the minute, above to five: a range no more exact than it is. */
function roundDown(minutes: number): number {
  return minutes < 10 ? Math.floor(minutes) : Math.floor(minutes / 5) * 5
}
function roundUp(minutes: number): number {
  return minutes <= 10 ? Math.ceil(minutes) : Math.ceil(minutes / 5) * 5
}
