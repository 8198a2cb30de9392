import type { DeviceResponse } from '#protocol/api.ts'
import { insertDevice } from '#store/devices.ts'
import { siteIds } from '#store/sites.ts'
import { newToken } from '#store/tokens.ts'
import type { Parts } from '../parts.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'

/** POST /devices: the screen that asks becomes a kiosk or display. A supervisor must be signed in on it, or the hall a demo. */
export async function enrolDevice(
  { body, principal, author }: Asked<unknown, unknown, { kind: 'kiosk' | 'display'; siteId?: string }>,
  { hall, demo }: Parts,
): Promise<Answer> {
  if (principal.kind !== 'staff' && !demo) throw new Fault('unauthenticated')
  const sites = await siteIds(hall.database)
  const siteId = body.siteId ?? principal.siteId ?? sites[0]
  if (siteId === undefined || !sites.includes(siteId)) throw new Fault('unknown-site')
  if (principal.kind === 'staff' && principal.siteId !== siteId) throw new Fault('forbidden')
  const token = newToken()
  const id = crypto.randomUUID()
  const device = await insertDevice(hall.database, { id, siteId, kind: body.kind }, token, hall.now(), author)
  return { status: 201, body: { ...device, token } satisfies DeviceResponse }
}
