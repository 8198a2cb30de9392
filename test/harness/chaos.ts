import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { connectEmbedded, connectRedis } from '#line/connection.ts'
import { newKeyFile } from '#settings/key-file.ts'
import type { Database } from '#store/database.ts'
import { openEmbedded } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'
import { openPostgres } from '#store/postgres.ts'
import { createDatabase } from '#test/parts/postgres.ts'
import { type Redis as RedisServer, startRedis } from '#test/parts/redis.ts'
import { freePort } from '#test/parts/service.ts'
import { type GrandHall, makeGrandHall } from './grand-hall.ts'
import { LineView } from './line-compare.ts'
import { placesByMetrics } from './line-metrics.ts'
import type { Mode } from './own-hall.ts'
import { type Restartable, startRestartable } from './process.ts'

/** A hall of real processes that a test may end rudely. */
export interface Stage {
  mode: Mode
  url: string
  grand: GrandHall
  server: Restartable
  /** null in embedded mode, where it lives inside the server. */
  worker: Restartable | null
  /** null in embedded mode. */
  redis: RedisServer | null
  /** Empties Redis, as an operator's mistake would. */
  flush(): Promise<void>
  /**
   * What is wrong with the line, by name. In services mode seen from outside, and commands under way show as well;
   * embedded only the server can see it, and what it counts means something only while no command is under way.
   */
  differences(): Promise<Set<string>>
  /** Opens the truth; embedded only while the server is not running. */
  withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T>
  /** The line as the disk has it. Embedded, and only while the server is not running. */
  differencesOnDisk(): Promise<Set<string>>
  close(): Promise<void>
}

const READY = { server: /\/api\/docs\//, worker: /worker started/ }

/** Starts the real programs on a fresh grand hall. */
export async function setStage(
  mode: Mode,
  postgresUrl: string,
  counts: { kiosks: number; consoles: number },
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-crash-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    await writeFile(join(folder, 'key'), newKeyFile(), { mode: 0o600 })
    const port = await freePort()
    const variables: Record<string, string> = {
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'key'),
      DEMO: '0',
      RATE_LIMITS: '0',
    }
    let redis: RedisServer | null = null
    if (mode === 'services') {
      const { url, drop } = await createDatabase(postgresUrl)
      closers.push(drop)
      redis = await startRedis({ appendOnly: true })
      closers.push(redis.stop)
      Object.assign(variables, { DATABASE_URL: url, REDIS_URL: redis.url })
    }
    const withDatabase = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
      const { DATABASE_URL, DATA_DIR = '' } = variables
      const database = DATABASE_URL ? await openPostgres(DATABASE_URL, ignore) : await openEmbedded(DATA_DIR)
      try {
        return await work(database)
      } finally {
        await database.close()
      }
    }
    const grand = await withDatabase(async (database) => {
      await migrate(database)
      return makeGrandHall(database, counts, Date.now())
    })
    const server = await startRestartable('server/main.ts', variables, READY.server)
    closers.push(() => ended(server))
    const worker = redis && (await startRestartable('worker/main.ts', variables, READY.worker))
    if (worker) closers.push(() => ended(worker))
    const url = `http://127.0.0.1:${port}`
    return {
      mode,
      url,
      grand,
      server,
      worker,
      redis,
      withDatabase,
      flush: async () => {
        const client = new Redis(variables.REDIS_URL ?? '')
        await client.flushall()
        client.disconnect()
      },
      differences: async () => {
        if (!redis) return placesByMetrics(url, grand)
        const connection = connectRedis(redis.url, ignore)
        await new Promise<void>((ready) => connection.onReady(ready))
        return withDatabase(async (database) => {
          const view = new LineView(database, connection)
          try {
            return await view.differences()
          } finally {
            await view.close()
            await connection.close()
          }
        })
      },
      differencesOnDisk: async () => {
        const database = await openEmbedded(variables.DATA_DIR ?? '')
        const connection = await connectEmbedded(database)
        const view = new LineView(database, connection)
        try {
          return await view.differences()
        } finally {
          await view.close()
          await connection.close()
          await database.close()
        }
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Ends a program unless it has ended already. */
async function ended(program: Restartable): Promise<void> {
  if (program.running()) await program.kill()
}

/** Lost connections are what these tests are about. */
function ignore(): void {}
