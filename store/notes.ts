import type { Sealed } from '#domain/change.ts'
import type { Keys } from '#settings/key-file.ts'
import type { Reading } from './audit.ts'
import type { Database } from './database.ts'
import { type Note, openField } from './private.ts'

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
  const rows = await database.query<
    Sealed & { id: string; at: number; author: string; dataKey: Sealed | null }
  >(
    `with read as (
       insert into nuanhao.audit (site_id, at, actor, origin, action, subject, reason)
       values ($1, $2, $3, $5, 'note:read', $4, 'serving'))
     select id, at, author, key_id as "keyId", nonce, sealed, nuanhao.data_key_of(ticket_id, 'visit') as "dataKey"
       from nuanhao.note where ticket_id = $4 order by at`,
    [siteId, now, reader.principal, ticketId, reader.origin ?? null],
  )
  const of = { siteId, ticketId, kept: 'visit' } as const
  return rows.map(({ id, at, author, dataKey, ...sealed }) => ({
    at,
    author,
    text: openField<Note>(sealed, `note ${id}`, of, dataKey, keys).text,
  }))
}
