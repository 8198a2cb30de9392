import { EnvironmentError, readEnvironment } from '#settings/environment.ts'
import { createLogger } from '#settings/logger.ts'
import { FolderInUse } from '#store/lock-file.ts'
import { WrongSchema } from '#store/migrate.ts'
import { startWorker } from '#worker/start.ts'
import { printLinks } from './links.ts'
import { StartError, startServer } from './start.ts'

/** Closing takes at most this long, ms. */
const STOP_WITHIN = 10_000

try {
  const environment = readEnvironment(process.env)
  const logger = createLogger(environment.LOG_LEVEL)
  const starting = startServer(environment, logger, { now: Date.now, startWorker })
  // From the first moment on: whoever stops it while it starts must not leave a lock or a half-open database behind.
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      // A second Ctrl-C means now.
      if (stopping) process.exit(1)
      stopping = true
      // A part that is away must not keep the program from ending; what was answered is committed.
      setTimeout(() => process.exit(1), STOP_WITHIN).unref()
      await starting.then((running) => running.stop())
      process.exit(0)
    })
  }
  const running = await starting
  if (!stopping) await printLinks(running, process.stdout)
} catch (error) {
  const known = [EnvironmentError, FolderInUse, StartError, WrongSchema].some((kind) => error instanceof kind)
  process.stderr.write(`\n${known ? (error as Error).message : ((error as Error).stack ?? error)}\n\n`)
  process.exit(1)
}
