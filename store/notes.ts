import type { Sealed } from '#domain/change.ts'
import type { Keys } from '#settings/key-file.ts'
import type { Reading } from './audit.ts'
import type { Database } from './database.ts'
import { type Note, unseal } from './private.ts'

/** A note as its reader gets it. */
export interface ReadNote {
  /** ms */
  at: number
  /** `staff:ID` of who left it. */
  author: string
  text: string
}

/** The notes on a ticket, oldest first. Every reading is written down, with its reader and its purpose. [NOTE1] */
export async function readNotes(
  database: Database,
  keys: Keys,
  { siteId, ticketId, reader, now }: Reading,
): Promise<ReadNote[]> {
  const rows = await database.query<Sealed & { at: number; author: string }>(
    `with read as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject, reason)
       values ($1, $2, $3, $5, 'note:read', $4, 'serving'))
     select at, author, key_id as "keyId", nonce, sealed from nuanhao.note where ticket_id = $4 order by at`,
    [siteId, now, reader.principal, ticketId, reader.origin ?? null],
  )
  return rows.map(({ at, author, ...sealed }) => ({
    at,
    author,
    text: unseal<Note>(sealed, ticketId, keys).text,
  }))
}
