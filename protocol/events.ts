import type { EventType } from '#domain/change.ts'
import type { Counter, Leg } from '#domain/leg.ts'
import type { Call, PublicBoard, StaffBoard, TicketView } from './board.ts'

/** What every event carries: its place in the site's log, its time (ms), and the business day. */
interface Numbered {
  seq: number
  at: number
  day: string
  revision: number
}

/** What the hall is told. */
export type PublicEvent = Numbered &
  (
    | { type: 'ticket:issued'; laneId: string }
    | { type: 'ticket:called'; call: Call }
    | { type: 'ticket:recalled'; call: Call }
    | { type: 'ticket:started'; counterId: string; number: string }
    | { type: 'ticket:completed' | 'ticket:missed'; counterId: string }
    | { type: 'counter:opened' | 'counter:paused' | 'counter:closed'; counterId: string }
    | { type: 'site:clock-confirmed'; by: number }
  )

/** What staff are told: the things that changed, as they now stand. */
export interface StaffEvent extends Numbered {
  type: EventType
  legs: Leg[]
  counters: Counter[]
  /** Only of a confirmed clock: how far the whole line moved, ms. */
  by?: number
}

/** What a screen says of itself. */
export interface DeviceReport {
  /** ms on the screen's own clock */
  clock: number
  lastSeq: number | null
  error?: string
}

/** Said when connecting. `after` is the last event number the screen has, so that it gets the rest. */
export type Hello =
  | { view: 'public'; siteId: string; token: string; after: number | null }
  | { view: 'staff'; siteId: string; after: number | null }
  | { view: 'ticket' }

/** Server → screen. A screen uses the four that belong to its view. */
export interface ServerEvents {
  'public:snapshot': (board: PublicBoard) => void
  'public:event': (event: PublicEvent) => void
  'staff:snapshot': (board: StaffBoard) => void
  'staff:event': (event: StaffEvent) => void
  ticket: (ticket: TicketView) => void
  /** Every 5 s: the number of the last event and the server's clock, ms. */
  heartbeat: (beat: { seq: number; at: number }) => void
  /** The session or device was revoked; do not come back. */
  revoked: () => void
}

/** Screen → server. Watching only: commands are HTTP. */
export interface ClientEvents {
  report: (report: DeviceReport) => void
}

/** A heartbeat comes this often, ms. */
export const HEARTBEAT = 5_000
/** A screen that has heard nothing for this long says so, ms. */
export const STALE_AFTER = 10_000
