import type { Sealed } from '#domain/change.ts'
import type { Keys } from '#settings/key-file.ts'
import type { Database } from './database.ts'
import {
  type Confided,
  type DataKey,
  type Field,
  newDataKey,
  openDataKey,
  type RecordOf,
  rewrapped,
  sealField,
} from './private.ts'

const WRAPPED = 'key_id as "keyId", nonce, wrapped as sealed'

/**
 * The data key of a record. Tickets from before there were any get it now; of two that make one at the same moment the first counts.
 * null: there is no such ticket at that site.
 */
export async function dataKeyOf(database: Database, of: RecordOf, keys: Keys): Promise<DataKey | null> {
  const [there] = await database.query<Sealed>(
    `select ${WRAPPED} from nuanhao.data_key k join nuanhao.ticket t on t.id = k.ticket_id
      where k.ticket_id = $1 and t.site_id = $2 and k.kept = $3`,
    [of.ticketId, of.siteId, of.kept],
  )
  if (there) return openDataKey(there, of, keys)
  const fresh = newDataKey(of, keys)
  const { keyId, nonce, sealed } = fresh.wrapped
  const [kept] = await database.query<Sealed>(
    `insert into nuanhao.data_key as k (ticket_id, kept, key_id, nonce, wrapped)
     select t.id, $3, $4, $5, $6 from nuanhao.ticket t where t.id = $1 and t.site_id = $2
     on conflict (ticket_id, kept) do update set kept = k.kept
     returning ${WRAPPED}`,
    [of.ticketId, of.siteId, of.kept, keyId, nonce, sealed],
  )
  return kept ? openDataKey(kept, of, keys) : null
}

/** A sealed field with the wrapped key it was sealed with: by it the database knows whether that key is there still. */
export type Locked = Sealed & { lock: string }

/** Seals a field of a record that is written later than the ticket. */
export function lockField(content: Confided, field: Field, key: DataKey): Locked {
  return { ...sealField(content, field, key), lock: key.wrapped.sealed }
}

/** How often something is sealed anew before it is given up. */
const TRIES = 5

/** Whether nothing was written because the key it was sealed with is destroyed, by an erasing meanwhile. */
export function isKeyGone(error: unknown): boolean {
  return (error as { code?: string }).code === 'NH410'
}

/**
 * Writes something sealed with a record's data key, and seals it again when that key was destroyed meanwhile. [ERASE3]
 *
 * @returns null when there is no such ticket at that site
 */
export async function withDataKey<T>(
  database: Database,
  of: RecordOf,
  keys: Keys,
  write: (key: DataKey) => Promise<T>,
): Promise<T | null> {
  for (let tries = 1; ; tries++) {
    const key = await dataKeyOf(database, of, keys)
    if (!key) return null
    try {
      return await write(key)
    } catch (error) {
      if (!isKeyGone(error) || tries === TRIES) throw error
    }
  }
}

/** What only a key of `KEY_FILE` opens: rows that name it, by table. Empty: it may be taken out. [SEAL3] */
export async function usesOfKey(
  { query }: Pick<Database, 'query'>,
  keyId: string,
): Promise<{ what: string; rows: number }[]> {
  const rows = await query<{ what: string; rows: number }>(
    SEALED_BY_KEY.map(
      (table) => `select '${table}' as what, count(*)::int as rows from nuanhao.${table} where key_id = $1`,
    )
      .concat(
        `select 'print_job', count(*)::int from nuanhao.print_job
          where case when picture like '{%' then picture::jsonb ->> 'keyId' end = $1`,
      )
      .join(' union all '),
    [keyId],
  )
  return rows.filter(({ rows }) => rows > 0)
}

/** Tables whose rows name a key of `KEY_FILE`; records only from before they had keys of their own. */
const SEALED_BY_KEY = [
  ...['data_key', 'webhook', 'private_record', 'identity'],
  ...['material_check', 'note', 'rating', 'suggestion'],
] as const

/**
 * Wraps data keys anew that are wrapped by an older key of `KEY_FILE`, at most `most`. One that is opened or destroyed meanwhile
 * stays what it has become. [SEAL3]
 *
 * @returns how many
 */
export async function rewrapSome(
  { query }: Pick<Database, 'query'>,
  keys: Keys,
  most: number,
): Promise<number> {
  const old = await query<RecordOf & { wrapped: Sealed }>(
    `select t.site_id as "siteId", k.ticket_id as "ticketId", k.kept,
            jsonb_build_object('keyId', k.key_id, 'nonce', k.nonce, 'sealed', k.wrapped) as wrapped
       from nuanhao.data_key k join nuanhao.ticket t on t.id = k.ticket_id where k.key_id <> $1 limit $2`,
    [keys.current, most],
  )
  const fresh = old.map(({ wrapped, ...of }) => ({ ...of, before: wrapped, ...rewrapped(wrapped, of, keys) }))
  if (fresh.length === 0) return 0
  await query(
    `update nuanhao.data_key k set key_id = f."keyId", nonce = f.nonce, wrapped = f.sealed
       from jsonb_to_recordset($1::jsonb)
         as f ("ticketId" text, kept text, "keyId" text, nonce text, sealed text, before jsonb)
      where k.ticket_id = f."ticketId" and k.kept = f.kept and k.wrapped = f.before ->> 'sealed'`,
    [JSON.stringify(fresh)],
  )
  return fresh.length
}
