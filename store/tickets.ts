import type { Leg } from '#domain/leg.ts'
import type { Localised } from '#domain/localised.ts'
import { type LegState, OPEN_STATES } from '#domain/transition.ts'
import { queueName } from '#domain/turn.ts'
import { isLinkOver } from '#domain/visit.ts'
import type { Database } from './database.ts'
import { tokenHash } from './tokens.ts'

/** The leg of a visit that a person would mean. */
const LATEST = 'order by nuanhao.leg_order(l) limit 1'

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

/** A visit as its resident may follow it. */
export interface Visit {
  siteId: string
  /** Every leg, in the order in which they began. */
  legs: Leg[]
  /** What was said to a resident who was sent home. */
  farewell: Localised | null
}

/** Everything of a ticket's visit; null if there is no such ticket. */
export async function visitOf(database: Database, ticketId: string): Promise<Visit | null> {
  const [row] = await database.query<Visit>(
    `select t.site_id as "siteId", t.farewell,
            (select jsonb_agg(nuanhao.leg_view(l) order by l.n) from nuanhao.leg l where l.ticket_id = t.id) as legs
       from nuanhao.ticket t where t.id = $1`,
    [ticketId],
  )
  return row ?? null
}

/** The ticket a link's code belongs to; null if none, or if its visit is over for too long. [PHONE18] */
export async function ticketByCode(database: Database, code: string, now: number): Promise<string | null> {
  const [row] = await database.query<{ id: string; zone: string; endedAt: number | null }>(
    `select t.id, s.settings ->> 'timeZone' as zone,
            (select max(l.ended_at) from nuanhao.leg l where l.ticket_id = t.id
              having not bool_or(l.state = any ($2))) as "endedAt"
       from nuanhao.ticket t join nuanhao.site s on s.id = t.site_id where t.code_hash = $1`,
    [tokenHash(code), OPEN_STATES],
  )
  return row && !isLinkOver(row.endedAt, row.zone, now) ? row.id : null
}

/** The leg each ticket of the site's day is at, in the order of their numbers; of one state or number if given. */
export async function legsOfDay(
  database: Database,
  siteId: string,
  { state, number }: { state?: LegState; number?: string },
): Promise<Leg[]> {
  const rows = await database.query<{ leg: Leg }>(
    `select nuanhao.leg_view(l) as leg from nuanhao.ticket t
       join nuanhao.site s on s.id = t.site_id and s.day = t.day
       cross join lateral (select * from nuanhao.leg l where l.ticket_id = t.id ${LATEST}) l
      where t.site_id = $1 and ($2::text is null or l.state = $2) and ($3::text is null or t.number = $3)
      order by t.number`,
    [siteId, state ?? null, number ?? null],
  )
  return rows.map(({ leg }) => leg)
}

/** How many wait in each queue of a site. */
export async function waitingByQueue(database: Database, siteId: string): Promise<Map<string, number>> {
  const rows = await database.query<Parameters<typeof queueName>[0] & { waiting: number }>(
    `select lane_id as "laneId", skill, assigned_counter_id as "assignedCounterId",
            assigned_staff_id as "assignedStaffId", count(*) as waiting
       from nuanhao.leg where site_id = $1 and state = 'waiting' group by 1, 2, 3, 4`,
    [siteId],
  )
  return new Map(rows.map(({ waiting, ...needs }) => [queueName(needs), waiting]))
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
