import type { Bad, Fault } from '#store/audit-chain.ts'
import { farthestHeads } from '#store/audit-heads.ts'
import { auditOf, type Head, verifyAudit } from '#store/audit-verify.ts'
import type { Database } from '#store/database.ts'

/** What a command line is told; `code` 1: a row is not as it was written, 2: that cannot be seen without more heads. */
type Said = { code: 0 | 1 | 2; output: string }

/** A head this young may have been written down since the file was read, ms. */
const JUST_NOW = 600_000

const FAULTS: Record<Fault, string> = {
  changed: 'was changed: its hash is not its own',
  replaced: 'was replaced: the row after it knows another',
  missing: 'is missing',
  twice: 'is there twice, or not in its place',
  rewritten: 'was made anew, or one before it: a head that was written down knows another',
  'cut-off': 'is gone, and all after it',
  'too-early': 'is gone with its volume, and its time had not come',
  'beyond-end': 'lies beyond what the database keeps as the end of its chain',
}

/** Reads every chain, and says which row is the first that is not as it was written. [AUDIT6] @param heads kept outside */
export async function verifyRows(
  database: Pick<Database, 'query'>,
  heads: readonly Head[],
  now: number,
): Promise<Said> {
  const { bad, rows, ends } = await verifyAudit(auditOf(database.query), now, heads)
  if (bad) return { code: 1, output: writeBad(bad) }
  const short = await tooShort(database, heads, now)
  if (short.length > 0) return { code: 2, output: [...short, TOO_SHORT].join('\n') }
  const lines = [
    `the audit is as it was written: ${rows} rows in ${ends.length} chains, compared with ${heads.length} heads kept outside`,
    ...ends.map(({ siteId, n, hash }) => `  ${nameOf(siteId)}: row ${n}, head ${hash}`),
  ]
  if (heads.length === 0) {
    lines.push(
      'without heads kept outside nobody can see whether the last rows were taken away, or all made anew',
    )
  }
  return { code: 0, output: lines.join('\n') }
}

/** The head of every chain as it stands, a line of JSON each, to be kept where nobody can change it. */
export async function writeHeads({ query }: Pick<Database, 'query'>, at: number): Promise<Said> {
  const { ends } = await auditOf(query).state()
  const lines = ends
    .filter(({ n }) => n > 0)
    .map(({ siteId, n, hash }) => JSON.stringify({ siteId, name: 'now', n, hash, at, bad: null }))
  return { code: 0, output: lines.join('\n') }
}

const TOO_SHORT = `No row is bad by itself, but whoever took the last ones away, or made all anew, would have taken those heads away too. Name every
file of heads, of all workers, or what the log has (auditHead). If they are lost, "heads" begins a file anew.`

/** Of which chains heads were written down outside that are not among these. [AUDIT7] */
async function tooShort(
  database: Pick<Database, 'query'>,
  heads: readonly Head[],
  now: number,
): Promise<string[]> {
  const far = (siteId: string) =>
    Math.max(0, ...heads.filter((head) => head.siteId === siteId).map(({ n }) => n))
  return (await farthestHeads(database, now - JUST_NOW))
    .filter(({ siteId, n }) => far(siteId) < n)
    .map(({ siteId, name, n }) => {
      const has = far(siteId) === 0 ? 'none of this chain is here' : `those here end at row ${far(siteId)}`
      return `${nameOf(siteId)}: the head of ${name} was written down outside, of row ${n}, and ${has}`
    })
}

function writeBad({ siteId, n, fault }: Bad): string {
  return `${nameOf(siteId)}: row ${n} ${FAULTS[fault]} (${fault})`
}

function nameOf(siteId: string): string {
  return siteId === '' ? 'the chain of no site' : siteId
}
