import { DEVICE_LETTER, type DeviceItem, type DeviceView, type Place } from '#protocol/device.ts'
import { type By, note } from './audit.ts'
import type { Database, Query, Row } from './database.ts'
import { tokenHash } from './tokens.ts'

export type Device = DeviceView

/** Somebody wants a name for a screen that another one has. */
export class NameTaken extends Error {}

/** A token that has been renewed is good for so long after the new one was first used, ms. [PAIR6] */
const GRACE = 3_600_000

const DEVICE = 'id, site_id as "siteId", kind, name, place'

/** A screen to be written down; without a name it gets the next free one of its kind. */
export type NewDevice = Omit<Device, 'name'> & { name?: string }

/** Enrols a screen, with an audit row. Throws NameTaken. */
export async function insertDevice(
  database: Database,
  device: NewDevice,
  token: string,
  now: number,
  by: By,
): Promise<Device> {
  return database.transaction(async (query) => {
    // The site's row is locked so that two screens enrolled at once get two names.
    await query('select 1 from nuanhao.site where id = $1 for update', [device.siteId])
    return writeDevice(query, device, tokenHash(token), now, by)
  })
}

/** The same within a transaction that has locked the site. */
export async function writeDevice(
  query: Query,
  { id, siteId, kind, place, name }: NewDevice,
  hash: string,
  now: number,
  by: By,
): Promise<Device> {
  const given = name ?? (await nextName(query, siteId, kind))
  const [row] = await query(
    `insert into nuanhao.device (id, site_id, kind, name, place, token_hash, token_at, created_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $7) on conflict (site_id, name) where revoked_at is null do nothing
     returning id`,
    [id, siteId, kind, given, place && JSON.stringify(place), hash, now],
  )
  if (!row) throw new NameTaken(given)
  await note({ query }, { siteId, at: now, by, action: 'device:enrolled', subject: id })
  return { id, siteId, kind, name: given, place }
}

/** The name after the highest one that a screen of this kind ever had there: nobody's name is given away unasked. */
export async function nextName(query: Query, siteId: string, kind: Device['kind']): Promise<string> {
  const [row] = await query<{ last: number | null }>(
    `select max(substring(name from 2)::int) as last from nuanhao.device
      where site_id = $1 and kind = $2 and name ~ '^[A-Z][0-9]{1,6}$'`,
    [siteId, kind],
  )
  return `${DEVICE_LETTER[kind]}${Number(row?.last ?? 0) + 1}`
}

/**
 * The device a secret belongs to; null when unknown or revoked. The first use of a token that was told to a screen makes it the
 * screen's token, with an audit row. [PAIR6]
 */
export async function deviceByToken(
  { query }: Pick<Database, 'query'>,
  token: string,
  now: number,
): Promise<Device | null> {
  const hash = tokenHash(token)
  const [row] = await query<Device & { fresh: boolean }>(
    `select ${DEVICE}, coalesce(next_hash = $1, false) as fresh from nuanhao.device
      where (token_hash = $1 or next_hash = $1 or (last_hash = $1 and last_until > $2)) and revoked_at is null`,
    [hash, now],
  )
  if (!row) return null
  const { fresh, ...device } = row
  if (fresh) {
    await query(
      `with renewed as (
         update nuanhao.device
            set last_hash = token_hash, last_until = $2, token_hash = next_hash, next_hash = null, token_at = $3
          where next_hash = $1 and revoked_at is null returning id, site_id)
       insert into nuanhao.audit (site_id, at, actor, action, subject)
       select site_id, $3, 'device:' || id, 'device:renewed', id from renewed`,
      [hash, now + GRACE, now],
    )
  }
  return device
}

/** The name of the device that a secret belonged to until it was revoked. */
export async function revokedByToken(
  { query }: Pick<Database, 'query'>,
  token: string,
): Promise<{ id: string; name: string } | null> {
  const [row] = await query<{ id: string; name: string }>(
    `select id, name from nuanhao.device
      where (token_hash = $1 or next_hash = $1 or last_hash = $1) and revoked_at is not null`,
    [tokenHash(token)],
  )
  return row ?? null
}

/** Devices whose secrets have these hashes. */
export async function devicesByHash(
  { query }: Pick<Database, 'query'>,
  hashes: readonly string[],
): Promise<(Device & { hash: string })[]> {
  return query(
    `select ${DEVICE}, token_hash as hash from nuanhao.device where token_hash = any ($1) and revoked_at is null`,
    [hashes],
  )
}

/** A screen, and what it said of itself last. */
export interface DeviceRow
  extends Pick<DeviceItem, 'id' | 'kind' | 'name' | 'place' | 'createdAt' | 'seenAt' | 'skew'> {
  build: string | null
  error: string | null
  errorAt: number | null
}

/** The screens of a site that are not revoked, by name. */
export async function devicesOf({ query }: Pick<Database, 'query'>, siteId: string): Promise<DeviceRow[]> {
  return query<DeviceRow & Row>(
    `select id, kind, name, place, created_at as "createdAt", seen_at as "seenAt", build, skew, error, error_at as "errorAt"
       from nuanhao.device
      where site_id = $1 and revoked_at is null order by kind desc, length(name), name`,
    [siteId],
  )
}

/**
 * Takes a screen's tokens away, with an audit row. [PAIR7]
 *
 * @returns their hashes, for those who watch by them; null when the site has no such screen
 */
export async function revokeDevice(
  { query }: Pick<Database, 'query'>,
  siteId: string,
  id: string,
  now: number,
  by: By,
): Promise<string[] | null> {
  const [row] = await query<{ hashes: string[] }>(
    `with gone as (
       update nuanhao.device set revoked_at = $3 where site_id = $1 and id = $2 and revoked_at is null
       returning array_remove(array[token_hash, next_hash, last_hash], null) as hashes),
     told as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
       select $1, $3, $4, $5, 'device:revoked', $2 from gone)
     select hashes from gone`,
    [siteId, id, now, by.principal, by.origin ?? null],
  )
  return row?.hashes ?? null
}

/** Whether a screen of this kind may belong there: a kiosk stands where it stands, a pad at a counter. */
export function fitsKind(kind: Device['kind'], place: Place): boolean {
  const named = Object.keys(place)
  if (kind === 'pad') return place.counter !== undefined && named.length === 1
  return kind !== 'kiosk' || named.length === 0
}

/** Gives a screen another place, with an audit row; false when the site has no such screen. [PAIR8] */
export async function moveDevice(
  { query }: Pick<Database, 'query'>,
  siteId: string,
  id: string,
  place: Place,
  now: number,
  by: By,
): Promise<boolean> {
  const rows = await query(
    `with moved as (
       update nuanhao.device set place = $3::jsonb where site_id = $1 and id = $2 and revoked_at is null returning 1),
     told as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject)
       select $1, $4, $5, $6, 'device:moved', $2 from moved)
     select 1 from moved`,
    [siteId, id, JSON.stringify(place), now, by.principal, by.origin ?? null],
  )
  return rows.length > 0
}

/** Where a screen belongs now, and the hashes of its tokens that are good. */
export interface Standing {
  place: Place | null
  hashes: string[]
}

/** How these screens stand, of those that are not switched off. */
export async function standingOf(
  { query }: Pick<Database, 'query'>,
  ids: readonly string[],
  now: number,
): Promise<Map<string, Standing>> {
  const rows = await query<{ id: string } & Standing>(
    `select id, place, array_remove(array[token_hash, next_hash, case when last_until > $2 then last_hash end], null) as hashes
       from nuanhao.device where id = any ($1) and revoked_at is null`,
    [ids, now],
  )
  return new Map(rows.map(({ id, ...standing }) => [id, standing]))
}

/** Of these screens those whose token is older than `before`, ms, with its hash. */
export async function agedTokens(
  { query }: Pick<Database, 'query'>,
  ids: readonly string[],
  before: number,
): Promise<{ id: string; hash: string }[]> {
  return query(
    `select id, token_hash as hash from nuanhao.device where id = any ($1) and coalesce(token_at, created_at) < $2 and revoked_at is null`,
    [ids, before],
  )
}

/** A token that a screen is going to be told, in place of the one with that hash. */
export async function promiseToken(
  { query }: Pick<Database, 'query'>,
  { id, hash }: { id: string; hash: string },
  token: string,
): Promise<boolean> {
  const rows = await query(
    `update nuanhao.device set next_hash = $3 where id = $1 and token_hash = $2 and revoked_at is null returning 1`,
    [id, hash, tokenHash(token)],
  )
  return rows.length > 0
}
