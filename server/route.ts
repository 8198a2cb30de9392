import type { z } from 'zod'
import type { Action } from '#protocol/actions.ts'
import type { Author } from '#store/commit.ts'
import type { Parts } from './parts.ts'
import type { Principal } from './principal.ts'

/** A request as a handler sees it: everything checked, nothing of HTTP. */
export interface Asked<P = unknown, Q = unknown, B = unknown> {
  params: P
  query: Q
  body: B
  principal: Principal
  /** Who asks and from where; of a command also the key that makes a retry the same command. */
  author: Author
  /** Version the caller has seen, from `If-Match`. */
  version: number | null
  cookies: Record<string, string>
  /** The network address it comes from, through as many proxies as are trusted: to be counted, not kept. */
  address: string
  /** As the browser names itself: to be looked at, not kept. */
  agent: string
  /** Whether the connection is HTTPS, also behind a trusted proxy. */
  secure: boolean
}

export interface Answer {
  status: number
  body?: unknown
  /** Cookies to set; an empty value deletes. */
  cookies?: { name: string; value: string; maxAge: number }[]
  /** The name under which a browser keeps the answer as a file. */
  file?: string
}

export interface Route {
  method: 'get' | 'post' | 'delete'
  /** Below /api/v1, Express style. */
  path: string
  action: Action
  summary: string
  /** A command changes the hall and needs an `Idempotency-Key`. */
  command: boolean
  /** Of a reading of what residents confided, its name in the audit; a refusal of it is written down too. */
  confided: string | null
  params: z.ZodType | null
  query: z.ZodType | null
  body: z.ZodType | null
  /** Schema of the good answer, by status. */
  answers: Record<number, z.ZodType | null>
  /** Media type of the good answer. */
  type: string
  handle: (asked: Asked, parts: Parts) => Promise<Answer>
}

/** Types a route's handler by its schemas. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  method: Route['method'],
  path: string,
  spec: {
    action: Action
    summary: string
    command?: true
    confided?: string
    params?: P
    query?: Q
    body?: B
    answers: Record<number, z.ZodType | null>
    /** JSON unless it says so. */
    type?: string
    handle: (asked: Asked<z.output<P>, z.output<Q>, z.output<B>>, parts: Parts) => Promise<Answer>
  },
): Route {
  const { action, summary, answers } = spec
  return {
    method,
    path,
    action,
    summary,
    command: spec.command ?? false,
    confided: spec.confided ?? null,
    params: spec.params ?? null,
    query: spec.query ?? null,
    body: spec.body ?? null,
    answers,
    type: spec.type ?? 'application/json',
    handle: spec.handle as Route['handle'],
  }
}
