import type { Role } from '#protocol/api.ts'
import type { Scope } from '#protocol/api-key.ts'
import { DEVICE_LETTER, type DeviceKind, type Place } from '#protocol/device.ts'
import { apiKeyBySecret } from '#store/api-keys.ts'
import type { Database } from '#store/database.ts'
import { deviceByToken } from '#store/devices.ts'
import { accountBySession } from '#store/sessions.ts'
import { legOfTicket, ticketByCode } from '#store/tickets.ts'
import { isApiKey } from '#store/tokens.ts'

/** Who asks. Every request and every socket has exactly one. */
export type Principal =
  | {
      kind: 'staff'
      id: string
      siteId: string | null
      role: Role
      counterId: string | null
      /** Their password was made up for them, and they have not changed it yet. [SIGNIN4] */
      initial: boolean
    }
  | { kind: DeviceKind; id: string; siteId: string; name: string; place: Place | null }
  | { kind: 'ticket'; id: string; siteId: string }
  | { kind: 'api-key'; id: string; siteId: string; scopes: Scope[] }
  | { kind: 'stranger'; id: 'stranger'; siteId: null }

export const STRANGER: Principal = { kind: 'stranger', id: 'stranger', siteId: null }

/** Names of the cookies. Both are httpOnly: no script reads them. */
export const SESSION_COOKIE = 'nuanhao_session'
export const TICKET_COOKIE = 'nuanhao_ticket'

/** How a principal is named in the log and in keys: ids only. */
export function principalName({ kind, id }: Principal): string {
  return kind in DEVICE_LETTER ? `device:${id}` : `${kind}:${id}`
}

/** What a request or handshake brings to say who it is. */
export interface Credentials {
  /** `Authorization: Bearer …` of a device, or of a program with a key. */
  bearer: string | null
  cookies: Record<string, string>
}

/** Reads credentials from headers. */
export function credentialsOf(headers: {
  authorization?: string | undefined
  cookie?: string | undefined
}): Credentials {
  const bearer = /^Bearer ([\w-]{20,200})$/.exec(headers.authorization ?? '')?.[1] ?? null
  const cookies: Record<string, string> = {}
  for (const part of (headers.cookie ?? '').split(';')) {
    const [name, value] = part.split('=')
    if (name && value) cookies[name.trim()] = value.trim()
  }
  return { bearer, cookies }
}

/** What is in the header wins over cookies: a kiosk in a browser where staff also signed in stays a kiosk. */
export async function identify(
  database: Database,
  credentials: Credentials,
  now: number,
): Promise<Principal> {
  const { bearer, cookies } = credentials
  if (bearer !== null) return bearerOf(database, bearer, now)
  const staff = await staffOf(database, cookies, now)
  return staff.kind === 'stranger' ? ticketOf(database, cookies, now) : staff
}

/** The screen a token belongs to, or the program a key belongs to. */
export async function bearerOf(database: Database, secret: string, now: number): Promise<Principal> {
  if (!isApiKey(secret)) return (await deviceByToken(database, secret, now)) ?? STRANGER
  const key = await apiKeyBySecret(database, secret, now)
  if (!key || key.over !== null) return STRANGER
  const { id, siteId, scopes } = key
  return { kind: 'api-key', id, siteId, scopes }
}

/** The person a session cookie belongs to. */
export async function staffOf(
  database: Database,
  cookies: Credentials['cookies'],
  now: number,
): Promise<Principal> {
  const token = cookies[SESSION_COOKIE]
  const account = token ? await accountBySession(database, token, now) : null
  if (!account) return STRANGER
  const { id, siteId, role, counterId, initial } = account
  return { kind: 'staff', id, siteId, role, counterId, initial }
}

/** The resident a ticket cookie belongs to. */
export async function ticketOf(
  database: Database,
  cookies: Credentials['cookies'],
  now: number,
): Promise<Principal> {
  const code = cookies[TICKET_COOKIE]
  const ticketId = code ? await ticketByCode(database, code, now) : null
  const leg = ticketId ? await legOfTicket(database, ticketId) : null
  return leg ? { kind: 'ticket', id: leg.ticketId, siteId: leg.siteId } : STRANGER
}
