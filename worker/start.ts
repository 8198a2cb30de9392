import { Queue, Worker } from 'bullmq'
import type { Logger } from 'pino'
import type { Hall } from '#line/hall.ts'
import { CHORES, checkRegistry } from './registry.ts'

const QUEUE = 'chores'
/** A chore that hangs is taken over after this, ms. */
const LOCK = 30_000

/** Starts the chores of this process. Any number of workers share them: each turn of a chore is done once. */
export async function startWorker(hall: Hall, logger: Logger): Promise<{ stop(): Promise<void> }> {
  const byName = checkRegistry(CHORES)
  const { options, factory } = hall.line.connection.chores
  const onError = (error: Error) => logger.warn({ error }, 'the chores queue is away; trying again')
  const queue = new Queue(QUEUE, options, factory)
  queue.on('error', onError)
  const worker = new Worker(
    QUEUE,
    async ({ name }) => {
      const chore = byName.get(name)
      // A chore of an older or newer program: its own workers do it.
      if (!chore) return
      await chore.run(hall, logger)
    },
    { ...options, lockDuration: LOCK, concurrency: CHORES.length },
    factory,
  )
  worker.on('error', onError)
  worker.on('failed', (job, error) =>
    logger.error({ error, chore: job?.name }, 'a chore failed; it comes again'),
  )
  for (const { name, every } of CHORES) {
    await queue.upsertJobScheduler(
      name,
      { every },
      { name, opts: { removeOnComplete: true, removeOnFail: true } },
    )
  }
  return {
    stop: async () => {
      await worker.close()
      await queue.close()
    },
  }
}
