import type { By } from './audit.ts'
import type { Database } from './database.ts'

/** How far the machine may be behind the log before its clock is doubted, ms: more than servers of one hall differ. */
const TOLERANCE = 5_000

/**
 * At start: a machine whose clock is behind a site's last event issues no tickets there until staff confirm the time.
 * [CLOCK1]
 *
 * @returns the sites it holds back
 */
export async function holdIfClockRanBack(database: Database, now: number): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `update nuanhao.site set clock_held = (clock > $1::bigint + ${TOLERANCE})
      where clock_held or clock > $1::bigint + ${TOLERANCE} returning id, clock_held as held`,
    [now],
  )
  return (rows as { id: string; held: boolean }[]).filter(({ held }) => held).map(({ id }) => id)
}

/** Whether a site issues no tickets until staff confirm the time. */
export async function isClockHeld(database: Database, siteId: string): Promise<boolean> {
  const [row] = await database.query<{ held: boolean }>(
    'select clock_held as held from nuanhao.site where id = $1',
    [siteId],
  )
  return row?.held ?? false
}

/**
 * Staff say that the machine's time is right: the line moves with the clock and tickets are issued again. [CLOCK2]
 *
 * @returns whether the site was held
 */
export async function confirmClock(
  database: Database,
  siteId: string,
  now: number,
  day: string,
  { principal, origin }: By,
): Promise<boolean> {
  const [row] = await database.query<{ confirmed: boolean }>(
    'select nuanhao.confirm_clock($1, $2, $3, $4, $5) as confirmed',
    [siteId, now, day, principal, origin ?? null],
  )
  return row?.confirmed ?? false
}
