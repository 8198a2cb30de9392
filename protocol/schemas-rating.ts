import { z } from 'zod'
import { LEVELS, WRITTEN_MOST } from '#domain/rating.ts'
import type { RatingResponse, SaidResponse } from './api.ts'

/** Trimmed, without control characters but the line's end. Its length is counted in characters as people see them. */
const written = z
  .string()
  .trim()
  .min(1)
  .max(WRITTEN_MOST * 4)
  .regex(/^(?:\P{Cc}|\n)*$/u)
  .refine((text) => [...text].length <= WRITTEN_MOST)
const rating = {
  level: z.literal(LEVELS),
  tags: z
    .array(z.string().regex(/^\d{3}$/))
    .max(8)
    .default([]),
  text: written.exactOptional(),
}

export const ratingRequest = z.strictObject(rating)
export const counterRatingRequest = z.strictObject({ ...rating, number: z.string().min(1).max(12) })
export const ratingResponse = z.strictObject({
  until: z.number().int().describe('until when it may be changed, ms'),
}) satisfies z.ZodType<RatingResponse>
export const suggestionRequest = z.strictObject({ text: written })
export const saidResponse = z.strictObject({
  items: z.array(
    z.strictObject({
      kind: z.enum(['rating', 'suggestion']),
      at: z.number().int(),
      serviceId: z.string().nullable(),
      level: z.literal(LEVELS).nullable(),
      tags: z.array(z.string()),
      text: z.string().nullable(),
    }),
  ),
}) satisfies z.ZodType<SaidResponse>
