import type { Chore } from './chore.ts'

/** What a start after a crash has to read at most, about, bytes: a second or two. */
const LOG = 32 * 1024 * 1024

/**
 * Has the data files take over what the log of changes holds, so that the log can begin anew. A PostgreSQL server does so by
 * itself; in the embedded one nobody would before it is closed, and in the meantime the log would fill the disk. [TRIM3]
 */
export const checkpoint: Chore = {
  name: 'checkpoint',
  every: 60_000,
  run: async ({ database }) => {
    if (database.mode === 'services') return
    const [log] = await database.query<{ long: boolean }>(
      `select pg_current_wal_lsn() - redo_lsn > ${LOG} as long from pg_control_checkpoint()`,
    )
    if (log?.long) await database.query('checkpoint')
  },
}
