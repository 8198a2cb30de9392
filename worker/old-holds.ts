import { markOverdue } from '#domain/decide.ts'
import type { Chore } from './chore.ts'
import { eachDue } from './each-due.ts'

/** A hold that has lasted longer than the site allows is said to staff, once. [HOLD3] */
export const oldHolds: Chore = {
  name: 'old-holds',
  every: 15_000,
  run: async (hall) => {
    const due = await hall.database.query<{ ticketId: string; legId: string; version: number }>(
      `select l.ticket_id as "ticketId", l.id as "legId", l.version
         from nuanhao.leg l join nuanhao.site s on s.id = l.site_id
        where l.state = 'held' and not l.hold_overdue
          and l.held_at <= $1::bigint - (s.settings ->> 'holdWithin')::bigint`,
      [hall.now()],
    )
    await eachDue(hall, 'old-holds', due, markOverdue)
  },
}
