import { businessDay } from '#domain/calendar.ts'
import { publicNumber } from '#domain/numbering.ts'
import type { Query } from '../database.ts'
import { readSite, siteIds } from '../sites.ts'
import { ticketCode, tokenHash } from '../tokens.ts'

/** What a lane's numbers of today go on with. */
export interface GoesOn {
  siteId: string
  laneId: string
  number: string
}

/**
 * Lets a hall that was brought back go on from where its backup was, without saying twice what it may have said since.
 *
 * The next event of a site is numbered by the time, ms: whatever it had done after the backup, and in any other life that
 * began from the same backup, its events have smaller numbers. So every screen is given a snapshot, a call is never taken
 * for one already heard, and a program outside never for a message it has. [BACKUP9]
 *
 * @param skip how many numbers of today each lane leaves for tickets that were issued after the backup
 * @param takenAt of the backup, ms
 */
export async function takeUp(
  query: Query,
  { now, skip, takenAt, actor }: { now: number; skip: number; takenAt: number; actor: string },
): Promise<GoesOn[]> {
  const goesOn: GoesOn[] = []
  for (const siteId of await siteIds({ query })) {
    const site = await readSite({ query }, siteId)
    if (!site) continue
    await query(
      `with before as (select id, seq from nuanhao.site where id = $1),
            after as (update nuanhao.site set seq = greatest(seq, $2::bigint) where id = $1 returning seq)
       update nuanhao.webhook w set sent_seq = a.seq from before b, after a where w.site_id = b.id and w.sent_seq = b.seq`,
      [siteId, now],
    )
    const lanes = await query<{ laneId: string; last: number }>(
      `update nuanhao.lane_sequence set last = last + $3 where site_id = $1 and day = $2
       returning lane_id as "laneId", last`,
      [siteId, businessDay(now, site.timeZone), skip],
    )
    for (const { laneId, last } of lanes) {
      const letter = site.lanes.find(({ id }) => id === laneId)?.letter
      if (letter) goesOn.push({ siteId, laneId, number: publicNumber(letter, last + 1) })
    }
    await query(
      `insert into nuanhao.audit (site_id, at, actor, action, reason) values ($1, $2, $3, 'site:restored', $4)`,
      [siteId, now, actor, `backup-of:${new Date(takenAt).toISOString()}`],
    )
  }
  return goesOn.sort((a, b) => a.number.localeCompare(b.number))
}

/**
 * Removes what nobody can open without the hall's keys: what residents confided, and the secrets of webhooks with them. [BACKUP10]
 */
export async function giveUp(query: Query): Promise<void> {
  const tables = await query<{ name: string; optional: boolean }>(
    `select quote_ident(c.relname) as name, not a.attnotnull as optional from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'nuanhao'::regnamespace and c.relkind = 'r' and a.attname in ('sealed', 'wrapped')`,
  )
  for (const { name, optional } of tables) {
    await query(
      optional
        ? `update nuanhao.${name} set key_id = null, nonce = null, sealed = null`
        : `delete from nuanhao.${name}`,
    )
  }
}

/** Of the latest tickets so many are tried: one whose code fits says that the key file is theirs. */
const TRIED = 50

/**
 * Whether the links of the tickets open with this secret; true where there is no ticket.
 *
 * @param codes of the key file
 */
export async function fitsTickets(query: Query, codes: Buffer): Promise<boolean> {
  const tickets = await query<{ id: string; hash: string }>(
    `select id, code_hash as hash from nuanhao.ticket order by issued_at desc limit ${TRIED}`,
  )
  return tickets.length === 0 || tickets.some(({ id, hash }) => tokenHash(ticketCode(id, codes)) === hash)
}
