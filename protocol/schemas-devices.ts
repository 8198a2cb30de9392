import { z } from 'zod'
import { PRINTER_STATES } from '#domain/printer.ts'
import {
  type DeviceItem,
  type DeviceResponse,
  PAD_VERBS,
  type PadRequest,
  type PadResponse,
  type PairingResponse,
  type PairingView,
  type Place,
} from './device.ts'

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.-]+$/)
const kind = z.enum(['kiosk', 'display', 'pad'])
const n = z.number().int()
const name = z.string().regex(/^[KDC][1-9]\d?$/)
/** At most one of them. */
const place = z
  .strictObject({ zone: id.exactOptional(), counter: id.exactOptional(), rate: id.exactOptional() })
  .refine((said) => Object.keys(said).length <= 1) satisfies z.ZodType<Place>

export const deviceRequest = z.strictObject({
  kind,
  siteId: id.exactOptional(),
  place: place.exactOptional(),
  /** The token it had before, which is not taken any more. */
  was: z
    .string()
    .regex(/^[\w-]{1,200}$/)
    .exactOptional(),
})
/** As it stands on the screen, or without its dash, or in small letters. */
const code = z.string().regex(/^[2-9A-HJKMNP-Za-hjkmnp-z]{3}-?[2-9A-HJKMNP-Za-hjkmnp-z]{3}$/)
export const pairingRequest = z.strictObject({ code })
export const approveRequest = z.strictObject({
  code,
  name: name.exactOptional(),
  place: place.exactOptional(),
})
export const deviceParams = z.object({ site: id, device: id })
export const placeRequest = z.strictObject({ place })
export const padParams = z.object({ counter: id, verb: z.enum(PAD_VERBS) })
export const padRequest = z.strictObject({
  number: z.string().min(1).max(12).nullable(),
  calls: n.nonnegative().max(1_000).exactOptional(),
}) satisfies z.ZodType<PadRequest>
export const padResponse = z.strictObject({ number: z.string().nullable() }) satisfies z.ZodType<PadResponse>

const deviceView = { id, kind, siteId: id, name: z.string(), place: place.nullable() }
export const deviceResponse = z.strictObject({
  ...deviceView,
  token: z.string(),
}) satisfies z.ZodType<DeviceResponse>
export const pairingResponse = z.strictObject({
  code: z.string(),
  secret: z.string(),
  seconds: n,
  revoked: z.boolean(),
}) satisfies z.ZodType<PairingResponse>
export const pairingView = z.strictObject({
  kind,
  origin: z.string(),
  at: n,
  was: z.string().nullable(),
  name: z.string(),
}) satisfies z.ZodType<PairingView>
const { siteId: _, ...ofSite } = deviceView
const deviceItem = z.strictObject({
  ...ofSite,
  createdAt: n,
  seenAt: n.nullable(),
  online: z.boolean(),
  build: z.strictObject({ name: z.string(), latest: z.boolean() }).nullable(),
  skew: n.nullable(),
  error: z.strictObject({ name: z.string(), at: n }).nullable(),
  printer: z.strictObject({ id, state: z.enum(PRINTER_STATES) }).nullable(),
}) satisfies z.ZodType<DeviceItem>
export const oneDevice = z.strictObject({ device: deviceItem })
export const devices = z.strictObject({ items: z.array(deviceItem) })
