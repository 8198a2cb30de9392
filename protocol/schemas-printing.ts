import { z } from 'zod'
import type { PictureRequest, PrintAnswer, PrintRequest } from './printing.ts'

const id = z.string().min(1).max(64)

export const printRequest = z.strictObject({
  what: z.literal('why').exactOptional(),
  here: z.literal(true).exactOptional(),
}) satisfies z.ZodType<PrintRequest>

export const jobParams = z.object({ job: id })

/** A whole ticket, deflated, takes a tenth of this. */
export const pictureRequest = z.strictObject({
  rows: z.base64().min(4).max(60_000),
}) satisfies z.ZodType<PictureRequest>

const slip = z.strictObject({
  paper: z.union([z.literal(58), z.literal(80)]),
  language: z.enum(['zh-CN', 'en']),
  parts: z.array(
    z.union([
      z.strictObject({
        text: z.string(),
        size: z.enum(['plain', 'large', 'number']),
        strong: z.literal(true).exactOptional(),
        centred: z.literal(true).exactOptional(),
      }),
      z.strictObject({ qr: z.string() }),
      z.strictObject({ rule: z.literal(true) }),
    ]),
  ),
})
export const printAnswer = z.strictObject({
  jobId: id,
  how: z.enum(['network', 'browser']),
  slip: slip.nullable(),
}) satisfies z.ZodType<PrintAnswer>
