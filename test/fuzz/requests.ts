import fc from 'fast-check'
import { EVERYBODY, type Who } from '#server/policy.ts'
import { brokenBody, hostile, hostileHeader, hostileString } from './hostile.ts'
import { type Schema, valuesOf } from './schema.ts'

/** Who may ask; each has a credential of its kind, if any. */
export const ASKERS: readonly Who[] = EVERYBODY
export type Asker = Who

/** A request as it goes out. `@name 7` stands for the seventh thing of that name the hall has by then. */
export interface FuzzRequest {
  asker: Asker
  /** As in the document, to know what may be answered. */
  operation: string
  method: string
  path: string
  headers: Record<string, string>
  body: string | null
}

interface Operation {
  /** `For: staff, kiosk.` */
  description: string
  parameters: { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
}

/** The API's document: operations by path and method. */
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>
}

const some = (name: string) => fc.nat(999).map((pick) => `@${name} ${pick}`)
/** By the name of a parameter or field, what the hall has of it. */
const KNOWN: Record<string, fc.Arbitrary<unknown>> = {
  ...Object.fromEntries(['site', 'siteId'].map((name) => [name, some('site')])),
  ...Object.fromEntries(['ticket', 'ticketId'].map((name) => [name, some('ticket')])),
  ...Object.fromEntries(['counter', 'counterId'].map((name) => [name, some('counter')])),
  ...{ serviceId: some('service'), laneId: some('lane'), staffId: some('staff'), code: some('code') },
  ...{
    device: some('device'),
    apiKey: some('apiKey'),
    session: some('session'),
    account: some('account'),
    number: some('number'),
  },
  services: fc.array(some('service'), { maxLength: 4 }),
  skill: fc.constantFrom('signing', 'shanghainese'),
}

/** Signing in takes long on purpose, and long lists take long to be checked. */
const SELDOM = /session|accounts|setup|events|report|audit|feedback/

/** Requests of every operation of the document: as it says, and spoilt in every way that is worth trying. */
export function requestsOf({ paths }: ApiDocument): fc.Arbitrary<FuzzRequest> {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      weight: SELDOM.test(path) ? 1 : 8,
      arbitrary: fine(path, method, operation).chain(spoilt),
    })),
  )
  return fc.oneof(...all)
}

/** As the document says. */
function fine(
  path: string,
  method: string,
  operation: Operation,
): fc.Arbitrary<FuzzRequest & { fields: unknown }> {
  const { parameters, requestBody } = operation
  const named = (place: string) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((one) => one.in === place)
          .map(({ name, schema }) => [name, parameter(name, schema)]),
      ),
      { requiredKeys: parameters.filter((one) => one.in === place && one.required).map(({ name }) => name) },
    )
  const fields = requestBody
    ? valuesOf(requestBody.content['application/json'].schema, KNOWN)
    : fc.constant(undefined)
  return fc
    .record({
      asker: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...entitled(operation)) },
        fc.constantFrom(...ASKERS),
      ),
      inPath: named('path'),
      inQuery: named('query'),
      inHeader: named('header'),
      ifMatch: fc.option(fc.integer({ min: 1, max: 9 }), { freq: 4 }),
      fields,
    })
    .map(({ asker, inPath, inQuery, inHeader, ifMatch, fields }) => {
      const query = Object.entries(inQuery).map(([name, value]) => `${name}=${encoded(value)}`)
      return {
        asker,
        operation: `${method} ${path}`,
        method: method.toUpperCase(),
        path:
          path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(inPath[name])) +
          (query.length > 0 ? `?${query.join('&')}` : ''),
        headers: {
          ...Object.fromEntries(
            Object.entries(inHeader).map(([name, value]) => [name.toLowerCase(), String(value)]),
          ),
          ...(ifMatch !== null && { 'if-match': String(ifMatch) }),
          ...(fields !== undefined && { 'content-type': 'application/json' }),
        },
        body: fields === undefined ? null : JSON.stringify(fields),
        fields,
      }
    })
}

/** Who may ask this, by the document. */
function entitled({ description }: Operation): readonly Asker[] {
  const named = ASKERS.filter((asker) => new RegExp(`\\b${asker}\\b`).test(description))
  return named.length > 0 ? named : ASKERS
}

function parameter(name: string, schema: Schema): fc.Arbitrary<unknown> {
  const any = valuesOf(schema, KNOWN)
  const ours = KNOWN[name]
  return ours ? fc.oneof({ weight: 4, arbitrary: ours }, any) : any
}

/** A placeholder stays as it is until it is known what it stands for. */
function encoded(value: unknown): string {
  const text = String(value)
  return /^@\w+ \d+$/.test(text) ? text : wellFormed(text)
}

function wellFormed(text: string): string {
  return encodeURIComponent(text.replaceAll(/[\ud800-\udfff]/gu, '?'))
}

/** A third stays as it is; of the others something is wrong. */
function spoilt({ fields, ...request }: FuzzRequest & { fields: unknown }): fc.Arbitrary<FuzzRequest> {
  const { headers, path, method } = request
  const segments = path.split('/').length
  return fc.oneof(
    { weight: 10, arbitrary: fc.constant(request) },
    { weight: 6, arbitrary: spoiltFields(fields).map((body) => ({ ...request, body })) },
    { weight: 1, arbitrary: brokenBody.map((body) => ({ ...request, body })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.integer({ min: 1, max: segments - 1 }), hostileString, fc.boolean())
        .map(([at, text, raw]) => {
          const parts = path.split('/')
          parts[at] = raw ? text.replaceAll(/[^\x21-\x7e]/g, '') : wellFormed(text)
          return { ...request, path: parts.join('/') }
        }),
    },
    {
      weight: 1,
      arbitrary: hostileString.map((text) => ({
        ...request,
        path: `${path}${path.includes('?') ? '&' : '?'}day=${wellFormed(text)}`,
      })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom(
            ...[
              'idempotency-key',
              'if-match',
              'content-type',
              'content-encoding',
              'origin',
              'cookie',
              'authorization',
            ],
            ...['accept', 'host', 'x-forwarded-for', 'range', 'expect', 'te'],
          ),
          hostileHeader,
        )
        .map(([name, value]) => ({ ...request, headers: { ...headers, [name]: value } })),
    },
    {
      weight: 1,
      arbitrary: fc.constant({
        ...request,
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'idempotency-key')),
      }),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS')
        .map((other) => ({ ...request, method: other === method ? 'PUT' : other })),
    },
  )
}

/** One of the fields is something else, is missing, or is one too many. */
function spoiltFields(fields: unknown): fc.Arbitrary<string> {
  if (fields === null || typeof fields !== 'object' || Object.keys(fields).length === 0) {
    return hostile.map((value) => JSON.stringify({ serviceId: value, day: value }))
  }
  const names = Object.keys(fields)
  return fc.tuple(fc.constantFrom(...names), hostile, fc.nat(9)).map(([name, value, way]) => {
    const changed: Record<string, unknown> = { ...(fields as Record<string, unknown>) }
    if (way === 0) delete changed[name]
    else if (way === 1) changed[`${name}x`] = value
    else if (way < 4 && changed[name] !== null && typeof changed[name] === 'object') {
      const inner = changed[name] as Record<string, unknown>
      changed[name] = { ...inner, [Object.keys(inner)[0] ?? 'a']: value }
    } else changed[name] = value
    return JSON.stringify(changed)
  })
}
