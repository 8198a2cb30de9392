import type { Site } from '#domain/site.ts'
import { applyEvent, applyStaffEvent } from '#protocol/apply-event.ts'
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

  /** Something was committed. The event itself saves the read, when it is the very next one. */
  hint(event: StaffEvent | null): Promise<void> {
    if (event && !this.#reading && event.seq === this.#staff.seq + 1) {
      this.#take(event)
      return Promise.resolve()
    }
    if (event && event.seq <= this.#staff.seq) return Promise.resolve()
    return this.read()
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
      for (const event of events) this.#take(event)
      more = events.length === EVENTS_READ || this.#again
    }
  }

  #take(event: StaffEvent): void {
    const told = { staff: event, public: toPublicEvent(event) }
    this.#staff = applyStaffEvent(this.#staff, told.staff)
    this.#public = applyEvent(this.#public, told.public)
    this.#recent.push(told)
    if (this.#recent.length > REMEMBERED) this.#recent = this.#recent.slice(-REMEMBERED / 2)
    this.#onEvent(told)
  }
}
