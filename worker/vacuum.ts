import type { Chore } from './chore.ts'

/** Dead rows a table may have: these, and a fifth of its live ones. PostgreSQL's own measure, with more to begin with. */
const DEAD = 500

/**
 * Makes the room of dead rows usable again. A PostgreSQL server does so by itself; the embedded one has nobody but its own
 * process, and without this its files would only grow. [TRIM2]
 */
export const vacuum: Chore = {
  name: 'vacuum',
  every: 600_000,
  run: async ({ database }) => {
    if (database.mode === 'services') return
    const tables = await database.query<{ name: string }>(
      `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
        where schemaname in ('nuanhao', 'bullmq') and n_dead_tup > $1 + n_live_tup / 5`,
      [DEAD],
    )
    for (const { name } of tables) await database.query(`vacuum ${name}`)
  },
}
