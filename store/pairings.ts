import { DEVICE_LETTER, type DeviceKind, type PairingView, type Place } from '#protocol/device.ts'
import type { By } from './audit.ts'
import type { Database } from './database.ts'
import { type Device, fitsKind, nextName, writeDevice } from './devices.ts'
import { codeHash, sameHash, tokenHash } from './tokens.ts'

/** A code is good for so long, ms. [PAIR1] */
export const PAIRING_LIFE = 10 * 60_000
/** So many screens may wait at a time, of all halls of this database. [PAIR3] */
const MOST = 1_000

/** A screen that waits to be approved. */
export interface Pairing {
  kind: DeviceKind
  origin: string
  /** The id of the device it was before it was revoked. */
  was: string | null
}

/** A name or place that is not for a screen of this kind. */
export class DoesNotFit extends Error {}

/** Writes down that a screen waits. False: too many do. What has run out goes. */
export async function beginPairing(
  { query }: Pick<Database, 'query'>,
  { kind, origin, was }: Pairing,
  { code, secret, codes }: { code: string; secret: string; codes: Buffer },
  now: number,
): Promise<boolean> {
  const rows = await query(
    `with over as (delete from nuanhao.pairing where until <= $6),
     waiting as (select count(*) as n from nuanhao.pairing where until > $6)
     insert into nuanhao.pairing (secret_hash, code_hash, kind, origin, was, at, until)
     select $1, $2, $3, $4, $5, $6, $7 from waiting where n < $8 returning 1`,
    [tokenHash(secret), codeHash(code, codes), kind, origin, was, now, now + PAIRING_LIFE, MOST],
  )
  return rows.length > 0
}

/** Whether a screen with this secret may go on waiting: its code is still good, or it was approved. */
export async function mayWait(
  { query }: Pick<Database, 'query'>,
  secret: string,
  now: number,
): Promise<boolean> {
  const rows = await query(
    `select 1 from nuanhao.pairing where secret_hash = $1 and until > $2
     union all
     select 1 from nuanhao.device where token_hash = $1 and revoked_at is null`,
    [tokenHash(secret), now],
  )
  return rows.length > 0
}

/** The screen behind a code, as a supervisor of the site is told; null: there is none. */
export async function pairingByCode(
  database: Database,
  siteId: string,
  { code, codes }: { code: string; codes: Buffer },
  now: number,
): Promise<PairingView | null> {
  const found = await find(database, code, codes, now)
  if (!found) return null
  const { kind, origin, at } = found
  const [was] = await database.query<{ name: string }>(
    'select name from nuanhao.device where id = $1 and site_id = $2',
    [found.was, siteId],
  )
  return {
    ...{ kind, origin, at, was: was?.name ?? null },
    name: await nextName(database.query, siteId, kind),
  }
}

/**
 * Makes the screen behind a code one of the site's: its secret becomes its token, and the code is used up. Null: there is none. Throws
 * NameTaken, DoesNotFit. [PAIR2]
 */
export async function approvePairing(
  database: Database,
  siteId: string,
  { code, codes }: { code: string; codes: Buffer },
  given: { id: string; name?: string; place: Place },
  now: number,
  by: By,
): Promise<Device | null> {
  const found = await find(database, code, codes, now)
  if (!found) return null
  const { name, place } = given
  const foreign = name !== undefined && name[0] !== DEVICE_LETTER[found.kind]
  if (foreign || !fitsKind(found.kind, place)) throw new DoesNotFit(found.kind)
  return database.transaction(async (query) => {
    await query('select 1 from nuanhao.site where id = $1 for update', [siteId])
    // Of two who approve at the same moment one finds nothing any more.
    const [taken] = await query('delete from nuanhao.pairing where secret_hash = $1 returning 1', [
      found.hash,
    ])
    if (!taken) return null
    return writeDevice(query, { ...given, siteId, kind: found.kind }, found.hash, now, by)
  })
}

/** Each code that is good is compared, in constant time. [PAIR3] */
async function find(
  { query }: Pick<Database, 'query'>,
  code: string,
  codes: Buffer,
  now: number,
): Promise<(Pairing & { hash: string; at: number }) | null> {
  const wanted = codeHash(code, codes)
  const waiting = await query<Pairing & { hash: string; codeHash: string; at: number }>(
    `select secret_hash as hash, code_hash as "codeHash", kind, origin, was, at from nuanhao.pairing where until > $1`,
    [now],
  )
  return waiting.filter((one) => sameHash(one.codeHash, wanted))[0] ?? null
}
