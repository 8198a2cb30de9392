import type { Localised } from '#domain/site.ts'
import type { Role } from '#protocol/api.ts'
import type { By } from './audit.ts'
import type { Database, Query } from './database.ts'
import { tokenHash } from './tokens.ts'

export interface Account {
  id: string
  /** null: an administrator of a program that has no hall yet. */
  siteId: string | null
  username: string
  name: Localised
  role: Role
  counterId: string | null
  passwordHash: string
}

/** Somebody who may sign in, as a hall's settings say it. */
export interface AccountSetting {
  username: string
  name: Localised
  role: Role
  counterId: string | null
  skills: string[]
}

/** A session ends this long after it was last used, ms. */
export const SESSION_IDLE = 12 * 3_600_000
/** A session ends this long after sign-in, whatever happens, ms. */
export const SESSION_LIFE = 24 * 3_600_000
/** A session's last use is written down at most this often, ms. */
const SEEN_EVERY = 60_000

const ACCOUNT = `a.id, a.site_id as "siteId", a.username, a.name, a.role, a.counter_id as "counterId",
  a.password_hash as "passwordHash"`

/** Somebody who may sign in; whoever may not any more is as unknown as whoever never could. [HALL7] */
export async function accountByName(database: Database, username: string): Promise<Account | null> {
  const [row] = await database.query<Account>(
    `select ${ACCOUNT} from nuanhao.account a where a.username = $1 and a.active`,
    [username],
  )
  return row ?? null
}

export async function accountById(database: Database, id: string): Promise<Account | null> {
  const [row] = await database.query<Account>(`select ${ACCOUNT} from nuanhao.account a where a.id = $1`, [
    id,
  ])
  return row ?? null
}

/** Writes a new account. Runs inside the caller's transaction. */
export async function insertAccount(query: Query, account: Account): Promise<void> {
  await query(
    `insert into nuanhao.account (id, site_id, username, name, role, counter_id, password_hash)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7)`,
    [
      account.id,
      account.siteId,
      account.username,
      JSON.stringify(account.name),
      account.role,
      account.counterId,
      account.passwordHash,
    ],
  )
}

export async function setPassword(
  database: Database,
  accountId: string,
  passwordHash: string,
): Promise<void> {
  await database.query('update nuanhao.account set password_hash = $2 where id = $1', [
    accountId,
    passwordHash,
  ])
}

/** Begins a session for the secret `token`, with an audit row. @param origin from where somebody signed in */
export async function insertSession(
  database: Database,
  token: string,
  accountId: string,
  now: number,
  origin?: string,
): Promise<void> {
  await database.query(
    `with begun as (
       insert into nuanhao.session (token_hash, account_id, created_at, seen_at) values ($1, $2, $3, $3))
     insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
     select site_id, $3, 'staff:' || id, $4, 'session:opened', id from nuanhao.account where id = $2`,
    [tokenHash(token), accountId, now, origin ?? null],
  )
}

/** Who a session's secret belongs to; null when unknown, ended or too old. Notes that it was used. */
export async function accountBySession(
  database: Database,
  token: string,
  now: number,
): Promise<Account | null> {
  const [row] = await database.query<Account & { seenAt: number; createdAt: number }>(
    `select ${ACCOUNT}, s.seen_at as "seenAt", s.created_at as "createdAt"
       from nuanhao.session s join nuanhao.account a on a.id = s.account_id
      where s.token_hash = $1 and a.active`,
    [tokenHash(token)],
  )
  if (!row || now - row.seenAt > SESSION_IDLE || now - row.createdAt > SESSION_LIFE) return null
  if (now - row.seenAt > SEEN_EVERY) {
    await database.query('update nuanhao.session set seen_at = $2 where token_hash = $1', [
      tokenHash(token),
      now,
    ])
  }
  return row
}

/** Ends a session, with an audit row. */
export async function deleteSession(database: Database, token: string, now: number, by: By): Promise<void> {
  await database.query(
    `with ended as (delete from nuanhao.session where token_hash = $1 returning account_id)
     insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
     select a.site_id, $2, $3, $4, 'session:closed', a.id from ended join nuanhao.account a on a.id = account_id`,
    [tokenHash(token), now, by.principal, by.origin ?? null],
  )
}

/** Who sits at a counter; null: nobody. */
export async function staffAt(database: Database, counterId: string): Promise<string | null> {
  const [row] = await database.query<{ staff: string | null }>(
    'select staff_id as staff from nuanhao.counter where id = $1',
    [counterId],
  )
  return row?.staff ?? null
}

/** Whom a hall's settings let sign in, in the order of their names. */
export function accountSettings(query: Query, siteId: string): Promise<AccountSetting[]> {
  return query<AccountSetting>(
    `select username, name, role, counter_id as "counterId", skills from nuanhao.account
      where site_id = $1 and active and managed order by username`,
    [siteId],
  )
}

/** Every name that is taken, of people and halls of yesterday too, and by which site; null: by none yet. */
export async function takenNames(
  query: Query,
  names: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await query<{ username: string; site: string | null }>(
    'select username, site_id as site from nuanhao.account where username = any ($1)',
    [names],
  )
  return new Map(rows.map(({ username, site }) => [username, site]))
}

/** Ends every session of an account. @returns their hashes, for those who watch by them */
export async function deleteSessionsOf(database: Database, accountId: string): Promise<string[]> {
  const rows = await database.query<{ hash: string }>(
    'delete from nuanhao.session where account_id = $1 returning token_hash as hash',
    [accountId],
  )
  return rows.map(({ hash }) => hash)
}

/** Who works at a site, by name of account. */
export async function staffOfSite(
  database: Database,
  siteId: string,
): Promise<{ id: string; name: Localised }[]> {
  return database.query(
    'select id, name from nuanhao.account where site_id = $1 and active order by username',
    [siteId],
  )
}
