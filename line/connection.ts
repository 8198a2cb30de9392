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
  /** Forgets the events BullMQ writes about its jobs, which nobody here reads, once there are many. [TRIM1] */
  trim(): Promise<void>
  close(): Promise<void>
}

/** Root options: siblings use them. No stalled checker runs on lanes, but the backends read these. */
const ROOT = { lockDuration: 30_000, maxStalledCount: 1, stalledInterval: 30_000 }

/** Embedded, BullMQ's events may take this much room, bytes. */
const EVENTS_ROOM = 256 * 1024
/** On Redis each queue keeps about as many of its last events; BullMQ's own bound is 10,000 a queue. */
const EVENTS_KEPT = 100
/** The streams of our lanes, whose names repeat the site of their prefix, and of the chores. */
const EVENTS_KEY = /^\{([^{}]+)\}:(?:\1\..+|chores):events$/

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
    trim: async () => {
      const { rows } = await pool.query(`select pg_relation_size('bullmq.event') > ${EVENTS_ROOM} as full`)
      // At once and not row by row: rows that are deleted keep their room until somebody vacuums.
      if (rows[0]?.full) await pool.query('truncate bullmq.event')
    },
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
    trim: async () => {
      // Queues of special needs are made by whoever needs one, so Redis itself is asked which there are.
      for await (const keys of client.scanStream({ match: '{*}:*:events', type: 'stream', count: 1_000 })) {
        for (const key of keys as string[]) {
          if (EVENTS_KEY.test(key)) await client.xtrim(key, 'MAXLEN', '~', EVENTS_KEPT)
        }
      }
    },
    close: async () => {
      await root.close()
      client.disconnect()
      choresClient.disconnect()
    },
  }
}
