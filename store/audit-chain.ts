import { createHash } from 'node:crypto'

/** A row of the audit, as it is hashed, shown and exported. */
export interface AuditRow {
  /** '': what concerns no site. */
  siteId: string
  /** Its place in the chain of the site, from 1. */
  n: number
  /** ms */
  at: number
  actor: string
  origin: string
  action: string
  subject: string | null
  /** The event that came of it. */
  seq: number | null
  /** `done`, or the key it was refused with. */
  result: string
  reason: string | null
  /** SHA-256 of the row before it and of itself, hex. */
  prev: string
  hash: string
}

/** A row of a chain by its hash. */
export interface Link {
  n: number
  hash: string
}

/** Before the first row. */
export const START: Link = { n: 0, hash: '0'.repeat(64) }

/**
 * What the hash of a row must be: SHA-256 of the hash before it in hex, a line feed, and the row as JSON, as PostgreSQL
 * writes it. nuanhao.link_audit computes the same. [AUDIT2]
 */
export function hashOf(row: Omit<AuditRow, 'hash'>): string {
  const { siteId, n, at, actor, origin, action, subject, seq, result, reason } = row
  const said = [siteId, n, at, actor, origin, action, subject, seq, result, reason]
  const text = `${row.prev}\n[${said.map((one) => JSON.stringify(one)).join(', ')}]`
  return createHash('sha256').update(text).digest('hex')
}

/**
 * What is wrong with a row: `changed` its hash is not its own · `replaced` it has a hash of its own, and the next row knows
 * another · `missing` it is not there · `twice` there is another of its number · `rewritten` a head that was written down
 * knows another at its place, so that it or rows before it were made anew · `cut-off` the rows from here on are gone ·
 * `too-early` it went with a volume, and its time had not come · `beyond-end` it is there, and what the database keeps as the
 * end of the chain lies before it
 */
export type Fault =
  | 'changed'
  | 'replaced'
  | 'missing'
  | 'twice'
  | 'rewritten'
  | 'cut-off'
  | 'too-early'
  | 'beyond-end'

/** The first row that is not as it was written. */
export interface Bad {
  siteId: string
  n: number
  fault: Fault
}

/** Follows a chain row by row. [AUDIT6] */
export class ChainWalk {
  readonly #siteId: string
  readonly #heads: ReadonlyMap<number, readonly string[]>
  #last: Link

  /**
   * @param from the row before the first that is there
   * @param heads what was written down of this chain, wherever
   */
  constructor(siteId: string, from: Link, heads: Iterable<Link>) {
    this.#siteId = siteId
    this.#last = from
    const known = new Map<number, string[]>()
    for (const { n, hash } of heads) known.set(n, [...(known.get(n) ?? []), hash])
    this.#heads = known
  }

  /** The last row that was good. */
  get last(): Link {
    return this.#last
  }

  /** Goes on by these rows, in their order. @returns the first that is bad */
  follow(rows: readonly AuditRow[]): Bad | null {
    for (const row of rows) {
      const bad = this.#judge(row)
      if (bad) return { siteId: this.#siteId, ...bad }
      this.#last = row
    }
    return null
  }

  /** Whether there should be more. @returns the first row that is not there */
  end(): Bad | null {
    const { n } = this.#last
    const more = [...this.#heads.keys()].some((known) => known > n)
    return more ? { siteId: this.#siteId, n: n + 1, fault: 'cut-off' } : null
  }

  #judge(row: AuditRow): Omit<Bad, 'siteId'> | null {
    const { n, hash } = this.#last
    if (row.n > n + 1) return { n: n + 1, fault: 'missing' }
    if (row.n <= n) return { n: row.n, fault: 'twice' }
    if (hashOf(row) !== row.hash) return { n: row.n, fault: 'changed' }
    if (row.prev !== hash) return { n: Math.max(n, 1), fault: 'replaced' }
    const known = this.#heads.get(row.n) ?? []
    return known.every((head) => head === row.hash) ? null : { n: row.n, fault: 'rewritten' }
  }
}
