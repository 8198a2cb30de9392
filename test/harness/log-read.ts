import type { Leg } from '#domain/leg.ts'
import type { Database } from '#store/database.ts'
import { readSite } from '#store/sites.ts'
import type { Interval, Log, LogEntry } from './log-check.ts'

type Payload = Pick<LogEntry, 'legs' | 'counters' | 'revision' | 'by'>

/** Reads all that happened at a site. */
export async function readLog(database: Database, siteId: string): Promise<Log> {
  const site = await readSite(database, siteId)
  if (!site) throw new Error(`there is no site ${siteId}`)
  const rows = await database.query<Omit<LogEntry, keyof Payload> & { payload: Payload }>(
    `select e.seq, e.at, e.day, e.type, e.payload, a.actor
       from nuanhao.event e join nuanhao.audit a on a.site_id = e.site_id and a.seq = e.seq
      where e.site_id = $1 order by e.seq`,
    [siteId],
  )
  const legs = await database.query<{ leg: Leg }>(
    'select nuanhao.leg_view(l) as leg from nuanhao.leg l where l.site_id = $1',
    [siteId],
  )
  const intervals = await database.query<Interval>(
    `select i.leg_id as "legId", i.seq, i.state, i.from_at as "from", i.to_at as "to", i.counter_id as "counterId"
       from nuanhao.interval i join nuanhao.leg l on l.id = i.leg_id where l.site_id = $1`,
    [siteId],
  )
  const tickets = await database.query<{ id: string; day: string }>(
    'select id, day from nuanhao.ticket where site_id = $1',
    [siteId],
  )
  return {
    site,
    entries: rows.map(({ payload, ...row }) => ({ ...row, ...payload })),
    legs: legs.map(({ leg }) => leg),
    intervals,
    days: Object.fromEntries(tickets.map(({ id, day }) => [id, day])),
  }
}
