import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { type ClientEvents, HEARTBEAT, type Hello, type ServerEvents } from '#protocol/events.ts'
import { deviceReport, hello } from '#protocol/schemas.ts'
import { legOfTicket } from '#store/tickets.ts'
import { tokenHash } from '#store/tokens.ts'
import { Feed, type Told } from './feed.ts'
import type { Parts } from './parts.ts'
import { may } from './policy.ts'
import {
  credentialsOf,
  deviceOf,
  type Principal,
  SESSION_COOKIE,
  STRANGER,
  staffOf,
  TICKET_COOKIE,
  ticketOf,
} from './principal.ts'
import { ticketView } from './ticket-view.ts'

interface SocketData {
  principal: Principal
  hello: Hello
  /** Hash of the secret it came with: revoked, the socket is cut. */
  credential: string
}
type Io = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>
type Screen = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>

/** A hint may be lost; the log is read this often anyway, ms. */
const SAFETY = 1_000
/** A screen says little. */
const MAX_MESSAGE = 16 * 1024

const rooms = {
  public: (siteId: string) => `public:${siteId}`,
  staff: (siteId: string) => `staff:${siteId}`,
  ticket: (ticketId: string) => `ticket:${ticketId}`,
  /** Everybody of a site, for heartbeats. */
  site: (siteId: string) => `site:${siteId}`,
}

export interface Sockets {
  io: Io
  close(): Promise<void>
}

/** Attaches the sockets to the HTTP server: snapshot, then numbered events, for every view by one path. */
export function attachSockets(http: HttpServer, parts: Parts): Sockets {
  const { hall, logger } = parts
  const io: Io = new Server(http, {
    maxHttpBufferSize: MAX_MESSAGE,
    serveClient: false,
    perMessageDeflate: false,
    allowRequest: (request, allow) => {
      const { origin, host } = request.headers
      allow(null, origin === undefined || (URL.canParse(origin) && new URL(origin).host === host))
    },
  })
  const feeds = new Map<string, Promise<Feed | null>>()

  function feedOf(siteId: string): Promise<Feed | null> {
    let feed = feeds.get(siteId)
    if (!feed) {
      feed = Feed.open(hall.database, siteId, (told) => tell(siteId, told))
      feeds.set(siteId, feed)
      feed.then(
        (opened) => !opened && feeds.delete(siteId),
        () => feeds.delete(siteId),
      )
    }
    return feed
  }

  function tell(siteId: string, told: Told): void {
    io.to(rooms.public(siteId)).emit('public:event', told.public)
    io.to(rooms.staff(siteId)).emit('staff:event', told.staff)
    tellTickets(siteId, told).catch((error) => logger.error({ error }, 'tickets were not told'))
  }

  /** Phones of the site get their own ticket anew: every event may have moved their place. */
  async function tellTickets(siteId: string, told: Told | null): Promise<void> {
    const watched = [...io.of('/').adapter.rooms.keys()].filter((room) => room.startsWith('ticket:'))
    if (watched.length === 0) return
    const feed = await feedOf(siteId)
    if (!feed) return
    const site = await feed.site()
    const legs = new Map(Object.values(feed.staff.legs).map((leg) => [leg.ticketId, leg]))
    for (const leg of told?.staff.legs ?? []) legs.set(leg.ticketId, leg)
    for (const room of watched) {
      const leg = legs.get(room.slice('ticket:'.length))
      if (leg) io.to(room).emit('ticket', ticketView(site, feed.staff, leg))
    }
  }

  io.use(async (socket, next) => {
    try {
      const said = hello.safeParse(socket.handshake.auth)
      if (!said.success) return next(new Error('malformed'))
      const principal = await principalOf(said.data, socket, parts)
      if (!mayWatch(principal, said.data)) return next(new Error('unauthenticated'))
      socket.data = { principal, hello: said.data, credential: tokenHash(secretOf(said.data, socket)) }
      next()
    } catch (error) {
      logger.error({ error }, 'a handshake failed')
      next(new Error('unavailable'))
    }
  })

  io.on('connection', (socket) => {
    socket.on('report', (report) => {
      const parsed = deviceReport.safeParse(report)
      if (parsed.success) logger.debug({ device: socket.data.principal.id, ...parsed.data }, 'screen report')
    })
    welcome(socket).catch((error) => {
      logger.error({ error }, 'a screen could not be welcomed')
      socket.disconnect(true)
    })
  })

  async function welcome(socket: Screen): Promise<void> {
    const { principal, hello } = socket.data
    const feed = principal.siteId === null ? null : await feedOf(principal.siteId)
    if (!feed) return void socket.disconnect(true)
    // The clock first: a screen judges by it what is old news.
    socket.emit('heartbeat', { seq: feed.staff.seq, at: hall.now() })
    // What came before this read is in the board, what comes after it reaches the room: nothing in between, because
    // from here to the join nothing waits.
    if (hello.view === 'ticket') {
      const leg = await legOfTicket(hall.database, principal.id)
      const site = await feed.site()
      await feed.read()
      if (!leg) return void socket.disconnect(true)
      const current = Object.values(feed.staff.legs).find(({ ticketId }) => ticketId === principal.id) ?? leg
      void socket.join([rooms.ticket(principal.id), rooms.site(feed.siteId)])
      socket.emit('ticket', ticketView(site, feed.staff, current))
    } else {
      const missed = hello.after === null ? null : feed.since(hello.after)
      void socket.join([rooms[hello.view](feed.siteId), rooms.site(feed.siteId)])
      if (hello.view === 'public') {
        if (missed) for (const told of missed) socket.emit('public:event', told.public)
        else socket.emit('public:snapshot', feed.public)
      } else if (missed) for (const told of missed) socket.emit('staff:event', told.staff)
      else socket.emit('staff:snapshot', feed.staff)
    }
  }

  async function everyFeed(work: (feed: Feed) => Promise<void> | void): Promise<void> {
    for (const opening of feeds.values()) {
      const feed = await opening
      if (feed) await work(feed)
    }
  }
  const unreadable = (error: unknown) => logger.warn({ error }, 'the log could not be read; trying again')

  const stopListening = hall.hints.listen(({ siteId, event }) => {
    const opening = feeds.get(siteId)
    opening?.then((feed) => feed?.hint(event)).catch(unreadable)
  })
  // Cut at once and told not to come back; the handshake would refuse it anyway.
  const stopRevoking = hall.hints.onRevoked((credential) => {
    for (const socket of io.sockets.sockets.values()) {
      if (socket.data.credential !== credential) continue
      socket.emit('revoked')
      socket.disconnect(true)
    }
  })
  const safety = setInterval(() => everyFeed((feed) => feed.read()).catch(unreadable), SAFETY)
  const heartbeat = setInterval(() => {
    everyFeed((feed) => {
      io.to(rooms.site(feed.siteId)).emit('heartbeat', { seq: feed.staff.seq, at: hall.now() })
    }).catch(unreadable)
  }, HEARTBEAT)

  return {
    io,
    close: async () => {
      stopListening()
      stopRevoking()
      clearInterval(safety)
      clearInterval(heartbeat)
      await io.close()
    },
  }
}

/** The secret a screen of this view comes with. */
function secretOf(said: Hello, socket: Screen): string {
  const { cookies } = credentialsOf(socket.handshake.headers)
  if (said.view === 'public') return said.token
  return cookies[said.view === 'staff' ? SESSION_COOKIE : TICKET_COOKIE] ?? ''
}

/** A screen says which view it wants, and the credential of that view decides who it is. */
async function principalOf(said: Hello, socket: Screen, { hall }: Parts): Promise<Principal> {
  const { cookies } = credentialsOf(socket.handshake.headers)
  switch (said.view) {
    case 'public':
      return deviceOf(hall.database, said.token)
    case 'staff':
      return staffOf(hall.database, cookies, hall.now())
    case 'ticket':
      return ticketOf(hall.database, cookies)
    default:
      return STRANGER
  }
}

function mayWatch(principal: Principal, said: Hello): boolean {
  if (said.view === 'ticket') return principal.kind === 'ticket'
  if (principal.siteId !== said.siteId || !may(principal, 'read-board')) return false
  return (principal.kind === 'staff') === (said.view === 'staff')
}
