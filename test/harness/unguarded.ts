import type { Database, Query } from '#store/database.ts'

const GUARDED = ['audit', 'audit_chain', 'audit_head', 'audit_volume']

/** Does something to the audit as somebody who may do anything in the database, guards or not. */
export function unguarded(database: Database, work: (query: Query) => Promise<unknown>): Promise<void> {
  return database.transaction(async (query) => {
    for (const table of GUARDED) await query(`alter table nuanhao.${table} disable trigger user`)
    await work(query)
    for (const table of GUARDED) await query(`alter table nuanhao.${table} enable trigger user`)
  })
}

/**
 * Makes everything in the audit, and the day it began, older than it is: its clock is the database's, which tests do not move.
 *
 * @param by ms
 */
export function aged(database: Database, by: number): Promise<void> {
  return unguarded(database, async (query) => {
    await query('create table nuanhao.audit_rest as select * from nuanhao.audit')
    await query('delete from nuanhao.audit')
    // Of rows that are not so any more.
    await query('delete from nuanhao.audit_head')
    await query(`update nuanhao.audit_chain set n = 0, hash = decode(repeat('00', 32), 'hex')`)
    await query('update nuanhao.audit_volume set opened_at = opened_at - $1', [by])
    await query('alter table nuanhao.audit enable trigger user')
    await query(
      `insert into nuanhao.audit (site_id, at, actor, origin, action, subject, seq, result, reason)
       select site_id, at - $1, actor, origin, action, subject, seq, result, reason from nuanhao.audit_rest order by site_id, n`,
      [by],
    )
    await query('drop table nuanhao.audit_rest')
  })
}
