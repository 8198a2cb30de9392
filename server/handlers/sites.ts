import { businessDay, isOpen } from '#domain/calendar.ts'
import type { Site } from '#domain/site.ts'
import type { SiteView } from '#protocol/api.ts'
import { toOverviewBoard } from '#protocol/overview.ts'
import { staffOfSite } from '#store/accounts.ts'
import { readBoards } from '#store/boards.ts'
import { confirmClock as confirm, isClockHeld } from '#store/clock.ts'
import { lastSeq, readEvents } from '#store/events.ts'
import { readPicture } from '#store/pictures.ts'
import { fullServices, ownSeries, readSite } from '#store/sites.ts'
import type { Parts } from '../parts.ts'
import { may } from '../policy.ts'
import type { Principal } from '../principal.ts'
import { Fault } from '../problem.ts'
import type { Answer, Asked } from '../route.ts'

type OfSite = Asked<{ site: string }>

/** GET /sites: the sites this principal belongs to. */
export async function listSites({ principal }: Asked, parts: Parts): Promise<Answer> {
  const site = await ownSite(principal, principal.siteId ?? '', parts)
  return { status: 200, body: { items: [await view(site, principal, parts)] } }
}

/** GET /sites/:site */
export async function getSite({ params, principal }: OfSite, parts: Parts): Promise<Answer> {
  return { status: 200, body: await view(await ownSite(principal, params.site, parts), principal, parts) }
}

/** GET /sites/:site/board: staff get every open leg, who looks at the hall an overview, its screens what the hall may know. [ROLE7] */
export async function getBoard({ params, principal }: OfSite, parts: Parts): Promise<Answer> {
  const { id } = await ownSite(principal, params.site, parts)
  const boards = await readBoards(parts.hall.database, id)
  if (!boards) throw new Fault('unknown-site')
  if (principal.kind !== 'staff') return { status: 200, body: boards.public }
  return { status: 200, body: may(principal, 'read-class') ? boards.staff : toOverviewBoard(boards.staff) }
}

/** GET /sites/:site/pictures/:picture: of the site's own notices only. [PICTURE2] */
export async function getPicture(
  { params, principal }: Asked<{ site: string; picture: string }>,
  parts: Parts,
): Promise<Answer> {
  const { notices } = await ownSite(principal, params.site, parts)
  const shown = notices.some(({ picture }) => picture === params.picture)
  const body = shown ? await readPicture(parts.hall.database.query, params.picture) : null
  if (!body) throw new Fault('not-found')
  return { status: 200, body }
}

/** GET /sites/:site/events?after=seq */
export async function getEvents(
  { params, query, principal }: Asked<{ site: string }, { after: number }>,
  parts: Parts,
): Promise<Answer> {
  const { id } = await ownSite(principal, params.site, parts)
  return { status: 200, body: { items: await readEvents(parts.hall.database, id, query.after) } }
}

/** POST /sites/:site/confirm-clock: the machine's time is right although the log is ahead of it. */
export async function confirmClock({ params, principal, author }: OfSite, parts: Parts): Promise<Answer> {
  const { hall } = parts
  const { id, timeZone } = await ownSite(principal, params.site, parts)
  const now = hall.now()
  await confirm(hall.database, id, now, businessDay(now, timeZone), author)
  hall.hints.say({ siteId: id, event: null })
  return { status: 200, body: { seq: await lastSeq(hall.database, id) } }
}

/** The site, if the principal belongs to it. Another's site is as unknown as one that does not exist. */
export async function ownSite(principal: Principal, siteId: string, { hall }: Parts): Promise<Site> {
  const site = principal.siteId === siteId ? await readSite(hall.database, siteId) : null
  if (!site) throw new Fault('unknown-site')
  return site
}

async function view(site: Site, principal: Principal, { publicUrl, demo, hall }: Parts): Promise<SiteView> {
  const { id, revision, practice, name, timeZone, hours, days, services, lanes, counters } = site
  const { rejoinWithin, careBy, identity, skills, notices, display } = site
  const { careCredit, hardCap, maxCalls, holdWithin, offerFor } = site
  const now = hall.now()
  return {
    ...{ id, revision, practice, name, timeZone, hours, days, services, lanes, counters },
    ...{ rejoinWithin, careBy, skills, notices, display, publicUrl, demo },
    ...(identity && { identity: principal.kind === 'kiosk' ? identity : { ...identity, service: null } }),
    open: isOpen(site, now),
    full: (await fullServices(hall.database, site, businessDay(now, timeZone))).map((service) => service.id),
    ownSeries: await ownSeries(hall.database, id),
    clockHeld: await isClockHeld(hall.database, id),
    ...(may(principal, 'read-rules') && {
      rules: { careCredit, hardCap, maxCalls, holdWithin, offerFor },
      staff: await staffOfSite(hall.database, id),
    }),
  }
}
