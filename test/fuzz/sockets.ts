import fc from 'fast-check'
import { io, type Socket } from 'socket.io-client'
import { changes, countChanges, type Fuzzed } from './fuzz.ts'
import { hostile, hostileString } from './hostile.ts'

/** A screen that knocks, and what it then says. */
interface Knock {
  auth: unknown
  /** Events with what comes with them. */
  said: [string, unknown[]][]
  /** Below the protocol: what goes over the wire as it is. */
  raw: (string | Uint8Array)[]
}

/** What only the server says. */
const SERVER_SAYS = ['public:event', 'staff:event', 'overview:event', 'heartbeat', 'revoked']

const siteId = fc.oneof(fc.constant('nuanan'), hostileString)
const hello = fc.record(
  {
    view: fc.oneof(fc.constantFrom('public', 'staff', 'overview', 'ticket', 'pairing'), hostile),
    siteId,
    token: fc.oneof(fc.constant('@token'), hostile),
    after: fc.oneof(fc.constant(null), fc.integer({ min: -1, max: 1_000 }), hostile),
  },
  { requiredKeys: [] },
)
/** What a screen says of itself, and what it should not. */
const report = fc.record(
  {
    clock: fc.oneof(fc.constant(1_767_225_600_000), hostile),
    build: fc.oneof(fc.constant('main-A1b2C3.js'), hostile),
    error: fc.oneof(fc.constant('TypeError'), hostile),
  },
  { requiredKeys: [] },
)
const knock: fc.Arbitrary<Knock> = fc.record({
  auth: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        view: fc.constant('public'),
        siteId: fc.constant('nuanan'),
        token: fc.constant('@token'),
        after: fc.constant(null),
      }),
    },
    { weight: 4, arbitrary: hello },
    { weight: 1, arbitrary: hostile },
  ),
  said: fc.array(
    fc.oneof(
      report.map((one): [string, unknown[]] => ['report', [one]]),
      fc.tuple(
        fc.oneof(fc.constantFrom('report', ...SERVER_SAYS), hostileString),
        fc.array(hostile, { maxLength: 3 }),
      ),
    ),
    { maxLength: 5 },
  ),
  raw: fc.array(
    fc.oneof(
      fc.constantFrom(
        '',
        '4',
        '40',
        '41',
        '42',
        '42[',
        '42["report"',
        '42{}',
        '43[]',
        '451-["report",{"_placeholder":true,"num":0}]',
        '5',
        '6',
        '9',
        '4'.repeat(20_000),
      ),
      fc.string({ maxLength: 60 }),
      fc.uint8Array({ maxLength: 60 }),
    ),
    { maxLength: 4 },
  ),
})

/**
 * Opens so many sockets one after another, which say all sorts of things in all sorts of ways.
 *
 * @returns what should not be: a socket that was let in without a right, a row that changed, or a server that says no more
 */
export async function fuzzSockets(hall: Fuzzed, plan: { sockets: number; seed: number }): Promise<string[]> {
  const failures: string[] = []
  const { authorization = '' } = await hall.credential('display')
  const token = authorization.replace('Bearer ', '')
  await countChanges(hall.database)
  const before = await changes(hall)
  await fc.assert(
    fc.asyncProperty(knock, async (drawn) => {
      const auth = JSON.parse(JSON.stringify(drawn.auth ?? null).replaceAll('@token', token))
      const socket: Socket = io(hall.url, {
        ...{ transports: ['websocket'], forceNew: true, reconnection: false },
        auth: auth !== null && typeof auth === 'object' && !Array.isArray(auth) ? auth : { auth },
      })
      const came = await new Promise<'in' | 'refused'>((resolve) => {
        socket.once('connect', () => resolve('in'))
        socket.once('connect_error', () => resolve('refused'))
        socket.once('disconnect', () => resolve('refused'))
      })
      const mayBeIn = JSON.stringify(auth).includes(token)
      if (came === 'in' && !mayBeIn) failures.push(`let in: ${JSON.stringify(auth)}`)
      if (came === 'in') await say(socket, drawn)
      socket.close()
    }),
    { seed: plan.seed, numRuns: plan.sockets, endOnFailure: true },
  )
  const after = await changes(hall)
  if (after.rows !== before.rows)
    failures.push(`changed ${after.rows - before.rows} rows, the last …${after.what}`)
  const alive = await fetch(`${hall.url}/healthz`)
  if (alive.status !== 200) failures.push(`then the server said ${alive.status}`)
  return failures
}

/** Says it all, and waits until the server has read it: it answers a ping, or has cut the screen off. */
async function say(socket: Socket, { said, raw }: Knock): Promise<void> {
  const gone = new Promise((resolve) => socket.once('disconnect', resolve))
  for (const [event, args] of said) {
    // The client itself refuses names of its own.
    if (
      !['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'].includes(
        event,
      )
    ) {
      socket.emit(event, ...args)
    }
  }
  const { ws } = socket.io.engine.transport as unknown as { ws: WebSocketOfNode }
  for (const one of raw) if (ws.readyState === 1) ws.send(one)
  const answered = new Promise((resolve) => ws.once('pong', resolve))
  if (ws.readyState === 1) ws.ping()
  await Promise.race([gone, answered])
}

/** What there is of a web socket in Node. */
interface WebSocketOfNode {
  readyState: number
  send(data: string | Uint8Array): void
  ping(): void
  once(event: 'pong', listener: (value: unknown) => void): void
}
