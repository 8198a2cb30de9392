import { cpSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { DEMO_SITE } from '#server/demo.ts'
import { newKeyFile } from '#settings/key-file.ts'
import { openEmbedded } from '#store/embedded.ts'
import { openPostgres } from '#store/postgres.ts'
import { type Program, runProgram } from '#test/harness/program.ts'
import { createDatabase, startPostgres } from '#test/parts/postgres.ts'
import { startRedis } from '#test/parts/redis.ts'
import { freePort } from '#test/parts/service.ts'
import { makeDatabases, makeFolders, PASSWORD, type Templates } from '#test/parts/templates.ts'
import { ZONE } from './zone.ts'

export { PASSWORD }

/** The real program in the mode of the Playwright project, on a port of its own. */
export interface Hall {
  /** For screens of the hall, on this machine. */
  url: string
  /** Ends the server at once, as a power cut would. */
  kill(): Promise<void>
  /** Starts it again on the same data and port. */
  start(): Promise<void>
  /** While it is down: moves the time of its last event ahead, as if the machine's clock had since run back. */
  windAhead(ms: number): Promise<void>
  /** What the server has printed since it was started last. */
  printed(): string
  /** Runs the operator's command: `npm run hall -- ARGS`. Fails when it does. Gives what it printed. */
  command(...args: string[]): Promise<string>
  /** While it is down: everybody inside came so much earlier, and the screens were heard so much longer ago. */
  age(ms: number): Promise<void>
  /** While it runs: other settings, as `npm run hall -- apply` makes them, and what that prints. `change` is given the file in force. */
  apply(change: (file: string) => string): Promise<string>
}

/** The last of the lines the server prints when it is up. */
const UP = /密码 Password/
const SETUP = /npm run hall -- apply/

/** What the tests of one worker share. */
interface Shared {
  /** Databases to copy; in services mode on the PostgreSQL of that address. */
  templates: Templates & { postgresUrl: string | null }
}

interface Fixtures {
  /** Whether the hall is the demo's; otherwise there is none yet. */
  demo: boolean
  /** Screens of one test are gone before the next begins: what is open takes time from it. */
  closing: undefined
  hall: Hall
  keep: (page: Page, name: string) => Promise<void>
}

export const test = base.extend<Fixtures, Shared>({
  templates: [
    async ({ browserName: _ }, use, { project }) => {
      if (project.name === 'services') {
        const postgres = await startPostgres()
        await use({ ...(await makeDatabases(postgres.url, ZONE)), postgresUrl: postgres.url })
        await postgres.stop()
      } else {
        const { folders, remove } = await makeFolders(ZONE)
        await use({ ...folders, postgresUrl: null })
        await remove()
      }
    },
    { scope: 'worker' },
  ],
  demo: [true, { option: true }],
  closing: [
    async ({ browser }, use) => {
      await use(undefined)
      for (const context of browser.contexts()) await context.close()
    },
    { auto: true },
  ],
  hall: async ({ demo, templates }, use, { project }) => {
    const folder = await mkdtemp(join(tmpdir(), 'nuanhao-e2e-'))
    const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
    const port = await freePort()
    const variables: Record<string, string> = {
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'key'),
      PUBLIC_URL: `http://hall.test:${port}`,
      DEMO: demo ? '1' : '0',
      LOG_LEVEL: 'warn',
      PRINTER_ALLOW: '127.0.0.1',
    }
    const template = demo ? templates.demo : templates.empty
    const { postgresUrl } = templates
    if (postgresUrl === null) {
      cpSync(template, join(folder, 'data'), { recursive: true })
    } else {
      // Many programs share it, so none of them makes it.
      await writeFile(join(folder, 'key'), newKeyFile(), { mode: 0o600 })
      const redis = await startRedis()
      const database = await createDatabase(postgresUrl, template)
      closers.push(redis.stop, database.drop)
      variables.DATABASE_URL = database.url
      variables.REDIS_URL = redis.url
    }
    const onData = async (statement: string, ms: number) => {
      const { DATABASE_URL, DATA_DIR = '' } = variables
      const database = DATABASE_URL
        ? await openPostgres(DATABASE_URL, (error) => {
            throw error
          })
        : await openEmbedded(DATA_DIR)
      await database.query(statement, [ms])
      await database.close()
    }
    let server: Program
    let settings = (await readFile('demo/hall.yaml', 'utf8')).replace(DEMO_SITE.timeZone, ZONE)
    const hall: Hall = {
      url: `http://127.0.0.1:${port}`,
      kill: async () => {
        server.process.kill('SIGKILL')
        await server.ended
      },
      start: async () => {
        server = runProgram('server/main.ts', variables)
        await server.printed(demo ? UP : SETUP)
      },
      windAhead: (ms) => onData('update nuanhao.site set clock = clock + $1', ms),
      printed: () => server.output(),
      command: async (...args) => {
        const ended = await runProgram('scripts/hall.ts', variables, args).ended
        if (ended.code !== 0) throw new Error(ended.output)
        return ended.output
      },
      age: async (ms) => {
        await onData('update nuanhao.leg set arrived_at = arrived_at - $1, v = v - $1', ms)
        await onData('update nuanhao.interval set from_at = from_at - $1', ms)
        await onData('update nuanhao.device set seen_at = seen_at - $1', ms)
      },
      apply: async (change) => {
        const changed = change(settings)
        if (changed === settings) throw new Error('nothing would change')
        settings = changed
        const file = join(folder, 'hall.yaml')
        await writeFile(file, settings)
        return hall.command('apply', file)
      },
    }
    const started = hall.start()
    if (project.name === 'services') {
      const worker = runProgram('worker/main.ts', { ...variables, LOG_LEVEL: 'info' })
      await worker.printed(/worker started/)
      closers.push(async () => {
        worker.process.kill('SIGTERM')
        await worker.ended
      })
    }
    await started
    await use(hall)
    await hall.kill()
    for (const close of closers.reverse()) await close()
  },

  /** Keeps a picture of a screen, as an artefact of the run. */
  keep: async ({ browserName: _ }, use, { project }) => {
    await use(async (page, name) => {
      await page.screenshot({ path: `test-results/screens/${project.name}-${name}.png` })
    })
  },
})

export { expect } from '@playwright/test'
