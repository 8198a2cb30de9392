import type { HallSessionItem, SessionItem, SessionOrigin } from '#protocol/session.ts'
import { ACCOUNT, type Account } from './accounts.ts'
import type { By } from './audit.ts'
import type { Database } from './database.ts'
import { tokenHash } from './tokens.ts'

/** A session ends this long after it was last used, ms. [SIGNIN2] */
export const SESSION_IDLE = 12 * 3_600_000
/** A session ends this long after sign-in, whatever happens, ms. [SIGNIN2] */
export const SESSION_LIFE = 24 * 3_600_000
/** A session's last use is written down at most this often, ms. */
const SEEN_EVERY = 60_000

/** `$1` is now. */
const GOOD = `s.seen_at >= $1::bigint - ${SESSION_IDLE} and s.created_at >= $1::bigint - ${SESSION_LIFE}`

type Asking = Pick<Database, 'query'>

/** A session that begins. */
export interface NewSession {
  id: string
  /** The secret that opens it. */
  token: string
  accountId: string
  origin?: SessionOrigin
}

/** Begins a session, with an audit row. @param address from where somebody signed in, as the audit has it */
export async function insertSession(
  { query }: Asking,
  { id, token, accountId, origin }: NewSession,
  now: number,
  address?: string,
): Promise<void> {
  await query(
    `with begun as (
       insert into nuanhao.session (id, token_hash, account_id, origin, created_at, seen_at)
       values ($5, $1, $2, $6::jsonb, $3, $3))
     insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
     select site_id, $3, 'staff:' || id, $4, 'session:opened', id from nuanhao.account where id = $2`,
    [tokenHash(token), accountId, now, address ?? null, id, origin ? JSON.stringify(origin) : null],
  )
}

/** Who a session's secret belongs to; null when unknown, ended or too old. Notes that it was used. */
export async function accountBySession(
  { query }: Asking,
  token: string,
  now: number,
): Promise<Account | null> {
  const [row] = await query<Account & { seenAt: number }>(
    `select ${ACCOUNT}, s.seen_at as "seenAt"
       from nuanhao.session s join nuanhao.account a on a.id = s.account_id
      where ${GOOD} and s.token_hash = $2 and a.active`,
    [now, tokenHash(token)],
  )
  if (row && now - row.seenAt > SEEN_EVERY) {
    await query('update nuanhao.session set seen_at = $2 where token_hash = $1', [tokenHash(token), now])
  }
  return row ?? null
}

/** Of these hashes of secrets those that open something still, and what as. */
export async function goodSessions(
  { query }: Asking,
  hashes: readonly string[],
  now: number,
): Promise<Map<string, Pick<Account, 'siteId' | 'role'>>> {
  const rows = await query<{ hash: string } & Pick<Account, 'siteId' | 'role'>>(
    `select s.token_hash as hash, a.site_id as "siteId", a.role from nuanhao.session s join nuanhao.account a on a.id = s.account_id
      where ${GOOD} and s.token_hash = any ($2) and a.active and not a.initial`,
    [now, hashes],
  )
  return new Map(rows.map(({ hash, ...is }) => [hash, is]))
}

/** Ends a session by its secret, with an audit row. */
export async function deleteSession({ query }: Asking, token: string, now: number, by: By): Promise<void> {
  await query(
    `with ended as (delete from nuanhao.session where token_hash = $1 returning account_id)
     insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
     select a.site_id, $2, $3, $4, 'session:closed', a.id from ended join nuanhao.account a on a.id = account_id`,
    [tokenHash(token), now, by.principal, by.origin ?? null],
  )
}

const ITEM = `s.id, s.created_at as since, s.seen_at as "seenAt", s.origin, s.token_hash = $2 as current`

/** Where somebody is signed in, the latest first. @param token the secret of the session that asks */
export function sessionsOf(
  { query }: Asking,
  accountId: string,
  token: string,
  now: number,
): Promise<SessionItem[]> {
  return query<SessionItem & Record<string, unknown>>(
    `select ${ITEM} from nuanhao.session s where ${GOOD} and s.account_id = $3 order by s.created_at desc, s.id`,
    [now, tokenHash(token), accountId],
  )
}

/** Where anybody of a site is signed in, the latest first. */
export function sessionsOfSite(
  { query }: Asking,
  siteId: string,
  token: string,
  now: number,
): Promise<HallSessionItem[]> {
  return query<HallSessionItem & Record<string, unknown>>(
    `select ${ITEM}, jsonb_build_object('id', a.id, 'name', a.name, 'role', a.role) as person
       from nuanhao.session s join nuanhao.account a on a.id = s.account_id
      where ${GOOD} and a.site_id = $3 and a.active order by s.created_at desc, s.id`,
    [now, tokenHash(token), siteId],
  )
}

/** Which sessions end: one of a person's or of a site's, or all of a person's but the one with that secret. */
export type Ending =
  | { id: string; accountId: string }
  | { id: string; siteId: string }
  | { accountId: string; but: string }

/**
 * Ends sessions, with an audit row for each. [SIGNIN6] [SIGNIN7]
 *
 * @returns the hashes of their secrets, for those who watch by them
 */
export async function endSessions({ query }: Asking, which: Ending, now: number, by: By): Promise<string[]> {
  const of = { id: null, accountId: null, siteId: null, but: null, ...which }
  const rows = await query<{ hash: string }>(
    `with ended as (
       delete from nuanhao.session s using nuanhao.account a
        where a.id = s.account_id and ($1::text is null or s.id = $1) and ($2::text is null or a.id = $2)
          and ($3::text is null or a.site_id = $3) and ($4::text is null or s.token_hash <> $4)
       returning s.token_hash as hash, a.id, a.site_id),
     told as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
       select site_id, $5, $6, $7, 'session:ended', id from ended)
     select hash from ended`,
    [
      ...[of.id, of.accountId, of.siteId, of.but === null ? null : tokenHash(of.but)],
      ...[now, by.principal, by.origin ?? null],
    ],
  )
  return rows.map(({ hash }) => hash)
}

/**
 * Somebody is given a password that was made up, and every session of theirs ends, with an audit row. [SIGNIN4] [SIGNIN11]
 *
 * @param siteId null: of whoever has no hall yet
 * @returns by which name they sign in, and the hashes of the secrets of those sessions; null: the site has nobody like that
 */
export async function givePassword(
  { query }: Asking,
  { accountId, siteId, passwordHash }: { accountId: string; siteId: string | null; passwordHash: string },
  now: number,
  by: By,
): Promise<{ username: string; hashes: string[] } | null> {
  const [row] = await query<{ username: string; hashes: string[] }>(
    `with given as (
       update nuanhao.account set password_hash = $3, initial = true
        where id = $1 and site_id is not distinct from $2 and active returning id, site_id, username),
     ended as (
       delete from nuanhao.session s using given g where s.account_id = g.id returning s.token_hash as hash),
     told as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
       select site_id, $4, $5, $6, 'account:password', id from given)
     select username, (select coalesce(jsonb_agg(hash), '[]') from ended) as hashes from given`,
    [accountId, siteId, passwordHash, now, by.principal, by.origin ?? null],
  )
  return row ?? null
}

/** Somebody's own choice of a password, both as hashes. */
export interface PasswordChange {
  accountId: string
  was: string
  is: string
  /** The secret of the session that goes on. */
  token: string
}

/**
 * Somebody chooses a password, and every other session of theirs ends, with an audit row. [SIGNIN5]
 *
 * @returns the hashes of the secrets of those; null when the password is another one by now
 */
export async function changePassword(
  { query }: Asking,
  { accountId, was, is, token }: PasswordChange,
  now: number,
  by: By,
): Promise<string[] | null> {
  const [row] = await query<{ hashes: string[] | null }>(
    `with changed as (
       update nuanhao.account set password_hash = $3, initial = false where id = $1 and password_hash = $2
       returning id, site_id),
     ended as (
       delete from nuanhao.session s using changed c where s.account_id = c.id and s.token_hash <> $4
       returning s.token_hash as hash),
     told as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
       select site_id, $5, $6, $7, 'account:password', id from changed)
     select (select coalesce(jsonb_agg(hash), '[]') from ended) as hashes from changed`,
    [accountId, was, is, tokenHash(token), now, by.principal, by.origin ?? null],
  )
  return row?.hashes ?? null
}
