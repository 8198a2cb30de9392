import type { Logger } from 'pino'
import { type By, note } from '#store/audit.ts'
import type { Database } from '#store/database.ts'

/** The same from the same is written down once in this time, ms, and then how often it came again. */
const WITHIN = 60_000
/** So many different ones at most at a time; of more only the number is kept. */
const MOST = 100

/** A refusal that an auditor wants to know of. */
export interface Refused {
  /** null: what concerns no site. */
  siteId: string | null
  by: By
  action: string
  subject?: string | null
  /** The key it was refused with. */
  key: string
}

type Kept = Refused & { until: number; again: number }

/**
 * Writes down refusals that are worth it, each in a statement of its own, because what was refused was never carried out.
 * Whoever tries a thousand times fills no database: the first is written at once, and their number after a minute. [AUDIT5]
 */
export class Refusals {
  readonly #database: Database
  readonly #now: () => number
  readonly #logger: Logger
  readonly #kept = new Map<string, Kept>()
  readonly #timer: NodeJS.Timeout

  constructor(database: Database, now: () => number, logger: Logger) {
    this.#database = database
    this.#now = now
    this.#logger = logger
    this.#timer = setInterval(() => void this.sum(), WITHIN)
    this.#timer.unref()
  }

  /** Never throws: the refusal itself must still be answered. */
  async note(refused: Refused): Promise<void> {
    const { siteId, by, action, key } = refused
    const same = JSON.stringify([siteId, by.principal, by.origin, action, key])
    const kept = this.#kept.get(same) ?? (this.#kept.size >= MOST ? this.#others() : undefined)
    if (kept) {
      kept.again += 1
      return
    }
    this.#kept.set(same, { ...refused, until: this.#now() + WITHIN, again: 0 })
    await this.#write(refused)
  }

  /** Writes how often what was refused came again, of what is over. @param all also of what is not */
  async sum(all = false): Promise<void> {
    const now = this.#now()
    for (const [same, kept] of this.#kept) {
      if (!all && kept.until > now) continue
      this.#kept.delete(same)
      if (kept.again > 0) await this.#write({ ...kept, subject: null }, `again:${kept.again}`)
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.sum(true)
  }

  #others(): Kept {
    const others = {
      siteId: null,
      by: { principal: 'stranger:many', origin: 'many' },
      action: 'many',
      key: 'many',
    }
    const kept = this.#kept.get('others') ?? { ...others, until: this.#now() + WITHIN, again: 0 }
    this.#kept.set('others', kept)
    return kept
  }

  async #write({ siteId, by, action, subject = null, key }: Refused, reason?: string): Promise<void> {
    try {
      const at = this.#now()
      await note(this.#database, {
        ...{ siteId, at, by, action, subject, refused: key },
        ...(reason !== undefined && { reason }),
      })
    } catch (error) {
      this.#logger.error({ error, action, key }, 'a refusal was not written down')
    }
  }
}
