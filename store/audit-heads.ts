import type { Fault } from './audit-chain.ts'
import type { Head } from './audit-verify.ts'
import type { Database } from './database.ts'

/** A head as it is written down: of which day, when, and what was wrong with the chain then. */
export interface WrittenHead extends Head {
  /** The day, `2026-03-09`. */
  name: string
  /** ms */
  at: number
  /** `FAULT ROW`; null: the chain held. */
  bad: `${Fault} ${number}` | null
}

const HEAD = `h.site_id as "siteId", h.name, h.n, encode(h.hash, 'hex') as hash, h.at, h.bad`

/** A head of a day, not of a volume. */
const OF_A_DAY = `h.name like '____-__-__'`

/** The latest head of a day, up to `day`, that was written down of a site's chain; null: none yet. */
export async function lastHead(
  { query }: Pick<Database, 'query'>,
  siteId: string,
  day: string,
): Promise<WrittenHead | null> {
  const [row] = await query<WrittenHead>(
    `select ${HEAD} from nuanhao.audit_head h where h.site_id = $1 and ${OF_A_DAY} and h.name <= $2 order by h.name desc limit 1`,
    [siteId, day],
  )
  return row ?? null
}

/** Of each chain the farthest head of a day that was written down before `until`, ms: here, and before that outside. */
export async function farthestHeads(
  { query }: Pick<Database, 'query'>,
  until: number,
): Promise<WrittenHead[]> {
  return query<WrittenHead & Record<string, unknown>>(
    `select distinct on (h.site_id) ${HEAD} from nuanhao.audit_head h where ${OF_A_DAY} and h.n > 0 and h.at < $1
      order by h.site_id, h.n desc, h.name`,
    [until],
  )
}

/** Writes a head down; once, whoever else does at the same moment. @returns whether it was this one */
export async function keepHead({ query }: Pick<Database, 'query'>, head: WrittenHead): Promise<boolean> {
  const rows = await query(
    `insert into nuanhao.audit_head (site_id, name, n, hash, at, bad) values ($1, $2, $3, decode($4, 'hex'), $5, $6)
     on conflict do nothing returning 1`,
    [head.siteId, head.name, head.n, head.hash, head.at, head.bad],
  )
  return rows.length > 0
}

/** Opens the next volume when its month has come. @returns the one that is open */
export async function turnVolume({ query }: Pick<Database, 'query'>, now: number): Promise<number> {
  const [row] = await query<{ volume: number }>('select nuanhao.turn_volume($1) as volume', [now])
  return row?.volume ?? 0
}

/** Removes volumes that were closed more than `kept` ms ago. @returns how many */
export async function pruneAudit(
  { query }: Pick<Database, 'query'>,
  now: number,
  kept: number,
): Promise<number> {
  const [row] = await query<{ gone: number }>('select nuanhao.prune_audit($1, $2) as gone', [now, kept])
  return row?.gone ?? 0
}
