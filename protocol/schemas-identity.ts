import { z } from 'zod'
import { CARE_NEEDS } from '#domain/care.ts'
import { PURPOSES, REVEALABLE } from '#domain/reveal.ts'
import type { IdentitySettings } from '#domain/site.ts'
import type { CardRequest, RevealRequest, RevealResponse } from './api.ts'

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
export const maskedContact = z.strictObject({ name: z.string().nullable(), phone: z.string().nullable() })
export const revealRequest = z.strictObject({
  what: z.enum(REVEALABLE),
  purpose: z.enum(PURPOSES),
}) satisfies z.ZodType<RevealRequest>
export const revealResponse = z.strictObject({
  name: z.string().nullable(),
  number: z.string().nullable(),
  phone: z.string().nullable(),
  need: z.enum(CARE_NEEDS).nullable(),
}) satisfies z.ZodType<RevealResponse>
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
