import type { Server as HttpServer, IncomingMessage } from 'node:http'
import proxyaddr from 'proxy-addr'
import { Server } from 'socket.io'
import { endOf, isLinkOver } from '#domain/visit.ts'
import { HEARTBEAT, type Hello } from '#protocol/events.ts'
import { toOverviewBoard, toOverviewEvent } from '#protocol/overview.ts'
import { deviceReport, hello } from '#protocol/schemas.ts'
import { mayWait } from '#store/pairings.ts'
import { type Visit, visitOf } from '#store/tickets.ts'
import { tokenHash } from '#store/tokens.ts'
import { keepNothing } from './caching.ts'
import { keepContact } from './contact.ts'
import { watchDevices } from './device-watch.ts'
import { Feed, type Told } from './feed.ts'
import { isFromOwnPage } from './forwarded.ts'
import { headers } from './headers.ts'
import { watchHealth } from './health.ts'
import type { Io, Screen } from './io.ts'
import { originOf } from './origin.ts'
import { tellPaired } from './pairing.ts'
import type { Parts } from './parts.ts'
import { may, mayWatch, whyNot } from './policy.ts'
import {
  bearerOf,
  credentialsOf,
  type Principal,
  principalName,
  SESSION_COOKIE,
  STRANGER,
  staffOf,
  TICKET_COOKIE,
  ticketOf,
} from './principal.ts'
import { startPress } from './printing/press.ts'
import { printingTeller } from './printing/tell.ts'
import { Fault } from './problem.ts'
import { renewTokens } from './renewal.ts'
import { watchSessions } from './session-watch.ts'
import { ticketView } from './ticket-view.ts'

/** A hint may be lost; the log is read this often anyway, ms. */
const SAFETY = 1_000
/** A screen says little. */
const MAX_MESSAGE = 16 * 1024
/** Who connects says this soon which view it wants, ms. */
const WELCOME_WITHIN = 10_000
/** A screen that has left more than this untaken is cut, bytes. */
const MOST_UNTAKEN = 4 * 1024 * 1024

const rooms = {
  public: (siteId: string) => `public:${siteId}`,
  staff: (siteId: string) => `staff:${siteId}`,
  overview: (siteId: string) => `overview:${siteId}`,
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
  const { hall, logger, limits, environment } = parts
  /** As Express finds it, through as many proxies as are trusted. */
  const addressOf = (request: IncomingMessage) =>
    proxyaddr(request, (_, hops) => hops < environment.TRUST_PROXY)
  const io: Io = new Server(http, {
    maxHttpBufferSize: MAX_MESSAGE,
    serveClient: false,
    perMessageDeflate: false,
    connectTimeout: WELCOME_WITHIN,
    // Asked once of each connection, when it begins.
    allowRequest: (request, allow) => {
      if (!isFromOwnPage(request, environment.TRUST_PROXY)) return allow('foreign-origin', false)
      limits.connected(addressOf(request)).then(
        () => allow(null, true),
        () => allow('too-many', false),
      )
    },
  })
  io.engine.use(keepNothing)
  io.engine.use(headers(environment.TRUST_PROXY))
  const feeds = new Map<string, Promise<Feed | null>>()
  /** Visits that phones follow, by ticket id. */
  const visits = new Map<string, Visit>()
  /** Tickets that something has happened to since phones were told last, by site. */
  const untold = new Map<string, Set<string>>()
  const telling = new Set<string>()

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
    io.to(rooms.overview(siteId)).emit('overview:event', toOverviewEvent(told.staff))
    touch(
      siteId,
      told.staff.legs.map(({ ticketId }) => ticketId),
    )
    tellTickets(siteId).catch((error) => logger.error({ error }, 'tickets were not told'))
    // New settings may have ended accounts, and whoever applied them may be no server that could say so. [HALL7]
    if (told.staff.type === 'site:changed') sessions.look()
  }

  function touch(siteId: string, ticketIds: readonly string[]): void {
    untold.set(siteId, new Set([...(untold.get(siteId) ?? []), ...ticketIds]))
  }

  /**
   * Phones of a site get their own ticket anew: every event may have moved their place. One after another, so that an
   * older view never comes last; what happens meanwhile is told together.
   */
  async function tellTickets(siteId: string): Promise<void> {
    if (telling.has(siteId)) return
    telling.add(siteId)
    try {
      for (let touched = touchedOf(siteId); touched; touched = touchedOf(siteId)) {
        await tellOnce(siteId, touched)
      }
    } finally {
      telling.delete(siteId)
    }
  }

  function touchedOf(siteId: string): ReadonlySet<string> | null {
    const touched = untold.get(siteId) ?? null
    untold.delete(siteId)
    return touched
  }

  async function tellOnce(siteId: string, touched: ReadonlySet<string>): Promise<void> {
    const watched = [...io.of('/').adapter.rooms.keys()]
      .filter((room) => room.startsWith('ticket:'))
      .map((room) => room.slice('ticket:'.length))
    for (const ticketId of visits.keys()) if (!watched.includes(ticketId)) visits.delete(ticketId)
    if (watched.length === 0) return
    const feed = await feedOf(siteId)
    if (!feed) return
    const site = await feed.site()
    // A visit is read again only when something has happened to it; of the others only the place has changed.
    for (const ticketId of watched) {
      const visit = await readVisit(ticketId, touched.has(ticketId))
      if (visit?.siteId === siteId)
        io.to(rooms.ticket(ticketId)).emit('ticket', ticketView(site, feed.staff, visit))
    }
  }

  /** Phones whose ticket's link is over are cut; a day later than anybody needs it, so that when is no matter. [PHONE18] */
  async function leaveOver(feed: Feed): Promise<void> {
    const { timeZone } = await feed.site()
    for (const [ticketId, { siteId, legs }] of visits) {
      if (siteId !== feed.siteId || !isLinkOver(endOf(legs), timeZone, hall.now())) continue
      const phones = io.to(rooms.ticket(ticketId))
      phones.emit('revoked')
      phones.disconnectSockets(true)
      visits.delete(ticketId)
    }
  }

  async function readVisit(ticketId: string, anew: boolean): Promise<Visit | null> {
    const known = visits.get(ticketId)
    if (known && !anew) return known
    const visit = await visitOf(hall.database, ticketId)
    if (visit) visits.set(ticketId, visit)
    return visit
  }

  const press = startPress(parts, {
    sites: () => [
      ...new Set([...io.sockets.sockets.values()].flatMap(({ data }) => data.principal.siteId ?? [])),
    ],
    tell: printingTeller(io, parts),
  })

  const renewal = renewTokens(io, parts)
  const health = watchHealth(io, async (siteId) => (await (await feedOf(siteId))?.site()) ?? null, parts)
  const sessions = watchSessions(io, parts)

  io.use(async (socket, next) => {
    try {
      const said = hello.safeParse(socket.handshake.auth)
      if (!said.success) return next(new Error('malformed'))
      const address = addressOf(socket.request)
      const principal = await principalOf(said.data, socket, parts)
      // Nobody guessed anything: there is only something to be done first. [SIGNIN4]
      const first = whyNot(principal, 'read-board')
      if (first === 'password-change-first') return next(new Error(first))
      const waits =
        said.data.view === 'pairing' && (await mayWait(hall.database, said.data.token, hall.now()))
      if (!waits && !isLetIn(principal, said.data)) {
        await limits.knocked(address)
        await noteRefusal(principal, address, parts)
        return next(new Error('unauthenticated'))
      }
      socket.data = { principal, hello: said.data, credential: tokenHash(secretOf(said.data, socket)) }
      next()
    } catch (error) {
      if (error instanceof Fault) return next(new Error(error.key))
      logger.error({ error }, 'a handshake failed')
      next(new Error('unavailable'))
    }
  })

  io.on('connection', (socket) => {
    // Kept: another secret takes its place when a screen's is renewed. [LIMIT3]
    const { credential } = socket.data
    socket.once('disconnect', () => limits.closed(credential))
    if (!limits.opened(credential)) return void socket.disconnect(true)
    // Whatever it says, also what nobody listens to. [LIMIT3]
    socket.use((_, next) => {
      limits.spoke(socket.id).then(
        () => next(),
        () => socket.disconnect(true),
      )
    })
    socket.on('report', (report) => {
      const parsed = deviceReport.safeParse(report)
      if (parsed.success) health.heard(socket, parsed.data)
    })
    welcome(socket).catch((error) => {
      logger.error({ error }, 'a screen could not be welcomed')
      socket.disconnect(true)
    })
  })

  async function welcome(socket: Screen): Promise<void> {
    const { principal, hello } = socket.data
    // It is told once it is approved. [PAIR2]
    if (hello.view === 'pairing') return
    const feed = principal.siteId === null ? null : await feedOf(principal.siteId)
    if (!feed) return void socket.disconnect(true)
    // The clock first: a screen judges by it what is old news.
    socket.emit('heartbeat', { seq: feed.staff.seq, at: hall.now() })
    // What came before this read is in the board, what comes after it reaches the room: nothing in between, because
    // from here to the join nothing waits.
    if (hello.view === 'ticket') {
      await feed.read()
      void socket.join([rooms.ticket(principal.id), rooms.site(feed.siteId)])
      // Told like everybody else, in its turn: so nothing that happens just now is overtaken by an older view.
      touch(feed.siteId, [principal.id])
      await tellTickets(feed.siteId)
    } else {
      const missed = hello.after === null ? null : feed.since(hello.after)
      void socket.join([rooms[hello.view](feed.siteId), rooms.site(feed.siteId)])
      if (hello.view === 'public') {
        // It may have been given another one while it was away. [PAIR8]
        if ('place' in principal) socket.emit('placed', principal.place)
        if (missed) for (const told of missed) socket.emit('public:event', told.public)
        else socket.emit('public:snapshot', feed.public)
      } else if (hello.view === 'overview') {
        if (missed) for (const told of missed) socket.emit('overview:event', toOverviewEvent(told.staff))
        else socket.emit('overview:snapshot', toOverviewBoard(feed.staff))
      } else if (missed) for (const told of missed) socket.emit('staff:event', told.staff)
      else socket.emit('staff:snapshot', feed.staff)
      // Its printer is no reason to keep a screen waiting.
      press.look(feed.siteId).catch(unreadable)
      if (hello.view === 'public') renewal.look(principal.id)
      else if (may(principal, 'read-devices')) health.look()
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
  const openedBy = (credential: string) =>
    [...io.sockets.sockets.values()].filter(({ data }) => data.credential === credential)
  // Cut at once and told not to come back; the handshake would refuse it anyway.
  const stopRevoking = hall.hints.onRevoked((credential) => {
    for (const socket of openedBy(credential)) {
      socket.emit('revoked')
      socket.disconnect(true)
    }
  })
  // It comes back, and the handshake lets it in by what it may now. [SIGNIN12] [PAIR10]
  const stopRechecking = hall.hints.onRecheck((credential) => {
    for (const socket of openedBy(credential)) socket.disconnect(true)
  })
  const safety = setInterval(() => everyFeed((feed) => feed.read()).catch(unreadable), SAFETY)
  const heartbeat = setInterval(() => {
    // A screen that takes nothing any more gets the rest when it comes back, and nothing piles up for it. [LIMIT4]
    for (const socket of io.sockets.sockets.values()) {
      if (socket.request.socket.writableLength > MOST_UNTAKEN) socket.disconnect(true)
    }
    everyFeed(async (feed) => {
      await leaveOver(feed)
      io.to(rooms.site(feed.siteId)).emit('heartbeat', { seq: feed.staff.seq, at: hall.now() })
    }).catch(unreadable)
  }, HEARTBEAT)

  const stopContact = keepContact(io, parts)
  const stopPairing = tellPaired(io, parts)
  const stopPlacing = watchDevices(io, parts)

  return {
    io,
    close: async () => {
      stopContact()
      stopPairing()
      stopPlacing()
      renewal.stop()
      health.stop()
      sessions.stop()
      stopListening()
      stopRevoking()
      stopRechecking()
      clearInterval(safety)
      clearInterval(heartbeat)
      await io.close()
      await press.stop()
    },
  }
}

/** The secret a screen of this view comes with. */
function secretOf(said: Hello, socket: Screen): string {
  const { cookies } = credentialsOf(socket.handshake.headers)
  if (said.view === 'public' || said.view === 'pairing') return said.token
  return cookies[said.view === 'ticket' ? TICKET_COOKIE : SESSION_COOKIE] ?? ''
}

/** A screen says which view it wants, and the credential of that view decides who it is. */
async function principalOf(said: Hello, socket: Screen, { hall }: Parts): Promise<Principal> {
  const { cookies } = credentialsOf(socket.handshake.headers)
  switch (said.view) {
    case 'public':
      return bearerOf(hall.database, said.token, hall.now())
    case 'staff':
    case 'overview':
      return staffOf(hall.database, cookies, hall.now())
    case 'ticket':
      return ticketOf(hall.database, cookies, hall.now())
    default:
      return STRANGER
  }
}

/** What somebody known may not watch is written down as what they may not ask is. [AUDIT5] */
async function noteRefusal(principal: Principal, address: string, { refusals }: Parts): Promise<void> {
  if (principal.kind === 'stranger') return
  const by = { principal: principalName(principal), origin: originOf(principal, address) }
  await refusals.note({ siteId: principal.siteId, by, action: 'read-board', key: 'forbidden' })
}

function isLetIn(principal: Principal, said: Hello): boolean {
  // By the secret of a screen that waits, and by nothing else.
  if (said.view === 'pairing' || !mayWatch(principal, said.view)) return false
  return said.view === 'ticket' || principal.siteId === said.siteId
}
