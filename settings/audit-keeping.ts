import { dirname, join } from 'node:path'
import type { Environment } from './environment.ts'

/** How the audit is kept. */
export interface AuditKeeping {
  /** The file that the heads of each day are added to. */
  heads: string
  /** The file beside it with the ids of visits that were erased: a backup does not know of it. */
  erased: string
  /** How long rows are kept after their volume was closed, ms. */
  kept: number
}

/** Longer than any month, ms. */
const MONTH = 31 * 86_400_000

/** How the operator wants the audit kept. */
export function auditKeeping({
  DATA_DIR,
  AUDIT_HEADS = join(DATA_DIR, 'audit-heads.jsonl'),
  AUDIT_MONTHS,
}: Pick<Environment, 'DATA_DIR' | 'AUDIT_HEADS' | 'AUDIT_MONTHS'>): AuditKeeping {
  const erased = join(dirname(AUDIT_HEADS), 'erased-visits.jsonl')
  return { heads: AUDIT_HEADS, erased, kept: AUDIT_MONTHS * MONTH }
}
