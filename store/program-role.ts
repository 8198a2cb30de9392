import { tablesOf } from './backup/catalogue.ts'
import type { Query } from './database.ts'
import { lockSchema } from './migrate.ts'

/** Rows are added, read, changed and removed; of these tables less. */
const RIGHTS: Record<string, string> = {
  migration: 'select',
  audit: 'select, insert',
  audit_head: 'select, insert',
  // Written by what the database does itself when a row of the audit comes.
  audit_chain: 'select',
  audit_volume: 'select',
}

/** The program's login is none that would be held back; the message says why. */
export class UnfitRole extends Error {}

/**
 * Lets a login do what the program and its workers do, and nothing to tables: it can neither change nor empty nor drop one,
 * nor switch its triggers off. Within a transaction of whoever owns the schema, once that is up to date; again does no harm.
 *
 * @param password of a login that is made here; one that is there keeps its own
 * @throws UnfitRole
 */
export async function admitProgram(
  query: Query,
  { role, password }: { role: string; password: string },
): Promise<void> {
  await lockSchema(query)
  const [named] = await query<{ role: string; password: string; there: boolean }>(
    `select quote_ident($1) as role, quote_literal($2) as password,
            exists (select from pg_roles where rolname = $1) as there`,
    [role, password],
  )
  if (!named) throw new Error('the database said nothing')
  if (!named.there) {
    await query(`create role ${named.role} login ${password === '' ? '' : `password ${named.password}`}`)
  }
  const [unfit] = await query(
    `select from pg_roles r
      where r.rolname = $1
        and (r.rolsuper or r.rolcreaterole or r.rolbypassrls or r.rolreplication
          or exists (select from pg_database d where d.datname = current_database() and pg_has_role(r.oid, d.datdba, 'member'))
          or exists (select from pg_class c where c.relnamespace = 'nuanhao'::regnamespace and pg_has_role(r.oid, c.relowner, 'member')))`,
    [role],
  )
  if (unfit) {
    throw new UnfitRole(
      `${role} owns the hall’s tables or may do whatever it likes in the database: name another login in PROGRAM_DATABASE_URL`,
    )
  }
  await query(`grant usage on schema nuanhao to ${named.role}`)
  await query(`revoke all on all tables in schema nuanhao from ${named.role}`)
  await query(`grant usage, select on all sequences in schema nuanhao to ${named.role}`)
  for (const name of [...(await tablesOf(query)).map((table) => table.name), 'migration']) {
    await query(
      `grant ${RIGHTS[name] ?? 'select, insert, update, delete'} on nuanhao.${name} to ${named.role}`,
    )
  }
}
