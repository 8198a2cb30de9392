import type { Query } from '#store/database.ts'

/** A row of the catalogue about one column. */
interface Made {
  name: string
  type: string
  nullable: boolean
  /** Texts and numbers that checks name. */
  named: string[]
  checked: boolean
}

interface Points {
  columns: string[]
  to: string
  /** Of the table it points to. */
  key: string[]
}

/** At least so many rows a table, so that each may point to another one. */
const ROWS = 14
/** Of the combinations of values that checks look at, at most so many are tried. */
const COMBINATIONS = 20_000

type Values = Record<string, unknown>

/**
 * Fills every table with rows made up from the catalogue: every column has a value somewhere, every value that a check names
 * is there, and so is every null a check allows. They mean nothing; they only fit.
 *
 * @param tables each after those it points to; what is none of them has rows already
 * @param never by table and column: values that checks allow, and that no program of that schema wrote
 */
export async function makeUpRows(
  query: Query,
  tables: readonly string[],
  never: Record<string, readonly string[]> = {},
): Promise<void> {
  const made = new Map<string, Values[]>()
  for (const table of tables) {
    const columns = await columnsOf(query, table, never)
    const points = await pointsOf(query, table)
    for (const { to } of points) if (!made.has(to)) made.set(to, await query(`select * from nuanhao.${to}`))
    const fitting = await fittingCombinations(query, table, columns)
    const wanted = Array.from({ length: Math.max(ROWS, fitting.length) }, (_, n) => {
      const row: Values = {}
      for (const { name, type } of columns) row[name] = madeUp(table, name, type, n)
      Object.assign(row, fitting[n % fitting.length])
      for (const { columns: own, to, key } of points) {
        const others = made.get(to) ?? []
        const other = others[n % others.length]
        if (!other) throw new Error(`${table} points to ${to}, which has no rows`)
        own.forEach((name, at) => {
          if (row[name] !== null) row[name] = other[key[at] ?? '']
        })
      }
      return row
    })
    const names = columns.map(({ name }) => `"${name}"`).join(', ')
    const rows = await query<Values>(
      `insert into nuanhao.${table} (${names})
       select ${names} from jsonb_populate_recordset(null::nuanhao.${table}, $1) on conflict do nothing returning *`,
      [JSON.stringify(wanted)],
    )
    made.set(table, rows)
    const empty = columns
      .filter(({ name }) => rows.every((row) => row[name] === null))
      .map(({ name }) => name)
    if (empty.length > 0) throw new Error(`no row of ${table} has a value for ${empty.join(', ')}`)
  }
}

async function columnsOf(
  query: Query,
  table: string,
  never: Record<string, readonly string[]>,
): Promise<Made[]> {
  const columns = await query<Omit<Made, 'named' | 'checked'> & Record<string, unknown>>(
    `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable
       from pg_attribute where attrelid = ('nuanhao.' || $1)::regclass and attnum > 0 and not attisdropped
        and attidentity = '' and attgenerated = ''`,
    [table],
  )
  const checks = await query<{ columns: string[]; text: string }>(
    `select array(select attname::text from pg_attribute where attrelid = conrelid and attnum = any (conkey)) as columns,
            pg_get_constraintdef(oid) as text
       from pg_constraint where conrelid = ('nuanhao.' || $1)::regclass and contype = 'c'`,
    [table],
  )
  return columns.map((column) => {
    const about = checks.filter(({ columns: names }) => names.includes(column.name))
    const literal = column.type === 'text' ? /'((?:[^']|'')*)'::text/g : /(?<![\w'])(\d+)/g
    // A pattern is no value, and what it forbids is in no made-up text.
    const named = about
      .filter(({ text }) => !/[!~]~|~/.test(text))
      .flatMap(({ text }) => [...text.matchAll(literal)].map(([, value]) => value ?? ''))
    const unheardOf = never[`${table}.${column.name}`] ?? []
    return {
      ...column,
      named: [...new Set(named)].filter((value) => !unheardOf.includes(value)),
      checked: about.some(({ text }) => !/~/.test(text)),
    }
  })
}

async function pointsOf(query: Query, table: string): Promise<Points[]> {
  return query<Points & Record<string, unknown>>(
    `select array(select attname::text from unnest(conkey) with ordinality as k (number, place)
                    join pg_attribute on attrelid = conrelid and attnum = number order by place) as columns,
            (select relname from pg_class where oid = confrelid) as to,
            array(select attname::text from unnest(confkey) with ordinality as k (number, place)
                    join pg_attribute on attrelid = confrelid and attnum = number order by place) as key
       from pg_constraint where conrelid = ('nuanhao.' || $1)::regclass and contype = 'f' and conrelid <> confrelid`,
    [table],
  )
}

/** Values for the columns that checks look at, such that all checks hold; a few for each value that one of them may have. */
async function fittingCombinations(query: Query, table: string, columns: readonly Made[]): Promise<Values[]> {
  const checked = columns.filter((column) => column.checked)
  if (checked.length === 0) return [{}]
  let combinations: Values[] = [{}]
  for (const column of checked) {
    const values = candidates(table, column)
    combinations = combinations.flatMap((before) =>
      values.map((value) => ({ ...before, [column.name]: value })),
    )
    if (combinations.length > COMBINATIONS) throw new Error(`the checks of ${table} are too many to try`)
  }
  const checks = await query<{ text: string }>(
    `select pg_get_expr(conbin, conrelid) as text from pg_constraint
      where conrelid = ('nuanhao.' || $1)::regclass and contype = 'c' and pg_get_expr(conbin, conrelid) !~ '~'`,
    [table],
  )
  const rows = await query<{ values: Values }>(
    `select c.value as values from jsonb_array_elements($1::jsonb) c
      cross join lateral jsonb_populate_record(null::nuanhao.${table}, c.value)
      where ${checks.map(({ text }) => `(${text}) is not false`).join(' and ')}`,
    [JSON.stringify(combinations)],
  )
  const fitting = rows.map(({ values }) => values)
  const chosen = new Set<Values>()
  for (const column of checked) {
    for (const value of candidates(table, column)) {
      // Where several do, one with few nulls.
      const [best] = fitting
        .filter((values) => values[column.name] === value)
        .sort((a, b) => nulls(a) - nulls(b))
      if (best) chosen.add(best)
    }
  }
  return [...chosen]
}

function candidates(table: string, { name, type, nullable, named }: Made): unknown[] {
  const number = /^(?:bigint|integer|smallint)$/.test(type)
  const values = number
    ? [...named.map(Number), 7]
    : named.length > 0
      ? named
      : [madeUp(table, name, type, 0)]
  return nullable ? [...new Set(values), null] : [...new Set(values)]
}

function nulls(values: Values): number {
  return Object.values(values).filter((value) => value === null).length
}

/** A value of a type. Texts hold what a careless writer would break. */
function madeUp(table: string, column: string, type: string, n: number): unknown {
  switch (type) {
    case 'text':
      return `${table} ${column} ${n} 暖号’"\\`
    case 'bigint':
      return 1_700_000_000_000 + n
    case 'integer':
    case 'smallint':
      return 100 + n
    case 'boolean':
      return n % 2 === 0
    case 'jsonb':
      // Settings have services: migrations add to each.
      return { [column]: [n, null, { text: '"\\\n号', more: 0.1 }], services: [{ made: 'up' }] }
    case 'text[]':
      return [`${column} ${n}`, 'with, comma', '"quoted"', '']
    default:
      throw new Error(`${table}.${column} has the type ${type}: say what a value of it looks like`)
  }
}
