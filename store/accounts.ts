import type { Localised } from '#domain/site.ts'
import type { Role } from '#protocol/api.ts'
import type { AccountItem } from '#protocol/session.ts'
import type { Database, Query } from './database.ts'

export interface Account {
  id: string
  /** null: an administrator of a program that has no hall yet. */
  siteId: string | null
  username: string
  name: Localised
  role: Role
  counterId: string | null
  passwordHash: string
  /** It was made up by the program, and is to be changed before anything else. [SIGNIN4] */
  initial: boolean
}

/** Somebody who may sign in, as a hall's settings say it. */
export interface AccountSetting {
  username: string
  name: Localised
  role: Role
  counterId: string | null
  skills: string[]
}

/** An account of nuanhao.account a. */
export const ACCOUNT = `a.id, a.site_id as "siteId", a.username, a.name, a.role, a.counter_id as "counterId",
  a.password_hash as "passwordHash", a.initial`

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
export async function insertAccount(query: Query, account: Omit<Account, 'initial'>): Promise<void> {
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

/** Gives an account a password that a person chose. */
export async function setPassword(
  database: Database,
  accountId: string,
  passwordHash: string,
): Promise<void> {
  await database.query('update nuanhao.account set password_hash = $2, initial = false where id = $1', [
    accountId,
    passwordHash,
  ])
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

/** Who may sign in to a site, by name of account. */
export async function accountsOfSite(database: Database, siteId: string): Promise<AccountItem[]> {
  return database.query<AccountItem & Record<string, unknown>>(
    'select id, username, name, role, initial from nuanhao.account where site_id = $1 and active order by username',
    [siteId],
  )
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
