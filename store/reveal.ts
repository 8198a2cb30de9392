import type { CareNeed } from '#domain/care.ts'
import type { Sealed } from '#domain/change.ts'
import type { Identity } from '#domain/identity.ts'
import type { Purpose, Revealable } from '#domain/reveal.ts'
import type { Keys } from '#settings/key-file.ts'
import { note, type Reading } from './audit.ts'
import type { Database } from './database.ts'
import { openField, type PrivateContent } from './private.ts'

/** What was masked, whole; null: it was not said. */
export interface Revealed {
  name: string | null
  number: string | null
  phone: string | null
  need: CareNeed | null
}

/**
 * What a resident confided, whole. Nothing is given back before the reading is written down: what and what for, never the value.
 * Of what was not said there is nothing to read, and nothing is written down. [REVEAL2]
 */
export async function reveal(
  database: Database,
  keys: Keys,
  what: Revealable,
  { siteId, ticketId, reader, now }: Reading,
  purpose: Purpose,
): Promise<Revealed> {
  const of = { siteId, ticketId, kept: 'visit' } as const
  const rows = await database.query<Sealed & { kind: 'identity' | 'confided'; dataKey: Sealed | null }>(
    `select kept.*, nuanhao.data_key_of($1, 'visit') as "dataKey" from (
       select 'identity' as kind, key_id as "keyId", nonce, sealed from nuanhao.identity where ticket_id = $1
       union all
       select 'confided', key_id, nonce, sealed from nuanhao.private_record where ticket_id = $1) kept`,
    [ticketId],
  )
  const open = <T extends Identity | PrivateContent>(kind: 'identity' | 'confided'): T | null => {
    const row = rows.find((one) => one.kind === kind)
    return row ? openField<T>(row, kind, of, row.dataKey, keys) : null
  }
  const identity = open<Identity>('identity')
  const confided = open<PrivateContent>('confided')
  const { contact, need } = confided ?? {}
  const said: Record<Revealable, Partial<Revealed>> = {
    identity: { name: identity?.name ?? null, number: identity?.number ?? null },
    contact: { name: contact?.name ?? null, phone: contact?.phone ?? null },
    need: { need: need ?? null },
  }
  const found: Revealed = { name: null, number: null, phone: null, need: null, ...said[what] }
  if (Object.values(found).every((value) => value === null)) return found
  const action = `${what}:read`
  await note(database, { siteId, at: now, by: reader, action, subject: ticketId, reason: purpose })
  return found
}
