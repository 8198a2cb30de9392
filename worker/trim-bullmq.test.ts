import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as decide from '#domain/decide.ts'
import type { Hall } from '#line/hall.ts'
import { reconcile } from '#line/reconcile.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { deskOf, legOf } from '#test/harness/desk.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { checkpoint } from './checkpoint.ts'
import { startWorker } from './start.ts'
import { trimBullmq } from './trim-bullmq.ts'
import { vacuum } from './vacuum.ts'

const quiet = pino({ level: 'silent' })
const JOBS = 700

describe.each(MODES)('BullMQ’s own events, %s', (mode) => {
  let test: TestHall
  let hall: Hall
  let redis: Redis
  let desk: ReturnType<typeof deskOf>
  /** Whoever waits while everything is trimmed. */
  let first: string
  let laneId: string

  /** How many events BullMQ remembers of a queue. */
  const events = async (queue: string, prefix = SITE): Promise<number> => {
    if (mode === 'services') return redis.xlen(`{${prefix}}:${queue}:events`)
    const [row] = await hall.database.query<{ count: number }>(
      'select count(*) from bullmq.event where queue = $1',
      [queue],
    )
    return row?.count ?? 0
  }

  beforeAll(async () => {
    test = await startHall(mode)
    hall = test.running.parts.hall
    redis = new Redis(test.environment.REDIS_URL ?? '', { lazyConnect: true })
    desk = deskOf(hall, SITE)
    await desk.counter('c2', decide.openCounter)
    const issued = legOf(await desk.issue('residence-permit'))
    first = issued.ticketId
    laneId = issued.laneId
    await desk.issue('residence-permit')
    await hall.line.settled()
    // Each job is added, taken out and completed.
    const lane = hall.line.lane(SITE, 'busy')
    const now = hall.now()
    await lane.add(
      Array.from({ length: JOBS }, (_, n) => ({ id: `leg${n}`, stint: 1, v: now + n * 100, n })),
      now - 86_400_000,
    )
    for (let done = 0; done < JOBS; done++) {
      const proposal = await lane.propose()
      if (!proposal) throw new Error('the lane is empty too early')
      await lane.complete(proposal)
    }
  })
  afterAll(async () => {
    redis.disconnect()
    await test.stop()
  })

  it('[TRIM1] are many after 2,000 operations, and few after the chore, however often it runs', async () => {
    expect(await events(`${SITE}.busy`)).toBeGreaterThan(2 * JOBS)
    if (mode === 'services') await redis.xadd('{shop}:orders:events', '*', 'of', 'another program')
    await Promise.all([trimBullmq.run(hall, quiet), trimBullmq.run(hall, quiet)])
    expect(await events(`${SITE}.busy`)).toBeLessThan(250)
    await trimBullmq.run(hall, quiet)
    if (mode === 'services') {
      // Not a queue of ours.
      for (let n = 0; n < 500; n++) await redis.xadd('{shop}:orders:events', '*', 'of', 'another program')
      await trimBullmq.run(hall, quiet)
      expect(await redis.xlen('{shop}:orders:events')).toBe(501)
    }
  })

  it('[TRIM1] the line still holds who waits, and gives the next', async () => {
    expect(await hall.line.counts(SITE, laneId)).toEqual({ waiting: 2, active: 0 })
    const called = legOf(await desk.callNext('c2'))
    expect(called.ticketId).toBe(first)
    await desk.ticket(called.ticketId, decide.complete)
    await desk.issue('residence-permit')
    await hall.line.settled()
    await reconcile(hall, true)
    expect(await hall.line.counts(SITE, laneId)).toEqual({ waiting: 2, active: 0 })
    expect((await hall.metrics.divergences.get()).values.reduce((sum, { value }) => sum + value, 0)).toBe(0)
  })

  // A PostgreSQL server does this by itself.
  if (mode === 'embedded') {
    it('[TRIM2] the room of dead rows is used again', async () => {
      const dead = async () => {
        // Otherwise what was counted may be a second old.
        await hall.database.query('select pg_stat_force_next_flush()')
        const [row] = await hall.database.query<{ dead: number }>(
          `select n_dead_tup as dead from pg_stat_user_tables where schemaname = 'bullmq' and relname = 'job'`,
        )
        return row?.dead
      }
      expect(await dead()).toBeGreaterThan(500)
      await vacuum.run(hall, quiet)
      expect(await dead()).toBe(0)
      const room = async () =>
        (await hall.database.query<{ room: number }>(`select pg_relation_size('bullmq.job') as room`))[0]
          ?.room
      const before = await room()
      const lane = hall.line.lane(SITE, 'busy')
      const now = hall.now()
      const jobs = Array.from({ length: 300 }, (_, n) => ({ id: `again${n}`, stint: 1, v: now, n }))
      await lane.add(jobs, now - 86_400_000)
      expect(await room()).toBe(before)
    })

    it('[TRIM3] the log of changes begins anew once it is long', async () => {
      const log = async () => {
        const [row] = await hall.database.query<{ size: number }>(
          'select (pg_current_wal_lsn() - redo_lsn)::bigint as size from pg_control_checkpoint()',
        )
        return row?.size ?? 0
      }
      const before = await log()
      await checkpoint.run(hall, quiet)
      expect(await log()).toBeGreaterThanOrEqual(before)
      // Written to the log, and nowhere else.
      await hall.database.query(
        `select count(pg_logical_emit_message(true, 'test', repeat('x', 1000000))) from generate_series(1, 40)`,
      )
      expect(await log()).toBeGreaterThan(32 * 1024 * 1024)
      await checkpoint.run(hall, quiet)
      expect(await log()).toBeLessThan(1024 * 1024)
    })
  }

  it('[TRIM1] the chores go on by themselves, and leave no finished jobs behind', async () => {
    const outward = { keys: test.running.parts.keys, allowed: [], audit: auditKeeping(test.environment) }
    const worker = await startWorker(hall, quiet, outward)
    try {
      const called = legOf(await desk.callNext('c2'))
      await trimBullmq.run(hall, quiet)
      const missed = new Promise((resolve) => {
        hall.hints.listen(({ event }) => event?.type === 'ticket:missed' && resolve(event.legs[0]?.id))
      })
      test.clock.ahead += DEMO_SITE.callTimeout
      expect(await missed).toBe(called.id)
    } finally {
      await worker.stop()
    }
    const { options, factory } = hall.line.connection.chores
    const { Queue } = await import('bullmq')
    const queue = new Queue('chores', options, factory)
    expect(await queue.getJobCounts('completed', 'failed')).toEqual({ completed: 0, failed: 0 })
    await queue.close()
  })
})
