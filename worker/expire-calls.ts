import { expireCall } from '#domain/decide.ts'
import { Refusal } from '#domain/refusal.ts'
import { execute } from '#line/execute.ts'
import type { Chore } from './chore.ts'

interface Due {
  ticket: string
  leg: string
  version: number
}

/** A call that nobody answered in time becomes a no-show. */
export const expireCalls: Chore = {
  name: 'expire-calls',
  every: 5_000,
  run: async (hall) => {
    const due = await hall.database.query<Due>(
      // A call that an undo brought back gets its time anew.
      `select l.ticket_id as ticket, l.id as leg, l.version
         from nuanhao.leg l join nuanhao.site s on s.id = l.site_id
         cross join lateral (select $1::bigint - (s.settings ->> 'callTimeout')::bigint as due) t
        where l.state = 'called' and l.called_at <= t.due
          and not exists (select 1 from nuanhao.event e
                           where e.counter_id = l.counter_id and e.type = 'ticket:undone' and e.at > t.due
                             and e.seq > l.call_id)`,
      [hall.now()],
    )
    for (const { ticket, leg, version } of due) {
      // The key names the call as it stands: two workers say no-show of it once.
      const key = `${leg}-${version}`
      const author = { principal: 'chore:expire-calls', key, digest: key }
      try {
        await execute(hall, { ticketId: ticket }, author, expireCall)
      } catch (error) {
        // Somebody recalled or served in the meantime.
        if (!(error instanceof Refusal)) throw error
      }
    }
  },
}
