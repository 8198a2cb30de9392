import { businessDay, type Calendar, dayBefore, dayClose } from '#domain/calendar.ts'
import { KEPT_FOR } from '#store/data-dictionary.ts'
import { purgeSome, type SiteDays } from '#store/purge.ts'
import { readSite, siteIds } from '#store/sites.ts'
import type { Chore } from './chore.ts'

/** So many of each kind go at once: an embedded hall stands still meanwhile. */
const MOST = 500

/** How long after its last opening a day's confidences are kept for visits that nobody has ended, ms: over an evening, and not until the next morning. */
export const FORGOTTEN_AFTER = 12 * 3_600_000

/** The day before which nothing that was confided is kept, whatever became of the visit: yesterday's stays over its night. [PURGE5] */
function forgottenBefore(calendar: Calendar, at: number): string {
  const today = businessDay(at, calendar.timeZone)
  const yesterday = dayBefore(today)
  return dayClose(calendar, yesterday) + FORGOTTEN_AFTER <= at ? today : yesterday
}

/** What residents confided goes when their day is over and their visit is; so does what only served to carry on. [PURGE1] */
export const purge: Chore = {
  name: 'purge',
  every: 600_000,
  run: async ({ database, now }) => {
    const at = now()
    const sites: SiteDays[] = []
    for (const siteId of await siteIds(database)) {
      const site = await readSite(database, siteId)
      if (!site) continue
      const day = (moment: number) => businessDay(moment, site.timeZone)
      sites.push({
        ...{ siteId, today: day(at), forgotten: forgottenBefore(site, at) },
        ...{ written: day(at - KEPT_FOR.week), counted: day(at - KEPT_FOR['two-months']) },
      })
    }
    for (;;) {
      const purged = await purgeSome(database, sites, at, MOST)
      if (Math.max(purged.visits, purged.keys, purged.sessions) < MOST) return
    }
  },
}
