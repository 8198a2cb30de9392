import { businessDay } from '#domain/calendar.ts'
import type { Site } from '#domain/site.ts'
import type { AccountSetting } from './accounts.ts'
import type { Database, Query } from './database.ts'

/** An account of a version; with id and hash while it may have to be made. */
export type VersionAccount = AccountSetting & { id?: string; passwordHash?: string; initial?: boolean }

/** Settings of a site that were in force, are, or will be. */
export interface Version {
  id: number
  siteId: string
  /** The site's revision while they were in force; null while they are planned or when they were withdrawn. */
  revision: number | null
  settings: Omit<Site, 'id' | 'revision'>
  accounts: VersionAccount[]
  /** When they are to take effect, and when they were applied, did take effect and were withdrawn, ms. */
  effectiveAt: number
  appliedAt: number
  inForceAt: number | null
  withdrawnAt: number | null
  appliedBy: string
  /** The revision whose settings these are again. */
  revertsTo: number | null
  /** Why they could not take effect yet. */
  heldUp: string | null
}

export type NewVersion = Pick<
  Version,
  'siteId' | 'settings' | 'accounts' | 'effectiveAt' | 'appliedAt' | 'appliedBy' | 'revertsTo'
>

/** Something that would go is still in use; the message names what, and the numbers. Nothing has changed. [HALL5] */
export class InUse extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('; '))
    this.name = 'InUse'
    this.problems = problems
  }
}

const VERSION = `v.id, v.site_id as "siteId", v.revision, v.settings, v.accounts, v.effective_at as "effectiveAt",
  v.applied_at as "appliedAt", v.in_force_at as "inForceAt", v.withdrawn_at as "withdrawnAt",
  v.applied_by as "appliedBy", v.reverts_to as "revertsTo", v.held_up as "heldUp"`

/** The versions of a site, oldest first. */
export function versionsOf(query: Query, siteId: string): Promise<Version[]> {
  return query<Version>(`select ${VERSION} from nuanhao.site_version v where v.site_id = $1 order by v.id`, [
    siteId,
  ])
}

/** Ids of the versions whose moment has come, earliest first. */
export async function dueVersions(database: Database, now: number): Promise<number[]> {
  const rows = await database.query<{ id: number }>(
    `select id from nuanhao.site_version
      where revision is null and withdrawn_at is null and effective_at <= $1 order by effective_at, id`,
    [now],
  )
  return rows.map(({ id }) => id)
}

/** A site without settings yet: its first version gives it some. Runs inside the caller's transaction. */
export async function beginSite(query: Query, siteId: string): Promise<void> {
  await query(`insert into nuanhao.site (id, settings, revision) values ($1, '{}', 0)`, [siteId])
}

/** Writes a version down. Runs inside the caller's transaction. */
export async function insertVersion(query: Query, version: NewVersion): Promise<number> {
  const { siteId, settings, accounts, effectiveAt, appliedAt, appliedBy, revertsTo } = version
  const [row] = await query<{ id: number }>(
    `insert into nuanhao.site_version (site_id, settings, accounts, effective_at, applied_at, applied_by, reverts_to)
     values ($1, $2::jsonb, $3::jsonb, $4, $5, $6, $7) returning id`,
    [
      siteId,
      JSON.stringify(settings),
      JSON.stringify(accounts),
      effectiveAt,
      appliedAt,
      appliedBy,
      revertsTo,
    ],
  )
  if (!row) throw new Error('a version was not written')
  return row.id
}

/** What the screens and sessions of a site must be told of a version that has taken effect. */
export interface TookEffect {
  siteId: string
  revision: number
  /** Hashes of the sessions that ended with it. */
  revoked: string[]
  /** Hashes of the sessions that go on with other rights. */
  changed: string[]
}

/**
 * Puts a version in force. Runs inside the caller's transaction; null when it is in force or withdrawn already.
 *
 * @param now ms
 * @throws InUse
 */
export async function takeEffect(
  query: Query,
  versionId: number,
  now: number,
  actor: string,
): Promise<TookEffect | null> {
  // The lock first: from here on nobody takes a number or sits down until this is done.
  const [version] = await query<Version>(
    `select ${VERSION} from nuanhao.site_version v join nuanhao.site s on s.id = v.site_id where v.id = $1 for update of s`,
    [versionId],
  )
  if (!version) return null
  const { siteId, settings } = version
  const problems = await inUse(query, siteId, settings)
  if (problems.length > 0) throw new InUse(problems)
  const [row] = await query<{ took: Omit<TookEffect, 'siteId'> | null }>(
    'select nuanhao.take_effect($1, $2, $3, $4) as took',
    [versionId, now, businessDay(now, settings.timeZone), actor],
  )
  return row?.took ? { siteId, ...row.took } : null
}

/** Notes why a due version cannot take effect. @returns whether that is news */
export async function holdUp(database: Database, versionId: number, why: string): Promise<boolean> {
  const rows = await database.query(
    `update nuanhao.site_version set held_up = $2
      where id = $1 and revision is null and held_up is distinct from $2 returning id`,
    [versionId, why],
  )
  return rows.length > 0
}

/** Takes a planned version back. @returns false when it is in force or withdrawn already */
export async function withdrawVersion(
  query: Query,
  siteId: string,
  versionId: number,
  now: number,
  actor: string,
): Promise<boolean> {
  const rows = await query(
    `update nuanhao.site_version set withdrawn_at = $3
      where id = $2 and site_id = $1 and revision is null and withdrawn_at is null returning id`,
    [siteId, versionId, now],
  )
  if (rows.length > 0) await noteVersion(query, siteId, 'settings:withdrawn', versionId, now, actor)
  return rows.length > 0
}

/** An audit row on a version that is not in force. */
export async function noteVersion(
  query: Query,
  siteId: string,
  action: 'settings:planned' | 'settings:withdrawn',
  versionId: number,
  now: number,
  actor: string,
): Promise<void> {
  await query('insert into nuanhao.audit (site_id, at, actor, action, subject) values ($1, $2, $3, $4, $5)', [
    siteId,
    now,
    actor,
    action,
    `version ${versionId}`,
  ])
}

/**
 * What these settings leave out although it is still in use: lanes, services and counters of open tickets, and counters
 * where somebody sits. In words; empty when nothing is.
 */
export async function inUse(
  query: Query,
  siteId: string,
  { lanes, services, counters }: Pick<Site, 'lanes' | 'services' | 'counters'>,
): Promise<string[]> {
  const ids = (list: { id: string }[]) => list.map(({ id }) => id)
  const rows = await query<{ what: string; id: string; numbers: string[] }>(
    `with used (what, id, number) as (
       select u.what, u.id, l.number from nuanhao.leg l
        cross join lateral (values ('lane', l.lane_id), ('service', l.service_id), ('counter', l.counter_id),
                                   ('counter', l.assigned_counter_id)) u (what, id)
        where l.site_id = $1 and l.state in ('waiting', 'called', 'serving', 'held', 'missed')
       union
       select 'service', s.id, l.number from nuanhao.leg l cross join lateral unnest(l.next) s (id)
        where l.site_id = $1 and l.state in ('waiting', 'called', 'serving', 'held', 'missed')
       union
       select 'counter', c.id, null from nuanhao.counter c where c.site_id = $1 and c.status <> 'closed' and not c.retired
     )
     select what, id, coalesce(array_agg(number order by number) filter (where number is not null), '{}') as numbers
       from used
      where id is not null
        and ((what = 'lane' and id <> all ($2)) or (what = 'service' and id <> all ($3)) or (what = 'counter' and id <> all ($4)))
      group by what, id order by what, id`,
    [siteId, ids(lanes), ids(services), ids(counters)],
  )
  return rows.map(({ what, id, numbers }) =>
    numbers.length > 0
      ? `${what} ${id} cannot go: ${few(numbers)} ${numbers.length === 1 ? 'is' : 'are'} still in it`
      : `${what} ${id} cannot go: somebody sits there`,
  )
}

/** The first numbers of a list, and how many more there are. */
function few(numbers: string[]): string {
  const shown = numbers.slice(0, 8).join(', ')
  return numbers.length > 8 ? `${shown} and ${numbers.length - 8} more` : shown
}
