import { businessDay, dayAfter, dayStart } from '#domain/calendar.ts'
import type { AuditKind, AuditResponse } from '#protocol/api.ts'
import { note } from '#store/audit.ts'
import { lastHead } from '#store/audit-heads.ts'
import { type AuditSearch, actorsOf, type FoundRow, searchAudit } from '#store/audit-search.ts'
import { auditCsv } from '../audit-csv.ts'
import type { Parts } from '../parts.ts'
import { may } from '../policy.ts'
import type { Principal } from '../principal.ts'
import type { Answer, Asked } from '../route.ts'
import { ownSite } from './sites.ts'

/** So many rows are shown at a time. */
const PAGE = 100
/** So many rows are read at a time for a sheet, and so many are on it at most. */
const STEP = 2_000
const MOST = 50_000

interface Question {
  from?: string
  to?: string
  who?: string
  what?: AuditKind
  number?: string
  before?: number
}

type OfAudit = Asked<{ site: string }, Question>

/** GET /sites/:site/audit: who did what, latest first. [AUDIT9] */
export async function getAudit(asked: OfAudit, parts: Parts): Promise<Answer> {
  const { database, now } = parts.hall
  const { siteId, search, timeZone } = await read(asked, parts)
  const [found, actors, head] = await Promise.all([
    searchAudit(database, siteId, search, PAGE + 1),
    actorsOf(database, siteId),
    lastHead(database, siteId, businessDay(now(), timeZone)),
  ])
  const items = found.slice(0, PAGE).map(({ siteId: _, prev: __, ...row }) => told(row, asked.principal))
  const body: AuditResponse = {
    ...{ items, more: found.length > PAGE, actors },
    head: head && { day: head.name, n: head.n, bad: head.bad },
  }
  return { status: 200, body }
}

/** GET /sites/:site/audit.csv: the same as a sheet; taking it away is written down. [AUDIT9] */
export async function getAuditCsv(asked: OfAudit, parts: Parts): Promise<Answer> {
  const { database, now } = parts.hall
  const { siteId, search, timeZone, name } = await read(asked, parts)
  const rows: FoundRow[] = []
  for (let more = true; more && rows.length < MOST; ) {
    const before = rows.at(-1)?.n
    const step = await searchAudit(database, siteId, { ...search, ...(before && { before }) }, STEP)
    rows.push(...step)
    more = step.length === STEP
  }
  const actors = await actorsOf(database, siteId)
  await note(database, { siteId, at: now(), by: asked.author, action: 'audit:exported' })
  const shown = rows.map((row) => told(row, asked.principal))
  return { status: 200, body: auditCsv(shown, actors, timeZone, rows.length >= MOST), file: `${name}.csv` }
}

/**
 * A row as whoever asks is told it: without class, of a ticket what was done and by whom, not why, nor what kind of thing somebody read
 * of it. And no hash, by which one could try what it was. [ROLE7]
 */
function told<R extends Omit<FoundRow, 'siteId' | 'prev'>>(
  row: R,
  principal: Principal,
): Omit<R, 'hash'> & { hash: string | null } {
  if (may(principal, 'read-class')) return row
  if (row.number === null) return { ...row, hash: null }
  const action = row.action.endsWith(':read') ? 'confided:read' : row.action
  return { ...row, action, reason: null, hash: null }
}

async function read({ params, query, principal }: OfAudit, parts: Parts) {
  const { id, timeZone } = await ownSite(principal, params.site, parts)
  const today = businessDay(parts.hall.now(), timeZone)
  const { from = query.to ?? today, to = query.from ?? today, number, ...rest } = query
  const search: AuditSearch = {
    ...rest,
    from: dayStart(from, timeZone),
    until: dayStart(dayAfter(to), timeZone),
    ...(number !== undefined && { number: number.toUpperCase() }),
  }
  return { siteId: id, timeZone, search, name: `nuanhao-audit-${from}${to === from ? '' : `-${to}`}` }
}
