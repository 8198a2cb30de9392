import type { Query } from '../database.ts'

/** A table of the hall, as PostgreSQL's catalogue has it. Names are as SQL writes them. */
export interface Table {
  name: string
  columns: Column[]
  /** Columns of the primary key. */
  key: string[]
  /** Tables its rows point to. */
  refersTo: string[]
}

export interface Column {
  name: string
  /** As SQL writes it: `text[]`. */
  type: string
}

/** A part of a divided table: made while the program runs, and so in no migration. */
export interface Partition {
  name: string
  of: string
  /** `FOR VALUES FROM ('1') TO ('2')` */
  bound: string
}

/** Says nothing of the hall: which files made its schema. */
const NOT_THE_HALL = 'migration'

/** The tables of the hall, each after those it points to. */
export async function tablesOf(query: Query): Promise<Table[]> {
  const rows = await query<{
    name: string
    columns: Column[]
    key: string[] | null
    refersTo: string[] | null
  }>(
    `select quote_ident(c.relname) as name,
       (select jsonb_agg(jsonb_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod))
               order by a.attnum)
          from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       (select jsonb_agg(quote_ident(a.attname) order by k.place)
          from pg_index i cross join unnest(i.indkey) with ordinality as k (attnum, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
         where i.indrelid = c.oid and i.indisprimary) as key,
       (select jsonb_agg(distinct quote_ident(f.relname))
          from pg_constraint k join pg_class f on f.oid = k.confrelid
         where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as "refersTo"
     from pg_class c
    where c.relnamespace = 'nuanhao'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> $1
    order by c.relname`,
    [NOT_THE_HALL],
  )
  return inOrder(rows.map((row) => ({ ...row, key: row.key ?? [], refersTo: row.refersTo ?? [] })))
}

export async function partitionsOf(query: Query): Promise<Partition[]> {
  return query<Partition & Record<string, unknown>>(
    `select quote_ident(c.relname) as name, quote_ident(p.relname) as of, pg_get_expr(c.relpartbound, c.oid) as bound
       from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
      where c.relnamespace = 'nuanhao'::regnamespace and c.relispartition and c.relkind in ('r', 'p') order by c.relname`,
  )
}

/** The last number each sequence gave; those that gave none are not there. */
export async function sequencesOf(query: Query): Promise<Record<string, number>> {
  const rows = await query<{ name: string; last: number }>(
    `select quote_ident(sequencename) as name, last_value as last from pg_sequences
      where schemaname = 'nuanhao' and last_value is not null order by sequencename`,
  )
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]))
}

/** Whether there is nothing of a hall: no schema, or one without a row. */
export async function isEmpty(query: Query): Promise<boolean> {
  if (!(await hasSchema(query))) return true
  for (const { name } of await tablesOf(query)) {
    // Made by every start of a server that has no hall yet.
    if (name === 'setup_code') continue
    const rows = await query(`select from nuanhao.${name} limit 1`)
    if (rows.length > 0) return false
  }
  return true
}

export async function hasSchema(query: Query): Promise<boolean> {
  const [row] = await query<{ there: boolean }>(`select to_regnamespace('nuanhao') is not null as there`)
  return row?.there ?? false
}

function inOrder(tables: Table[]): Table[] {
  const placed: Table[] = []
  const names = new Set<string>()
  let left = tables
  while (left.length > 0) {
    const next = left.filter(({ refersTo }) => refersTo.every((name) => names.has(name)))
    if (next.length === 0)
      throw new Error(`tables point to each other: ${left.map(({ name }) => name).join(', ')}`)
    for (const table of next) names.add(table.name)
    placed.push(...next)
    left = left.filter(({ name }) => !names.has(name))
  }
  return placed
}
