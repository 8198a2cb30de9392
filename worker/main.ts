import { Registry } from 'prom-client'
import { openHall } from '#line/open-hall.ts'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { readEnvironment } from '#settings/environment.ts'
import { readKeyFile } from '#settings/key-file.ts'
import { createLogger } from '#settings/logger.ts'
import { startWorker } from './start.ts'

/** Closing takes at most this long, ms. */
const STOP_WITHIN = 10_000

try {
  const environment = readEnvironment(process.env)
  if (environment.mode === 'embedded') {
    throw new Error(
      'The embedded hall has its worker inside the server: npm start is all it needs. A worker of its own needs DATABASE_URL and REDIS_URL.',
    )
  }
  const logger = createLogger(environment.LOG_LEVEL)
  const onError = (error: Error) => logger.warn({ error }, 'a part is away; going on')
  // Made by whoever set the hall up: a worker that made one of its own could open nothing.
  const keys = readKeyFile(environment.KEY_FILE, false)
  const hall = await openHall(environment, new Registry(), Date.now, onError)
  const starting = startWorker(hall, logger, {
    keys,
    allowed: environment.WEBHOOK_ALLOW,
    audit: auditKeeping(environment),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      // Redis may be away, and BullMQ would wait for it; an unfinished chore is taken over by another worker.
      setTimeout(() => process.exit(0), STOP_WITHIN).unref()
      await starting.then((worker) => worker.stop())
      await hall.close()
      process.exit(0)
    })
  }
  await starting
  logger.info('worker started')
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : error}\n\n`)
  process.exit(1)
}
