import { z } from 'zod'

const day = z.iso.date()
const KINDS = ['tickets', 'confided', 'counters', 'access', 'settings', 'refused', 'program'] as const

/** Days of the site, both included; today without them. */
export const auditSheetQuery = z.object({
  from: day.exactOptional(),
  to: day.exactOptional(),
  who: z
    .string()
    .regex(/^(staff|device|ticket|api-key|chore|operator|stranger)(:[\w.@-]{1,64})?$/)
    .exactOptional(),
  what: z.enum(KINDS).exactOptional(),
  number: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,12}$/)
    .exactOptional(),
})

export const auditQuery = auditSheetQuery.extend({
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).exactOptional(),
})

const text = z.strictObject({ 'zh-CN': z.string(), en: z.string() })
const n = z.number().int()

export const auditResponse = z.strictObject({
  items: z.array(
    z.strictObject({
      n,
      at: n,
      actor: z.string(),
      origin: z.string(),
      action: z.string(),
      subject: z.string().nullable(),
      number: z.string().nullable(),
      seq: n.nullable(),
      result: z.string(),
      reason: z.string().nullable(),
      hash: z.string().nullable(),
    }),
  ),
  more: z.boolean(),
  actors: z.array(z.strictObject({ principal: z.string(), name: text })),
  head: z.strictObject({ day: z.string(), n, bad: z.string().nullable() }).nullable(),
})
