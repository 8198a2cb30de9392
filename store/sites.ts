import { SITE_DEFAULTS, type Site } from '#domain/site.ts'
import type { Database, Query } from './database.ts'

/** Settings by database and site, of the newest revision seen: read again only when the revision has grown. */
const cache = new WeakMap<Database, Map<string, Site>>()

/** The settings of a site at `revision` or newer. */
export async function siteOf(database: Database, siteId: string, revision: number): Promise<Site> {
  let sites = cache.get(database)
  if (!sites) {
    sites = new Map()
    cache.set(database, sites)
  }
  const known = sites.get(siteId)
  if (known && known.revision >= revision) return known
  const site = await readSite(database, siteId)
  if (!site) throw new Error(`site ${siteId} has gone`)
  sites.set(siteId, site)
  return site
}

/** The settings of a site as this process last saw them; null if it never did. */
export function knownSite(database: Database, siteId: string): Site | null {
  return cache.get(database)?.get(siteId) ?? null
}

/** The settings of a site as they stand; null if there is none of that id. */
export async function readSite({ query }: Pick<Database, 'query'>, siteId: string): Promise<Site | null> {
  const [row] = await query<{ settings: Omit<Site, 'id' | 'revision'>; revision: number }>(
    'select settings, revision from nuanhao.site where id = $1',
    [siteId],
  )
  return row ? { ...SITE_DEFAULTS, ...row.settings, id: siteId, revision: row.revision } : null
}

/** The business day of a site's last event; '' before the first. */
export async function dayOf(database: Database, siteId: string): Promise<string> {
  const [row] = await database.query<{ day: string }>('select day from nuanhao.site where id = $1', [siteId])
  return row?.day ?? ''
}

/** A service that has given out the numbers of the business day. */
export interface FullService {
  id: string
  quota: number
  /** More than the quota, where that was set after they came. */
  issued: number
}

/** Services of a site whose numbers of the business day are all given out. [QUOTA1] [QUOTA2] */
export async function fullServices(
  database: Pick<Database, 'query'>,
  { id, services }: Pick<Site, 'id' | 'services'>,
  day: string,
): Promise<FullService[]> {
  const limited = services.filter(({ quota }) => quota !== null)
  if (limited.length === 0) return []
  return database.query<FullService>(
    `select q.id, q.most as quota, g.issued
       from unnest($3::text[], $4::int[]) with ordinality q (id, most, place),
            lateral (select nuanhao.given_out($1, q.id, $2) as issued) g
      where g.issued >= q.most order by q.place`,
    [id, day, limited.map((service) => service.id), limited.map(({ quota }) => quota)],
  )
}

/** Kiosks that gave out numbers of their own series on the site's day, and the last of each. [OFFLINE3] [OFFLINE4] */
export function ownSeries(database: Database, siteId: string): Promise<{ kiosk: string; last: number }[]> {
  return database.query(
    `select split_part(t.number, '-', 1) as kiosk, max(split_part(t.number, '-', 2)::integer) as last
       from nuanhao.ticket t
       join nuanhao.site s on s.id = t.site_id and s.day = t.day
      where t.site_id = $1 and t.number like '%-%' group by 1 order by 1`,
    [siteId],
  )
}

/** The addresses of the services that read cards beside kiosks, of all sites. */
export async function readerServices(database: Pick<Database, 'query'>): Promise<string[]> {
  const rows = await database.query<{ url: string }>(
    `select settings #>> '{identity,service,url}' as url from nuanhao.site
      where settings #>> '{identity,service,url}' is not null order by id`,
  )
  return rows.map(({ url }) => url)
}

/** Ids of all sites. */
export async function siteIds(database: Pick<Database, 'query'>): Promise<string[]> {
  const rows = await database.query<{ id: string }>('select id from nuanhao.site order by id')
  return rows.map(({ id }) => id)
}

/** Writes a new site with its counters and lanes. Runs inside the caller's transaction. */
export async function insertSite(query: Query, site: Omit<Site, 'revision'>): Promise<void> {
  const { id, ...settings } = site
  await query('insert into nuanhao.site (id, settings) values ($1, $2::jsonb)', [
    id,
    JSON.stringify(settings),
  ])
  for (const { id: counterId, number, lanes } of site.counters) {
    await query('insert into nuanhao.counter (id, site_id, number) values ($1, $2, $3)', [
      counterId,
      id,
      number,
    ])
    for (const { laneId, rank, threshold } of lanes) {
      await query(
        'insert into nuanhao.counter_lane (counter_id, lane_id, rank, threshold) values ($1, $2, $3, $4)',
        [counterId, laneId, rank, threshold],
      )
    }
  }
}

/** Of these counters those that some site has or had, with that site. */
export async function counterOwners(query: Query, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; site: string }>(
    'select id, site_id as site from nuanhao.counter where id = any ($1)',
    [ids],
  )
  return new Map(rows.map(({ id, site }) => [id, site]))
}
