import { createHmac, hkdfSync } from 'node:crypto'
import type { Sealed } from '#domain/change.ts'
import type { Identity } from '#domain/identity.ts'
import type { Leg } from '#domain/leg.ts'
import type { Keys } from '#settings/key-file.ts'
import type { By } from './audit.ts'
import type { Database } from './database.ts'
import { type DataKey, sealField } from './private.ts'

/** Who a ticket's resident is, sealed for its row, with the mark of this day. [IDENT4] */
export function sealIdentity(identity: Identity, mark: string, dataKey: DataKey): Sealed & { mark: string } {
  return { mark, ...sealField(identity, 'identity', dataKey) }
}

/**
 * What a number is known by for one business day of one site: a keyed hash. Without the key file nobody can tell whose it is,
 * and with another day or site it is another, so that it links nobody. [TWICE3]
 */
export function markOf({ number }: Identity, siteId: string, day: string, { codes }: Keys): string {
  const key = Buffer.from(hkdfSync('sha256', codes, '', 'identity mark', 32))
  return createHmac('sha256', key)
    .update(JSON.stringify([siteId, day, number]))
    .digest('base64url')
}

/** The open legs of the tickets that whoever shows this identity took today. */
export async function ownLegs(database: Database, siteId: string, mark: string): Promise<Leg[]> {
  const rows = await database.query<{ leg: Leg }>(
    'select nuanhao.leg_view(l) as leg from nuanhao.own_legs($1, $2) l',
    [siteId, mark],
  )
  return rows.map(({ leg }) => leg)
}

/**
 * Writes down that these tickets were found by an identity and offered back: for a while whoever asked may print them again. That somebody was
 * told who is here is in the audit, without an identity. [IDENT11] [TWICE4]
 */
export async function keepOffered(
  database: Database,
  { siteId, ticketIds, by, now }: { siteId: string; ticketIds: readonly string[]; by: By; now: number },
): Promise<void> {
  if (ticketIds.length === 0) return
  await database.query(
    `with offered as (
       update nuanhao.identity set offered_to = $2, offered_at = $3 where ticket_id = any ($1))
     insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
     select $4, $3, $2, $5, 'identity:matched', found from unnest($1::text[]) found`,
    [ticketIds, by.principal, now, siteId, by.origin ?? null],
  )
}

/** Whether this screen was offered the ticket back since then. */
export async function wasOffered(
  database: Database,
  ticketId: string,
  screen: string,
  since: number,
): Promise<boolean> {
  const rows = await database.query(
    'select 1 from nuanhao.identity where ticket_id = $1 and offered_to = $2 and offered_at >= $3',
    [ticketId, screen, since],
  )
  return rows.length > 0
}
