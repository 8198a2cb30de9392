import type { Accommodation } from '#domain/care.ts'
import type { Sealed } from '#domain/change.ts'
import {
  type Identity,
  type MaskedContact,
  type MaskedIdentity,
  masked,
  maskedContact,
} from '#domain/identity.ts'
import type { MaterialCheck } from '#domain/materials.ts'
import type { Keys } from '#settings/key-file.ts'
import type { By, Reading } from './audit.ts'
import { withDataKey } from './data-keys.ts'
import type { Database } from './database.ts'
import { type DataKey, openField, type PrivateContent, sealField } from './private.ts'

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
  /** Whom to ask for, and where; absent when nothing was said. */
  contact?: MaskedContact
  /** The reason for care was said. */
  need?: true
}

/** What is said of the materials of a service, sealed for its row. [CHECK4] */
export function sealCheck(
  { serviceId, here, missing }: MaterialCheck & { serviceId: string },
  by: SaidOfMaterials['by'],
  dataKey: DataKey,
): Sealed & { serviceId: string } {
  return { serviceId, ...sealField({ here, missing }, `materials ${serviceId} ${by}`, dataKey) }
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
      dataKey: Sealed | null
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
     select kept.*, nuanhao.data_key_of($4, 'visit') as "dataKey" from kept order by "serviceId", at`,
    [siteId, now, reader.principal, ticketId, reader.origin ?? null],
  )
  const found: Preparation = { accommodations: [], materials: [] }
  const of = { siteId, ticketId, kept: 'visit' } as const
  for (const { kind, serviceId, by, at, dataKey, ...sealed } of rows) {
    if (kind === 'identity') {
      found.identity = masked(openField<Identity>(sealed, 'identity', of, dataKey, keys))
    } else if (kind === 'asked') {
      const asked = openField<PrivateContent>(sealed, 'confided', of, dataKey, keys)
      found.accommodations = asked.accommodations ?? []
      if (asked.contact) found.contact = maskedContact(asked.contact)
      if (asked.need) found.need = true
    } else {
      const field = `materials ${serviceId} ${by}` as const
      const { here, missing } = openField<MaterialCheck>(sealed, field, of, dataKey, keys)
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
  const { serviceId } = check
  const write = async (key: DataKey) => {
    const { keyId, nonce, sealed } = sealCheck(check, 'counter', key)
    const values = [siteId, now, author.principal, ticketId, serviceId, keyId, nonce, sealed]
    await database.query(KEEP_FOUND, [...values, author.origin ?? null, key.wrapped.sealed])
    return { serviceId, by: 'counter', at: now, here: check.here, missing: check.missing } as const
  }
  const kept = await withDataKey(database, { siteId, ticketId, kept: 'visit' }, keys, write)
  if (!kept) throw new Error('a check of no ticket')
  return kept
}

const KEEP_FOUND = `with noted as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
       values ($1, $2, $3, $9, 'materials:checked', $4)),
     held as materialized (select nuanhao.hold_key($1, $4, 'visit', $10))
     insert into nuanhao.material_check (ticket_id, service_id, said_by, at, author, key_id, nonce, sealed)
     select $4, $5, 'counter', $2, $3, $6, $7, $8 from held
     on conflict (ticket_id, service_id, said_by) do update
       set at = excluded.at, author = excluded.author, key_id = excluded.key_id, nonce = excluded.nonce, sealed = excluded.sealed`
