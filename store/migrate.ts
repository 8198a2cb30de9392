import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from './database.ts'

const migrations = new URL('./migrations/', import.meta.url)
const functions = new URL('./functions/', import.meta.url)

/** Taken while migrating, so that of several servers that start at once one does it. */
const LOCK = 4_155_900

/**
 * Brings the schema up to date: each numbered file once, in order, and the functions whenever they changed.
 *
 * @throws Error when the database is of a newer program
 */
export async function migrate(database: Database): Promise<void> {
  const files = sqlFiles(migrations)
  await database.script(`
    select pg_advisory_xact_lock(${LOCK});
    create schema if not exists nuanhao;
    create table if not exists nuanhao.migration (name text primary key, digest text not null)`)
  const rows = await database.query<{ name: string; digest: string }>('select * from nuanhao.migration')
  const done = new Map(rows.map(({ name, digest }) => [name, digest]))
  const unknown = rows.find(({ name }) => name !== 'functions' && !files.includes(name))
  if (unknown) {
    throw new Error(
      `The database has the migration ${unknown.name}, which this version does not know: update the program`,
    )
  }
  for (const name of files.filter((file) => !done.has(file))) {
    await apply(database, name, readFileSync(new URL(name, migrations), 'utf8'), 'once')
  }
  const text = functionsText()
  if (done.get('functions') !== digest(text)) await apply(database, 'functions', text, 'anew')
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

async function apply(database: Database, name: string, text: string, how: 'once' | 'anew'): Promise<void> {
  // The row comes first: of two servers, the second waits here and then finds the work done.
  await database.script(`
    select pg_advisory_xact_lock(${LOCK});
    do $migration$ begin
      if ${how === 'once'} and exists (select 1 from nuanhao.migration where name = '${name}') then return; end if;
      execute $sql$ ${text} $sql$;
      insert into nuanhao.migration values ('${name}', '${digest(text)}')
      on conflict (name) do update set digest = excluded.digest;
    end $migration$`)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
