import type { StaffEvent } from '#protocol/events.ts'
import type { Database } from './database.ts'

/** How many events one read gives at most. */
export const EVENTS_READ = 500

/** The events of a site after `seq`, in order, at most `EVENTS_READ`. */
export async function readEvents(database: Database, siteId: string, seq: number): Promise<StaffEvent[]> {
  const rows = await database.query<Omit<StaffEvent, keyof Payload> & { payload: Payload }>(
    `select seq, at, day, type, payload from nuanhao.event
      where site_id = $1 and seq > $2 order by seq limit ${EVENTS_READ}`,
    [siteId, seq],
  )
  return rows.map(({ payload, ...row }) => ({ ...row, ...payload }))
}

type Payload = Pick<
  StaffEvent,
  'legs' | 'from' | 'counters' | 'help' | 'revision' | 'by' | 'exception' | 'wall'
>

/** The number of a site's last event; null if there is no such site. */
export async function lastSeq(database: Database, siteId: string): Promise<number | null> {
  const [row] = await database.query<{ seq: number }>('select seq from nuanhao.site where id = $1', [siteId])
  return row?.seq ?? null
}
