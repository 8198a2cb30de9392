// `npm run demo`: a practice hall with people in it, from its start to Ctrl-C.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO_HALL } from '#server/demo.ts'
import { RealHall } from '#server/practice.ts'
import { StartError, startServer } from '#server/start.ts'
import { EnvironmentError, readEnvironment } from '#settings/environment.ts'
import { createLogger } from '#settings/logger.ts'
import { currentHall, Refused as HallRefused } from '#setup/hall-apply.ts'
import { checkHall, writeProblem } from '#setup/hall-check.ts'
import type { HallSettings } from '#setup/hall-file.ts'
import { type CheckedPicture, picturesBeside } from '#setup/pictures.ts'
import { FolderInUse } from '#store/lock-file.ts'
import { newPassword } from '#store/password.ts'
import { ticketCode } from '#store/tokens.ts'
import { startWorker } from '#worker/start.ts'
import { virtualStaff } from './accounts.ts'
import { Crowd, NotPractice } from './crowd.ts'
import { linesOf } from './links.ts'
import { live } from './live.ts'
import { readOptions, Usage } from './options.ts'
import { randomOf } from './random.ts'

/** Ending takes at most this long, ms. */
const STOP_WITHIN = 10_000
/** So many residents stand at the door when it opens. */
const AT_FIRST = 8

const KNOWN = [Usage, RealHall, NotPractice, StartError, FolderInUse, EnvironmentError, HallRefused]

/** What was begun, to be ended in the opposite order. */
const closers: (() => Promise<unknown>)[] = []

async function end(code: number): Promise<never> {
  setTimeout(() => process.exit(1), STOP_WITHIN).unref()
  for (const close of closers.splice(0).reverse()) await close()
  process.exit(code)
}

async function begin(): Promise<void> {
  const options = readOptions(process.argv.slice(2), Math.floor(Math.random() * 2 ** 32))
  const own = options.hall === null ? null : await readHall(options.hall)
  let folder = options.data
  let keyFile = `${folder}.key`
  if (folder === null) {
    const made = await mkdtemp(join(tmpdir(), 'nuanhao-practice-'))
    closers.push(() => rm(made, { recursive: true, force: true }))
    folder = join(made, 'data')
    keyFile = join(made, 'key')
  }
  // Not the .env of the folder, and of the environment only what leads nowhere: they belong to the real hall. [PRACTICE3]
  const { LOG_LEVEL = 'warn', VOICE_DIR, DEMO_PASSWORD } = process.env
  const environment = readEnvironment(
    {
      PORT: String(options.port),
      HOST: options.host,
      DATA_DIR: folder,
      KEY_FILE: keyFile,
      // All its residents are this machine, and its day is short.
      RATE_LIMITS: '0',
      ...{ LOG_LEVEL, VOICE_DIR, DEMO_PASSWORD },
    },
    null,
  )
  const password = environment.DEMO_PASSWORD ?? newPassword(10)
  const logger = createLogger(environment.LOG_LEVEL)
  const running = await startServer(environment, logger, {
    now: Date.now,
    startWorker,
    practice: {
      ...(own ?? { hall: DEMO_HALL, pictures: [] }),
      anew: own !== null,
      staff: virtualStaff,
      password,
    },
  })
  closers.push(() => running.stop())
  const { url, parts } = running
  const crowd = await Crowd.enter({
    url,
    password,
    speed: options.speed,
    random: randomOf(options.seed),
    newKey: () => crypto.randomUUID(),
    now: parts.hall.now,
    atFirst: AT_FIRST,
    onError: (error) => logger.warn({ error }, 'a virtual person could not do what they wanted; going on'),
  })
  const people = live(url, crowd, parts.hall.now)
  closers.push(() => people.stop())
  const settings = await currentHall(parts.hall.database.query, crowd.site.id)
  const someone = crowd.someoneWaiting()
  const code = someone === null ? null : ticketCode(someone, parts.keys.codes)
  const { counters } = crowd.site
  const accounts = settings?.accounts ?? []
  if (!ending) process.stdout.write(`${linesOf({ url, options, counters, accounts, password, code })}\n`)
}

async function readHall(file: string): Promise<{ hall: HallSettings; pictures: CheckedPicture[] }> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Usage(`${file} cannot be read: ${(error as Error).message}`)
  }
  const checked = checkHall(text, await picturesBeside(file, text))
  if (!checked.hall) throw new Usage(checked.errors.map((problem) => writeProblem(file, problem)).join('\n'))
  return { hall: checked.hall, pictures: checked.pictures }
}

let ending = false
const started = begin()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    // A second Ctrl-C means now.
    if (ending) process.exit(1)
    ending = true
    setTimeout(() => process.exit(1), STOP_WITHIN).unref()
    await started.catch(() => {})
    await end(0)
  })
}
try {
  await started
} catch (error) {
  const known = KNOWN.some((kind) => error instanceof kind)
  process.stderr.write(`\n${known ? (error as Error).message : ((error as Error).stack ?? error)}\n\n`)
  await end(1)
}
