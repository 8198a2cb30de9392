import { z } from 'zod'
import type { IdentitySettings } from '#domain/site.ts'
import type { CardRequest, IdentityResponse } from './api.ts'

/** What a reader reads: one line, as long as the text of a code may be. */
const read = z
  .string()
  .trim()
  .min(4)
  .max(300)
  .regex(/^\P{Cc}*$/u)

export const cardRequest = z.strictObject({
  number: read,
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^\P{Cc}*$/u)
    .exactOptional(),
}) satisfies z.ZodType<CardRequest>
export const shownCard = z.union([
  z.strictObject({ pass: z.string().regex(/^[\w.-]{1,1000}$/) }),
  cardRequest,
])

export const maskedIdentity = z.strictObject({ number: z.string(), name: z.string().nullable() })
export const identityResponse = z.strictObject({
  identity: z.strictObject({ number: z.string(), name: z.string().exactOptional() }).nullable(),
}) satisfies z.ZodType<IdentityResponse>
export const identitySettings = z.strictObject({
  keyboard: z.boolean(),
  service: z
    .strictObject({
      url: z.string(),
      method: z.enum(['GET', 'POST']),
      body: z.strictObject({ text: z.string(), json: z.boolean() }).nullable(),
      paths: z.strictObject({ number: z.string(), name: z.string().nullable() }),
    })
    .nullable(),
}) satisfies z.ZodType<IdentitySettings>
