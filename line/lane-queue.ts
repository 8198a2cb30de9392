import { type IQueueBackend, type Job, type JobProgress, Queue, Worker } from 'bullmq'
import type { Leg } from '#domain/leg.ts'
import { linePriority } from '#domain/turn.ts'
import { refuseInsideTransaction } from '#store/database.ts'
import type { LineConnection } from './connection.ts'

/** A waiting stint as the line holds it. */
export type Stint = Pick<Leg, 'id' | 'stint' | 'v' | 'n'>

/** A head of a lane, taken out of the line until it is settled. */
export interface Proposal {
  legId: string
  /** Its place as the line knows it. */
  priority: number
  job: Job
}

/** What a lane holds, by job id. */
export interface Contents {
  waiting: string[]
  /** Taken out; `since` in ms on the machine's clock. */
  active: { id: string; since: number }[]
}

/** Whoever fetches by hand holds its jobs under one name; nothing is checked against it but the fetcher itself. */
const TOKEN = 'call-next'
/** Anyone may move a job with this token: BullMQ then checks no lock. */
const ANY = '0'

const NOT_KEPT = { removeOnComplete: true, removeOnFail: true }

/** Job id of a stint: adding it twice is adding it once. */
export function jobId({ id, stint }: Pick<Stint, 'id' | 'stint'>): string {
  return `${id}-${stint}`
}

/** One queue's places in line: a BullMQ priority queue, fetched from by hand. */
export class LaneQueue {
  readonly #queue: Queue<object, unknown, string, object, unknown, string, IQueueBackend>
  readonly #worker: Worker<object, unknown, string, IQueueBackend, JobProgress>

  /**
   * The prefix keeps a site's keys in one slot of a Redis Cluster; the name has the site too, because BullMQ's
   * PostgreSQL backend knows no prefix.
   */
  constructor(connection: LineConnection, siteId: string, queue: string, onError: (error: Error) => void) {
    const { options, factory } = connection.lanes
    const name = `${siteId}.${queue}`
    const shared = { ...options, prefix: `{${siteId}}` }
    this.#queue = new Queue(name, shared, factory)
    this.#worker = new Worker(name, null, { ...shared, autorun: false }, factory)
    this.#queue.on('error', onError)
    this.#worker.on('error', onError)
  }

  /** Puts stints in, in the order given. `dayStart`: start of the site's business day, ms. */
  async add(stints: readonly Stint[], dayStart: number): Promise<void> {
    refuseInsideTransaction()
    const jobs = stints.map((stint) => ({
      name: 'stint',
      data: {},
      opts: { jobId: jobId(stint), priority: linePriority(stint.v, dayStart), ...NOT_KEPT },
    }))
    const [only] = jobs
    if (jobs.length === 1 && only) await this.#queue.add(only.name, only.data, only.opts)
    else if (jobs.length > 1) await this.#queue.addBulk(jobs)
  }

  /** Takes the head out as a proposal; null when the lane is empty. */
  async propose(): Promise<Proposal | null> {
    refuseInsideTransaction()
    const job = await this.#worker.getNextJob(TOKEN, { block: false })
    if (!job?.id) return null
    return { legId: job.id.slice(0, job.id.lastIndexOf('-')), priority: job.opts.priority ?? 0, job }
  }

  /** The proposed leg does not wait any more: its job is done. */
  async complete({ job }: Proposal): Promise<void> {
    refuseInsideTransaction()
    await job.moveToCompleted('', TOKEN, false)
  }

  /** The proposed leg still waits: its job goes back to its place. */
  async handBack({ job }: Proposal): Promise<void> {
    refuseInsideTransaction()
    await job.moveToWait(TOKEN)
  }

  /** How many jobs the lane holds: in line, and taken out. */
  async counts(): Promise<{ waiting: number; active: number }> {
    refuseInsideTransaction()
    const {
      prioritized = 0,
      waiting = 0,
      active = 0,
    } = await this.#queue.getJobCounts('prioritized', 'waiting', 'active')
    return { waiting: prioritized + waiting, active }
  }

  async contents(): Promise<Contents> {
    refuseInsideTransaction()
    const active = await this.#queue.getJobs(['active'])
    const waiting = await this.#queue.getRanges(['prioritized', 'waiting'], 0, -1, true)
    return {
      waiting,
      active: active.flatMap(({ id, processedOn }) => (id ? [{ id, since: processedOn ?? 0 }] : [])),
    }
  }

  /** Takes a job out that should not be there. */
  async remove(id: string): Promise<void> {
    refuseInsideTransaction()
    await this.#queue.remove(id)
  }

  /** Settles a job that somebody took out and left: back to its place, or done with. */
  async settleLeft(id: string, waits: boolean): Promise<void> {
    refuseInsideTransaction()
    const job = await this.#queue.getJob(id)
    if (!job) return
    if (waits) await job.moveToWait(ANY)
    else await job.moveToCompleted('', ANY, false)
  }

  async close(): Promise<void> {
    await Promise.all([this.#queue.close(), this.#worker.close()])
  }
}
