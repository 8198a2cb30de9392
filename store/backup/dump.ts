import { createHash, type Hash } from 'node:crypto'
import type { Query } from '../database.ts'
import { migrationsOf } from '../migrate.ts'
import { partitionsOf, sequencesOf, type Table, tablesOf } from './catalogue.ts'
import { FORMAT, type Header, LEFT_OUT, type SiteThen, type Trailer } from './format.ts'

/** How many rows are asked for at a time. */
const PAGE = 1_000

/** All reads of a transaction that begins with this see one moment. */
export async function asOfNow(query: Query): Promise<void> {
  await query('set transaction isolation level repeatable read, read only')
  // What has several ways to be written as text is written in one.
  await query(
    `select set_config('datestyle', 'ISO, YMD', true), set_config('timezone', 'UTC', true),
            set_config('intervalstyle', 'postgres', true), set_config('bytea_output', 'hex', true),
            set_config('extra_float_digits', '1', true)`,
  )
}

export async function headerOf(
  query: Query,
  about: Pick<Header, 'program' | 'mode' | 'takenAt'>,
): Promise<Header> {
  const tables = await keptTables(query)
  const rows: Record<string, number> = {}
  for (const { name } of tables) {
    const [row] = await query<{ count: number }>(`select count(*) from nuanhao.${name}`)
    rows[name] = row?.count ?? 0
  }
  const sites = await query<SiteThen & Record<string, unknown>>(
    `select id, settings -> 'name' as name, seq, clock as at from nuanhao.site order by id`,
  )
  return {
    format: FORMAT,
    ...about,
    migrations: await migrationsOf(query),
    sites,
    rows,
    partitions: await partitionsOf(query),
    sequences: await sequencesOf(query),
  }
}

/** The text of a backup, in pieces of whole lines. `query` is within a transaction that began with `asOfNow`. [BACKUP1] */
export async function* dump(query: Query, header: Header): AsyncGenerator<string> {
  const all = createHash('sha256')
  const said = (text: string) => {
    all.update(text)
    return text
  }
  yield said(`${JSON.stringify({ header })}\n`)
  const tables = await keptTables(query)
  let total = 0
  for (const { name, columns, key } of tables) {
    yield said(`${JSON.stringify({ table: name, columns: columns.map((column) => column.name) })}\n`)
    const digest = createHash('sha256')
    let rows = 0
    for await (const page of pages(query, { name, columns, key })) {
      rows += page.length
      yield said(hashed(digest, `${page.join('\n')}\n`))
    }
    total += rows
    yield said(`${JSON.stringify({ end: name, rows, sha256: digest.digest('hex') })}\n`)
  }
  const trailer: Trailer = { tables: tables.length, rows: total, sha256: all.digest('hex') }
  yield `${JSON.stringify({ trailer })}\n`
}

async function keptTables(query: Query): Promise<Table[]> {
  return (await tablesOf(query)).filter(({ name }) => !LEFT_OUT.includes(name))
}

/** The rows of a table by its key, each as a line without its end. */
async function* pages(
  query: Query,
  { name, columns, key }: Pick<Table, 'name' | 'columns' | 'key'>,
): AsyncGenerator<string[]> {
  const values = columns.map((column) => `${column.name}::text`).join(', ')
  const order = key.length > 0 ? `order by ${key.join(', ')}` : ''
  await query(
    `declare page no scroll cursor for select json_build_array(${values})::text as line from nuanhao.${name} ${order}`,
  )
  for (;;) {
    const rows = await query<{ line: string }>(`fetch ${PAGE} from page`)
    if (rows.length > 0) yield rows.map(({ line }) => line)
    if (rows.length < PAGE) break
  }
  await query('close page')
}

function hashed(digest: Hash, text: string): string {
  digest.update(text)
  return text
}
