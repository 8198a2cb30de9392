import { type ReadonlySignal, signal } from '@preact/signals'
import { io, type Socket } from 'socket.io-client'
import type { Leg } from '#domain/leg.ts'
import { applyEvent, applyStaffEvent } from '#protocol/apply-event.ts'
import type { OverviewBoard, PublicBoard, StaffBoard, TicketView } from '#protocol/board.ts'
import type { DeviceItem } from '#protocol/device.ts'
import type {
  ClientEvents,
  Hello,
  OverviewEvent,
  PublicEvent,
  ServerEvents,
  StaffEvent,
} from '#protocol/events.ts'
import type { KioskPrinter, PaperWord, PrinterView } from '#protocol/printing.ts'
import type { Device } from './device.ts'
import { follow } from './follow.ts'
import { type LinkState, type LinkWord, link, newLink, serverClock } from './link.ts'

/** How a screen stands to the server. */
export interface Live {
  link: ReadonlySignal<LinkState>
  /** How often there was reason to ask for the hall's settings: each connection, and a clock that was confirmed. */
  reasons: ReadonlySignal<number>
  /** Server time of the last word, ms. */
  lastHeard: ReadonlySignal<number | null>
  /** The server's clock now, ms. */
  clock: () => number
  close: () => void
}

export interface LiveBoard<Board> extends Live {
  board: ReadonlySignal<Board | null>
}

/** What the hall may know, and beside a printer how that is and what became of the last paper. */
export interface LiveHall extends LiveBoard<PublicBoard> {
  printer: ReadonlySignal<KioskPrinter | null>
  paper: ReadonlySignal<PaperWord | null>
}

/** What staff may know, and how the printers and, for those who may see them, the screens of the hall are. */
export interface LiveStaff<Board extends OverviewBoard = StaffBoard> extends LiveBoard<Board> {
  printers: ReadonlySignal<readonly PrinterView[]>
  /** null: not told yet. */
  devices: ReadonlySignal<readonly DeviceItem[] | null>
}

export interface LiveTicket extends Live {
  ticket: ReadonlySignal<TicketView | null>
}

type Connection = Socket<ServerEvents, ClientEvents>

/** How often silence is measured, ms. */
const TICK = 1_000
/** A refused handshake is tried again after this, ms. */
const AGAIN = 3_000

/** What the hall may know, live. `onEvent` is told each event once, after the board has it; not snapshots. */
export function watchPublic(watch: {
  siteId: string
  screen: Pick<Device, 'token' | 'renew' | 'placed'>
  onEvent?: (event: PublicEvent, board: PublicBoard) => void
}): LiveHall {
  const board = signal<PublicBoard | null>(null)
  const printer = signal<KioskPrinter | null>(null)
  const paper = signal<PaperWord | null>(null)
  const { siteId, screen } = watch
  const wire = connect(() => ({
    ...{ view: 'public', siteId, token: screen.token() ?? '', after: board.value?.seq ?? null },
  }))
  const events = follow(board, applyEvent, wire, watch.onEvent)
  wire.socket.on('public:snapshot', events.snapshot)
  wire.socket.on('public:event', events.event)
  wire.socket.on('heartbeat', ({ seq }) => events.beat(seq))
  wire.socket.on('token', screen.renew)
  wire.socket.on('placed', screen.placed)
  // How the screen is can wait until it shows something.
  wire.socket.once('connect', () => {
    import('./reporting.ts').then(({ report }) => report(wire.socket), console.warn)
  })
  wire.socket.on('printer', (told) => {
    printer.value = told
  })
  wire.socket.on('paper', (told) => {
    paper.value = told
  })
  return { board, printer, paper, ...wire.live }
}

interface WatchStaff<Event extends OverviewEvent> {
  siteId: string
  onEvent?: (event: Event) => void
  /** Of the papers that staff asked for. */
  onPaper?: (word: PaperWord) => void
}

/** What staff may know, live; by the session cookie. */
export function watchStaff(watch: WatchStaff<StaffEvent>): LiveStaff
/** What whoever looks at the hall may know, as an overview where that is all. [ROLE7] */
export function watchStaff(
  watch: WatchStaff<OverviewEvent>,
  view: 'staff' | 'overview',
): LiveStaff<OverviewBoard>
export function watchStaff(
  watch: WatchStaff<StaffEvent>,
  view: 'staff' | 'overview' = 'staff',
): LiveStaff<StaffBoard> {
  const board = signal<StaffBoard | null>(null)
  const printers = signal<readonly PrinterView[]>([])
  const devices = signal<readonly DeviceItem[] | null>(null)
  const { siteId } = watch
  const wire = connect(() => ({ view, siteId, after: board.value?.seq ?? null }))
  const events = follow(board, applyStaffEvent<Leg>, wire, (event: StaffEvent) => {
    // The settings are what they were, but the clock is not held any more.
    if (event.type === 'site:clock-confirmed') wire.reason()
    watch.onEvent?.(event)
  })
  wire.socket.on(`${view}:snapshot`, events.snapshot)
  wire.socket.on(`${view}:event`, events.event)
  wire.socket.on('heartbeat', ({ seq }) => events.beat(seq))
  wire.socket.on('printers', (told) => {
    printers.value = told
  })
  wire.socket.on('devices', (told) => {
    devices.value = told
  })
  if (watch.onPaper) wire.socket.on('paper', watch.onPaper)
  return { board, printers, devices, ...wire.live }
}

/** One resident's own ticket, live; by the ticket cookie. */
export function watchTicket(): LiveTicket {
  const ticket = signal<TicketView | null>(null)
  const wire = connect(() => ({ view: 'ticket' }))
  wire.socket.on('ticket', (view) => {
    wire.heard(view.at)
    ticket.value = view
  })
  return { ticket, ...wire.live }
}

interface Wire {
  socket: Connection
  live: Live
  heard: (serverAt?: number) => void
  /** There is reason to ask for the hall's settings. */
  reason: () => void
  /** Comes back with a new handshake: the server sends what is missing. */
  again: () => void
}

/** The socket: handshake with `hello` as it is at each connection, the link's state, and coming back. */
function connect(hello: () => Hello): Wire {
  const socket: Connection = io({ auth: (give) => give({ ...hello() }), reconnectionDelayMax: 5_000 })
  let now = newLink(Date.now())
  const state = signal<LinkState>(now.state)
  const lastHeard = signal<number | null>(null)
  const reasons = signal(0)
  let retry: ReturnType<typeof setTimeout> | undefined

  const say = (word: LinkWord): void => {
    now = link(now, word)
    state.value = now.state
    lastHeard.value = now.lastHeard
  }
  const heard = (serverAt?: number): void =>
    say({ type: 'heard', now: Date.now(), ...(serverAt === undefined ? {} : { serverAt }) })
  const tick = (): void => say({ type: 'tick', now: Date.now() })
  const revoked = (): void => {
    say({ type: 'revoked' })
    close()
  }
  const comeBack = (ms: number): void => {
    clearTimeout(retry)
    retry = setTimeout(() => socket.connect(), ms)
  }
  const again = (): void => {
    socket.disconnect()
    comeBack(0)
  }
  // A phone out of a pocket, a cable plugged in again: do not wait for the next try.
  const awake = (): void => {
    tick()
    if (document.visibilityState === 'visible' && now.state === 'lost') again()
  }

  const timer = setInterval(tick, TICK)
  document.addEventListener('visibilitychange', awake)
  window.addEventListener('online', awake)

  const reason = (): void => {
    reasons.value += 1
  }

  socket.on('connect', reason)
  socket.on('heartbeat', ({ at }) => heard(at))
  socket.on('revoked', revoked)
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect' && now.state !== 'revoked') comeBack(AGAIN)
  })
  socket.on('connect_error', (error) => {
    if (refusedForGood(error)) revoked()
    else if (!socket.active) comeBack(AGAIN)
  })

  function close(): void {
    clearInterval(timer)
    clearTimeout(retry)
    document.removeEventListener('visibilitychange', awake)
    window.removeEventListener('online', awake)
    socket.disconnect()
  }

  return {
    socket,
    live: { link: state, reasons, lastHeard, clock: () => serverClock(now, Date.now()), close },
    heard,
    again,
    reason,
  }
}

/** Whether the server's no to a handshake stays a no: who asks is not, or no longer, known. */
function refusedForGood(error: Error & { data?: unknown }): boolean {
  const { data } = error
  const code = typeof data === 'object' && data !== null && 'code' in data ? data.code : error.message
  return code === 'unauthenticated' || code === 'unknown-device' || code === 'forbidden'
}
