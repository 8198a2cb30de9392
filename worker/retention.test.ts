import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { businessDay, dayClose } from '#domain/calendar.ts'
import type { Hall } from '#line/hall.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { tablesOf } from '#store/backup/catalogue.ts'
import { DATA_DICTIONARY, type Entry, KEPT_FOR } from '#store/data-dictionary.ts'
import type { Database, Row } from '#store/database.ts'
import { openEmbedded } from '#store/embedded.ts'
import { openPostgres } from '#store/postgres.ts'
import { giveUpPrints } from '#store/print-jobs.ts'
import { MODES, type Mode, SITE } from '#test/harness/hall.ts'
import { makeUpRows } from '#test/harness/made-up-rows.ts'
import { createDatabase } from '#test/parts/postgres.ts'
import { FORGOTTEN_AFTER, purge } from './purge.ts'

const DAY = 86_400_000
/** Noon of a business day of the demo's site. */
const NOW = Date.parse('2026-03-04T04:00:00Z')

/** Kept for as long as the hall is there, or as the operator says. */
const NO_LIMIT = ['audit', 'record', 'working', 'hall']
/** Tables that are there already, or that their own triggers fill. */
const NOT_MADE_UP = /^(site|site_version|migration|setup_code|audit.*)$/

/** Every entry that has a limit. */
const LIMITED = DATA_DICTIONARY.filter(({ kept }) => !NO_LIMIT.includes(kept))

type Rows = Map<string, Map<string, Row>>

describe.each(MODES)('how long each thing is kept, %s', (mode) => {
  let database: Database
  let close: () => Promise<unknown>
  let before: Rows
  let after: Rows
  /** Columns that may be empty, as table.column. */
  let emptiable: Set<string>

  beforeAll(async () => {
    ;({ database, close } = await openDemo(mode))
    await fill(database)
    before = await allRows(database)
    const columns = await database.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'nuanhao' and is_nullable = 'YES'`,
    )
    emptiable = new Set(columns.map(({ name }) => name))
    await purge.run({ database, now: () => NOW } as Hall, pino({ level: 'silent' }))
    // As each server does, every second.
    await giveUpPrints(database, SITE, NOW - KEPT_FOR.printed, NOW)
    after = await allRows(database)
  })
  afterAll(() => close())

  /** Whether a row has anything of an entry still, or not. */
  const isGone = ({ table, columns }: Entry, key: string) => {
    const row = after.get(table)?.get(key)
    const may = columns.filter((column) => emptiable.has(`${table}.${column}`))
    return !row || (may.length > 0 && may.every((column) => row[column] === null))
  }
  const isWhole = ({ table, columns }: Entry, key: string, was: Row) => {
    const row = after.get(table)?.get(key)
    return row !== undefined && columns.every((column) => was[column] === null || row[column] !== null)
  }

  it.each(
    LIMITED.map((entry) => [`${entry.table} (${entry.columns.join(', ')})`, entry.kept, entry] as const),
  )('[DATA4] %s goes: %s, and not before', (_, __, entry) => {
    const rows = [...(before.get(entry.table) ?? [])]
    const past = rows.filter(([, row]) => hasHadItsTime(entry, row, before))
    const rest = rows.filter((row) => !past.includes(row))
    expect(past.length).toBeGreaterThan(0)
    expect(rest.length).toBeGreaterThan(0)
    expect(past.filter(([key]) => !isGone(entry, key))).toEqual([])
    expect(rest.filter(([key, row]) => !isWhole(entry, key, row))).toEqual([])
  })

  it('[DATA4] what has no limit stays', () => {
    const lost = DATA_DICTIONARY.filter(({ kept }) => NO_LIMIT.includes(kept)).flatMap((entry) =>
      [...(before.get(entry.table) ?? [])]
        .filter(([key, row]) => !isWhole(entry, key, row))
        .map(([key]) => `${entry.table} ${key}`),
    )
    expect(lost).toEqual([])
  })
})

/** What the dictionary says of a row. */
function hasHadItsTime(entry: Entry, row: Row, rows: Rows): boolean {
  if (entry.since !== undefined) return isOver(row[entry.since], KEPT_FOR[entry.kept])
  const ticket = rows.get('ticket')?.get(JSON.stringify([row.ticket_id]))
  const legs = [...(rows.get('leg')?.values() ?? [])].filter(({ ticket_id }) => ticket_id === row.ticket_id)
  const day = String(ticket?.day)
  // Where nobody has ended the visit, over its night. [PURGE5]
  const forgotten = dayClose(DEMO_SITE, day) + FORGOTTEN_AFTER <= NOW
  const dayOver = isOver(day, 0) && (forgotten || legs.every(({ state }) => state === 'completed'))
  if (entry.kept === 'day-over') return dayOver
  if (entry.kept === 'with-it') return row.kept === 'words' ? isOver(ticket?.day, KEPT_FOR.week) : dayOver
  throw new Error(`say when what is kept "${entry.kept}" has had its time`)
}

/** @param since a moment, ms, or a business day */
function isOver(since: unknown, limit: number): boolean {
  return typeof since === 'string' ? since < dayOf(NOW - limit) : Number(since) < NOW - limit
}

function dayOf(moment: number): string {
  return businessDay(moment, DEMO_SITE.timeZone)
}

/** Rows in every table, so that of each entry with a limit some have just had their time, and some nearly. */
async function fill({ query, transaction }: Database): Promise<void> {
  await transaction(async (within) => {
    const tables = (await tablesOf(within)).map(({ name }) => name.replaceAll('"', ''))
    await makeUpRows(
      within,
      tables.filter((name) => !NOT_MADE_UP.test(name)),
    )
  })
  // Visits of today, yesterday and last week, done or not, all with both keys.
  await query(
    `update nuanhao.ticket t set day = ($1::text[])[1 + n % 4], site_id = $2
       from (select id, row_number() over (order by id)::int as n from nuanhao.ticket) o where o.id = t.id`,
    [[0, 1, 7, 8].map((days) => dayOf(NOW - days * DAY)), SITE],
  )
  await query(
    `update nuanhao.leg l set hold = null, state = case when t.n % 8 < 4 then 'waiting' else 'completed' end
       from (select id, row_number() over (order by id) as n from nuanhao.ticket) t where t.id = l.ticket_id`,
  )
  await query(
    `insert into nuanhao.data_key select t.id, k.kept, '', '', ''
       from nuanhao.ticket t, unnest(array['visit', 'words']) as k (kept) on conflict do nothing`,
  )
  // A paper that has come out has no picture any more; a session rests for half a day at most.
  await query(`update nuanhao.print_job set state = 'waiting', done_at = null`)
  await query('update nuanhao.session set seen_at = $1', [NOW])
  const limited = LIMITED.map(({ table }) => table)
  for (const { table, columns } of DATA_DICTIONARY) {
    if (limited.includes(table) && columns.includes('site_id'))
      await query(`update nuanhao.${table} set site_id = $1`, [SITE])
  }
  for (const { table, since, kept } of LIMITED) {
    if (since === undefined) continue
    const [column] = await query<{ type: string }>(
      `select data_type as type from information_schema.columns
        where table_schema = 'nuanhao' and table_name = $1 and column_name = $2`,
      [table, since],
    )
    const at = NOW - KEPT_FOR[kept]
    const sides = column?.type === 'bigint' ? [at - 1, at + 1] : [dayOf(at - DAY), dayOf(at)]
    await query(
      `update nuanhao.${table} t set ${since} = ($1::${column?.type}[])[1 + n % 2]
         from (select ctid as place, row_number() over () as n from nuanhao.${table}) o where o.place = t.ctid`,
      [sides],
    )
  }
}

async function allRows({ query }: Database): Promise<Rows> {
  const rows: Rows = new Map()
  for (const { name, key } of await tablesOf(query)) {
    const found = await query<{ key: string; row: Row }>(
      `select jsonb_build_array(${key.join(', ')})::text as key, to_jsonb(t) as row from nuanhao.${name} t`,
    )
    rows.set(name.replaceAll('"', ''), new Map(found.map(({ key: id, row }) => [id, row])))
  }
  return rows
}

/** The demo's hall, without a server. */
async function openDemo(mode: Mode): Promise<{ database: Database; close: () => Promise<unknown> }> {
  if (mode === 'services') {
    const { url, drop } = await createDatabase(inject('postgresUrl'), inject('databases').demo)
    const database = await openPostgres(url, () => undefined)
    return { database, close: () => database.close().then(drop) }
  }
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-kept-'))
  cpSync(inject('folders').demo, folder, { recursive: true })
  const database = await openEmbedded(folder)
  return { database, close: () => database.close().then(() => rm(folder, { recursive: true })) }
}
