import type { Database } from './database.ts'

/** Who does something and from where, as the audit has it. */
export interface By {
  /** `staff:ID`, `device:ID`, `ticket:ID`, `api-key:ID`, `chore:NAME`, `operator:NAME`, `stranger:stranger`. */
  principal: string
  /** A screen's name, an address, or what kind of address; left out by whoever acts within the program. */
  origin?: string
}

/** Somebody reads what was confided with a ticket. */
export interface Reading {
  siteId: string
  ticketId: string
  reader: By
  /** ms */
  now: number
}

/** Something to be written down that no other statement writes. Ids and keys only: nobody's name, number or need. */
export interface Noted {
  /** null: what concerns no site. */
  siteId: string | null
  /** ms */
  at: number
  by: By
  action: string
  subject?: string | null
  /** The key it was refused with. */
  refused?: string
  reason?: string
}

/** Writes a row of the audit; the database gives it its place in the chain. [AUDIT1] */
export async function note(
  { query }: Pick<Database, 'query'>,
  { siteId, at, by, action, subject = null, refused = 'done', reason }: Noted,
): Promise<void> {
  await query(
    `insert into nuanhao.audit (site_id, at, actor, origin, action, subject, result, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [siteId, at, by.principal, by.origin ?? null, action, subject, refused, reason ?? null],
  )
}
