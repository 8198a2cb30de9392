// All that loads the server: kiosks, counters and displays, in a process of their own.
import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { Leg } from '#domain/leg.ts'
import type { ClientEvents, Hello, PublicEvent, ServerEvents } from '#protocol/events.ts'
import { SERVICES } from './bench-site.ts'
import { monotonic } from './clock.ts'
import type { BenchSite } from './hall-process.ts'
import { HttpClient } from './http-client.ts'
import type { Round } from './raw-process.ts'
import { serve } from './remote.ts'

type Screen = Socket<ServerEvents, ClientEvents>

/** One resident in this many asks for care. */
const CARE = 5

const headers = (credential: string) => `${credential}\r\nIdempotency-Key: ${randomUUID()}\r\n`

/** Screens by the name of their group, and who of them has heard which event. */
const groups = new Map<string, { screens: Screen[]; heard: Map<number, Heard>; latest: PublicEvent | null }>()

interface OneCounter {
  url: string
  counter: BenchSite['counters'][number]
}

/** The connection for one thing at a time. */
let caller: HttpClient | null = null
/** The ticket that `callApart` called last. */
let calledApart = ''

interface Heard {
  count: number
  /** When the last one heard it, on the monotonic clock, ms. */
  last: number
  all: Promise<void>
  done: () => void
}

const methods = {
  /** `clients` kiosks take tickets, one after the other, for `ms`. */
  issue: async (asked: { url: string; site: BenchSite; clients: number; ms: number }): Promise<Round> => {
    const { url, site, clients, ms } = asked
    const kiosks = await Promise.all(Array.from({ length: clients }, () => HttpClient.open(url)))
    const latencies: number[] = []
    let issued = 0
    const start = performance.now()
    await Promise.all(
      kiosks.map(async (kiosk) => {
        while (performance.now() - start < ms) {
          issued += 1
          const serviceId = SERVICES[issued % SERVICES.length]
          const care = issued % CARE === 0 ? { care: { need: 'pregnant' } } : {}
          const before = performance.now()
          const { status, body } = await kiosk.post(
            `/api/v1/sites/${site.id}/tickets`,
            headers(`Authorization: Bearer ${site.kiosk}`),
            JSON.stringify({ serviceId, ...care }),
          )
          latencies.push(performance.now() - before)
          if (status !== 201) throw new Error(`issue: ${status} ${body}`)
        }
      }),
    )
    const busy = performance.now() - start
    for (const kiosk of kiosks) kiosk.close()
    return { latencies, busy }
  },

  /** All counters call at once, then all complete, again and again. Only the calling counts. */
  call: async (asked: { url: string; counters: BenchSite['counters']; waves: number }): Promise<Round> => {
    const { url, counters, waves } = asked
    const clerks = await Promise.all(
      counters.map(async (counter) => ({ ...counter, client: await HttpClient.open(url), ticketId: '' })),
    )
    const latencies: number[] = []
    let busy = 0
    for (let wave = 0; wave < waves; wave++) {
      const start = performance.now()
      await Promise.all(
        clerks.map(async (clerk) => {
          const { ticketId } = await callNext(clerk.client, clerk)
          latencies.push(performance.now() - start)
          clerk.ticketId = ticketId
        }),
      )
      busy += performance.now() - start
      await Promise.all(
        clerks.map(async ({ client, cookie, ticketId }) => {
          const { status, body } = await client.post(
            `/api/v1/tickets/${ticketId}/complete`,
            headers(`Cookie: ${cookie}`),
            '{}',
          )
          if (status !== 200) throw new Error(`complete: ${status} ${body}`)
        }),
      )
    }
    for (const { client } of clerks) client.close()
    return { latencies, busy }
  },

  /** One ticket is taken; nothing is measured. */
  issueOne: async ({ url, site }: { url: string; site: BenchSite }) => {
    caller ??= await HttpClient.open(url)
    const { status, body } = await caller.post(
      `/api/v1/sites/${site.id}/tickets`,
      headers(`Authorization: Bearer ${site.kiosk}`),
      JSON.stringify({ serviceId: SERVICES[0] }),
    )
    if (status !== 201) throw new Error(`issue: ${status} ${body}`)
  },

  /** One counter calls one ticket; `completeApart` frees it again. */
  callApart: async ({ url, counter }: OneCounter): Promise<Round> => {
    caller ??= await HttpClient.open(url)
    const start = performance.now()
    calledApart = (await callNext(caller, counter)).ticketId
    const busy = performance.now() - start
    return { latencies: [busy], busy }
  },

  completeApart: async ({ url, counter }: OneCounter) => {
    caller ??= await HttpClient.open(url)
    const { status, body } = await caller.post(
      `/api/v1/tickets/${calledApart}/complete`,
      headers(`Cookie: ${counter.cookie}`),
      '{}',
    )
    if (status !== 200) throw new Error(`complete: ${status} ${body}`)
  },

  /** Calls one ticket and leaves it called, so that it can be recalled. @returns its id */
  callOne: async ({ url, counter }: OneCounter) => {
    const client = await HttpClient.open(url)
    const { ticketId } = await callNext(client, counter)
    client.close()
    return ticketId
  },

  /** Connects `count` screens, each on a WebSocket of its own. `auth` null: the bare server asks nobody who they are. */
  watch: async (asked: {
    group: string
    url: string
    count: number
    auth: Hello | null
    cookie?: string
  }) => {
    const { group, url, count, auth, cookie } = asked
    const watching = {
      screens: [] as Screen[],
      heard: new Map<number, Heard>(),
      latest: null as PublicEvent | null,
    }
    groups.set(group, watching)
    // A few at a time, as screens come; the server takes a handshake's time for each.
    for (let from = 0; from < count; from += 50) {
      await Promise.all(
        Array.from({ length: Math.min(50, count - from) }, () => {
          const screen: Screen = io(url, {
            transports: ['websocket'],
            forceNew: true,
            reconnection: false,
            ...(auth && { auth }),
            ...(cookie !== undefined && { extraHeaders: { cookie } }),
          })
          watching.screens.push(screen)
          screen.on('public:event', (event) => {
            watching.latest = event
            hear(watching.heard, event.seq, count)
          })
          return new Promise<void>((resolve, reject) => {
            screen.once('connect_error', reject)
            if (auth) screen.once('heartbeat', () => resolve())
            else screen.once('connect', resolve)
          })
        }),
      )
    }
  },

  /** Recalls a ticket. @returns when it was asked (monotonic ms), and the number of the event all screens then heard */
  recall: async (asked: { url: string; group: string; ticketId: string; cookie: string }) => {
    const { url, group, ticketId, cookie } = asked
    caller ??= await HttpClient.open(url)
    const watching = groups.get(group)
    if (!watching) throw new Error(`no group ${group}`)
    const before = watching.latest?.seq ?? 0
    const sentAt = monotonic()
    const { status, body } = await caller.post(
      `/api/v1/tickets/${ticketId}/recall`,
      headers(`Cookie: ${cookie}`),
      '{}',
    )
    if (status !== 200) throw new Error(`recall: ${status} ${body}`)
    const { ticket } = JSON.parse(body) as { ticket: Leg }
    const seq = ticket.callId ?? 0
    if (seq <= before) throw new Error('a recall without a new call')
    return { sentAt, seq }
  },

  /** When the last screen of a group heard an event (monotonic ms); waits for it. */
  heardByAll: async ({ group, seq }: { group: string; seq: number }) => {
    const watching = groups.get(group)
    if (!watching) throw new Error(`no group ${group}`)
    const heard = expect(watching.heard, seq)
    await heard.all
    return heard.last
  },

  latest: async (group: string) => groups.get(group)?.latest ?? null,

  leave: async (group: string) => {
    for (const screen of groups.get(group)?.screens ?? []) screen.disconnect()
    groups.delete(group)
    caller?.close()
    caller = null
  },
}

export type LoadProcess = typeof methods

async function callNext(client: HttpClient, { id, cookie }: BenchSite['counters'][number]): Promise<Leg> {
  const { status, body } = await client.post(
    `/api/v1/counters/${id}/call-next`,
    headers(`Cookie: ${cookie}`),
    '{}',
  )
  const { ticket } = JSON.parse(body) as { ticket: Leg | null }
  if (status !== 200 || !ticket) throw new Error(`call-next: ${status} ${body}`)
  return ticket
}

function expect(heard: Map<number, Heard>, seq: number): Heard {
  let entry = heard.get(seq)
  if (!entry) {
    let done = () => {}
    const all = new Promise<void>((resolve) => {
      done = resolve
    })
    entry = { count: 0, last: 0, all, done }
    heard.set(seq, entry)
  }
  return entry
}

function hear(heard: Map<number, Heard>, seq: number, count: number): void {
  const entry = expect(heard, seq)
  entry.count += 1
  if (entry.count < count) return
  entry.last = monotonic()
  entry.done()
}

serve(methods)
