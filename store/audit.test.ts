import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { createDatabase } from '#test/parts/postgres.ts'
import { auditOf, verifyAudit } from './audit-verify.ts'
import type { Database } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'

const migrations = new URL('./migrations/', import.meta.url)

/** A database as it was before there was a chain. */
async function before(database: Database): Promise<void> {
  await database.script(
    'create schema nuanhao; create table nuanhao.migration (name text primary key, digest text not null)',
  )
  for (const name of readdirSync(migrations).sort()) {
    if (name >= '0018') return
    const text = readFileSync(new URL(name, migrations), 'utf8')
    await database.script(`do $migration$ begin execute $sql$ ${text} $sql$; end $migration$`)
    const digest = createHash('sha256').update(text).digest('hex')
    await database.query('insert into nuanhao.migration values ($1, $2)', [name, digest])
  }
}

const OPEN = {
  embedded: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nuanhao-audit-'))
    return { database: await openEmbedded(folder), drop: () => rm(folder, { recursive: true, force: true }) }
  },
  services: async () => {
    const { url, drop } = await createDatabase(inject('postgresUrl'))
    return { database: await openPostgres(url, () => undefined), drop }
  },
}

describe.each(['embedded', 'services'] as const)('the audit of an earlier hall, %s', (mode) => {
  it('[AUDIT10] comes first in the chain, in its order, and nothing of it is lost', {
    timeout: 60_000,
  }, async () => {
    const { database, drop } = await OPEN[mode]()
    try {
      await before(database)
      const { query } = database
      await query(
        `insert into nuanhao.site (id, settings) values ('east', '{"services": []}'), ('west', '{"services": []}')`,
      )
      await query(
        `insert into nuanhao.audit (site_id, at, actor, action, subject, seq, reason) values
           (null, 10, 'setup-code', 'setup:administrator', 'a1', null, null),
           ('east', 30, 'operator:root', 'site:changed', 'revision 1', 1, null),
           ('east', 20, 'staff:a1', 'ticket:called', 't "1" \\ 号', 2, 'unwell'),
           ('west', 40, 'device:k1', 'ticket:issued', 't2', 1, null),
           (null, 50, 'chore:purge', 'purged', null, null, '{"keys": 3}')`,
      )
      await migrate(database)
      const audit = auditOf(query)
      const rows = await Promise.all(['', 'east', 'west'].map((id) => audit.rows(id, 0, 10)))
      expect(rows.flat().map(({ prev: _, hash: __, ...row }) => row)).toEqual(
        [
          ['', 1, 10, 'setup-code', 'unknown', 'setup:administrator', 'a1', null, null],
          ['', 2, 50, 'chore:purge', 'program', 'purged', null, null, '{"keys": 3}'],
          ['east', 1, 30, 'operator:root', 'command-line', 'site:changed', 'revision 1', 1, null],
          ['east', 2, 20, 'staff:a1', 'unknown', 'ticket:called', 't "1" \\ 号', 2, 'unwell'],
          ['west', 1, 40, 'device:k1', 'unknown', 'ticket:issued', 't2', 1, null],
        ].map(([siteId, n, at, actor, origin, action, subject, seq, reason]) => ({
          ...{ siteId, n, at, actor, origin, action, subject, seq, result: 'done', reason },
        })),
      )
      expect(await verifyAudit(audit, 100)).toMatchObject({ bad: null, rows: 5 })
    } finally {
      await database.close()
      await drop()
    }
  })
})
