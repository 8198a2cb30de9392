import { businessDay, isDayOver } from '#domain/calendar.ts'
import { closeForgotten, expireMissed } from '#domain/decide.ts'
import { readSite, siteIds } from '#store/sites.ts'
import type { Chore } from './chore.ts'
import { eachDue } from './each-due.ts'

/**
 * Closes the day of each hall: missed tickets that can no longer rejoin end, and counters that were forgotten open are
 * closed once nobody is inside. Whoever is inside is a person's decision. [CLOSE3] [CLOSE4]
 */
export const closeDay: Chore = {
  name: 'close-day',
  every: 30_000,
  run: async (hall) => {
    for (const siteId of await siteIds(hall.database)) {
      const site = await readSite(hall.database, siteId)
      if (!site) continue
      const now = hall.now()
      const over = isDayOver(site, now)
      const missed = await hall.database.query<{
        ticketId: string
        legId: string
        version: number
        arrivedAt: number
      }>(
        `select ticket_id as "ticketId", id as "legId", version, arrived_at as "arrivedAt" from nuanhao.leg
          where site_id = $1 and state = 'missed' and ended_at < $2::bigint`,
        [siteId, now - site.rejoinWithin],
      )
      const today = businessDay(now, site.timeZone)
      const ended = missed.filter((leg) => over || businessDay(leg.arrivedAt, site.timeZone) < today)
      await eachDue(
        hall,
        'close-day',
        ended.map(({ arrivedAt: _, ...leg }) => leg),
        expireMissed,
      )
      if (!over) continue
      const forgotten = await hall.database.query<{ counterId: string; version: number }>(
        `select id as "counterId", version from nuanhao.counter c
          where site_id = $1 and status <> 'closed'
            and not exists (select 1 from nuanhao.leg l
                             where l.site_id = $1 and l.state in ('waiting', 'called', 'serving', 'held'))`,
        [siteId],
      )
      await eachDue(hall, 'close-day', forgotten, closeForgotten)
    }
  },
}
