import type { Leg } from '#domain/leg.ts'
import type { LegState } from '#domain/transition.ts'
import type { Database } from './database.ts'
import { tokenHash } from './tokens.ts'

const LATEST = `order by l.state in ('called', 'serving') desc, l.n desc limit 1`

/** The leg a ticket is at now, or its last one; null if there is no such ticket. */
export async function legOfTicket(
  database: Database,
  ticketId: string,
): Promise<(Leg & { siteId: string }) | null> {
  const [row] = await database.query<{ leg: Leg & { siteId: string } }>(
    `select nuanhao.leg_view(l) || jsonb_build_object('siteId', l.site_id) as leg
       from nuanhao.leg l where l.ticket_id = $1 ${LATEST}`,
    [ticketId],
  )
  return row?.leg ?? null
}

/** The ticket a link's code belongs to; null if none. */
export async function ticketByCode(database: Database, code: string): Promise<string | null> {
  const [row] = await database.query<{ id: string }>('select id from nuanhao.ticket where code_hash = $1', [
    tokenHash(code),
  ])
  return row?.id ?? null
}

/** The latest leg of each ticket of the site's day, in the order of their numbers; of one state if given. */
export async function legsOfDay(database: Database, siteId: string, state: LegState | null): Promise<Leg[]> {
  const rows = await database.query<{ leg: Leg }>(
    `select nuanhao.leg_view(l) as leg from nuanhao.leg l
       join nuanhao.ticket t on t.id = l.ticket_id join nuanhao.site s on s.id = l.site_id
      where l.site_id = $1 and t.day = s.day and ($2::text is null or l.state = $2)
      order by l.number`,
    [siteId, state],
  )
  return rows.map(({ leg }) => leg)
}

/** The open legs of a lane that are waiting: what `why` looks at. */
export async function waitingInLane(database: Database, siteId: string, laneId: string): Promise<Leg[]> {
  const rows = await database.query<{ leg: Leg }>(
    `select nuanhao.leg_view(l) as leg from nuanhao.leg l
      where l.site_id = $1 and l.lane_id = $2 and l.state = 'waiting' order by l.v, l.n`,
    [siteId, laneId],
  )
  return rows.map(({ leg }) => leg)
}
