import type { Database } from './database.ts'

/** Word of connected screens is written down this often, ms. */
export const CONTACT_EVERY = 10_000
/** A kiosk that was silent for longer was absent, ms; of other screens it is not known more precisely. */
const GAP = 25_000
/** A clock is off by as much more or less before it is written down anew, ms: each report takes another time to arrive. */
const SKEW_STEP = 2_000

/**
 * Writes down that there was word of these screens, and for which kiosk it was the first in a while, that it was absent until now.
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

/** What a screen has said of itself. */
export interface Report {
  id: string
  build: string
  /** Its clock, ahead of the server's, ms. */
  skew: number
  error: string | null
}

/** Writes down what of these reports, one for each screen, is otherwise than before. [HEALTH2] */
export async function keepReports(
  { query }: Pick<Database, 'query'>,
  reports: readonly Report[],
  now: number,
): Promise<void> {
  if (reports.length === 0) return
  await query(
    `update nuanhao.device d
        set build = r.build,
            skew = case when abs(coalesce(d.skew, r.skew + $3 + 1) - r.skew) > $3 then r.skew else d.skew end,
            error = coalesce(r.error, d.error),
            error_at = case when r.error is null then d.error_at else $2 end
       from jsonb_to_recordset($1::jsonb) as r(id text, build text, skew bigint, error text)
      where d.id = r.id
        and (r.error is not null or d.build is distinct from r.build or d.skew is null or abs(d.skew - r.skew) > $3)`,
    [JSON.stringify(reports), now, SKEW_STEP],
  )
}
