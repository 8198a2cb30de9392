import type { LineConnection } from './connection.ts'
import { LaneQueue, type Proposal, type Stint } from './lane-queue.ts'

/** The line is not waited for longer than this, ms: the hall goes on without it. */
export const PATIENCE = 250
/** While the line is away it is asked this often whether it is back, ms. */
const PROBE_EVERY = 500

/** Thrown when the line did not answer in time or answered with an error. */
export class LineAway extends Error {
  constructor(cause: unknown) {
    super('the line does not answer', { cause })
    this.name = 'LineAway'
  }
}

export interface LineOptions {
  onError: (error: Error) => void
  /** Told when the line has stopped answering. */
  onAway: () => void
  /** Told when the line is back after having been away: what it holds may be old or gone, until this has made it whole. */
  onBack: () => Promise<void>
}

/** The lines of all lanes. It may be away at any time; what it says is a proposal, never the truth. */
export class Line {
  readonly connection: LineConnection
  readonly #options: LineOptions
  readonly #lanes = new Map<string, LaneQueue>()
  #away = false
  #whole = true
  #probe: NodeJS.Timeout | undefined
  #closed = false
  readonly #unfinished = new Set<Promise<unknown>>()

  constructor(connection: LineConnection, options: LineOptions) {
    this.connection = connection
    this.#options = options
    connection.onReady(() => this.#back())
  }

  /** Whether the line is there. When not, the SQL head serves alone. */
  get healthy(): boolean {
    return !this.#away
  }

  /** Whether the line has heard of all there was: it is there, and has been made whole since it was away. */
  get whole(): boolean {
    return this.#whole
  }

  lane(siteId: string, queue: string): LaneQueue {
    const key = `${siteId}\n${queue}`
    let lane = this.#lanes.get(key)
    if (!lane) {
      lane = new LaneQueue(this.connection, siteId, queue, this.#options.onError)
      this.#lanes.set(key, lane)
    }
    return lane
  }

  /** Queues of a site that this process has used. */
  known(siteId: string): string[] {
    const prefix = `${siteId}\n`
    return [...this.#lanes.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
  }

  /** Adds a stint; while the line is away this is left to the reconciler. */
  async add(siteId: string, queue: string, stint: Stint, dayStart: number): Promise<void> {
    await this.#patiently(() => this.lane(siteId, queue).add([stint], dayStart))
  }

  /** The head of a lane as a proposal; null when the lane is empty or the line is away. */
  async propose(siteId: string, queue: string): Promise<Proposal | null> {
    const lane = this.lane(siteId, queue)
    return this.#patiently(
      () => lane.propose(),
      // It answers too late to be used: what it took out goes back.
      (late) => (late ? lane.handBack(late) : undefined),
    )
  }

  /** Ends a proposal: its job is done with, or goes back if its leg still waits. */
  async settle(siteId: string, queue: string, proposal: Proposal, waits: boolean): Promise<void> {
    const lane = this.lane(siteId, queue)
    await this.#patiently(() => (waits ? lane.handBack(proposal) : lane.complete(proposal)))
  }

  /** Takes a stint out that was called without having been proposed. */
  async remove(siteId: string, queue: string, id: string): Promise<void> {
    await this.#patiently(() => this.lane(siteId, queue).remove(id))
  }

  /** How many places a lane holds, and how many of its places are taken out; null while the line is away. */
  async counts(siteId: string, laneId: string): Promise<{ waiting: number; active: number } | null> {
    return this.#patiently(() => this.lane(siteId, laneId).counts())
  }

  /** Work on the line that nobody waits for, except whoever closes it. */
  later(work: Promise<unknown>): void {
    const done = work.catch(this.#options.onError).finally(() => this.#unfinished.delete(done))
    this.#unfinished.add(done)
  }

  /** Resolves when all work that was left for later is done. */
  async settled(): Promise<void> {
    await Promise.all(this.#unfinished)
  }

  async close(): Promise<void> {
    await this.settled()
    this.#closed = true
    clearTimeout(this.#probe)
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close()))
    await this.connection.close()
  }

  /** Does `work` unless the line is away; gives null when it is, or turns out to be. */
  async #patiently<T>(work: () => Promise<T>, onLate?: (late: T) => unknown): Promise<T | null> {
    if (this.#away || this.#closed) return null
    let timer: NodeJS.Timeout | undefined
    const working = work()
    const impatience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LineAway('timeout')), PATIENCE)
    })
    try {
      return await Promise.race([working, impatience])
    } catch (error) {
      working.then(onLate, () => undefined).catch(this.#options.onError)
      this.#leave(error)
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  #leave(error: unknown): void {
    this.#options.onError(error instanceof Error ? error : new Error(String(error)))
    if (this.#away || this.#closed) return
    this.#away = true
    this.#whole = false
    this.#options.onAway()
    this.#ask()
  }

  #ask(): void {
    this.#probe = setTimeout(async () => {
      try {
        await this.connection.ping()
        this.#back()
      } catch {
        // Still away: the first error was reported, the next probe asks again.
        if (!this.#closed && this.#away) this.#ask()
      }
    }, PROBE_EVERY)
    this.#probe.unref()
  }

  #back(): void {
    if (!this.#away || this.#closed) return
    clearTimeout(this.#probe)
    this.#away = false
    const whole = () => {
      this.#whole = !this.#away
    }
    this.#options.onBack().catch(this.#options.onError).then(whole)
  }
}
