import type { Site } from '#domain/site.ts'
import { advanceStaffBoard, applyEvent } from '#protocol/apply-event.ts'
import type { PublicBoard, StaffBoard } from '#protocol/board.ts'
import type { PublicEvent, StaffEvent } from '#protocol/events.ts'
import { toPublicEvent } from '#protocol/public.ts'
import { readBoards } from '#store/boards.ts'
import type { Database } from '#store/database.ts'
import { EVENTS_READ, readEvents } from '#store/events.ts'
import { siteOf } from '#store/sites.ts'

/** An event in both shapes. */
export interface Told {
  staff: StaffEvent
  public: PublicEvent
}

/** How many events a feed remembers for screens that come back. */
const REMEMBERED = 500
/** Of two commits the later may be heard of first; after this, ms, the one between is read. */
const OVERTAKEN = 20

/**
 * Follows one site's log in order and keeps both boards as of its last event. Every screen of this process is fed from
 * here, so it makes no difference who committed. [FEED1]
 */
export class Feed {
  readonly siteId: string
  readonly #database: Database
  readonly #onEvent: (told: Told) => void
  #staff: StaffBoard
  #public: PublicBoard
  #recent: Told[] = []
  #reading: Promise<void> | null = null
  #again = false
  /** Events that came before their turn, by number. */
  readonly #early = new Map<number, StaffEvent>()
  #timer: NodeJS.Timeout | null = null

  private constructor(
    database: Database,
    boards: { staff: StaffBoard; public: PublicBoard },
    onEvent: (told: Told) => void,
  ) {
    this.#database = database
    this.#onEvent = onEvent
    this.#staff = boards.staff
    this.#public = boards.public
    this.siteId = boards.staff.siteId
  }

  /** @returns null if there is no such site */
  static async open(database: Database, siteId: string, onEvent: (told: Told) => void): Promise<Feed | null> {
    const boards = await readBoards(database, siteId)
    return boards && new Feed(database, boards, onEvent)
  }

  get staff(): StaffBoard {
    return this.#staff
  }

  get public(): PublicBoard {
    return this.#public
  }

  site(): Promise<Site> {
    return siteOf(this.#database, this.siteId, this.#staff.revision)
  }

  /** The events after `seq`, or null when it is too long ago (or from another life of this log): send a snapshot. [FEED2] */
  since(seq: number): Told[] | null {
    if (seq > this.#staff.seq) return null
    if (seq === this.#staff.seq) return []
    const first = this.#recent[0]
    if (!first || first.staff.seq > seq + 1) return null
    return this.#recent.filter(({ staff }) => staff.seq > seq)
  }

  /** Something was committed. The event itself saves the read; one that overtook another waits for it a moment. */
  hint(event: StaffEvent | null): Promise<void> {
    if (!event) return this.read()
    if (event.seq <= this.#staff.seq) return Promise.resolve()
    this.#early.set(event.seq, event)
    this.#takeEarly()
    if (this.#early.size > 0) this.#timer ??= setTimeout(() => this.#readIfEarly(), OVERTAKEN)
    return Promise.resolve()
  }

  #takeEarly(): void {
    for (;;) {
      const next = this.#early.get(this.#staff.seq + 1)
      if (!next) return
      this.#early.delete(next.seq)
      this.#take(next)
    }
  }

  #readIfEarly(): void {
    this.#timer = null
    // The safety read comes anyway if this one fails.
    if (this.#early.size > 0) this.read().catch(() => undefined)
  }

  /** Reads what is new. Also said every second, in case a hint was lost. One read at a time keeps the order. */
  read(): Promise<void> {
    if (this.#reading) {
      this.#again = true
      return this.#reading
    }
    this.#reading = this.#readAll().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async #readAll(): Promise<void> {
    let more = true
    while (more) {
      this.#again = false
      const events = await readEvents(this.#database, this.siteId, this.#staff.seq)
      // While it was reading, hints may have brought some of them.
      for (const event of events) if (event.seq > this.#staff.seq) this.#take(event)
      for (const seq of this.#early.keys()) if (seq <= this.#staff.seq) this.#early.delete(seq)
      this.#takeEarly()
      more = events.length === EVENTS_READ || this.#again
    }
  }

  #take(event: StaffEvent): void {
    const told = { staff: event, public: toPublicEvent(event) }
    advanceStaffBoard(this.#staff, told.staff)
    this.#public = applyEvent(this.#public, told.public)
    this.#recent.push(told)
    if (this.#recent.length > REMEMBERED) this.#recent = this.#recent.slice(-REMEMBERED / 2)
    this.#onEvent(told)
  }
}
