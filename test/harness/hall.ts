import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { inject } from 'vitest'
import type { Site } from '#domain/site.ts'
import type { DeviceKind } from '#protocol/device.ts'
import { DEMO_SITE } from '#server/demo.ts'
import type { Practice } from '#server/practice.ts'
import { type Given, type Running, startServer } from '#server/start.ts'
import { type Environment, readEnvironment } from '#settings/environment.ts'
import { createLogger } from '#settings/logger.ts'
import { createDatabase } from '#test/parts/postgres.ts'
import { PASSWORD } from '#test/parts/templates.ts'
import { startWorker } from '#worker/start.ts'
import { Client } from './client.ts'

export const MODES = ['embedded', 'services'] as const
export type Mode = (typeof MODES)[number]

export { PASSWORD }
export const SITE = DEMO_SITE.id

/** A hall of its own, on a port of its own, with the real parts of its mode. */
export interface TestHall {
  mode: Mode
  environment: Environment
  running: Running
  /** The hall's clock is the machine's plus this, ms: tests move it. */
  clock: { ahead: number }
  /** Everything that was logged. */
  log: string[]
  /** A device of the hall; a pad is that of the second counter. */
  enrol(kind: DeviceKind): Promise<Client & { token: string }>
  /** A person signed in. */
  signIn(username: string): Promise<Client>
  stranger(): Client
  /** Stops the server and starts it again on the same data. */
  /** Changes settings of the site. */
  settings(changed: Partial<Site>): Promise<void>
  restart(): Promise<void>
  /** Another server of the same hall (services mode). */
  another(): Promise<Running>
  stop(): Promise<void>
}

export interface Wanted {
  variables?: Record<string, string>
  /** Without chores a test decides itself when they run. */
  chores?: boolean
  /** A practice hall in an empty database. */
  practice?: Practice
  /** Puts the data in their place before the first start; without it they are those of the demo, or of no hall. */
  before?: (environment: Environment) => Promise<unknown>
}

/** Starts a hall with the demo's site in an empty database. */
export async function startHall(
  mode: Mode,
  { variables = {}, chores = false, practice, before }: Wanted = {},
): Promise<TestHall> {
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-hall-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const services: Record<string, string> = {}
  const template = variables.DEMO === '0' || practice ? 'empty' : 'demo'
  if (mode === 'services') {
    const database = await createDatabase(
      inject('postgresUrl'),
      before ? undefined : inject('databases')[template],
    )
    closers.push(database.drop)
    services.DATABASE_URL = database.url
    services.REDIS_URL = await ownRedisDatabase(inject('redisUrl'))
  } else if (!before) {
    cpSync(inject('folders')[template], variables.DATA_DIR ?? join(folder, 'data'), { recursive: true })
  }
  const environment = readEnvironment(
    {
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'key'),
      DEMO: '1',
      LOG_LEVEL: 'debug',
      // Emulated printers listen at any port.
      PRINTER_ALLOW: '127.0.0.1',
      // Tests ask faster than people.
      RATE_LIMITS: '0',
      ...services,
      ...variables,
    },
    null,
  )
  await before?.(environment)
  const log: string[] = []
  const logger = createLogger(environment.LOG_LEVEL, { write: (line) => void log.push(line) })
  const clock = { ahead: 0 }
  const given: Given = {
    now: () => Date.now() + clock.ahead,
    startWorker: chores ? startWorker : async () => ({ stop: async () => undefined }),
    ...(practice && { practice }),
  }
  const start = (port = environment.PORT) => startServer({ ...environment, PORT: port }, logger, given)
  const hall: TestHall = {
    mode,
    environment,
    running: await start(),
    clock,
    log,
    stranger: () => new Client(hall.running.url),
    signIn: async (username) => {
      const client = hall.stranger()
      const { status } = await client.post('/session', { username, password: PASSWORD })
      if (status !== 200) throw new Error(`${username} cannot sign in: ${status}`)
      return client
    },
    enrol: async (kind) => {
      const client = hall.stranger()
      // A pad is let in by a person. [PAD1]
      const asks = kind === 'pad' ? await hall.signIn('supervisor') : client
      const place = kind === 'pad' ? { place: { counter: 'c2' } } : {}
      const { body } = await asks.post('/devices', { kind, ...place })
      return Object.assign(client.withToken(body.token), { token: body.token as string })
    },
    restart: async () => {
      // On the same port: screens come back to where they were.
      const port = Number(new URL(hall.running.url).port)
      await hall.running.stop()
      hall.running = await start(port)
    },
    another: async () => {
      const running = await start()
      closers.push(() => running.stop())
      return running
    },
    settings: async (changed) => {
      const { database, hints } = hall.running.parts.hall
      await database.query(
        'update nuanhao.site set settings = settings || $2::jsonb, revision = revision + 1 where id = $1',
        [SITE, JSON.stringify(changed)],
      )
      hints.say({ siteId: SITE, event: null })
    },
    stop: async () => {
      await hall.running.stop()
      for (const close of closers.splice(0).reverse()) await close()
    },
  }
  return hall
}

/** Each hall gets a Redis database of its own, as in production it has a Redis of its own. */
async function ownRedisDatabase(url: string): Promise<string> {
  const client = new Redis(url)
  const index = await client.incr('test:databases')
  client.disconnect()
  return `${url}/${index}`
}
