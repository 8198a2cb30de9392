import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findOrInstall } from '#scripts/parts.mjs'
import { readSealed } from '#store/backup/sealed-file.ts'
import { takeBackup } from '#store/backup/take.ts'
import type { Database } from '#store/database.ts'
import type { Place } from './search.ts'
import type { Stage } from './stage.ts'

/** All that stands in a column. A part of a table has its table's name. */
function column(table: string, name: string, text: string): Place {
  const whole = table
    .replaceAll('"', '')
    .replace(/^nuanhao\./, '')
    .replace(/^audit_\d+$/, 'audit')
  return { kind: 'column', name: `${whole}.${name}`, whom: 'nobody', text }
}

/** Every row of every table of every schema, column by column. */
export async function columnsOf({ query }: Database): Promise<Place[]> {
  const tables = await query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  const places: Place[] = []
  for (const { name } of tables) {
    const rows = await query<{ column: string; text: string }>(
      `select e.key as column, string_agg(e.value, E'\\n') as text from ${name} t, jsonb_each_text(to_jsonb(t)) e group by 1`,
    )
    for (const { column: of, text } of rows) places.push(column(name, of, text ?? ''))
  }
  return places
}

/** What `pg_dump` writes, column by column, and the rest of it. */
export function dumpOf(url: string): Place[] {
  // Where PostgreSQL itself is: a folder on the PATH may hold a link to it alone.
  const programs = dirname(realpathSync(join(findOrInstall('postgres'), 'postgres')))
  const program = join(programs, 'pg_dump')
  const text = execFileSync(program, ['--dbname', url], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  const columns = new Map<string, string[]>()
  let around = ''
  let into: { table: string; names: string[] } | null = null
  for (const line of text.split('\n')) {
    const [, table, names] = /^COPY (\S+) \((.*)\) FROM stdin;$/.exec(line) ?? []
    if (table !== undefined) into = { table, names: (names ?? '').split(', ') }
    else if (line === '\\.') into = null
    else if (!into) around += `${line}\n`
    else {
      for (const [index, value] of line.split('\t').entries()) {
        const at = `${into.table} ${into.names[index]?.replaceAll('"', '')}`
        columns.set(at, [...(columns.get(at) ?? []), value.replaceAll('\\\\', '\\')])
      }
    }
  }
  const dumped = [...columns].map(([at, values]) => {
    const [table = '', name = ''] = at.split(' ')
    return column(table, name, values.join('\n'))
  })
  return [...dumped, { kind: 'column', name: 'dump.around', whom: 'nobody', text: around }]
}

/** The files of a folder as they lie there. */
export function filesOf(folder: string): Place[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({
      ...({ kind: 'file', name: join(parentPath, name).slice(folder.length + 1), whom: 'nobody' } as const),
      text: readFileSync(join(parentPath, name)).toString('latin1'),
    }))
}

/** A backup made while the hall runs: the file as it lies there, and opened, column by column. */
export async function backupOf(
  { environment, folder, backupKey: key }: Stage,
  name = 'hall.age',
): Promise<Place[]> {
  const to = join(folder, name)
  await takeBackup({ environment, to, key, keep: null, program: 'test', now: Date.now() })
  const columns = new Map<string, string[]>()
  let around = ''
  await readSealed(to, key, async (lines) => {
    let into: { table: string; columns: string[] } | null = null
    for await (const line of lines) {
      const said = JSON.parse(line)
      if (Array.isArray(said)) {
        for (const [index, value] of said.entries()) {
          const at = `${into?.table} ${into?.columns[index]}`
          columns.set(at, [...(columns.get(at) ?? []), String(value)])
        }
      } else {
        if ('table' in said) into = said
        around += `${line}\n`
      }
    }
  })
  const opened = [...columns].map(([at, values]) => {
    const [table = '', name = ''] = at.split(' ')
    return column(table, name, values.join('\n'))
  })
  return [
    { kind: 'backup', name, whom: 'nobody', text: readFileSync(to).toString('latin1') },
    { kind: 'backup', name: `${name} around its rows`, whom: 'nobody', text: around },
    ...opened,
  ]
}

/** What a program printed: lines of its log, and what it says to whoever started it. */
export function printedBy(name: string, output: string): Place[] {
  const lines = output.split('\n')
  const isLog = (line: string) => line.startsWith('{')
  return [
    { kind: 'log', name: `log of the ${name}`, whom: 'nobody', text: lines.filter(isLog).join('\n') },
    {
      ...{ kind: 'log', name: `terminal of the ${name}`, whom: 'operator' },
      text: lines.filter((line) => !isLog(line)).join('\n'),
    },
  ]
}
