import { io, type Socket } from 'socket.io-client'
import type { OverviewLeg } from '#domain/leg.ts'
import { applyEvent, applyStaffEvent } from '#protocol/apply-event.ts'
import type { OverviewBoard, PublicBoard, TicketView } from '#protocol/board.ts'
import type { ClientEvents, OverviewEvent, PublicEvent, ServerEvents, StaffEvent } from '#protocol/events.ts'

/** A screen without pixels: keeps its board by the protocol alone, as the real ones do. */
export class Screen<Board extends PublicBoard | OverviewBoard> {
  readonly socket: Socket<ServerEvents, ClientEvents>
  board: Board | null = null
  /** Numbers of the events in the order they came, over all connections. */
  readonly seqs: number[] = []
  /** Everything that came, as text: what a curious resident could read. */
  readonly heard: string[] = []
  snapshots = 0
  #waiting: { seq: number; resolve: () => void }[] = []

  constructor(
    url: string,
    view: 'public' | 'staff' | 'overview',
    siteId: string,
    credential: { token?: string; cookie?: string },
  ) {
    const { token = '', cookie } = credential
    this.socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 100,
      auth: (hello) => hello({ view, siteId, token, after: this.board?.seq ?? null }),
      ...(cookie && { extraHeaders: { cookie } }),
    })
    this.socket.onAny((...args) => this.heard.push(JSON.stringify(args)))
    this.socket.on('public:snapshot', (board) => this.#replace(board as Board))
    this.socket.on('staff:snapshot', (board) => this.#replace(board as OverviewBoard as Board))
    this.socket.on('overview:snapshot', (board) => this.#replace(board as Board))
    this.socket.on('public:event', (event) => this.#take(event))
    this.socket.on('staff:event', (event) => this.#take(event))
    this.socket.on('overview:event', (event) => this.#take(event))
  }

  /** Resolves when the board has reached an event number. */
  reached(seq: number): Promise<void> {
    if (this.board && this.board.seq >= seq) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ seq, resolve }))
  }

  /** Drops the connection as a broken network would: without a word, and comes back. */
  drop(): void {
    this.socket.io.engine.close()
  }

  close(): void {
    this.socket.disconnect()
  }

  #replace(board: Board): void {
    this.snapshots += 1
    this.board = board
    this.#wake()
  }

  #take(event: PublicEvent | StaffEvent | OverviewEvent): void {
    this.seqs.push(event.seq)
    if (!this.board) throw new Error('an event before the snapshot')
    this.board = (
      'legs' in event
        ? applyStaffEvent<OverviewLeg>(this.board as OverviewBoard, event)
        : applyEvent(this.board as PublicBoard, event)
    ) as Board
    this.#wake()
  }

  #wake(): void {
    const seq = this.board?.seq ?? -1
    this.#waiting = this.#waiting.filter((waiting) => {
      if (waiting.seq > seq) return true
      waiting.resolve()
      return false
    })
  }
}

/** A phone that follows its own ticket. */
export function followTicket(
  url: string,
  cookie: string,
): {
  views: TicketView[]
  next(): Promise<TicketView>
  onRevoked(cut: () => void): void
  close(): void
} {
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    transports: ['websocket'],
    forceNew: true,
    auth: { view: 'ticket' },
    extraHeaders: { cookie },
  })
  const views: TicketView[] = []
  const waiting: ((view: TicketView) => void)[] = []
  socket.on('ticket', (view) => {
    views.push(view)
    waiting.shift()?.(view)
  })
  return {
    views,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    onRevoked: (cut) => void socket.once('revoked', cut),
    close: () => socket.disconnect(),
  }
}
