import { z } from 'zod'
import { DEVICE_LETTER } from '#protocol/device.ts'
import { problem } from '#protocol/schemas.ts'
import { PEOPLE, POLICY, PROGRAMS } from './policy.ts'
import type { Route } from './route.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document, made from the very schemas that validate. */
export function openapi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = `/api/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Nuanhao 暖号',
      version,
      description:
        'Commands are POST with an Idempotency-Key: a retry with the same key gives the first result. Errors are ' +
        'problem+json (RFC 9457) with a stable code.',
    },
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, 'output') },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'nuanhao_session',
          description: 'staff, after POST /session',
        },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'a program of the hall, with a key that the administrator made',
        },
        device: { type: 'http', scheme: 'bearer', description: 'a screen of the hall, after POST /devices' },
        ticket: {
          type: 'apiKey',
          in: 'cookie',
          name: 'nuanhao_ticket',
          description: 'phone, after GET /track/{code}',
        },
      },
    },
  }
}

function operation(route: Route): Json {
  const answers: Json = { default: { description: 'Refused; `code` says why', content: problemContent } }
  for (const [status, schema] of Object.entries(route.answers)) {
    answers[status] = {
      description: 'Done',
      ...(schema && { content: { [route.type]: { schema: jsonSchema(schema, 'output') } } }),
    }
  }
  return {
    summary: route.summary,
    operationId: `${route.method}${route.path.replaceAll(/[^a-z]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    description: `For: ${POLICY[route.action].join(', ')}.`,
    security: securityOf(route),
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...(route.command
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: true,
              schema: { type: 'string', pattern: '^[\\w-]{8,80}$' },
            },
          ]
        : []),
    ],
    ...(route.body && {
      requestBody: { content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
    }),
    responses: answers,
  }
}

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

function securityOf({ action }: Route): Json[] {
  const who = POLICY[action]
  return [
    ...(who.includes('stranger') ? [{}] : []),
    ...(who.some((one) => PEOPLE.includes(one)) ? [{ session: [] }] : []),
    ...(who.some((one) => one in DEVICE_LETTER) ? [{ device: [] }] : []),
    ...(who.some((one) => PROGRAMS.includes(one)) ? [{ apiKey: [] }] : []),
    ...(who.includes('ticket') ? [{ ticket: [] }] : []),
  ]
}

function parameters(schema: z.ZodType | null, place: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
