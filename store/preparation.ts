import type { Accommodation } from '#domain/care.ts'
import type { Sealed } from '#domain/change.ts'
import { type Identity, type MaskedIdentity, masked } from '#domain/identity.ts'
import type { MaterialCheck } from '#domain/materials.ts'
import type { Keys } from '#settings/key-file.ts'
import type { By, Reading } from './audit.ts'
import type { Database } from './database.ts'
import { ownerOfIdentity } from './identity.ts'
import { type PrivateContent, seal, unseal } from './private.ts'

/** Who said what of the materials of a service. */
export interface SaidOfMaterials extends MaterialCheck {
  serviceId: string
  by: 'resident' | 'counter'
  /** ms */
  at: number
}

/** What there is to know at the counter before it begins. */
export interface Preparation {
  accommodations: Accommodation[]
  materials: SaidOfMaterials[]
  /** Who its resident is; absent when they have not shown it. */
  identity?: MaskedIdentity
}

/** A check cannot be moved to another ticket or service. */
function owner(ticketId: string, serviceId: string): string {
  return `${ticketId} ${serviceId}`
}

/** What a resident says of the materials of a service, sealed for its row. [CHECK4] */
export function sealCheck(
  { serviceId, here, missing }: MaterialCheck & { serviceId: string },
  ticketId: string,
  keys: Keys,
): Sealed & { serviceId: string } {
  return { serviceId, ...seal({ here, missing }, owner(ticketId, serviceId), keys) }
}

/**
 * What to prepare for a ticket, what was said of its materials, and masked who its resident is. A reading that finds anything is written down, with its
 * reader and its purpose. [CHECK4] [PREPARE3] [IDENT4]
 */
export async function readPreparation(
  database: Database,
  keys: Keys,
  { siteId, ticketId, reader, now }: Reading,
): Promise<Preparation> {
  const rows = await database.query<
    Sealed & {
      kind: 'asked' | 'check' | 'identity'
      serviceId: string
      by: 'resident' | 'counter'
      at: number
    }
  >(
    `with kept as (
       select 'asked' as kind, '' as "serviceId", 'resident' as by, 0::bigint as at, key_id as "keyId", nonce, sealed
         from nuanhao.private_record where ticket_id = $4
       union all
       select 'identity', '', 'resident', 0, key_id, nonce, sealed from nuanhao.identity where ticket_id = $4
       union all
       select 'check', service_id, said_by, at, key_id, nonce, sealed from nuanhao.material_check where ticket_id = $4),
     read as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject, reason)
       select $1, $2, $3, $5, 'preparation:read', $4, 'serving' where exists (select 1 from kept))
     select * from kept order by "serviceId", at`,
    [siteId, now, reader.principal, ticketId, reader.origin ?? null],
  )
  const found: Preparation = { accommodations: [], materials: [] }
  for (const { kind, serviceId, by, at, ...sealed } of rows) {
    if (kind === 'identity') {
      found.identity = masked(unseal<Identity>(sealed, ownerOfIdentity(ticketId), keys))
    } else if (kind === 'asked') {
      found.accommodations = unseal<PrivateContent>(sealed, ticketId, keys).accommodations ?? []
    } else {
      const { here, missing } = unseal<MaterialCheck>(sealed, owner(ticketId, serviceId), keys)
      found.materials.push({ serviceId, by, at, here, missing })
    }
  }
  return found
}

/** What the counter found of the materials of a service. What the resident said stays; what a counter found before goes. [CHECK5] */
export async function keepFound(
  database: Database,
  keys: Keys,
  { siteId, ticketId, author, now }: Omit<Reading, 'reader'> & { author: By },
  check: MaterialCheck & { serviceId: string },
): Promise<SaidOfMaterials> {
  const { serviceId, keyId, nonce, sealed } = sealCheck(check, ticketId, keys)
  await database.query(
    `with noted as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
       values ($1, $2, $3, $9, 'materials:checked', $4))
     insert into nuanhao.material_check (ticket_id, service_id, said_by, at, author, key_id, nonce, sealed)
     values ($4, $5, 'counter', $2, $3, $6, $7, $8)
     on conflict (ticket_id, service_id, said_by) do update
       set at = excluded.at, author = excluded.author, key_id = excluded.key_id, nonce = excluded.nonce, sealed = excluded.sealed`,
    [siteId, now, author.principal, ticketId, serviceId, keyId, nonce, sealed, author.origin ?? null],
  )
  return { serviceId, by: 'counter', at: now, here: check.here, missing: check.missing }
}
