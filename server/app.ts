import { existsSync, readFileSync } from 'node:fs'
import { STATUS_CODES } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import compression from 'compression'
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express'
import { api } from './api.ts'
import { arrival } from './arrival.ts'
import { SCREENS } from './builds.ts'
import { askAnew, keepNothing } from './caching.ts'
import { headers } from './headers.ts'
import { openapi } from './openapi.ts'
import { originOf } from './origin.ts'
import type { Parts } from './parts.ts'
import { may } from './policy.ts'
import { credentialsOf, principalName } from './principal.ts'
import { privacy } from './privacy.ts'
import { Fault, toProblem } from './problem.ts'
import { readersOf } from './readers.ts'
import { ROUTES } from './routes.ts'
import { voicePacks } from './voice-packs.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

/** Pages, API, health and metrics. */
export function createApp(parts: Parts): Express {
  const { TRUST_PROXY, VOICE_DIR } = parts.environment
  const app = express()
  app.disable('x-powered-by')
  // Answers are never kept; static files have tags of their own.
  app.disable('etag')
  app.set('trust proxy', TRUST_PROXY)
  app.use(keepNothing)
  app.use(headers(TRUST_PROXY))
  app.get('/healthz', (_, response) => response.json({ status: 'alive' }))
  app.use('/api/v1', api(parts))
  app.use(arrival(parts))
  // What they say takes a look into the database, which no flood may cause.
  app.use(readersOf(parts))
  app.use('/kiosk', headers(TRUST_PROXY))
  app.get('/', (_, response) => response.redirect('/kiosk/'))
  app.get('/readyz', async (_, response) => void (await ready(parts, response)))
  app.get('/metrics', async (request, response) => {
    try {
      await mayReadMetrics(request, parts)
    } catch (error) {
      const problem = toProblem(error)
      return void response
        .status(problem.status)
        .type('application/problem+json')
        .send(JSON.stringify(problem))
    }
    response.type(parts.registry.contentType).send(await parts.registry.metrics())
  })
  const contract = JSON.stringify(openapi(ROUTES, version))
  app.get('/api/openapi.json', (_, response) => response.type('json').send(contract))
  app.use('/api/docs', documentation(TRUST_PROXY))
  app.use('/privacy', privacy())
  if (VOICE_DIR !== undefined) app.use('/voice', voicePacks(VOICE_DIR))
  // Pages and scripts only: an answer of the API may hold what nobody should guess by its length.
  app.use(compression())
  // Names of built files carry a hash of their content, so they never change; everything else is asked for anew.
  app.use(
    express.static(SCREENS, {
      setHeaders: (response: Response, path) => {
        if (!/[\\/]assets[\\/]/.test(path)) return askAnew(response)
        response.setHeader('Cache-Control', 'public, max-age=31536000, immutable')
      },
    }),
  )
  app.use(function notFound(_, response) {
    response.status(404).type('text').send(STATUS_CODES[404])
  })
  app.use(failed(parts))
  return app
}

/** An error outside the API: its status, and nothing of the program. [ERROR2] */
function failed({ logger }: Parts): ErrorRequestHandler {
  return function failed(error: Fault | { status?: number }, request, response, next) {
    // Part of an answer is out: the connection is all that can still be ended.
    if (response.headersSent) return next(error)
    const { status = 500 } = error instanceof Fault ? toProblem(error) : error
    if (error instanceof Fault && error.facts?.seconds)
      response.set('Retry-After', String(error.facts.seconds))
    if (status >= 500) logger.error({ error }, 'a page failed')
    // The file that failed has said how long it may be kept.
    keepNothing(request, response, () => response.status(status).type('text').send(STATUS_CODES[status]))
  }
}

/** Not below /api/v1, and yet asked like everything there. Throws Fault. */
async function mayReadMetrics({ headers, ip }: Request, parts: Parts): Promise<void> {
  const principal = await parts.identities.of(credentialsOf(headers), parts.hall.now())
  if (may(principal, 'read-metrics')) return parts.limits.asked(principal, false, ip ?? '')
  if (principal.kind === 'stranger') throw new Fault('unauthenticated')
  const by = { principal: principalName(principal), origin: originOf(principal, ip) }
  await parts.refusals.note({ siteId: principal.siteId, by, action: 'read-metrics', key: 'forbidden' })
  throw new Fault('forbidden')
}

/** `ready`: all is well. `degraded`: the line is away and the database serves alone; the hall goes on. */
async function ready({ hall }: Parts, response: Response): Promise<void> {
  try {
    await hall.database.query('select 1')
    response.json({ status: hall.line.healthy ? 'ready' : 'degraded' })
  } catch {
    // The fault itself is logged where it happens; a probe only needs to know.
    response.status(503).json({ status: 'unavailable' })
  }
}

/** The OpenAPI document to browse. */
function documentation(proxies: number) {
  const router = express.Router()
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Nuanhao API</title>
<link rel="stylesheet" href="swagger-ui.css"><div id="swagger-ui"></div>
<script src="swagger-ui-bundle.js"></script><script src="start.js"></script>`
  const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui' })`
  // The viewer sets styles of its own.
  router.use(headers(proxies, ["'self'", "'unsafe-inline'"]))
  router.get('/', (request, response) => {
    if (!request.originalUrl.split('?')[0]?.endsWith('/')) return response.redirect('/api/docs/')
    return response.type('html').send(page)
  })
  router.get('/start.js', (_, response) => response.type('js').send(start))
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    router.get(`/${file}`, (_, response) => {
      askAnew(response)
      response.sendFile(file, { root: swagger })
    })
  }
  return router
}

/** Whether the screens have been built. */
export function screensBuilt(): boolean {
  return existsSync(join(SCREENS, 'kiosk', 'index.html'))
}
