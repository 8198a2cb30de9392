import type { Database, Query } from './database.ts'

/** So many sign-ins in a row may fail for one name. */
export const FREE_ATTEMPTS = 10
/** The wait after that, ms; each further failure doubles it. */
const FIRST_HOLD = 60_000
const LONGEST_HOLD = 15 * 60_000

/**
 * Somebody tries to sign in by a name, which counts as a failure until forgetAttempts(). [SIGNIN1]
 *
 * @returns how long the name is not let in, ms; 0: this one may try
 */
export async function beginAttempt(database: Database, username: string, now: number): Promise<number> {
  const [row] = await database.query<{ held: number }>(
    'select nuanhao.begin_sign_in($1, $2, $3, $4, $5) as held',
    [username, now, FREE_ATTEMPTS, FIRST_HOLD, LONGEST_HOLD],
  )
  return Number(row?.held ?? 0)
}

/** Somebody was let in by this name, or its password is a new one. What nobody tries any more the purge removes. */
export async function forgetAttempts(query: Query, username: string): Promise<void> {
  await query(
    `delete from nuanhao.sign_in_attempt where name_hash = encode(sha256(convert_to($1, 'UTF8')), 'hex')`,
    [username],
  )
}
