import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { businessDay } from '#domain/calendar.ts'
import type { Change } from '#domain/change.ts'
import * as decide from '#domain/decide.ts'
import type { Situation } from '#domain/site.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { MODES, type Mode, startHall } from '#test/harness/hall.ts'
import { makeUpRows } from '#test/harness/made-up-rows.ts'
import { createDatabase } from '#test/parts/postgres.ts'
import { auditOf, verifyAudit } from './audit-verify.ts'
import { tablesOf } from './backup/catalogue.ts'
import { dump, headerOf } from './backup/dump.ts'
import { fill } from './backup/fill.ts'
import { LEFT_OUT } from './backup/format.ts'
import { partsOf } from './backup/parts.ts'
import { type About, type Committed, commit, readSituation } from './commit.ts'
import type { Database, Query, Row } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { migrate, migrateWithin, migrationsHere, WrongSchema } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { readSite } from './sites.ts'

const schemas = migrationsHere().map(({ name }) => name)
const folder = new URL('../test/schemas/', import.meta.url)
/** Schemas of which a day was recorded. */
const recorded = readdirSync(folder)
const SITE = 'nuanan'

/** What a migration writes into a column that it adds, where that is no default. */
const ADDED: Record<string, (row: Row) => unknown> = {
  // 0002: a leg that was called knows where to.
  'leg.call_counter_id': (row) => (row.call_id === null ? null : row.counter_id),
  // 0018: who acts within the program.
  'audit.origin': ({ actor }) => (String(actor).startsWith('chore:') ? 'program' : 'unknown'),
  'audit.result': () => 'done',
  'audit.volume': () => 1,
  // 0024: whoever is signed in stays it.
  'session.id': ({ token_hash }) =>
    createHash('sha256').update(`session:${token_hash}`).digest('hex').slice(0, 32),
}

/** 0018: the audit became a chain, whose rows have places of their own; whether it holds is asked of all of it at once. */
const CHAIN = ['audit.n', 'audit.prev', 'audit.hash']
const GONE = ['audit.id']
/** Tables that the audit itself fills. */
const OF_THE_AUDIT = ['audit', 'audit_chain', 'audit_head', 'audit_volume']

/** What the first schema allowed and nobody could do yet. */
const NEVER_AT_FIRST = { 'leg.state': ['held'] }

/** Schemas of which embedded too a backup is made and brought back, by the same SQL: there it takes its time. Migrated is from all. */
const BACKED_UP_IN_BOTH = [...recorded, schemas.at(-1)]

type Rows = Map<string, Map<string, Row>>

describe.each(MODES)('every earlier schema with data in it, %s', (mode) => {
  let database: Database
  let remove: () => Promise<unknown>

  // One for each: what schemas that came and went leave in the catalogue makes each next one slower, up to twenty times.
  beforeEach(async () => {
    ;({ database, remove } = await openAny(mode))
  })
  afterEach(async () => {
    await database.close()
    await remove()
  })

  it.each(mode === 'services' ? schemas : schemas.filter((name) => BACKED_UP_IN_BOTH.includes(name)))(
    '[MIGRATE1] [BACKUP8] from %s on, with every row, as it is or out of a backup',
    async (last) => {
      await database.transaction((query) => toSchema(query, last))
      const keys = await keysOf(database.query)
      const before = await allRows(database.query, keys)
      const backup = await textOf(database)
      await migrate(database)
      const after = await allRows(database.query, keys)
      expect(await differences(database.query, before, after)).toEqual([])
      await isWhole(database)
      await goesOn(database)
      expect(await auditIsWhole(database)).toBe(true)

      await database.query('drop schema nuanhao cascade')
      await database.transaction((query) => fill(query, partsOf(linesOf(backup))))
      const again = await allRows(database.query, keys)
      for (const table of after.keys()) {
        if (LEFT_OUT.includes(table)) continue
        // Rows that a migration adds are numbered as they come.
        const compared = (rows: Rows) => (before.has(table) ? rows.get(table) : unnumbered(rows.get(table)))
        expect([table, compared(again)]).toEqual([table, compared(after)])
      }
      await goesOn(database)
      expect(await auditIsWhole(database)).toBe(true)
    },
  )

  it('[MIGRATE1] a server starts on the first schema, and its hall goes on', async () => {
    const hall = await startHall(mode, {
      before: async (environment) => {
        const { DATABASE_URL, DATA_DIR } = environment
        const first = await (DATABASE_URL
          ? openPostgres(DATABASE_URL, () => undefined)
          : openEmbedded(DATA_DIR))
        await first.transaction((query) => recordedDay(query, schemas[0] ?? ''))
        await first.close()
      },
    })
    try {
      const kiosk = await hall.enrol('kiosk')
      const clerk = await hall.signIn('counter2')
      const issued = await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
      expect(issued.status).toBe(201)
      const board = (await clerk.get(`/sites/${SITE}/board`)).body as StaffBoard
      const [there] = Object.values(board.legs).filter(({ counterId }) => counterId === 'c2')
      await clerk.post(`/tickets/${there?.ticketId}/complete`)
      const { ticket } = (await clerk.post('/counters/c2/call-next')).body
      expect(ticket).toMatchObject({ state: 'called', number: expect.stringMatching(/^A00\d$/) })
      expect(ticket.number).not.toBe(issued.body.ticket.number)
    } finally {
      await hall.stop()
    }
  })

  it('[MIGRATE2] a database made with another text of a migration is refused, and so is one of a later program', async () => {
    await migrate(database)
    await database.query(`update nuanhao.migration set digest = 'other' where name = $1`, [schemas[2]])
    await expect(migrate(database)).rejects.toThrow(WrongSchema)
    await expect(migrate(database)).rejects.toThrow(schemas[2])
    await database.query(`update nuanhao.migration set name = '9999-later.sql' where name = $1`, [schemas[2]])
    await expect(migrate(database)).rejects.toThrow('update the program')
  })
})

describe('the schemas between, one after the other, embedded', () => {
  let database: Database
  let remove: () => Promise<unknown>
  let begun: string

  beforeAll(async () => {
    ;({ database, remove } = await openAny('embedded'))
  })
  afterAll(async () => {
    await database.close()
    await remove()
  })

  it.each(schemas.filter((name) => !BACKED_UP_IN_BOTH.includes(name)))(
    '[MIGRATE1] from %s on, with every row',
    async (last) => {
      const day = recordedBefore(last)
      await database.transaction(async (query) => {
        if (begun !== day) {
          await query('drop schema if exists nuanhao cascade')
          await recordedDay(query, last)
        }
        await migrateWithin(query, schemas.slice(0, schemas.indexOf(last) + 1))
      })
      begun = day
      const { query } = database
      // What comes of a schema is taken back, and the next follows from it: making and dropping whole schemas takes most of the time.
      await query('begin')
      try {
        const within: Database = { ...database, transaction: (work) => work(query) }
        await makeUpAll(query, last)
        const keys = await keysOf(query)
        const before = await allRows(query, keys)
        await migrate(within)
        const after = await allRows(query, keys)
        expect(await differences(query, before, after)).toEqual([])
        await isWhole(within)
        await goesOn(within)
        expect(await auditIsWhole(within)).toBe(true)
      } finally {
        await query('rollback')
      }
    },
  )
})

/** An empty database of either mode. */
async function openAny(mode: Mode): Promise<{ database: Database; remove: () => Promise<unknown> }> {
  if (mode === 'services') {
    const { url, drop } = await createDatabase(inject('postgresUrl'))
    return { database: await openPostgres(url, () => undefined), remove: drop }
  }
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-schema-'))
  return { database: await openEmbedded(folder), remove: () => rm(folder, { recursive: true }) }
}

/** The schema as it was when `last` was the newest, with the day recorded nearest before it and a few rows in every table. */
async function toSchema(query: Query, last: string): Promise<void> {
  await recordedDay(query, last)
  await migrateWithin(query, schemas.slice(0, schemas.indexOf(last) + 1))
  await makeUpAll(query, last)
}

/** A few rows in every table of the schema in which `last` is the newest. */
async function makeUpAll(query: Query, last: string): Promise<void> {
  const tables = (await tablesOf(query)).map(({ name }) => name.replaceAll('"', ''))
  const chained = tables.includes('audit_chain')
  await makeUpRows(
    query,
    tables.filter((name) => !(chained && OF_THE_AUDIT.includes(name))),
    last === schemas[0] ? NEVER_AT_FIRST : {},
  )
  if (chained) await writeAudit(query)
}

/** Rows of two chains, over a volume that was closed and one that is open, as the chore leaves them. */
async function writeAudit(query: Query): Promise<void> {
  const rows = `insert into nuanhao.audit (site_id, at, actor, origin, action, subject, seq, result, reason)
    select site, 1700000000000 + n, 'staff:号"\\', '10.0.0.' || n, 'ticket:called', 'subject ' || n, n, 'done', 'other'
      from generate_series(1, 3) n, unnest(array['', '${SITE}', null]) site`
  await query(rows)
  await query('create table nuanhao.audit_2 partition of nuanhao.audit for values from (2) to (3)')
  await query(
    'create trigger kept_whole before truncate on nuanhao.audit_2 execute function nuanhao.refuse_change()',
  )
  await query('insert into nuanhao.audit_volume values (2, 1700000000009)')
  await query(
    `insert into nuanhao.audit_head select site_id, 'volume 1', n, hash, 1700000000009 from nuanhao.audit_chain where n > 0`,
  )
  await query(rows)
}

/** The day recorded nearest before `last`, in the schema of then. */
async function recordedDay(query: Query, last: string): Promise<void> {
  const name = recordedBefore(last)
  await migrateWithin(query, schemas.slice(0, schemas.indexOf(name) + 1))
  await query(`do $day$ begin execute $sql$ ${readFileSync(new URL(name, folder), 'utf8')} $sql$; end $day$`)
}

function recordedBefore(last: string): string {
  return recorded.filter((day) => schemas.indexOf(day) <= schemas.indexOf(last)).at(-1) ?? ''
}

async function textOf(database: Database): Promise<string> {
  return database.transaction(async (query) => {
    const header = await headerOf(query, { program: 'test', mode: database.mode, takenAt: 0 })
    let text = ''
    for await (const piece of dump(query, header)) text += piece
    return text
  })
}

async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.trimEnd().split('\n')
}

/** By which columns each table's rows are told from each other. */
async function keysOf(query: Query): Promise<Map<string, string[]>> {
  return new Map((await tablesOf(query)).map(({ name, key }) => [name, key]))
}

/**
 * Every row of every table.
 *
 * @param keys of the tables there were when the rows were first read
 */
async function allRows(query: Query, keys: Map<string, string[]>): Promise<Rows> {
  const rows: Rows = new Map()
  for (const { name, columns, key: now } of await tablesOf(query)) {
    let key = (keys.get(name) ?? now).join(', ')
    // Before it was a chain it was numbered across all sites.
    if (name === 'audit') {
      const place = columns.some((column) => column.name === 'id')
        ? `row_number() over (partition by coalesce(site_id, '') order by id)`
        : 'n'
      key = `coalesce(site_id, ''), ${place}`
    }
    const found = await query<{ key: string; row: Row }>(
      `select jsonb_build_array(${key})::text as key, to_jsonb(t) as row from nuanhao.${name} t`,
    )
    rows.set(name, new Map(found.map(({ key: id, row }) => [id, row])))
  }
  return rows
}

async function auditIsWhole({ query }: Database): Promise<boolean> {
  return (await verifyAudit(auditOf(query), Date.now())).bad === null
}

function unnumbered(rows: Map<string, Row> = new Map()): string[] {
  // When the first volume was opened a migration takes from the clock.
  return [...rows.values()].map(({ id, opened_at, ...row }) => JSON.stringify(row)).sort()
}

/** What is not as it should be after migrating. */
async function differences(query: Query, before: Rows, after: Rows): Promise<string[]> {
  const defaults = await defaultsOf(query)
  const found: string[] = []
  for (const [table, rows] of before) {
    for (const [key, row] of rows) {
      const now = after.get(table)?.get(key)
      if (!now) found.push(`${table} ${key} is gone`)
      for (const [column, value] of Object.entries(now ?? {})) {
        const name = `${table}.${column}`
        if (CHAIN.includes(name) && !(column in row)) continue
        const added = () => ADDED[name]?.(row) ?? defaults.get(name) ?? null
        const expected = column in row ? row[column] : added()
        if (!holds(value, expected)) {
          found.push(`${name} of ${key} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`)
        }
      }
      for (const column of Object.keys(row))
        if (now && !(column in now) && !GONE.includes(`${table}.${column}`))
          found.push(`${table}.${column} is gone`)
    }
  }
  return found
}

async function defaultsOf(query: Query): Promise<Map<string, unknown>> {
  const columns = await query<{ name: string; type: string; text: string }>(
    `select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type, pg_get_expr(d.adbin, d.adrelid) as text
       from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum join pg_class c on c.oid = d.adrelid
      where c.relnamespace = 'nuanhao'::regnamespace`,
  )
  const values = new Map<string, unknown>()
  for (const { name, text } of columns) {
    const [row] = await query<{ value: unknown }>(`select to_jsonb(${text}) as value`)
    values.set(name, row?.value)
  }
  return values
}

/** Whether a value is as it was; settings and payloads may have had more added. */
function holds(now: unknown, before: unknown): boolean {
  if (isDeepStrictEqual(now, before)) return true
  if (!isObject(now) || !isObject(before)) return false
  return Object.entries(before).every(([name, value]) => holds(now[name], value))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** What was recorded has all that a hall has today: every setting, and a count of who waits. */
async function isWhole(database: Database): Promise<void> {
  const site = await readSite(database, SITE)
  expect(Object.keys(site ?? {})).toEqual(expect.arrayContaining(Object.keys(DEMO_SITE)))
  for (const service of site?.services ?? []) {
    expect(Object.keys(service).sort()).toEqual(Object.keys(DEMO_SITE.services[0] ?? {}).sort())
  }
  const counts = `select lane_id, count(*)::int as waiting from nuanhao.leg where site_id = $1 and state = 'waiting' group by lane_id`
  expect(
    await database.query(
      `select lane_id, waiting from nuanhao.lane_waiting where site_id = $1 and waiting > 0 order by lane_id`,
      [SITE],
    ),
  ).toEqual(await database.query(`${counts} order by lane_id`, [SITE]))
}

/** Issues a ticket and calls whoever is next: what was recorded waits before it. */
async function goesOn(database: Database): Promise<void> {
  const issued = await command(database, { siteId: SITE }, (situation, now) =>
    decide.issue(situation, { serviceId: 'residence-permit', credit: 0, ticket: newTicket() }, now),
  )
  expect(issued.leg?.number).toMatch(/^A0\d\d$/)
  const actor = { staffId: 'boss', supervises: true }
  await command(database, { counterId: 'c2' }, (situation) => {
    const leg = situation.atCounter
    return leg ? decide.complete({ ...situation, leg }, actor) : decide.openCounter(situation, actor)
  })
  const called = await command(database, { counterId: 'c2' }, (situation, now) =>
    decide.callNext(situation, actor, now),
  )
  expect(called.leg?.state).toBe('called')
  expect(called.leg?.n).toBeLessThan(issued.leg?.n ?? 0)
}

function newTicket() {
  const id = randomUUID()
  return { id, codeHash: id, language: 'zh-CN', private: null } as const
}

async function command(
  database: Database,
  about: About,
  decision: (situation: Situation, now: number) => Change,
): Promise<Committed> {
  const key = randomUUID()
  const author = { principal: 'staff:boss', key, digest: key }
  const now = Date.now()
  const { situation } = await readSituation(database, about, author, now)
  const { site } = situation
  return commit(
    database,
    site,
    decision(situation, now),
    author,
    now,
    businessDay(now, site.timeZone),
    situation,
  )
}
