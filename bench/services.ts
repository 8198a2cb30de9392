import { execFile, execFileSync } from 'node:child_process'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import { findOrInstall } from '#scripts/parts.mjs'
import { startRedis } from '#test/parts/redis.ts'
import { freePort, launch } from '#test/parts/service.ts'

export interface Services {
  /** Maintenance database of a PostgreSQL that keeps every commit on disk, unlike the one of the tests. */
  postgresUrl: string
  /** A Redis that keeps its log as docker-compose.yml has it. */
  redisUrl: string
  stop(): Promise<void>
}

/** Starts a private PostgreSQL and Redis as durable as in production: a rate without the disk would flatter both sides. */
export async function startServices(): Promise<Services> {
  const redis = await startRedis({ appendOnly: true })
  const client = new Redis(redis.url)
  // Redis's own default, which docker-compose.yml leaves as it is.
  await client.config('SET', 'appendfsync', 'everysec')
  client.disconnect()
  const postgres = await startDurablePostgres()
  return {
    postgresUrl: postgres.url,
    redisUrl: redis.url,
    stop: async () => {
      await redis.stop()
      await postgres.stop()
    },
  }
}

async function startDurablePostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const programs = findOrInstall('postgres')
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-bench-postgres-'))
  const port = await freePort()
  const user = unprivileged()
  if (user) await chown(folder, user.uid, user.gid)
  const initialise = ['-D', folder, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale']
  await promisify(execFile)(join(programs, 'initdb'), initialise, { ...user })
  const settings = ['port', String(port), 'listen_addresses', '127.0.0.1', 'unix_socket_directories', '']
  const service = await launch({
    name: 'PostgreSQL',
    command: join(programs, 'postgres'),
    args: [
      '-D',
      folder,
      ...settings.flatMap((name, at) => (at % 2 === 0 ? ['-c', `${name}=${settings[at + 1]}`] : [])),
    ],
    ready: /ready to accept connections/,
    stopSignal: 'SIGINT',
    ...(user && { user }),
  })
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await service.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
