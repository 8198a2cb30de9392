import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { Database, Query } from './database.ts'

const migrations = new URL('./migrations/', import.meta.url)
const functions = new URL('./functions/', import.meta.url)

/** Taken while migrating, so that of several servers that start at once one does it. */
const LOCK = 4_155_900

/** SQLSTATE: whoever asks has no right to this. */
export const MAY_NOT = '42501'

/** A numbered file that was applied, with the SHA-256 of its text then. */
export interface Migration {
  name: string
  digest: string
}

/** The database, or a backup, is not of this program; the message says what to do. */
export class WrongSchema extends Error {}

/**
 * Brings the schema up to date: each numbered file once, in order, and the functions whenever they changed. Each is a
 * transaction of its own, so that servers that start at once wait for each other no longer than for one. Where all is done
 * it only looks: the program's login need not be able to change anything. [MIGRATE3]
 *
 * @throws WrongSchema
 */
export async function migrate(database: Database): Promise<void> {
  if (await isUpToDate(database.query)) return
  try {
    const done = await database.transaction(prepare)
    for (const name of missing(done)) await database.transaction((query) => apply(query, name))
    await database.transaction(installFunctions)
  } catch (error) {
    if ((error as { code?: string }).code !== MAY_NOT) throw error
    throw new WrongSchema(
      'The database is not up to date, and the login of DATABASE_URL may not change it: run "npm run migrate" with the owner’s first.',
    )
  }
}

async function isUpToDate(query: Query): Promise<boolean> {
  const [there] = await query(
    `select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'nuanhao' and c.relname = 'migration'
        and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')`,
  )
  if (!there) return false
  const done = await migrationsOf(query)
  refuseForeign('The database', done)
  return missing(done).length === 0 && (await functionsDigest(query)) === digest(functionsText())
}

/**
 * The same within the caller's transaction.
 *
 * @param only just these of the files, and no functions: the schema as it was when there were no others
 * @throws WrongSchema
 */
export async function migrateWithin(query: Query, only?: readonly string[]): Promise<void> {
  const done = await prepare(query)
  for (const name of missing(done)) if (only?.includes(name) ?? true) await apply(query, name)
  if (!only) await installFunctions(query)
}

/**
 * Whether this program has all of these migrations, and as they were. [MIGRATE2]
 *
 * @param where whose they are: "The database"
 * @throws WrongSchema
 */
export function refuseForeign(where: string, applied: readonly Migration[]): void {
  const own = new Map(migrationsHere().map(({ name, digest }) => [name, digest]))
  for (const { name, digest } of applied) {
    const here = own.get(name)
    if (here === undefined) {
      throw new WrongSchema(
        `${where} has the migration ${name}, which this version does not know: update the program`,
      )
    }
    if (here !== digest) {
      throw new WrongSchema(
        `${where} was made with another text of the migration ${name} than this version has. A migration never changes ` +
          'once it is in use: use the version that made it, or begin anew in an empty database.',
      )
    }
  }
}

/** The numbered files of this program. */
export function migrationsHere(): Migration[] {
  return sqlFiles(migrations).map((name) => ({ name, digest: digest(textOf(name)) }))
}

/** What a database was brought up to date with. */
export async function migrationsOf(query: Query): Promise<Migration[]> {
  return query<Migration & Record<string, unknown>>(
    `select name, digest from nuanhao.migration where name <> 'functions' order by name`,
  )
}

/** The SQL of all functions, in the order in which they are installed. */
export function functionsText(): string {
  return sqlFiles(functions)
    .map((name) => readFileSync(new URL(name, functions), 'utf8'))
    .join('\n')
}

function sqlFiles(folder: URL): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
}

/** However the checkout ends its lines. */
function textOf(name: string): string {
  return readFileSync(new URL(name, migrations), 'utf8').replaceAll('\r\n', '\n')
}

async function prepare(query: Query): Promise<Migration[]> {
  await lockSchema(query)
  await query('create schema if not exists nuanhao')
  await query('create table if not exists nuanhao.migration (name text primary key, digest text not null)')
  const done = await migrationsOf(query)
  refuseForeign('The database', done)
  return done
}

function missing(done: readonly Migration[]): string[] {
  const names = new Set(done.map(({ name }) => name))
  return sqlFiles(migrations).filter((name) => !names.has(name))
}

async function apply(query: Query, name: string): Promise<void> {
  // Of two servers, the second waits here and then finds the work done.
  await lockSchema(query)
  const [done] = await query('select from nuanhao.migration where name = $1', [name])
  if (done) return
  const text = textOf(name)
  await run(query, text)
  await query('insert into nuanhao.migration values ($1, $2)', [name, digest(text)])
}

async function installFunctions(query: Query): Promise<void> {
  await lockSchema(query)
  const text = functionsText()
  if ((await functionsDigest(query)) === digest(text)) return
  await run(query, text)
  await query(
    `insert into nuanhao.migration values ('functions', $1) on conflict (name) do update set digest = excluded.digest`,
    [digest(text)],
  )
}

async function functionsDigest(query: Query): Promise<string | undefined> {
  const [done] = await query<{ digest: string }>(
    `select digest from nuanhao.migration where name = 'functions'`,
  )
  return done?.digest
}

/** Several statements, as one, which both drivers take within a transaction. */
async function run(query: Query, text: string): Promise<void> {
  await query(`do $migration$ begin execute $sql$ ${text} $sql$; end $migration$`)
}

/** Until the end of the transaction nobody else changes the schema. */
export async function lockSchema(query: Query): Promise<void> {
  await query(`select pg_advisory_xact_lock(${LOCK})`)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
