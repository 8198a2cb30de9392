import type { Database } from './database.ts'

/** Word of a connected screen is written down this often, ms. */
export const CONTACT_EVERY = 10_000
/** A screen that was silent for longer was absent, ms. */
const GAP = 25_000

/**
 * Writes down that there was word of these screens, and for whom it was the first in a while, that they were absent until now.
 *
 * @param now ms
 */
export async function contact(
  { query }: Pick<Database, 'query'>,
  devices: readonly string[],
  now: number,
): Promise<void> {
  if (devices.length > 0) await query('select nuanhao.contact($1, $2, $3)', [devices, now, GAP])
}
