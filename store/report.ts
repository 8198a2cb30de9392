import { dayStart } from '#domain/calendar.ts'
import type { DayLog, LoggedException, LoggedLeg } from '#domain/report.ts'
import type { Site } from '#domain/site.ts'
import type { Database } from './database.ts'

/**
 * What the log has of a site's business day: its tickets' legs with their history, when counters were open, and what was
 * out of turn. Undone actions left no interval, so they are in none.
 *
 * @param day `YYYY-MM-DD`
 * @param now ms; what lasts is taken to last until now, or until the day's end
 */
export async function readDay(
  database: Database,
  { id, timeZone }: Pick<Site, 'id' | 'timeZone'>,
  day: string,
  now: number,
): Promise<DayLog> {
  const start = dayStart(day, timeZone)
  const at = Math.max(Math.min(now, dayStart(dayAfter(day), timeZone)), start)
  const legs = await database.query<LoggedLeg>(LEGS, [id, day])
  const [rest] = await database.query<
    { exceptions: LoggedException[]; statuses: Status[] } & Pick<DayLog, 'ratings' | 'suggestions' | 'help'>
  >(REST, [id, day, start])
  if (!rest) throw new Error('the log of the day said nothing')
  const { statuses, ...said } = rest
  return { day, at, legs, open: openSpans(statuses, at), ...said }
}

/** $1 site, $2 day. Tickets by the index on (site, day), their legs and intervals by ticket and leg. */
const LEGS = `
  select l.id, l.ticket_id as "ticketId", l.number, l.lane_id as "laneId", l.service_id as "serviceId", l.state,
         l.arrived_at as "arrivedAt", l.credit > 0 as care, l.on_paper as "onPaper", i.intervals
    from nuanhao.ticket t
    join nuanhao.leg l on l.ticket_id = t.id
    cross join lateral (
      select jsonb_agg(jsonb_build_object('state', i.state, 'from', i.from_at, 'to', i.to_at,
               'byStaff', i.actor like 'staff:%',
               'hold', case when i.state = 'held' then (
                 select moved ->> 'hold' from nuanhao.event e, jsonb_array_elements(e.payload -> 'legs') moved
                  where e.site_id = l.site_id and e.seq = i.seq and moved ->> 'id' = l.id) end)
             order by i.from_at, i.to_at nulls last, i.state in ('completed', 'transferred', 'cancelled', 'expired'),
                      i.seq, array_position(array['called', 'serving'], i.state) nulls last) as intervals
        from nuanhao.interval i where i.leg_id = l.id) i
   where t.site_id = $1 and t.day = $2 and i.intervals is not null
   order by l.n`

interface Status {
  counterId: string
  at: number
  status: string
}

/** $1 site, $2 day, $3 its start in ms. Counters begin the day as the last event before it left them. */
const REST = `
  select
    (select coalesce(jsonb_agg(s order by s.seq), '[]') from (
       select 0 as seq, $3::bigint as at, c.id as "counterId", before.status
         from nuanhao.counter c
         cross join lateral (
           select moved ->> 'status' as status
             from nuanhao.event e, jsonb_array_elements(e.payload -> 'counters') moved
            where e.site_id = $1 and e.day < $2 and e.payload -> 'counters' <> '[]'::jsonb and moved ->> 'id' = c.id
            order by e.day desc, e.seq desc limit 1) before
        where c.site_id = $1
       union all
       select e.seq, e.at, moved ->> 'id', moved ->> 'status'
         from nuanhao.event e, jsonb_array_elements(e.payload -> 'counters') moved
        where e.site_id = $1 and e.day = $2 and e.payload -> 'counters' <> '[]'::jsonb) s) as statuses,
    (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.payload ->> 'exception',
              'number', coalesce(e.payload -> 'legs' -> 0 ->> 'number', ''), 'counterId', e.counter_id,
              'reason', (select a.reason from nuanhao.audit a
                          where a.site_id = $1 and a.seq = e.seq and a.reason is not null limit 1),
              'undone', e.payload ->> 'exception' <> 'undone' and not exists (
                select 1 from nuanhao.interval i
                 where i.leg_id = e.payload -> 'legs' -> 0 ->> 'id' and i.seq = e.seq))
            order by e.seq), '[]')
       from nuanhao.event e
      where e.site_id = $1 and e.day = $2 and e.payload ? 'exception') as exceptions,
    (select coalesce(jsonb_agg(jsonb_build_object('serviceId', r.service_id, 'level', r.level, 'read', r.read_at is not null)), '[]')
       from nuanhao.rating r
      where r.site_id = $1 and r.day = $2
        and exists (select 1 from nuanhao.interval i where i.leg_id = r.leg_id and i.seq = r.seq)) as ratings,
    (select jsonb_build_object('count', count(*), 'read', count(s.read_at))
       from nuanhao.suggestion s where s.site_id = $1 and s.day = $2) as suggestions,
    (select coalesce(jsonb_agg(jsonb_build_object('state', h.state, 'askedAt', h.asked_at, 'escalatedAt', h.escalated_at,
              'answeredAt', h.answered_at) order by h.asked_at), '[]')
       from nuanhao.help_call h where h.site_id = $1 and h.day = $2) as help`

/** When each counter was open, from the statuses it had one after another. */
function openSpans(statuses: readonly Status[], at: number): DayLog['open'] {
  const since = new Map<string, number>()
  const spans: DayLog['open'] = []
  for (const { counterId, at: moment, status } of statuses) {
    const from = since.get(counterId)
    if (status === 'open') since.set(counterId, from ?? moment)
    else if (from !== undefined) {
      spans.push({ counterId, from, to: moment })
      since.delete(counterId)
    }
  }
  for (const [counterId, from] of since) spans.push({ counterId, from, to: Math.max(at, from) })
  return spans
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 3_600_000).toISOString().slice(0, 10)
}
