import { once } from 'node:events'
import { cpSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { inject } from 'vitest'
import { type BackupKey, readBackupKey } from '#settings/backup-key.ts'
import { type Environment, readEnvironment } from '#settings/environment.ts'
import { newKeyFile } from '#settings/key-file.ts'
import { type HallAnswer, type HallRequest, runHallCommand } from '#setup/commands.ts'
import { askServer } from '#setup/control.ts'
import { newBackupKey } from '#store/backup/sealed-file.ts'
import type { Database } from '#store/database.ts'
import { openEmbedded } from '#store/embedded.ts'
import { openPostgres } from '#store/postgres.ts'
import type { Mode } from '#test/harness/hall.ts'
import { Printer } from '#test/harness/printer.ts'
import { type Restartable, startRestartable } from '#test/harness/process.ts'
import { programUrl } from '#test/harness/program-login.ts'
import { type Receiver, startReceiver } from '#test/harness/receiver.ts'
import { createDatabase } from '#test/parts/postgres.ts'
import { startRedis } from '#test/parts/redis.ts'
import { freePort } from '#test/parts/service.ts'

/** A hall of real processes in an empty database, with what stands around it. */
export interface Stage {
  mode: Mode
  url: string
  folder: string
  environment: Environment
  /** In services mode: the program itself, as in a hall, is not the owner of the database. [AUDIT11] */
  ownerUrl: string | null
  backupKey: BackupKey
  /** What the key files hold, each however it may be written down, by its name. */
  keyWords: readonly [name: string, word: string][]
  server: Restartable
  /** In services mode. */
  worker: Restartable | null
  /** One with a Chinese font, one that is sent pictures. */
  printers: { front: Printer; side: Printer }
  receiver: Receiver
  /** What Redis was told from the beginning on, and what it holds now. */
  redis: { said(): string; holds(): Promise<string> } | null
  /** As `npm run hall` does. */
  operate(request: HallRequest): Promise<HallAnswer>
  /** Opens the database; embedded only while no server runs. */
  withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export async function setStage(mode: Mode): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'nuanhao-leak-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  const opened = <T extends { stop(): Promise<unknown> }>(part: T): T => {
    closers.push(() => part.stop())
    return part
  }
  try {
    const { secret } = await newBackupKey()
    writeFileSync(join(folder, 'backup.key'), `${secret}\n`)
    const keyFile = newKeyFile()
    writeFileSync(join(folder, 'key'), keyFile, { mode: 0o600 })
    const printers = { front: opened(await Printer.start()), side: opened(await Printer.start()) }
    const receiver = opened(await startReceiver())
    const variables: Record<string, string> = {
      ...{ PORT: String(await freePort()), DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'key') },
      ...{ DEMO: '0', RATE_LIMITS: '0', LOG_LEVEL: 'trace', PUBLIC_URL: 'https://hall.example' },
      ...{ WEBHOOK_ALLOW: receiver.host, PRINTER_ALLOW: '127.0.0.1' },
    }
    let redis: Stage['redis'] = null
    let ownerUrl: string | null = null
    if (mode === 'services') {
      const database = await createDatabase(inject('postgresUrl'), inject('databases').empty)
      closers.push(database.drop)
      const { url } = opened(await startRedis())
      redis = await watchRedis(url, closers)
      ownerUrl = database.url
      Object.assign(variables, { DATABASE_URL: await programUrl(database.url), REDIS_URL: url })
    } else cpSync(inject('folders').empty, join(folder, 'data'), { recursive: true })
    const environment = readEnvironment(variables, null)
    const { DATABASE_URL, DATA_DIR } = environment
    const withDatabase: Stage['withDatabase'] = async (work) => {
      const database = DATABASE_URL
        ? await openPostgres(DATABASE_URL, () => undefined)
        : await openEmbedded(DATA_DIR)
      try {
        return await work(database)
      } finally {
        await database.close()
      }
    }
    const server = await startRestartable('server/main.ts', variables, /\/api\/docs\//)
    closers.push(async () => server.running() && server.kill())
    const worker =
      mode === 'services' ? await startRestartable('worker/main.ts', variables, /worker started/) : null
    if (worker) closers.push(async () => worker.running() && worker.kill())
    return {
      ...{
        mode,
        folder,
        environment,
        ownerUrl,
        server,
        worker,
        printers,
        receiver,
        redis,
        withDatabase,
        close,
      },
      url: `http://127.0.0.1:${variables.PORT}`,
      backupKey: readBackupKey(join(folder, 'backup.key')),
      keyWords: [['the key of backups', secret], ...wordsOfKeys(keyFile)],
      operate: async (request) => {
        const asked = { request, actor: 'operator:test' }
        const answer =
          mode === 'embedded'
            ? await askServer(DATA_DIR, asked)
            : await withDatabase((database) => runHallCommand(database, request, Date.now(), asked.actor))
        if (answer?.code !== 0) throw new Error(`${request.command}: ${answer?.output}`)
        return answer
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The keys of a hall as text would have them. */
function wordsOfKeys(keyFile: string): [name: string, word: string][] {
  const { keys, codes } = JSON.parse(keyFile) as { keys: Record<string, string>; codes: string }
  return Object.entries({ ...keys, codes }).flatMap(([name, key]) =>
    (['base64', 'base64url', 'hex'] as const).map((way): [string, string] => [
      `key ${name} in ${way}`,
      Buffer.from(key, 'base64').toString(way).replace(/=+$/, ''),
    ]),
  )
}

/** Has Redis repeat everything that anybody tells it. */
async function watchRedis(
  url: string,
  closers: (() => Promise<unknown>)[],
): Promise<NonNullable<Stage['redis']>> {
  const client = new Redis(url)
  const said: string[] = []
  const monitor = await client.monitor()
  monitor.on('monitor', (_, words: string[]) => said.push(words.join(' ')))
  closers.push(async () => {
    monitor.disconnect()
    client.disconnect()
    if (client.status !== 'end') await once(client, 'end')
  })
  return {
    said: () => said.join('\n'),
    holds: async () => {
      const keys = await client.keys('*')
      const dumps = await Promise.all(keys.map((key) => client.dumpBuffer(key)))
      return [...keys, ...dumps.map((dump) => dump?.toString('utf8') ?? '')].join('\n')
    },
  }
}
