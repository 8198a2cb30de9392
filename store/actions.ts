import type { CounterAction } from '#protocol/api.ts'
import type { Database } from './database.ts'

/** How many of a counter's last actions are told. */
const TOLD = 20

/**
 * What was done at a counter last on the site's day, the latest first, without a person. [TRAIL1] Of what was taken back the
 * undo is the counter's next action.
 *
 * @param asker how the audit names who asks
 * @returns null when the site has no such counter
 */
export async function lastActions(
  database: Database,
  siteId: string,
  counterId: string,
  asker: string,
): Promise<CounterAction[] | null> {
  const [row] = await database.query<{ items: CounterAction[] }>(
    `select coalesce((select jsonb_agg(jsonb_build_object(
         'seq', e.seq, 'at', e.at, 'type', e.type, 'number', e.leg ->> 'number', 'ticketId', e.leg ->> 'ticketId',
         'legId', e.leg ->> 'id', 'undone', e.next is not distinct from 'ticket:undone',
         'by', case when e.actor = $3 or e.reason = 'for:' || $3 then 'you'
                    when e.actor like 'staff:%' or e.pad then 'colleague'
                    when e.actor like 'chore:%' then 'clock' else 'resident' end) order by e.seq desc)
       from (select v.seq, v.at, v.type, v.payload -> 'legs' -> 0 as leg, a.actor, a.reason,
                    exists (select 1 from nuanhao.device d where 'device:' || d.id = a.actor and d.kind = 'pad') as pad,
                    lag(v.type) over (order by v.seq desc) as next
               from nuanhao.event v join nuanhao.audit a on a.site_id = v.site_id and a.at = v.at - v.shifted and a.seq = v.seq
              where v.site_id = s.id and v.counter_id = c.id and v.day = s.day
              order by v.seq desc limit ${TOLD}) e), '[]') as items
       from nuanhao.counter c join nuanhao.site s on s.id = c.site_id
      where c.id = $2 and s.id = $1`,
    [siteId, counterId, asker],
  )
  return row?.items ?? null
}
