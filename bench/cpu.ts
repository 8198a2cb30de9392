import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Services } from './services.ts'

/** Milliseconds of processor time, by who used it. */
export type Cpu = Record<string, number>

/** Tells how much processor time the database and Redis have used; unlike latency it does not depend on who else works. */
export interface CpuOfServices {
  read(): Promise<Cpu>
  stop(): Promise<void>
}

/** Watches PostgreSQL and Redis. PostgreSQL's share is known where there is a /proc file system, and left out elsewhere. */
export async function watchServices({ postgresUrl, redisUrl }: Services): Promise<CpuOfServices> {
  const client = new pg.Client({ connectionString: postgresUrl })
  await client.connect()
  const redis = new Redis(redisUrl)
  /** By process: connections come and go, and what a closed one has used still counts. */
  const backends = new Map<number, number>()
  return {
    read: async () => {
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`,
      )
      for (const { pid } of rows) backends.set(pid, ofProcess(pid) ?? backends.get(pid) ?? 0)
      const info = await redis.info('cpu')
      const seconds = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0)
      return {
        PostgreSQL: [...backends.values()].reduce((sum, ms) => sum + ms, 0),
        Redis: (seconds('used_cpu_user') + seconds('used_cpu_sys')) * 1000,
      }
    },
    stop: async () => {
      await client.end()
      redis.disconnect()
    },
  }
}

function ofProcess(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    // No such file system, or the connection has just been closed.
    return null
  }
}

/** What was used between two readings, for each of `times`. */
export function usedBetween(before: Cpu, after: Cpu, times: number): Cpu {
  return Object.fromEntries(
    Object.entries(after).map(([who, ms]) => [who, (ms - (before[who] ?? 0)) / times]),
  )
}
