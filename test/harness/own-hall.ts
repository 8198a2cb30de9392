import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Running, startServer } from '#server/start.ts'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { readEnvironment } from '#settings/environment.ts'
import { newKeyFile } from '#settings/key-file.ts'
import { createLogger } from '#settings/logger.ts'
import type { Database } from '#store/database.ts'
import { createDatabase } from '#test/parts/postgres.ts'
import { startRedis } from '#test/parts/redis.ts'
import { startWorker } from '#worker/start.ts'
import { type GrandHall, makeGrandHall } from './grand-hall.ts'

export type Mode = 'embedded' | 'services'

/** The grand hall in this process, with the real parts of its mode. */
export interface OwnHall {
  mode: Mode
  running: Running
  grand: GrandHall
  database: Database
  /** What was logged at `warn` and above. */
  warnings: string[]
  /** Another server of the same hall (services mode). */
  another(): Promise<Running>
  stop(): Promise<void>
}

export interface OwnHallWanted {
  mode: Mode
  /** A PostgreSQL server to make a database on; only in services mode. */
  postgresUrl: string
  kiosks: number
  consoles: number
}

/** Starts a server whose only site is the grand hall. Needs no test runner. */
export async function startOwnHall({ mode, postgresUrl, ...counts }: OwnHallWanted): Promise<OwnHall> {
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-grand-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    // Services mode makes no key file by itself.
    await writeFile(join(folder, 'key'), newKeyFile(), { mode: 0o600 })
    const services: Record<string, string> = {}
    if (mode === 'services') {
      const database = await createDatabase(postgresUrl)
      closers.push(database.drop)
      const redis = await startRedis()
      closers.push(redis.stop)
      Object.assign(services, { DATABASE_URL: database.url, REDIS_URL: redis.url })
    }
    const environment = readEnvironment(
      {
        PORT: '0',
        DATA_DIR: join(folder, 'data'),
        KEY_FILE: join(folder, 'key'),
        DEMO: '0',
        LOG_LEVEL: 'warn',
        RATE_LIMITS: '0',
        ...services,
      },
      null,
    )
    const warnings: string[] = []
    const logger = createLogger(environment.LOG_LEVEL, { write: (line) => void warnings.push(line) })
    const start = async () => {
      const running = await startServer(environment, logger, { now: Date.now, startWorker })
      closers.push(() => running.stop())
      return running
    }
    const running = await start()
    const { hall } = running.parts
    if (mode === 'services') {
      // What worker/main.ts does, but in this process.
      const worker = await startWorker(hall, logger, {
        keys: running.parts.keys,
        allowed: environment.WEBHOOK_ALLOW,
        audit: auditKeeping(environment),
      })
      closers.push(() => worker.stop())
    }
    const grand = await makeGrandHall(hall.database, counts, Date.now())
    return { mode, running, grand, database: hall.database, warnings, another: start, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
