import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { Hall } from '#line/hall.ts'
import { localHints } from '#line/hints.ts'
import { Line } from '#line/line.ts'
import { openHall } from '#line/open-hall.ts'
import { Turnstile } from '#line/turnstile.ts'
import type { Parts } from '#server/parts.ts'
import { readEnvironment } from '#settings/environment.ts'
import { newKeyFile, readKeyFile } from '#settings/key-file.ts'
import type { Database } from '#store/database.ts'
import { insertSite } from '#store/sites.ts'
import { createDatabase } from '#test/parts/postgres.ts'
import { startRedis } from '#test/parts/redis.ts'
import { KIOSKS, PEOPLE, PLAN } from './hall-plan.ts'

export type Mode = 'embedded' | 'services'

/** The real parts of one mode, below HTTP: one database and one line for the halls of many walks. */
export interface Ground {
  mode: Mode
  database: Database
  /** A process of its own on this ground: a line, hints and turnstile nobody else uses. */
  process(now: () => number): Process
  /** Breaks every process from now on. */
  sabotage(how: (hall: Hall) => void): void
  stop(): Promise<void>
}

/** What a server process would hold. */
export interface Process {
  parts: Parts
  hall: Hall
  /** Whether the line was found away since the process began. */
  wasAway(): boolean
  close(): Promise<void>
}

/**
 * Starts the parts with an empty database. Needs no test runner.
 *
 * @param template an embedded data folder to copy, which saves a first start
 */
export async function startGround(mode: Mode, postgresUrl: string, template?: string): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-model-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    await writeFile(join(folder, 'key'), newKeyFile(), { mode: 0o600 })
    const services: Record<string, string> = {}
    if (mode === 'services') {
      const database = await createDatabase(postgresUrl)
      closers.push(database.drop)
      const redis = await startRedis()
      closers.push(redis.stop)
      Object.assign(services, { DATABASE_URL: database.url, REDIS_URL: redis.url })
    } else if (template !== undefined) {
      cpSync(template, join(folder, 'data'), { recursive: true })
    }
    const environment = readEnvironment(
      { DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'key'), DEMO: '0', ...services },
      null,
    )
    const ground = await openHall(environment, new Registry(), Date.now, () => undefined)
    closers.push(() => ground.close())
    const keys = readKeyFile(environment.KEY_FILE, false)
    const logger = pino({ level: 'silent' })
    let sabotage: (hall: Hall) => void = () => undefined
    return {
      mode,
      database: ground.database,
      sabotage: (how) => {
        sabotage = how
      },
      process: (now) => {
        let away = false
        // Halls come and go; what they stand on stays.
        const connection = {
          ...ground.line.connection,
          onReady: () => undefined,
          close: async () => undefined,
        }
        const line = new Line(connection, {
          onError: () => undefined,
          onAway: () => {
            away = true
          },
          onBack: () => Promise.resolve(),
        })
        const hall: Hall = { ...ground, line, hints: localHints(), turnstile: new Turnstile(), now }
        sabotage(hall)
        const parts = { hall, environment, keys, logger, demo: false, publicUrl: null } as unknown as Parts
        const close = async () => {
          await line.close()
          await hall.hints.close()
        }
        return { parts, hall, wasAway: () => away, close }
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Writes a hall of the plan into the database. Ids of counters and people begin with the site's, so that many fit. */
export async function foundSite(database: Database): Promise<string> {
  const siteId = randomUUID().slice(0, 8)
  const counters = PLAN.counters.map((counter) => ({ ...counter, id: `${siteId}-${counter.id}` }))
  await database.transaction(async (query) => {
    await insertSite(query, { ...PLAN, id: siteId, counters })
    for (const [name, { role, counterId, skills }] of Object.entries(PEOPLE)) {
      await query(
        `insert into nuanhao.account (id, site_id, username, name, role, counter_id, skills, password_hash)
         values ($1, $2, $1, '{}', $3, $4, $5::text[], '')`,
        [`${siteId}-${name}`, siteId, role, counterId && `${siteId}-${counterId}`, skills],
      )
    }
    for (const [kiosk, name] of Object.entries(KIOSKS)) {
      await query(
        `insert into nuanhao.device (id, site_id, kind, name, token_hash, created_at) values ($1, $2, 'kiosk', $3, $1, 0)`,
        [`${siteId}-${kiosk}`, siteId, name],
      )
    }
  })
  return siteId
}

/** Takes a hall out of the database again, so that what looks at all halls stays quick. Its audit stays, like every audit. */
export async function razeSite(database: Database, siteId: string): Promise<void> {
  const ofSite = [
    'event',
    'idempotency',
    'lane_sequence',
    'lane_waiting',
    'service_day',
    'note',
    'leg',
    'ticket',
    'account',
    'counter',
    'device',
  ]
  await database.transaction(async (query) => {
    const present = await query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'nuanhao'`,
    )
    const names = new Set(present.map(({ name }) => name))
    const tickets = 'select id from nuanhao.ticket where site_id = $1'
    const legs = 'select id from nuanhao.leg where site_id = $1'
    await query(`delete from nuanhao.interval where leg_id in (${legs})`, [siteId])
    for (const table of ['private_record', 'data_key'])
      await query(`delete from nuanhao.${table} where ticket_id in (${tickets})`, [siteId])
    for (const table of ofSite.filter((name) => names.has(name)))
      await query(`delete from nuanhao.${table} where site_id = $1`, [siteId])
    await query('delete from nuanhao.site where id = $1', [siteId])
  })
}
