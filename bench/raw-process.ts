// The baseline: one row committed and the BullMQ calls involved, with the same drivers and nothing else.
import { join } from 'node:path'
import { Queue, Worker } from 'bullmq'
import { connectEmbedded, connectRedis, type LineConnection } from '#line/connection.ts'
import type { Database } from '#store/database.ts'
import { openEmbedded } from '#store/embedded.ts'
import { openPostgres } from '#store/postgres.ts'
import { LANES } from './bench-site.ts'
import type { Where } from './hall-process.ts'
import { serve } from './remote.ts'

/** What a round of one side has measured. */
export interface Round {
  /** ms of each */
  latencies: number[]
  /** ms that count for the rate */
  busy: number
}

const TOKEN = 'raw'
const NOT_KEPT = { removeOnComplete: true, removeOnFail: true }
const onError = (error: Error) => console.error(error)

let database: Database
let connection: LineConnection
let lanes: { queue: Queue; worker: Worker }[] = []
let drawn = 0

const methods = {
  start: async ({ folder, databaseUrl, redisUrl }: Where) => {
    if (databaseUrl !== undefined && redisUrl !== undefined) {
      database = await openPostgres(databaseUrl, onError)
      connection = connectRedis(redisUrl, onError)
      await new Promise<void>((resolve) => connection.onReady(resolve))
    } else {
      const embedded = await openEmbedded(join(folder, 'raw'))
      database = embedded
      connection = await connectEmbedded(embedded)
    }
    await database.script(`create schema raw;
      create table raw.ticket (id text primary key, number text not null, lane_id text not null, state text not null,
                               issued_at bigint not null)`)
  },

  /** Makes new lanes where `waiting` tickets wait. */
  makeLanes: async ({ id, waiting }: { id: string; waiting: number }) => {
    const { options, factory } = connection.lanes
    lanes = LANES.map((lane) => {
      const name = `${id}.${lane}`
      const shared = { ...options, prefix: `{${id}}` }
      const queue = new Queue(name, shared, factory)
      const worker = new Worker(name, null, { ...shared, autorun: false }, factory)
      return { queue: queue as unknown as Queue, worker: worker as unknown as Worker }
    })
    const perLane = Math.ceil(waiting / LANES.length)
    for (const [at, { queue }] of lanes.entries()) {
      const jobs = Array.from({ length: perLane }, newJob)
      if (jobs.length === 0) continue
      await database.query(
        `insert into raw.ticket select id, 'A001', $2, 'waiting', 0 from unnest($1::text[]) id`,
        [jobs.map(({ opts }) => opts.jobId), LANES[at]],
      )
      for (let from = 0; from < jobs.length; from += 1_000)
        await queue.addBulk(jobs.slice(from, from + 1_000))
    }
  },

  dropLanes: async () => {
    for (const { queue } of lanes) await queue.obliterate({ force: true })
    await database.query('delete from raw.ticket')
  },

  /** Commit a row, add a job: `clients` at once, for `ms`. */
  issue: async ({ clients, ms }: { clients: number; ms: number }): Promise<Round> => {
    const latencies: number[] = []
    const start = performance.now()
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (performance.now() - start < ms) {
          const before = performance.now()
          await issueOne()
          latencies.push(performance.now() - before)
        }
      }),
    )
    return { latencies, busy: performance.now() - start }
  },

  /** Fetch the head, commit a row, complete the job: `counters` at once, again and again. Only the waves count. */
  call: async ({ counters, waves }: { counters: number; waves: number }): Promise<Round> => {
    const latencies: number[] = []
    let busy = 0
    for (let wave = 0; wave < waves; wave++) {
      const start = performance.now()
      await Promise.all(
        Array.from({ length: counters }, async (_, counter) => {
          await callOne(counter % lanes.length)
          latencies.push(performance.now() - start)
        }),
      )
      busy += performance.now() - start
    }
    return { latencies, busy }
  },

  /** ms of each part of one issue and one call, alone. */
  parts: async (times: number) => {
    const spent = { insert: 0, add: 0, next: 0, update: 0, complete: 0 }
    for (let time = 0; time < times; time++) await partsOnce(spent)
    return Object.fromEntries(Object.entries(spent).map(([part, ms]) => [part, ms / times])) as typeof spent
  },

  stop: async () => {
    for (const { queue, worker } of lanes) await Promise.all([queue.close(), worker.close()])
    await connection.close()
    await database.close()
  },
}

export type RawProcess = typeof methods

function newJob() {
  drawn += 1
  const jobId = `${crypto.randomUUID()}-1`
  return {
    name: 'stint',
    data: {},
    opts: { jobId, priority: 1 + Math.floor(performance.now() / 100), ...NOT_KEPT },
  }
}

async function insert(jobId: string, laneId: string | undefined): Promise<void> {
  await database.query(
    'insert into raw.ticket (id, number, lane_id, state, issued_at) values ($1, $2, $3, $4, $5)',
    [jobId, `A${drawn}`, laneId, 'waiting', Date.now()],
  )
}

async function update(jobId: string): Promise<void> {
  await database.query('update raw.ticket set state = $2 where id = $1', [jobId, 'called'])
}

async function issueOne(): Promise<void> {
  const { name, data, opts } = newJob()
  const at = drawn % lanes.length
  await insert(opts.jobId, LANES[at])
  await lanes[at]?.queue.add(name, data, opts)
}

async function callOne(at: number): Promise<void> {
  const job = await lanes[at]?.worker.getNextJob(TOKEN, { block: false })
  if (!job?.id) throw new Error('the raw lane is empty')
  await update(job.id)
  await job.moveToCompleted('', TOKEN, false)
}

async function partsOnce(spent: {
  insert: number
  add: number
  next: number
  update: number
  complete: number
}): Promise<void> {
  const [lane] = lanes
  if (!lane) throw new Error('no lanes were made')
  const { name, data, opts } = newJob()
  const t0 = performance.now()
  await insert(opts.jobId, LANES[0])
  const t1 = performance.now()
  await lane.queue.add(name, data, opts)
  const t2 = performance.now()
  const job = await lane.worker.getNextJob(TOKEN, { block: false })
  const t3 = performance.now()
  if (!job?.id) throw new Error('the raw lane is empty')
  await update(job.id)
  const t4 = performance.now()
  await job.moveToCompleted('', TOKEN, false)
  spent.insert += t1 - t0
  spent.add += t2 - t1
  spent.next += t3 - t2
  spent.update += t4 - t3
  spent.complete += performance.now() - t4
}

serve(methods)
