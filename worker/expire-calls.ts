import { expireCall } from '#domain/decide.ts'
import type { Chore } from './chore.ts'
import { eachDue } from './each-due.ts'

/** A call that nobody answered in time becomes a no-show. */
export const expireCalls: Chore = {
  name: 'expire-calls',
  every: 5_000,
  run: async (hall) => {
    const due = await hall.database.query<{ ticketId: string; legId: string; version: number }>(
      // A call that an undo brought back gets its time anew.
      `select l.ticket_id as "ticketId", l.id as "legId", l.version
         from nuanhao.leg l join nuanhao.site s on s.id = l.site_id
         cross join lateral (select $1::bigint - (s.settings ->> 'callTimeout')::bigint as due) t
        where l.state = 'called' and l.called_at <= t.due and coalesce(l.waits_until, 0) <= $1::bigint
          and not exists (select 1 from nuanhao.event e
                           where e.counter_id = l.counter_id and e.type = 'ticket:undone' and e.at > t.due
                             and e.seq > l.call_id
                             and e.payload -> 'legs' @> jsonb_build_array(jsonb_build_object('id', l.id)))`,
      [hall.now()],
    )
    await eachDue(hall, 'expire-calls', due, expireCall)
  },
}
