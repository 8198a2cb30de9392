import type { Query } from '../database.ts'
import { migrateWithin, refuseForeign } from '../migrate.ts'
import { type Column, type Partition, partitionsOf, tablesOf } from './catalogue.ts'
import { BadBackup, type Header } from './format.ts'
import type { Part } from './parts.ts'

/** A name that needs no quotes, and a range of whole numbers: nothing else of a backup gets into a statement as it stands. */
const NAME = /^[a-z][a-z0-9_]*$/
const BOUND = /^FOR VALUES FROM \(\d+\) TO \(\d+\)$/

/**
 * Makes the hall of a backup in a database without a schema: first the schema as it was then, then every row, then all that
 * has been added to the schema since. Within a transaction, or where nobody looks before it has succeeded. [BACKUP6] [BACKUP8]
 *
 * @throws BadBackup, WrongSchema
 */
export async function fill(query: Query, parts: AsyncIterable<Part>): Promise<Header> {
  let header: Header | null = null
  let columns = new Map<string, Column[]>()
  let guarded: string[] = []
  let insert = ''
  for await (const part of parts) {
    if ('header' in part) {
      header = part.header
      refuseForeign(`The backup is of version ${header.program}: it`, header.migrations)
      await migrateWithin(
        query,
        header.migrations.map(({ name }) => name),
      )
      await divide(query, header.partitions)
      const tables = await tablesOf(query)
      columns = new Map(tables.map((table) => [table.name, table.columns]))
      guarded = [...columns.keys(), ...header.partitions.map(({ name }) => name)]
      // What guards or follows a change of rows has done so when they were first written.
      await triggers(query, guarded, 'disable')
      // Migrations write first rows of their own, which are in the backup as they were then.
      await query(`truncate ${tables.map(({ name }) => `nuanhao.${name}`).join(', ')}`)
    } else if ('table' in part) {
      insert = insertion(part.table, part.columns, columns.get(part.table) ?? [])
    } else {
      await query(insert, [`[${part.rows.join(',')}]`])
    }
  }
  if (!header) throw new BadBackup('it has no header')
  await triggers(query, guarded, 'enable')
  for (const [name, last] of Object.entries(header.sequences)) {
    await query('select setval($1::regclass, $2)', [`nuanhao.${name}`, last])
  }
  await migrateWithin(query)
  return header
}

/** A statement that takes rows as JSON: arrays of texts, in the order of the named columns. */
function insertion(table: string, named: readonly string[], columns: readonly Column[]): string {
  const values = named.map((name, place) => {
    const type = columns.find((column) => column.name === name)?.type
    if (!type) throw new BadBackup(`it has ${table}.${name}, and the schema it names has not`)
    return `(line ->> ${place})::${type}`
  })
  return `insert into nuanhao.${table} (${named.join(', ')}) overriding system value
          select ${values.join(', ')} from json_array_elements($1::json) line`
}

/** Gives divided tables the parts they had, each guarded as those that a migration made; no others. */
async function divide(query: Query, wanted: readonly Partition[]): Promise<void> {
  const made = await partitionsOf(query)
  const known = new Set((await tablesOf(query)).map(({ name }) => name))
  for (const { name, of, bound } of wanted) {
    if (made.some((part) => part.name === name)) continue
    if (!known.has(of) || !NAME.test(name) || !BOUND.test(bound)) {
      throw new BadBackup(`it has ${name} as a part of ${of}, which is none`)
    }
    await query(`create table nuanhao.${name} partition of nuanhao.${of} ${bound}`)
    const model = made.find((part) => part.of === of)
    // Those of the whole table it has already.
    const guards = await query<{ text: string }>(
      `select pg_get_triggerdef(t.oid) as text from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = 'nuanhao'::regnamespace and quote_ident(c.relname) = $1 and not t.tgisinternal and t.tgparentid = 0`,
      [model?.name ?? ''],
    )
    for (const { text } of guards) {
      await query(text.replace(` ON nuanhao.${model?.name} `, ` ON nuanhao.${name} `))
    }
  }
  for (const { name } of made) {
    if (!wanted.some((part) => part.name === name)) await query(`drop table nuanhao.${name}`)
  }
}

async function triggers(query: Query, tables: Iterable<string>, how: 'disable' | 'enable'): Promise<void> {
  for (const table of tables) await query(`alter table nuanhao.${table} ${how} trigger user`)
}
