import { Agent, request as send } from 'node:http'
import fc from 'fast-check'
import { STATUS } from '#protocol/errors.ts'
import { ROUTES } from '#server/routes.ts'
import type { Database } from '#store/database.ts'
import { type ApiDocument, type Asker, type FuzzRequest, requestsOf } from './requests.ts'

/** The hall that is fuzzed. */
export interface Fuzzed {
  url: string
  database: Database
  siteId: string
  document: ApiDocument
  /** What each asker shows to be who it is. */
  credential(asker: Asker): Promise<Record<string, string>>
  /** It holds no more: the next is a new one. */
  forget(asker: Asker): void
  /** What the hall is before the first request, by the name it has in requests. */
  known: Record<string, string[]>
}

export interface Fuzz {
  seed: number
  sent: number
  /** How many were answered with each status. */
  statuses: Record<string, number>
  /** Those of the document that were asked for. */
  operations: Set<string>
  /** What should not be: a fault of the server, an answer of no known shape, a refusal that changed something. */
  failures: string[]
}

/** That a suggestion was read is written down with it. */
const MARKED_AS_READ = /\/feedback\b/

/** Made by chance, so it may well look like anything. */
const BY_CHANCE = /"(?:token|secret|pass)":"[^"]+"/g

/** What is no HTTP never reaches the API. */
const NO_HTTP = [417, 431]

/** What no answer tells: how the program is built. */
const INSIDE = /node_modules|\.ts:\d|at async |syntax error|nuanhao\.\w+\(|violates|pg_|PGlite/

/**
 * Sends so many requests, one after another, and looks at every answer and at what it changed.
 *
 * @param seed of the random requests; the same requests for the same seed
 */
export async function fuzz(hall: Fuzzed, plan: { requests: number; seed: number }): Promise<Fuzz> {
  const done: Fuzz = { seed: plan.seed, sent: 0, statuses: {}, operations: new Set(), failures: [] }
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  await countChanges(hall.database)
  let before = await changes(hall)
  try {
    await fc.assert(
      fc.asyncProperty(requestsOf(hall.document), async (drawn) => {
        const request = resolved(drawn, hall.known)
        const answer = await ask(hall, request, agent)
        if (hasLeft(request, answer)) hall.forget(request.asker)
        done.sent += 1
        done.statuses[answer.status] = (done.statuses[answer.status] ?? 0) + 1
        done.operations.add(request.operation)
        const after = await changes(hall)
        const wrong = wrongWith(request, answer)
        const read = ['GET', 'HEAD', 'OPTIONS'].includes(request.method) && !MARKED_AS_READ.test(request.path)
        if ((answer.status >= 400 || read) && after.rows !== before.rows) {
          wrong.push(`changed ${after.rows - before.rows} rows, of the last …${after.what}`)
        }
        before = after
        if (answer.status < 300) remember(answer.json, hall.known)
        for (const one of wrong)
          done.failures.push(
            `${one}\n  ${JSON.stringify(request).slice(0, 600)}\n  → ${answer.status} ${answer.text.slice(0, 300)}`,
          )
      }),
      { seed: plan.seed, numRuns: plan.requests, endOnFailure: true },
    )
  } finally {
    agent.destroy()
  }
  return done
}

/** Whether what the asker showed is nothing any more. To get another takes long, so only then. */
function hasLeft({ operation, headers }: FuzzRequest, { status }: Reply): boolean {
  if ('cookie' in headers || 'authorization' in headers) return false
  return status === 401 || (status === 204 && operation === 'delete /api/v1/session')
}

interface Reply {
  status: number
  type: string
  text: string
  json: unknown
}

async function ask(hall: Fuzzed, request: FuzzRequest, agent: Agent): Promise<Reply> {
  const { hostname, port } = new URL(hall.url)
  const own = await hall.credential(request.asker)
  const headers = {
    origin: hall.url,
    ...own,
    ...request.headers,
    ...(request.body !== null && { 'content-length': String(Buffer.byteLength(request.body)) }),
  }
  return new Promise((resolve, reject) => {
    const { method, path } = request
    const sent = send({ hostname, port, agent, method, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const type = String(response.headers['content-type'] ?? '')
        resolve({
          status: response.statusCode ?? 0,
          type,
          text,
          json: type.includes('json') ? parsed(text) : null,
        })
      })
    })
    sent.on('error', reject)
    // A server that waits to be asked for the body is told it all the same.
    sent.end(request.body ?? undefined)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function wrongWith({ operation, method, path }: FuzzRequest, { status, type, text, json }: Reply): string[] {
  const wrong: string[] = []
  if (status >= 500) wrong.push('a fault of the server')
  if (INSIDE.test(text.replaceAll(BY_CHANCE, ''))) wrong.push('tells how it is built')
  const api = path.startsWith('/api/v1/')
  if (
    status >= 400 &&
    api &&
    method !== 'HEAD' &&
    !NO_HTTP.includes(status) &&
    !(status === 400 && text === '')
  ) {
    const { code } = (json ?? {}) as { code?: keyof typeof STATUS }
    if (!type.startsWith('application/problem+json') || !code || STATUS[code] !== status)
      wrong.push('no known problem')
  }
  const route = ROUTES.find(
    (one) => `${one.method} /api/v1${one.path.replaceAll(/:(\w+)/g, '{$1}')}` === operation,
  )
  const schema = route?.answers[status]
  const asked =
    route?.method.toUpperCase() === method &&
    path.split('?')[0]?.split('/').length === route.path.split('/').length + 2
  if (status < 300 && schema && asked && type.includes('json')) {
    const checked = schema.safeParse(json)
    if (!checked.success && sameRoute(route.path, path))
      wrong.push(`an answer of another shape: ${checked.error.message.slice(0, 200)}`)
  }
  return wrong
}

/** Whether a spoilt path still leads to its route. */
function sameRoute(route: string, path: string): boolean {
  const parts = (path.split('?')[0] ?? '').split('/').slice(3)
  return route
    .split('/')
    .slice(1)
    .every((part, at) => (part.startsWith(':') ? parts[at] !== '' : part === parts[at]))
}

/** Every placeholder stands for a thing of the hall, if it has any of that name. */
function resolved(request: FuzzRequest, known: Record<string, string[]>): FuzzRequest {
  const put = (text: string) =>
    text.replaceAll(/@(\w+) (\d+)/g, (whole, name: string, pick: string) => {
      const things = known[name] ?? []
      return things[Number(pick) % things.length] ?? encodeURIComponent(whole)
    })
  return { ...request, path: put(request.path), body: request.body === null ? null : put(request.body) }
}

/** Tickets and their numbers that an answer names are things to ask about. */
function remember(answer: unknown, known: Record<string, string[]>): void {
  const { ticket, trackUrl } = (answer ?? {}) as {
    ticket?: { id?: string; number?: string }
    trackUrl?: string
  }
  const keep = (name: string, thing: string | undefined) => {
    const things = known[name]
    // The latest are the likeliest to be inside.
    if (things && thing && !things.includes(thing)) known[name] = [thing, ...things].slice(0, 12)
  }
  keep('ticket', ticket?.id)
  keep('number', ticket?.number)
  keep('code', trackUrl?.split('#')[1])
}

/** Counts, from now on, every row that is written, changed or removed; not of who looks or is heard of, nor of what was refused. */
export async function countChanges(database: Database): Promise<void> {
  await database.query(
    'create table if not exists nuanhao.fuzz_change (n bigint not null, what text not null)',
  )
  const [begun] = await database.query('select n from nuanhao.fuzz_change')
  if (begun) return
  await database.query(`insert into nuanhao.fuzz_change values (0, '')`)
  await database.query(`create function nuanhao.fuzz_changed() returns trigger language plpgsql as $$
    begin
      update nuanhao.fuzz_change set n = n + 1, what = right(what || ' ' || tg_op || ' ' || tg_table_name, 300);
      return null;
    end $$`)
  const tables = await database.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'nuanhao' and table_type = 'BASE TABLE'
        and table_name !~ '^(audit|session|sign_in|fuzz|device_absence)'`,
  )
  for (const { name } of tables) {
    // That a screen or a program was heard of is no change.
    const counted = /^(device|api_key)/.test(name) ? 'insert or delete' : 'insert or update or delete'
    await database.query(`create trigger fuzz after ${counted} on nuanhao.${name}
      for each row execute function nuanhao.fuzz_changed()`)
  }
}

/** How many rows have changed by now, and the last few of them, by table. */
export async function changes({ database }: Fuzzed): Promise<{ rows: number; what: string }> {
  const [row] = await database.query<{ n: number; what: string }>('select n, what from nuanhao.fuzz_change')
  return { rows: Number(row?.n), what: row?.what ?? '' }
}
