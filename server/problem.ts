import { Refusal } from '#domain/refusal.ts'
import type { Problem } from '#protocol/api.ts'
import { type ErrorKey, STATUS } from '#protocol/errors.ts'
import { KeyReused } from '#store/commit.ts'

/** Thrown by the edge to answer with an error key. */
export class Fault extends Error {
  readonly key: ErrorKey
  readonly facts: Problem['facts']

  constructor(key: ErrorKey, facts?: Problem['facts']) {
    super(key)
    this.name = 'Fault'
    this.key = key
    this.facts = facts
  }
}

/** Errors of the body parser, by their type. */
const PARSER: Record<string, ErrorKey> = {
  'entity.too.large': 'too-large',
  'entity.parse.failed': 'malformed',
  'encoding.unsupported': 'malformed',
  'charset.unsupported': 'malformed',
  'request.aborted': 'malformed',
  'request.size.invalid': 'malformed',
}

/** The answer to anything thrown. What is not a known refusal is `internal`, without a word about its cause. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Refusal) return problem(error.key, error.facts)
  if (error instanceof Fault) return problem(error.key, error.facts)
  if (error instanceof KeyReused) return problem('key-reused')
  // A path that cannot be decoded.
  if (error instanceof URIError) return problem('malformed')
  const type = (error as { type?: string } | null)?.type
  return problem((type !== undefined && PARSER[type]) || 'internal')
}

function problem(code: ErrorKey, facts?: Problem['facts']): Problem {
  return {
    type: `urn:nuanhao:${code}`,
    title: code,
    status: STATUS[code],
    code,
    ...(facts && Object.keys(facts).length > 0 && { facts }),
  }
}
