import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createServer as createHttp, type Server as HttpServer } from 'node:http'
import { createServer as createHttps, type Server as HttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Hall } from '#line/hall.ts'
import { openHall } from '#line/open-hall.ts'
import { type AuditKeeping, auditKeeping } from '#settings/audit-keeping.ts'
import { type Environment, isLoopback } from '#settings/environment.ts'
import { type Keys, readKeyFile } from '#settings/key-file.ts'
import type { AllowedHost } from '#settings/reach.ts'
import { holdIfClockRanBack } from '#store/clock.ts'
import { awaitsSetup, makeSetupCode } from '#store/setup-code.ts'
import { readSite, siteIds } from '#store/sites.ts'
import { createApp } from './app.ts'
import { boundConnections } from './connections.ts'
import { listenForOperator } from './control.ts'
import { DEMO_SITE, makeDemo } from './demo.ts'
import { Identities } from './identity.ts'
import { Limits } from './limits.ts'
import type { Parts } from './parts.ts'
import { makePractice, type Practice } from './practice.ts'
import { Refusals } from './refusals.ts'
import { attachSockets, type Sockets } from './sockets.ts'
import { packProblems } from './voice-packs.ts'

export interface Running {
  /** Where this machine reaches it, `http://127.0.0.1:8080`. */
  url: string
  parts: Parts
  sockets: Sockets
  /** The demo password if it is new, to be shown once. */
  demoPassword: string | null
  /** The one-time code that makes the first administrator, while nobody can sign in. */
  setupCode: string | null
  /** Whether there is a hall to go to. */
  anyHall: boolean
  /** Sites that issue no tickets until staff confirm the time. */
  clockHeld: string[]
  /** Finishes what is under way and closes everything. */
  stop(): Promise<void>
}

/** Thrown when the hall cannot start; the message says what to do. */
export class StartError extends Error {}

/** What a server is given from outside. */
export interface Given {
  /** The machine's clock, ms. */
  now: () => number
  /** Starts the chores inside this process. */
  startWorker: (
    hall: Hall,
    logger: Logger,
    outward: { keys: Keys; allowed: readonly AllowedHost[]; audit: AuditKeeping },
  ) => Promise<{ stop(): Promise<void> }>
  /** Opens a practice hall, or makes one in an empty database; refuses a real one. */
  practice?: Practice
}

/**
 * Starts a server node: embedded, with its worker in the same process.
 *
 * @throws StartError, FolderInUse, RealHall
 */
export async function startServer(
  environment: Environment,
  logger: Logger,
  { now, startWorker, practice }: Given,
): Promise<Running> {
  const demo = !practice && wantsDemo(environment)
  const keys = readKeyFile(
    environment.KEY_FILE,
    environment.mode === 'embedded' || demo || practice !== undefined,
  )
  const registry = new Registry()
  const onError = (error: Error) => logger.warn({ error }, 'a part is away; going on')
  const hall = await openHall(environment, registry, now, onError)
  const closers: (() => Promise<unknown>)[] = [() => hall.close()]
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    if (practice) await makePractice(hall.database, practice, now())
    const demoPassword = demo ? await makeDemo(hall.database, environment.DEMO_PASSWORD ?? null, now()) : null
    const sites = await siteIds(hall.database)
    if (!demo && !practice && environment.mode === 'embedded')
      await refuseDemoInPublic(hall.database, environment)
    const setupCode = (await awaitsSetup(hall.database))
      ? await makeSetupCode(hall.database, now(), environment.mode === 'embedded')
      : null
    for (const siteId of sites) {
      const voice = (await readSite(hall.database, siteId))?.display.voice ?? null
      const problems = voice === null ? [] : packProblems(environment.VOICE_DIR, voice)
      for (const problem of problems) logger.warn({ site: siteId }, problem)
    }
    const clockHeld = await holdIfClockRanBack(hall.database, now())
    const parts: Parts = {
      hall,
      environment,
      keys,
      logger,
      registry,
      identities: new Identities(hall.database, hall.hints),
      limits: new Limits(environment.RATE_LIMITS),
      refusals: new Refusals(hall.database, hall.now, logger),
      // A hall of one's own is no demo, wherever it runs: its screens are enrolled by a supervisor. One to practise in is.
      demo: practice !== undefined || (demo && sites.includes(DEMO_SITE.id)),
      publicUrl: reachable(environment.PUBLIC_URL),
    }
    closers.push(() => parts.refusals.stop())
    collectDefaultMetrics({ register: registry })
    closers.push(async () => registry.clear())
    const http = createHttpServer(environment, parts).setTimeout(STILL_FOR)
    if (environment.RATE_LIMITS) boundConnections(http, environment.TRUST_PROXY > 0)
    const sockets = attachSockets(http, parts)
    closers.push(() => sockets.close())
    if (environment.mode === 'embedded') {
      const worker = await startWorker(hall, logger, {
        keys,
        allowed: environment.WEBHOOK_ALLOW,
        audit: auditKeeping(environment),
      })
      closers.push(() => worker.stop())
      const close = await listenForOperator(parts)
      if (close) closers.push(close)
    }
    await listen(http, environment)
    const { port } = http.address() as AddressInfo
    const scheme = environment.TLS_CERT === undefined ? 'http' : 'https'
    const host = environment.HOST === '0.0.0.0' || environment.HOST === '::' ? '127.0.0.1' : environment.HOST
    const url = `${scheme}://${host}:${port}`
    const anyHall = sites.length > 0
    return { url, parts, sockets, demoPassword, setupCode, anyHall, clockHeld, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Demo data on this machine only, unless DEMO=1 says that it may be seen from outside. */
function wantsDemo({ DEMO, HOST, mode }: Environment): boolean {
  return DEMO ?? (mode === 'embedded' && isLoopback(HOST))
}

async function refuseDemoInPublic(
  database: Parameters<typeof siteIds>[0],
  { HOST, DEMO }: Environment,
): Promise<void> {
  const sites = await siteIds(database)
  if (DEMO === undefined && sites.includes(DEMO_SITE.id)) {
    throw new StartError(
      `This folder holds the demo hall, and HOST=${HOST} would open it to the network. Set DEMO=1 if that is what ` +
        'you want, or give your own hall a folder of its own with DATA_DIR.',
    )
  }
}

/** A phone is another machine: a loopback address is no use to it. */
function reachable(url: string | undefined): string | null {
  if (url === undefined || isLoopback(new URL(url).hostname)) return null
  return url.replace(/\/+$/, '')
}

/** How long a client may take to say what it wants, ms: whoever trickles holds nothing open. [LIMIT4] */
const PATIENCE = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 }

/** A connection over which nothing moves is cut by the second look after this, ms: a socket that polls is kept waiting for less. [LIMIT4] */
const STILL_FOR = 30_000

/** How long a client may take to agree on HTTPS, ms. [LIMIT4] */
const AGREED_WITHIN = 5_000

/** A renewed certificate is found within this, ms: many live for weeks, and the hall does not close for them. [TLS2] */
const RENEWED_WITHIN = 5_000

function createHttpServer({ TLS_CERT, TLS_KEY }: Environment, parts: Parts): HttpServer {
  const app = createApp(parts)
  if (TLS_CERT === undefined || TLS_KEY === undefined) return createHttp(PATIENCE, app)
  const own = () => ({ cert: readFileSync(TLS_CERT), key: readFileSync(TLS_KEY) })
  let https: HttpsServer
  try {
    https = createHttps({ ...PATIENCE, handshakeTimeout: AGREED_WITHIN, ...own() }, app)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new StartError(
      `HTTPS needs a certificate and its own key, both as PEM files that this program may read: see TLS_CERT=${TLS_CERT} and TLS_KEY=${TLS_KEY} (${code}).`,
      { cause },
    )
  }
  const renew = () => {
    try {
      https.setSecureContext(own())
    } catch (error) {
      // One of the two is older than the other, or being written: what was read stands.
      parts.logger.warn({ error }, 'the certificate was not renewed')
    }
  }
  for (const file of [TLS_CERT, TLS_KEY]) {
    watchFile(file, { interval: RENEWED_WITHIN, persistent: false }, renew)
    https.once('close', () => unwatchFile(file, renew))
  }
  return https as unknown as HttpServer
}

function listen(http: HttpServer, { PORT, HOST }: Environment): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const why: Record<string, string> = {
        EADDRINUSE: `Port ${PORT} on ${HOST} is in use by another program: stop it, or choose another with PORT=8081.`,
        EACCES: `Port ${PORT} needs more rights: choose one above 1023 with PORT.`,
        EADDRNOTAVAIL: `HOST=${HOST} is not an address of this machine.`,
      }
      reject(new StartError(why[error.code ?? ''] ?? error.message, { cause: error }))
    })
    http.listen(PORT, HOST, resolve)
  })
}
