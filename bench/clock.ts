/** Milliseconds of the machine's monotonic clock: the same in every process, and never set by anybody. */
export function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
