import { expireCall } from '#domain/decide.ts'
import { Refusal } from '#domain/refusal.ts'
import { execute } from '#line/execute.ts'
import type { Chore } from './chore.ts'

interface Due {
  ticket: string
  leg: string
  call: number
}

/** A call that nobody answered in time becomes a no-show. */
export const expireCalls: Chore = {
  name: 'expire-calls',
  every: 5_000,
  run: async (hall) => {
    const due = await hall.database.query<Due>(
      `select l.ticket_id as ticket, l.id as leg, l.call_id as call
         from nuanhao.leg l join nuanhao.site s on s.id = l.site_id
        where l.state = 'called' and l.called_at <= $1::bigint - (s.settings ->> 'callTimeout')::bigint`,
      [hall.now()],
    )
    for (const { ticket, leg, call } of due) {
      // The key names the call: two workers say no-show of it once.
      const key = `${leg}-${call}`
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
