import { type By, note } from './audit.ts'
import type { Database } from './database.ts'
import { tokenHash } from './tokens.ts'

export interface Device {
  id: string
  siteId: string
  kind: 'kiosk' | 'display'
  name: string
}

const LETTER = { kiosk: 'K', display: 'D' } as const

/** Enrols a screen, with an audit row; its name is the next free of its kind, `K1`. */
export async function insertDevice(
  database: Database,
  device: Omit<Device, 'name'>,
  token: string,
  now: number,
  by: By,
): Promise<Device> {
  const letter = LETTER[device.kind]
  return database.transaction(async (query) => {
    // The site's row is locked so that two screens enrolled at once get two names.
    await query('select 1 from nuanhao.site where id = $1 for update', [device.siteId])
    const [row] = await query<{ name: string }>(
      `insert into nuanhao.device (id, site_id, kind, name, token_hash, created_at)
       select $1, $2, $3, $4 || (count(*) + 1), $5, $6 from nuanhao.device where site_id = $2 and kind = $3
       returning name`,
      [device.id, device.siteId, device.kind, letter, tokenHash(token), now],
    )
    if (!row) throw new Error('no device was written')
    const { id: subject, siteId } = device
    await note({ query }, { siteId, at: now, by, action: 'device:enrolled', subject })
    return { ...device, name: row.name }
  })
}

/** The device a secret belongs to; null when unknown or revoked. */
export async function deviceByToken(database: Database, token: string): Promise<Device | null> {
  const [row] = await database.query<Device>(
    `select id, site_id as "siteId", kind, name from nuanhao.device
      where token_hash = $1 and revoked_at is null`,
    [tokenHash(token)],
  )
  return row ?? null
}
