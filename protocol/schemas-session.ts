import { z } from 'zod'
import { localised, ROLES } from './schemas.ts'
import {
  type AccountItem,
  BROWSERS,
  type GivenPassword,
  type HallSessionItem,
  PASSWORD_LENGTH,
  type PasswordRequest,
  type SessionItem,
  SYSTEMS,
} from './session.ts'

const session = z.string().regex(/^[\w-]{1,64}$/)
const n = z.number().int()

export const sessionParams = z.object({ session })
export const passwordRequest = z.strictObject({
  current: z.string().min(1).max(256),
  password: z.string().min(PASSWORD_LENGTH.least).max(PASSWORD_LENGTH.most),
}) satisfies z.ZodType<PasswordRequest>

const sessionItem = z.strictObject({
  id: session,
  since: n,
  seenAt: n,
  origin: z
    .strictObject({ browser: z.enum(BROWSERS), system: z.enum(SYSTEMS), near: z.boolean() })
    .nullable(),
  current: z.boolean(),
}) satisfies z.ZodType<SessionItem>
export const sessions = z.strictObject({ items: z.array(sessionItem) })
export const hallSessionParams = z.object({ site: z.string().min(1).max(64), session })
const hallSessionItem = sessionItem.extend({
  person: z.strictObject({ id: z.string(), name: localised, role: z.enum(ROLES) }),
}) satisfies z.ZodType<HallSessionItem>
const accountItem = z.strictObject({
  ...{ id: z.string(), username: z.string(), name: localised, role: z.enum(ROLES), initial: z.boolean() },
}) satisfies z.ZodType<AccountItem>
export const accounts = z.strictObject({ items: z.array(accountItem) })
export const accountParams = z.object({ site: z.string().min(1).max(64), account: session })
export const givenPassword = z.strictObject({ password: z.string() }) satisfies z.ZodType<GivenPassword>
export const hallSessions = z.strictObject({ items: z.array(hallSessionItem) })
