import { createHmac } from 'node:crypto'
import express, { type NextFunction, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { idempotencyKey, ifMatch } from '#protocol/schemas.ts'
import { apiKeyBySecret } from '#store/api-keys.ts'
import type { Author } from '#store/commit.ts'
import { isApiKey } from '#store/tokens.ts'
import { arrival } from './arrival.ts'
import { isFromOwnPage } from './forwarded.ts'
import { originOf } from './origin.ts'
import type { Parts } from './parts.ts'
import { whyNot } from './policy.ts'
import { credentialsOf, type Principal, principalName, STRANGER } from './principal.ts'
import { Fault, toProblem } from './problem.ts'
import type { Answer, Asked, Route } from './route.ts'
import { ROUTES } from './routes.ts'
import { isWritable } from './writable.ts'

const BODY_LIMIT = '64kb'

/** Refusals to show what residents confided. */
const WITHHELD = ['not-at-counter', 'unknown-ticket', 'unknown-site']

/** The REST API: checks what comes in against the route's schemas, asks the policy, calls the handler. */
export function api(parts: Parts): Router {
  const router = Router()
  router.use(refuseForeign(parts.environment.TRUST_PROXY))
  router.use(arrival(parts))
  router.use(express.json({ limit: BODY_LIMIT, strict: true }))
  for (const route of ROUTES) {
    router[route.method](route.path, async (request, response) => {
      response.locals.asked = { route, params: request.params } satisfies Refusable
      const asked = await ask(route, request, parts)
      const { principal, address } = asked
      const answer = await parts.limits.guessing(route.action, principal, address, () =>
        route.handle(asked, parts),
      )
      send(response, answer, route.type, request.secure)
    })
  }
  router.use(function notFound() {
    throw new Fault('not-found')
  })
  router.use(async function refused(
    error: unknown,
    request: Request,
    response: Response,
    _next: NextFunction,
  ): Promise<void> {
    const problem = toProblem(error)
    await noteRefusal(request, response.locals.asked, problem.code, parts)
    // The pattern, never the address: an address may hold a ticket's code.
    const route = request.route?.path ?? 'no route'
    if (problem.status >= 500) parts.logger.error({ error, route }, 'a request failed')
    if (problem.code === 'too-large') response.set('Connection', 'close')
    if (problem.code === 'too-many' && problem.facts?.seconds)
      response.set('Retry-After', String(problem.facts.seconds))
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  })
  return router
}

/** Where a request comes from, through as many proxies as are trusted. Counted, and written down nowhere. */
function addressOf({ ip }: Request): string {
  return ip ?? ''
}

/** Browsers say where a request comes from; only our own pages may change anything, and none of them sends a form. [SIGNIN9] */
function refuseForeign(proxies: number) {
  return function refuseForeign(request: Request, _: Response, next: NextFunction): void {
    const { method, headers } = request
    const reads = method === 'GET' || method === 'HEAD'
    const foreign = headers['sec-fetch-site'] === 'cross-site' || !isFromOwnPage(request, proxies)
    if (!reads && foreign) throw new Fault('foreign-origin')
    if (!reads && headers['content-type'] !== undefined && request.is('json') === false)
      throw new Fault('malformed', { at: 'Content-Type', problem: 'not_json' })
    next()
  }
}

async function ask(route: Route, request: Request, parts: Parts): Promise<Asked> {
  const credentials = credentialsOf(request.headers)
  const principal = await parts.identities.of(credentials, parts.hall.now())
  const refused = whyNot(principal, route.action)
  if (refused !== null) throw new Fault(refused)
  await parts.limits.asked(principal, route.method !== 'get', addressOf(request))
  const body = check(route.body, request.body ?? {})
  return {
    params: check(route.params, request.params),
    query: check(route.query, request.query),
    body,
    principal,
    author: authorOf(route, request, principal, body, parts),
    version: versionOf(request),
    cookies: credentials.cookies,
    address: addressOf(request),
    agent: request.get('user-agent') ?? '',
    secure: request.secure,
  }
}

/** What is known of a request when it is refused. */
interface Refusable {
  route: Route
  params: Request['params']
}

/** What somebody known may not do at all, and what residents confided that was not shown. [AUDIT5] */
async function noteRefusal(
  request: Request,
  asked: Refusable | undefined,
  key: string,
  parts: Parts,
): Promise<void> {
  if (!asked) return
  const { route, params } = asked
  if (key === 'unauthenticated') return noteOldKey(request, route, parts)
  if (!(key === 'forbidden' || (route.confided !== null && WITHHELD.includes(key)))) return
  const principal = await parts.identities.of(credentialsOf(request.headers), parts.hall.now())
  const by = { principal: principalName(principal), origin: originOf(principal, request.ip) }
  // An id of ours only: whatever else an address holds may be a ticket's code, or somebody's number.
  const subject = z.uuid().safeParse(params.ticket)
  await parts.refusals.note({
    ...{ siteId: principal.siteId, by, action: route.confided ?? route.action, key },
    ...{ subject: subject.data ?? null },
  })
}

/** A program that still asks with a key that is over: somebody has forgotten it, or has found it. [APIKEY5] */
async function noteOldKey(request: Request, { action }: Route, { hall, refusals }: Parts): Promise<void> {
  const { bearer } = credentialsOf(request.headers)
  if (bearer === null || !isApiKey(bearer)) return
  const old = await apiKeyBySecret(hall.database, bearer, hall.now())
  if (!old?.over) return
  const by = { principal: `api-key:${old.id}`, origin: originOf(STRANGER, request.ip) }
  await refusals.note({ siteId: old.siteId, by, action, key: old.over })
}

function check(schema: z.ZodType | null, value: unknown): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) {
    if (!isWritable(parsed.data)) throw new Fault('malformed', { at: '', problem: 'invalid_format' })
    return parsed.data
  }
  const [issue] = parsed.error.issues
  throw new Fault('malformed', { at: issue?.path.join('.') ?? '', problem: issue?.code ?? '' })
}

/** The digest is keyed: a plain hash of a body with a phone number in it could be guessed back. */
function authorOf(route: Route, request: Request, principal: Principal, body: unknown, parts: Parts): Author {
  const by = { principal: principalName(principal), origin: originOf(principal, request.ip) }
  if (!route.command) return { ...by, key: '', digest: '' }
  const given = request.get('idempotency-key')
  if (given === undefined) throw new Fault('key-required')
  const key = idempotencyKey.safeParse(given)
  if (!key.success) throw new Fault('malformed', { at: 'Idempotency-Key', problem: 'invalid_format' })
  const asked = JSON.stringify([request.method, request.path, body])
  return {
    ...by,
    key: key.data,
    digest: createHmac('sha256', parts.keys.codes).update(asked).digest('hex'),
  }
}

function versionOf(request: Request): number | null {
  const given = request.get('if-match')
  if (given === undefined || given === '*') return null
  const parsed = ifMatch.safeParse(given)
  if (!parsed.success) throw new Fault('malformed', { at: 'If-Match', problem: 'invalid_format' })
  return Number(parsed.data.replaceAll('"', ''))
}

function send(
  response: Response,
  { status, body, cookies = [], file }: Answer,
  type: string,
  secure: boolean,
): void {
  response.status(status)
  for (const { name, value, maxAge } of cookies) {
    response.cookie(name, value, { httpOnly: true, sameSite: 'strict', secure, maxAge, path: '/' })
  }
  if (file !== undefined) response.attachment(file)
  if (body === undefined) response.end()
  else if (type === 'application/json') response.json(body)
  else response.type(type).send(body)
}
