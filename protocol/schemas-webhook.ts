import { z } from 'zod'
import { EVENT_TYPES } from '#domain/change.ts'
import { DELIVERY_FAULTS } from './webhook.ts'

const id = z.string().min(1).max(64)
const ms = z.number().int().describe('milliseconds since the epoch')
const eventTypes = z.array(z.enum(EVENT_TYPES)).min(1).max(EVENT_TYPES.length).nullable()

export const webhookParams = z.object({ site: id, webhook: id })

/** An address that a program of ours may send to, without a name and password in it. */
const address = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((value) => {
    if (!URL.canParse(value)) return false
    const { username, password, hash } = new URL(value)
    return username === '' && password === '' && hash === ''
  })
export const webhookRequest = z.strictObject({
  url: address,
  events: eventTypes.default(null),
})

export const webhook = z.strictObject({
  id,
  url: z.string(),
  events: eventTypes,
  active: z.boolean(),
  sentSeq: z.number().int(),
  failures: z.number().int(),
  nextAt: ms,
  testing: z.boolean(),
  lastAt: ms.nullable(),
  lastStatus: z.number().int().nullable(),
  lastError: z.enum(DELIVERY_FAULTS).nullable(),
  createdAt: ms,
})
export const webhooks = z.strictObject({ items: z.array(webhook) })
export const oneWebhook = z.strictObject({ webhook })
export const webhookCreated = z.strictObject({
  webhook,
  secret: z.string().describe('shown this once; signs every message'),
})
