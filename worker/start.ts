import { Queue, Worker } from 'bullmq'
import type { Logger } from 'pino'
import type { Hall } from '#line/hall.ts'
import { reconcile } from '#line/reconcile.ts'
import type { AnyChore, Outward } from './chore.ts'
import { CHORES, checkRegistry } from './registry.ts'

const QUEUE = 'chores'
/** A chore that hangs is taken over after this, ms. */
const LOCK = 30_000
/** Redis may be emptied under us, and what is no longer scheduled would never run again: looked at this often, ms. */
const LOOK_EVERY = 1_000

/** Starts the chores of this process. Any number of workers share them: each turn of a chore is done once. */
export async function startWorker(
  hall: Hall,
  logger: Logger,
  outward: Outward,
): Promise<{ stop(): Promise<void> }> {
  const parts = { ...hall, ...outward }
  // A chore that takes longer than its interval is not begun again beside itself: it would take the others' places.
  const underWay = new Set<string>()
  const byName = checkRegistry(CHORES)
  // After a crash a lane may hold as many as wait, and yet not the same ones: the chore, which counts, would not see it.
  await reconcile(hall, true)
  const { options, factory } = hall.line.connection.chores
  const onError = (error: Error) => logger.warn({ error }, 'the chores queue is away; trying again')
  const queue = new Queue(QUEUE, options, factory)
  queue.on('error', onError)
  const worker = new Worker(
    QUEUE,
    async ({ name }) => {
      const chore = byName.get(name)
      // A chore of an older or newer program: its own workers do it.
      if (!chore || underWay.has(name)) return
      underWay.add(name)
      await chore.run(parts, logger).finally(() => underWay.delete(name))
    },
    { ...options, lockDuration: LOCK, concurrency: CHORES.length },
    factory,
  )
  worker.on('error', onError)
  worker.on('failed', (job, error) =>
    logger.error({ error, chore: job?.name }, 'a chore failed; it comes again'),
  )
  const schedule = async ({ name, every }: AnyChore) => {
    await queue.upsertJobScheduler(
      name,
      { every },
      { name, opts: { removeOnComplete: true, removeOnFail: true } },
    )
  }
  for (const chore of CHORES) await schedule(chore)
  const look = async () => {
    for (const chore of CHORES) if (!(await queue.getJobScheduler(chore.name))) await schedule(chore)
  }
  let looking = false
  const watch = setInterval(() => {
    // While the queue is away one look waits for it; more would only pile up.
    if (looking) return
    looking = true
    look()
      .catch(onError)
      .finally(() => {
        looking = false
      })
  }, LOOK_EVERY)
  return {
    stop: async () => {
      clearInterval(watch)
      await worker.close()
      await queue.close()
    },
  }
}
