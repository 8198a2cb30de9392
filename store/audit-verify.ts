import { type AuditRow, type Bad, ChainWalk, type Link, START } from './audit-chain.ts'
import type { Query } from './database.ts'

/** A row of a site's chain that was written down: at the end of a day, of a volume, or where somebody asked for it. */
export interface Head extends Link {
  siteId: string
  /** When it was written down, ms. */
  at?: number
}

/** No row goes before it is this old, ms: half a year, as the law has it. The database holds to it by itself. */
export const KEPT_AT_LEAST = 184 * 86_400_000

/** What there is to know of all chains before their rows are read. */
export interface AuditState {
  /** Whose rows there are, whatever else is known of them. */
  sites: string[]
  /** The last row of each chain. */
  ends: Head[]
  /** Of chains whose first rows have gone, the last that has. */
  pruned: Head[]
  /** Heads that were written down in the database. */
  heads: Head[]
}

/** Where an audit is read from: a database, a running server, a file. */
export interface AuditSource {
  state(): Promise<AuditState>
  /** The first rows of a chain after row `after`, in order. */
  rows(siteId: string, after: number, limit: number): Promise<AuditRow[]>
}

/** What a verification found. */
export interface Verified {
  /** The first row that is not as it was written; null: all are. */
  bad: Bad | null
  /** How many rows were read. */
  rows: number
  /** Of each chain the last row that was good. */
  ends: Head[]
}

/** So many rows are read at a time: an embedded hall stands still meanwhile. */
const PAGE = 2_000

/** The audit of a database. */
export function auditOf(query: Query): AuditSource {
  return {
    state: async () => {
      const [row] = await query<{ state: AuditState }>(STATE)
      if (!row) throw new Error('the audit said nothing')
      return row.state
    },
    rows: (siteId, after, limit) =>
      query(
        `select ${ROW} from nuanhao.audit a where a.site_id = $1 and a.n > $2 order by a.n, a.volume limit $3`,
        [siteId, after, limit],
      ),
  }
}

/** A row as AuditRow has it; of `nuanhao.audit a`. */
export const ROW = `a.site_id as "siteId", a.n, a.at, a.actor, a.origin, a.action, a.subject, a.seq, a.result, a.reason,
  encode(a.prev, 'hex') as prev, encode(a.hash, 'hex') as hash`

// Each site by one look into an index: all rows would take long.
const STATE = `
  with recursive found (site_id) as (
    select min(a.site_id) from nuanhao.audit a
    union all
    select (select min(a.site_id) from nuanhao.audit a where a.site_id > f.site_id) from found f where f.site_id is not null)
  select jsonb_build_object(
    'sites', (select coalesce(jsonb_agg(f.site_id), '[]') from found f where f.site_id is not null),
    'ends', (select coalesce(jsonb_agg(jsonb_build_object('siteId', c.site_id, 'n', c.n, 'hash', encode(c.hash, 'hex'))
                     order by c.site_id), '[]') from nuanhao.audit_chain c),
    'heads', (select coalesce(jsonb_agg(jsonb_build_object('siteId', h.site_id, 'n', h.n, 'hash', encode(h.hash, 'hex'),
                'at', h.at)), '[]')
                from nuanhao.audit_head h),
    'pruned', (select coalesce(jsonb_agg(jsonb_build_object('siteId', h.site_id, 'n', h.n, 'hash', encode(h.hash, 'hex'))), '[]')
                 from nuanhao.audit_head h
                where h.name = (select 'volume ' || max(v.volume) from nuanhao.audit_volume v where v.pruned_at is not null))) as state`

/**
 * Reads every chain from its first row to its last, and compares it with itself and with heads that were written down.
 *
 * @param exported heads that are kept outside: without them nobody can see that the last rows are gone, or all made anew
 * @param now ms
 * @param only the chain of this site alone
 */
export async function verifyAudit(
  source: AuditSource,
  now: number,
  exported: readonly Head[] = [],
  only?: string,
): Promise<Verified> {
  const state = await source.state()
  const found = await verifyState(source, state, now, exported, only)
  if (!found.bad) return found
  // Old rows may have gone meanwhile, as they should.
  const anew = await source.state()
  if (JSON.stringify(anew.pruned) === JSON.stringify(state.pruned)) return found
  return verifyState(source, anew, now, exported, only)
}

async function verifyState(
  source: AuditSource,
  { sites: written, ends, pruned, heads }: AuditState,
  now: number,
  exported: readonly Head[],
  only: string | undefined,
): Promise<Verified> {
  const known = [...heads, ...ends, ...exported]
  const sites = [...new Set([...written, ...known.map(({ siteId }) => siteId)])].filter(
    (id) => only === undefined || id === only,
  )
  const good: Head[] = []
  let rows = 0
  for (const siteId of sites.sort()) {
    const of = (list: readonly Head[]) => list.filter((head) => head.siteId === siteId)
    const from = of(pruned)[0] ?? START
    // What was not written yet when this head was, and is gone, was not half a year old.
    const early = of(known).find(({ n, at = 0 }) => n > 0 && n < from.n && now - at < KEPT_AT_LEAST)
    if (early) return { bad: { siteId, n: early.n + 1, fault: 'too-early' }, rows, ends: good }
    const other = of(known).some(({ n, hash }) => n > 0 && n === from.n && hash !== from.hash)
    if (other) return { bad: { siteId, n: from.n, fault: 'rewritten' }, rows, ends: good }
    const walk = new ChainWalk(
      siteId,
      from,
      of(known).filter(({ n }) => n > from.n),
    )
    for (;;) {
      const page = await source.rows(siteId, walk.last.n, PAGE)
      rows += page.length
      const bad = walk.follow(page) ?? (page.length < PAGE ? walk.end() : null)
      if (bad) return { bad, rows, ends: [...good, { siteId, n: walk.last.n, hash: walk.last.hash }] }
      if (page.length < PAGE) break
    }
    const { n, hash } = walk.last
    good.push({ siteId, n, hash })
    if (n > endOf(ends, siteId)) {
      // What came while it was read moved the end with it.
      const end = endOf((await source.state()).ends, siteId)
      const beyond = Math.min(Math.max(end, from.n) + 1, n)
      if (n > end) return { bad: { siteId, n: beyond, fault: 'beyond-end' }, rows, ends: good }
    }
  }
  return { bad: null, rows, ends: good }
}

function endOf(ends: readonly Head[], siteId: string): number {
  return ends.find((end) => end.siteId === siteId)?.n ?? 0
}
