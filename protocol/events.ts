import type { EventType, Exception } from '#domain/change.ts'
import type { HelpCall } from '#domain/help.ts'
import type { Counter, Leg, OverviewLeg } from '#domain/leg.ts'
import type {
  Call,
  OverviewBoard,
  PublicBoard,
  PublicCounter,
  PublicHelp,
  StaffBoard,
  TicketView,
} from './board.ts'
import type { DeviceItem, DeviceView, Place } from './device.ts'
import type { KioskPrinter, PaperWord, PrinterView } from './printing.ts'

/** What every event carries: its place in the site's log, its time (ms), and the business day. */
interface Numbered {
  seq: number
  at: number
  day: string
  revision: number
}

/** What the hall is told: what became of counts, counters and calls. A field that is absent stays as it is. */
export interface PublicEvent extends Numbered {
  type: EventType
  /** How waiting counts changed, by lane id. */
  waiting?: Record<string, number>
  /** What changed at counters, by counter id. */
  counters?: Record<string, Partial<PublicCounter>>
  /** A new call: it chimes and is spoken. */
  call?: Call
  /**
   * Only when a call was taken back, was by a number nobody had, or was made where nobody announced it: the calls that stand,
   * newest first.
   */
  calls?: Call[]
  /** What became of calls for help, by the kiosk's name; null: it is over. */
  help?: Record<string, PublicHelp | null>
  /** Only of a confirmed clock: how far the whole line moved, ms. */
  by?: number
}

/** What staff are told: the things that changed, as they now stand. */
export interface StaffEvent extends Numbered {
  type: EventType
  legs: Leg[]
  /** Where each of `legs` was before; null for a leg that begins. */
  from: (Pick<Leg, 'state' | 'laneId' | 'counterId'> | null)[]
  counters: Counter[]
  /** Calls for help that changed. */
  help?: HelpCall[]
  /** It was out of the turn order. */
  exception?: Exception
  /** Only of a confirmed clock: how far the whole line moved, ms. */
  by?: number
  /** Only of an undo, of another number, and of a call made on paper: the legs whose latest calls stand on the wall, newest first. */
  wall?: Leg[]
}

/** What whoever looks at the hall and serves nobody is told. [ROLE7] */
export interface OverviewEvent extends Omit<StaffEvent, 'legs' | 'from' | 'wall'> {
  legs: OverviewLeg[]
}

/** What a screen of the hall says of itself, on connecting and each minute. [HEALTH1] */
export interface DeviceReport {
  /** ms on the screen's own clock */
  clock: number
  /** The file its page began with, which has another name in each build; `dev` without one. */
  build: string
  /** The name of what went wrong in its page since the last report, `TypeError`: no message. */
  error?: string
}

/** Said when connecting. `after` is the last event number the screen has, so that it gets the rest. */
export type Hello =
  | { view: 'public'; siteId: string; token: string; after: number | null }
  | { view: 'staff' | 'overview'; siteId: string; after: number | null }
  | { view: 'ticket' }
  /** Waits to be approved. [PAIR1] */
  | { view: 'pairing'; token: string }

/** Server → screen. A screen uses those that belong to its view. */
export interface ServerEvents {
  'public:snapshot': (board: PublicBoard) => void
  'public:event': (event: PublicEvent) => void
  'staff:snapshot': (board: StaffBoard) => void
  'staff:event': (event: StaffEvent) => void
  'overview:snapshot': (board: OverviewBoard) => void
  'overview:event': (event: OverviewEvent) => void
  ticket: (ticket: TicketView) => void
  /** Every 5 s: the number of the last event and the server's clock, ms. */
  heartbeat: (beat: { seq: number; at: number }) => void
  /** To a kiosk: the printer beside it, each time it is otherwise; null without one. */
  printer: (printer: KioskPrinter | null) => void
  /** To a kiosk, and to whoever may print: what became of a paper they asked for. */
  paper: (word: PaperWord) => void
  /** To staff: the printers of the hall, each time one is otherwise. */
  printers: (printers: PrinterView[]) => void
  /** To whoever may see the screens of the hall: all of them, each time one is otherwise. [HEALTH3] */
  devices: (devices: DeviceItem[]) => void
  /** To a screen that waits: it was approved as this, and its secret is its token. */
  paired: (device: DeviceView) => void
  /** To a screen: where it belongs, on connecting and from now on; null: wherever its address says. [PAIR8] */
  placed: (place: Place | null) => void
  /** To a screen: its token from now on. */
  token: (token: string) => void
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
