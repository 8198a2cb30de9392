import { businessDay } from '#domain/calendar.ts'
import { purgeSome, type SiteDays } from '#store/purge.ts'
import { readSite, siteIds } from '#store/sites.ts'
import type { Chore } from './chore.ts'

/** So many of each kind go at once: an embedded hall stands still meanwhile. */
const MOST = 500
/** How long what residents wrote to the supervisor is kept, ms: time to follow it up, a weekend between. */
const WORDS_KEPT = 7 * 86_400_000
/** How long a day's counts of numbers are kept, ms. */
const COUNTS_KEPT = 60 * 86_400_000

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
      sites.push({ siteId, today: day(at), written: day(at - WORDS_KEPT), counted: day(at - COUNTS_KEPT) })
    }
    for (;;) {
      const purged = await purgeSome(database, sites, at, MOST)
      if (Math.max(purged.visits, purged.keys, purged.sessions) < MOST) return
    }
  },
}
