import { z } from 'zod'
import { RECOGNISED_BY } from '#domain/reveal.ts'
import type { FoundVisits, KeptAnswer, ResidentRequest } from './api.ts'

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.-]+$/)

export const visitQuery = z.object({ day: z.iso.date(), number: z.string().regex(/^[A-Za-z0-9-]{1,12}$/) })
export const visitParams = z.object({ site: id, ticket: id })
export const residentRequest = z.strictObject({
  recognisedBy: z.enum(RECOGNISED_BY),
}) satisfies z.ZodType<ResidentRequest>
export const foundVisits = z.strictObject({
  items: z.array(
    z.strictObject({ ticketId: z.string(), day: z.string(), number: z.string(), confided: z.boolean() }),
  ),
}) satisfies z.ZodType<FoundVisits>
export const keptAnswer = z.strictObject({
  kept: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
}) satisfies z.ZodType<KeptAnswer>
export const erased = z.strictObject({ gone: z.number().int() })
