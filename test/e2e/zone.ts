/**
 * Where it is between ten and eleven in the morning when a run begins. Halls and browsers of browser tests are there,
 * so that no run meets the end of a business day, which is tried with clocks that can be set.
 */
export const ZONE = zoneWhere(10, Date.now())

/** Where it is night then. */
export const FAR_ZONE = zoneWhere(22, Date.now())

/** The IANA zone where it is that hour at a moment, ms. Their signs are the other way round: `Etc/GMT-8` is UTC+8. */
function zoneWhere(hour: number, at: number): string {
  const east = (hour - new Date(at).getUTCHours() + 24) % 24
  return east <= 14 ? `Etc/GMT-${east}` : `Etc/GMT+${24 - east}`
}
