import { businessDay, isDayOver } from '#domain/calendar.ts'
import { closeForgotten, endHelpWithDay, expireMissed } from '#domain/decide.ts'
import { readSite, siteIds } from '#store/sites.ts'
import type { Chore } from './chore.ts'
import { eachDue } from './each-due.ts'

/**
 * Closes the day of each hall: missed tickets that can no longer rejoin end, and counters that were forgotten open are
 * closed once nobody is inside; calls for help that were never ended end. Whoever is inside is a person's decision. [CLOSE3] [CLOSE4] [HELP6]
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
      const called = await hall.database.query<{ helpId: string; version: number; askedAt: number }>(
        `select id as "helpId", version, asked_at as "askedAt" from nuanhao.help_call
          where site_id = $1 and state in ('ringing', 'escalated', 'coming')`,
        [siteId],
      )
      const old = called.filter(({ askedAt }) => businessDay(askedAt, site.timeZone) < today)
      await eachDue(
        hall,
        'close-day',
        old.map(({ askedAt: _, ...call }) => call),
        endHelpWithDay,
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
