import { execFileSync } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { type Environment, readEnvironment } from '#settings/environment.ts'
import { hasSchema, tablesOf } from '#store/backup/catalogue.ts'
import { LEFT_OUT } from '#store/backup/format.ts'
import type { Database } from '#store/database.ts'
import { openEmbedded } from '#store/embedded.ts'
import { openPostgres } from '#store/postgres.ts'
import { createDatabase } from '#test/parts/postgres.ts'
import type { Program } from './program.ts'

/** Where a hall may be brought back: nothing is there yet. */
export interface Place {
  environment: Environment
  /** What lies there now. */
  open(): Promise<Database>
  /** Whether there is nothing of a hall. */
  isEmpty(): Promise<boolean>
  remove(): Promise<void>
}

/** A database, or a folder that is still to be made, without anything in it. */
export async function emptyPlace(mode: Environment['mode'], folder: string, keyFile: string): Promise<Place> {
  const variables = { DATA_DIR: folder, KEY_FILE: keyFile }
  if (mode === 'embedded') {
    return {
      environment: readEnvironment(variables, null),
      open: () => openEmbedded(folder),
      isEmpty: async () => !existsSync(join(folder, 'pg')),
      remove: () => rm(folder, { recursive: true, force: true }),
    }
  }
  const { url, drop } = await createDatabase(inject('postgresUrl'))
  const open = () => openPostgres(url, () => undefined)
  return {
    environment: readEnvironment({ ...variables, DATABASE_URL: url, REDIS_URL: inject('redisUrl') }, null),
    open,
    isEmpty: async () => {
      const database = await open()
      const there = await hasSchema(database.query)
      await database.close()
      return !there
    },
    remove: drop,
  }
}

/**
 * Ends a restore at once when it has read all of the backup but its last byte.
 *
 * @param start starts the restore of the file of that name
 */
export async function killNearTheEnd(backup: string, start: (file: string) => Program): Promise<void> {
  const pipe = `${backup}.pipe`
  execFileSync('mkfifo', [pipe])
  const program = start(pipe)
  const into = createWriteStream(pipe)
  // Of a pipe whose reader is killed.
  into.on('error', () => undefined)
  await new Promise((resolve) => into.write(readFileSync(backup).subarray(0, -1), resolve))
  program.process.kill('SIGKILL')
  const { signal, output } = await program.ended
  if (signal !== 'SIGKILL') throw new Error(`the restore had ended before it was killed:\n${output}`)
  into.destroy()
  await rm(pipe)
}

/** When a server last had word of a screen goes on by itself, whether anything happens or not. */
const BY_ITSELF = new Set(['seen_at'])

/** Every row of the tables that a backup has, in an order that does not hang on the database. */
export async function rowsOf({ query }: Pick<Database, 'query'>): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {}
  for (const { name, columns } of await tablesOf(query)) {
    if (LEFT_OUT.includes(name)) continue
    const left = columns.filter((column) => BY_ITSELF.has(column.name)).map((column) => column.name)
    const found = await query<{ row: string }>(
      `select (to_jsonb(t) - $1::text[])::text as row from nuanhao.${name} t`,
      [left],
    )
    rows[name] = found.map(({ row }) => row).sort()
  }
  return rows
}

/** All that makes a hall's schema: columns, keys, checks, indexes, guards, functions, parts of tables, sequences. */
export async function schemaOf({ query }: Pick<Database, 'query'>): Promise<string[]> {
  const rows = await query<{ text: string }>(
    `with nuanhao as (select oid, relname, relkind, relpartbound from pg_class where relnamespace = 'nuanhao'::regnamespace)
     select concat_ws(' ', relname, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, pg_get_expr(adbin, adrelid)) as text
       from nuanhao c join pg_attribute a on attrelid = c.oid left join pg_attrdef on adrelid = c.oid and adnum = attnum
      where relkind in ('r', 'p') and attnum > 0 and not attisdropped
     union all select concat_ws(' ', relname, conname, pg_get_constraintdef(k.oid)) from nuanhao c join pg_constraint k on conrelid = c.oid
      where contype <> 'n'
     union all select pg_get_indexdef(oid) from nuanhao where relkind in ('i', 'I')
     union all select concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled) from nuanhao c join pg_trigger t on tgrelid = c.oid where not tgisinternal
     union all select concat_ws(' ', relname, pg_get_expr(relpartbound, oid)) from nuanhao where relpartbound is not null
     union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'nuanhao'::regnamespace
     union all select concat_ws(' ', sequencename, last_value) from pg_sequences where schemaname = 'nuanhao'`,
  )
  return rows.map(({ text }) => text).sort()
}
