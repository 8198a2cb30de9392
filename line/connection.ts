import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  runMigrations,
  type WorkerOptions,
} from 'bullmq'
import { Redis } from 'ioredis'
import type { EmbeddedDatabase } from '#store/embedded.ts'
import { pgliteAsPool } from './pglite-pool.ts'

/** What `Queue` and `Worker` take as their last argument. */
type Factory = BackendFactory<IQueueBackend>
/** What both take as options here. */
type Options = Pick<WorkerOptions, 'connection' | 'prefix'> & { skipMetasUpdate: true }

/** One connection for all lanes of a process, and one for its chores. */
export interface LineConnection {
  /** Options and factory for a lane's `Queue` and `Worker`: siblings on one connection, however many lanes. */
  lanes: { options: Options; factory: Factory }
  /** The same for the chores queue, whose worker blocks and so has a connection of its own. */
  chores: { options: Options; factory: Factory }
  /** Whether it answers now. */
  ping(): Promise<void>
  /** Told each time the connection is (again) there. */
  onReady(listener: () => void): void
  close(): Promise<void>
}

/** Root options: siblings use them. No stalled checker runs on lanes, but the backends read these. */
const ROOT = { lockDuration: 30_000, maxStalledCount: 1, stalledInterval: 30_000 }

/** BullMQ's PostgreSQL backend on the embedded database. */
export async function connectEmbedded(database: EmbeddedDatabase): Promise<LineConnection> {
  const pool = pgliteAsPool(database.pglite)
  await runMigrations(await pool.connect())
  const options = { connection: pool, skipMetasUpdate: true } as unknown as Options
  const root = createPostgresBackend('root', { ...options, ...ROOT } as never)
  const siblings = ((name: string) => root.forQueue(name, '')) as unknown as Factory
  return {
    lanes: { options, factory: siblings },
    chores: { options, factory: createPostgresBackend as unknown as Factory },
    ping: async () => {
      await pool.query('select 1')
    },
    onReady: (listener) => listener(),
    close: () => root.close(),
  }
}

/**
 * BullMQ on Redis. Commands to lanes fail at once while Redis is away, so that the hall goes on without it.
 *
 * @param onError told of every connection error
 */
export function connectRedis(url: string, onError: (error: Error) => void): LineConnection {
  const retryStrategy = (times: number) => Math.min(50 * 2 ** times, 1000)
  const client = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy })
  client.on('error', onError)
  const options: Options = { connection: client, skipMetasUpdate: true }
  const root = createRedisBackend('root', { ...options, ...ROOT })
  root.on('error', onError)
  const choresClient = new Redis(url, { maxRetriesPerRequest: null, retryStrategy })
  choresClient.on('error', onError)
  return {
    lanes: {
      options,
      factory: (name, options) => root.forQueue(name, (options as Options).prefix),
    },
    chores: {
      options: { connection: choresClient, prefix: '{nuanhao}', skipMetasUpdate: true },
      factory: createRedisBackend,
    },
    ping: async () => {
      await client.ping()
    },
    onReady: (listener) => client.on('ready', listener),
    close: async () => {
      await root.close()
      client.disconnect()
      choresClient.disconnect()
    },
  }
}
