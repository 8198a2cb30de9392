import type { ApiKeyItem, Scope } from '#protocol/api-key.ts'
import type { By } from './audit.ts'
import type { Database } from './database.ts'
import { NameTaken } from './devices.ts'
import { tokenHash } from './tokens.ts'

type Asked = Pick<Database, 'query'>

/** A key's last use is written down at most this often, ms. */
const USED_EVERY = 60_000

const ITEM = 'id, name, scopes, created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt"'

/** A key to be written down. */
export type NewApiKey = Pick<ApiKeyItem, 'id' | 'name' | 'scopes' | 'expiresAt'> & { siteId: string }

/**
 * Keeps a key's hash, with an audit row. The same id again is its making tried again: nobody has seen the secret of before, and
 * this one counts. Throws NameTaken. [APIKEY1]
 */
export async function insertApiKey(
  { query }: Asked,
  { id, siteId, name, scopes, expiresAt }: NewApiKey,
  secret: string,
  now: number,
  by: By,
): Promise<ApiKeyItem> {
  const [made] = await query<ApiKeyItem>(
    `with again as (
       update nuanhao.api_key set key_hash = $5
        where id = $1 and site_id = $2 and revoked_at is null and used_at is null returning ${ITEM}),
     fresh as (
       insert into nuanhao.api_key (id, site_id, name, scopes, key_hash, created_at, expires_at)
       select $1, $2, $3, $4, $5, $6, $7 where not exists (select 1 from again) on conflict do nothing
       returning ${ITEM}),
     made as (select * from again union all select * from fresh),
     told as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
       select $2, $6, $8, $9, 'api-key:made', id from made)
     select * from made`,
    [id, siteId, name, scopes, tokenHash(secret), now, expiresAt, by.principal, by.origin ?? null],
  )
  if (!made) throw new NameTaken(name)
  return made
}

/** The keys of a site that are not revoked, also those that are over, by name. */
export async function apiKeysOf({ query }: Asked, siteId: string): Promise<ApiKeyItem[]> {
  return query<ApiKeyItem>(
    `select ${ITEM} from nuanhao.api_key where site_id = $1 and revoked_at is null order by name`,
    [siteId],
  )
}

/** Takes a key back, with an audit row. @returns its hash; null when the site has no such key */
export async function revokeApiKey(
  { query }: Asked,
  siteId: string,
  id: string,
  now: number,
  by: By,
): Promise<string | null> {
  const [row] = await query<{ hash: string }>(
    `with gone as (
       update nuanhao.api_key set revoked_at = $3 where site_id = $1 and id = $2 and revoked_at is null
       returning key_hash as hash),
     told as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
       select $1, $3, $4, $5, 'api-key:revoked', $2 from gone)
     select hash from gone`,
    [siteId, id, now, by.principal, by.origin ?? null],
  )
  return row?.hash ?? null
}

/** Whose key this is, what it may do, and why it may not any more. */
export interface KnownApiKey {
  id: string
  siteId: string
  scopes: Scope[]
  over: 'revoked' | 'expired' | null
}

/** The key a secret is; null when nobody made it. Notes that it was used. */
export async function apiKeyBySecret(
  { query }: Asked,
  secret: string,
  now: number,
): Promise<KnownApiKey | null> {
  const hash = tokenHash(secret)
  const [row] = await query<KnownApiKey & { usedAt: number | null }>(
    `select id, site_id as "siteId", scopes, used_at as "usedAt",
        case when revoked_at is not null then 'revoked' when expires_at <= $2 then 'expired' end as over
       from nuanhao.api_key where key_hash = $1`,
    [hash, now],
  )
  if (!row) return null
  const { usedAt, ...known } = row
  if (known.over === null && (usedAt === null || now - usedAt > USED_EVERY)) {
    await query('update nuanhao.api_key set used_at = $2 where key_hash = $1', [hash, now])
  }
  return known
}
