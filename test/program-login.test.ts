import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { runHallCommand } from '#setup/commands.ts'
import { auditOf, KEPT_AT_LEAST } from '#store/audit-verify.ts'
import { restoreBackup } from '#store/backup/restore.ts'
import { takeBackup } from '#store/backup/take.ts'
import type { Database } from '#store/database.ts'
import { migrate } from '#store/migrate.ts'
import { openPostgres } from '#store/postgres.ts'
import { admitProgram } from '#store/program-role.ts'
import { PASSWORD, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { aged } from '#test/harness/unguarded.ts'
import { createDatabase } from '#test/parts/postgres.ts'
import { CHORES } from '#worker/registry.ts'

const DAY = 86_400_000
const cluster = () => inject('postgresUrl')

// A whole day, by every route, every command and both processes, is lived as the same login in test/leak-day.test.ts.
describe('the program as a login of its own, services', () => {
  let test: TestHall
  let owner: Database
  let ownerUrl: string
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-login-'))
    test = await startHall('services', {
      variables: { DEMO_PASSWORD: PASSWORD },
      before: async (environment) => {
        ownerUrl = environment.DATABASE_URL ?? ''
        environment.DATABASE_URL = otherLogin(ownerUrl)
        const { DATABASE_URL, REDIS_URL = '' } = environment
        expect(await run({ DATABASE_URL: ownerUrl, PROGRAM_DATABASE_URL: DATABASE_URL, REDIS_URL })).toEqual({
          code: 0,
          said: expect.stringContaining('The database is up to date, and program_'),
        })
      },
    })
    owner = await openPostgres(ownerUrl, () => undefined)
  })
  afterAll(async () => {
    await owner.close()
    await test.stop()
    await rm(folder, { recursive: true })
  })

  const query = (text: string) => test.running.parts.hall.database.query(text)
  const chores = async () => {
    const { hall, keys } = test.running.parts
    const failed: unknown[] = []
    const logger = pino({ level: 'error' }, { write: (line) => void failed.push(JSON.parse(line)) })
    const parts = { ...hall, keys, allowed: [], audit: auditKeeping(test.environment) }
    for (const chore of CHORES) await chore.run(parts, logger)
    expect(failed).toEqual([])
  }

  it('[AUDIT11] does all that a visit, the chores, the command line and a backup need', async () => {
    const { hall } = test.running.parts
    const kiosk = await test.enrol('kiosk')
    const clerk = await test.signIn('counter1')
    await clerk.post('/counters/c1/open')
    const { ticket } = (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })).body
    expect((await clerk.post('/counters/c1/call-next')).body.ticket).toMatchObject({ ticketId: ticket.id })
    for (const verb of ['recall', 'start', 'complete'])
      expect((await clerk.post(`/tickets/${ticket.id}/${verb}`)).status, verb).toBe(200)
    // A month that is over, and a volume of the audit that has had its time.
    await aged(owner, KEPT_AT_LEAST + 40 * DAY)
    test.clock.ahead = -KEPT_AT_LEAST - 5 * DAY
    await chores()
    test.clock.ahead = 0
    await chores()
    test.clock.ahead = DAY
    await chores()
    test.clock.ahead = 0
    expect(await query('select volume from nuanhao.audit_volume where pruned_at is not null')).toEqual([
      { volume: 1 },
    ])
    const says = (command: 'audit-verify' | 'audit-heads') =>
      runHallCommand(hall.database, { command, heads: [] }, Date.now(), 'operator:test')
    expect(await says('audit-heads')).toMatchObject({ code: 0 })
    const password = await runHallCommand(
      hall.database,
      { command: 'password', username: 'counter2' },
      Date.now(),
      'operator:test',
    )
    expect(password).toMatchObject({ code: 0 })
    const { environment } = test
    const key = { kind: 'passphrase', passphrase: 'a passphrase for tests' } as const
    const backup = { to: join(folder, 'hall.age'), key, keep: null, program: 'test', now: Date.now() }
    const { header } = await takeBackup({ environment, ...backup })
    const [sequences] = await owner.query<{ given: number }>(
      `select count(*) as given from pg_sequences where schemaname = 'nuanhao' and last_value is not null`,
    )
    expect(Object.keys(header.sequences)).toHaveLength(sequences?.given ?? 0)
    const how = { key, keys: null, skip: 0, erased: null, now: Date.now(), actor: 'x' }
    const restored = { environment, file: backup.to, ...how }
    await expect(restoreBackup(restored)).rejects.toThrow('holds a hall')
    await test.restart()
  })

  it('[AUDIT11] neither changes tables nor switches off what guards the audit', async () => {
    const before = await auditOf(owner.query).rows(SITE, 0, 10_000)
    const [{ part } = { part: '' }] = await owner.query<{ part: string }>(
      'select tableoid::regclass::text as part from nuanhao.audit limit 1',
    )
    for (const statement of [
      'alter table nuanhao.audit disable trigger user',
      'alter table nuanhao.audit disable trigger all',
      'alter table nuanhao.audit_chain disable trigger kept',
      'drop trigger kept on nuanhao.audit_head',
      'set session_replication_role = replica',
      'alter table nuanhao.audit add column x text',
      'truncate nuanhao.audit',
      `truncate ${part}`,
      `drop table ${part}`,
      `alter table nuanhao.audit detach partition ${part}`,
      'delete from nuanhao.audit',
      `delete from ${part}`,
      `update nuanhao.audit set actor = 'nobody'`,
      'delete from nuanhao.audit_chain',
      'update nuanhao.audit_chain set n = n + 1',
      'update nuanhao.audit_volume set opened_at = 0',
      'delete from nuanhao.audit_head',
      `update nuanhao.migration set digest = 'x'`,
      'create or replace function nuanhao.refuse_change() returns trigger language plpgsql as $$ begin return null; end $$',
      'alter function nuanhao.link_audit() owner to current_user',
      'create table nuanhao.mine ()',
      'create trigger mine before insert on nuanhao.ticket for each row execute function nuanhao.refuse_change()',
      'truncate nuanhao.ticket',
      'drop schema nuanhao cascade',
      'create role another superuser',
      `set role ${new URL(ownerUrl).username}`,
    ]) {
      await expect(query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
    expect(await auditOf(owner.query).rows(SITE, 0, 10_000)).toEqual(before)
  })

  it('[AUDIT11] is no login that could do more', async () => {
    const { url, drop } = await createDatabase(cluster(), inject('databases').empty)
    const fresh = await openPostgres(url, () => undefined)
    const admit = (role: string) =>
      fresh.transaction((within) => admitProgram(within, { role, password: '' }))
    const names = ['super', 'maker', 'member'].map((kind) => new URL(otherLogin(url)).username + kind)
    try {
      const [all, maker, member] = names
      await fresh.query(`create role ${all} login superuser`)
      await fresh.query(`create role ${maker} login createrole`)
      await fresh.query(`create role ${member} login in role ${new URL(url).username}`)
      for (const role of [...names, new URL(url).username]) {
        await expect(admit(role), role).rejects.toThrow('name another login in PROGRAM_DATABASE_URL')
      }
    } finally {
      await fresh.close()
      await drop()
      for (const name of names) await owner.query(`drop role if exists ${name}`)
    }
  })

  it('[MIGRATE3] that may not change the schema says what to do where it is not up to date', async () => {
    const { url, drop } = await createDatabase(cluster())
    const program = otherLogin(url)
    const first = await openPostgres(url, () => undefined)
    try {
      await first.query(`create role ${new URL(program).username} login`)
      const later = await openPostgres(program, () => undefined)
      try {
        await expect(migrate(later)).rejects.toThrow('run "npm run migrate" with the owner’s first')
        await migrate(first)
        await expect(migrate(later)).rejects.toThrow('run "npm run migrate" with the owner’s first')
        const role = new URL(program).username
        await first.transaction((within) => admitProgram(within, { role, password: '' }))
        await migrate(later)
        await first.query(`update nuanhao.migration set digest = 'older' where name = 'functions'`)
        await expect(migrate(later)).rejects.toThrow('run "npm run migrate" with the owner’s first')
      } finally {
        await later.close()
      }
    } finally {
      await first.close()
      await drop()
    }
  })

  it('[AUDIT11] npm run migrate says what it needs', async () => {
    expect(await run({ DATABASE_URL: ownerUrl, REDIS_URL: 'redis://x' })).toMatchObject({
      code: 1,
      said: expect.stringContaining('npm run migrate'),
    })
    const same = { DATABASE_URL: ownerUrl, PROGRAM_DATABASE_URL: ownerUrl, REDIS_URL: 'redis://x' }
    expect(await run(same)).toMatchObject({
      code: 1,
      said: expect.stringContaining('name another login'),
    })
  })
})

/** Logins are the whole server's, and test files share it. */
function otherLogin(of: string): string {
  const url = new URL(of)
  url.username = `program_${url.pathname.slice(1)}`
  return url.href
}

function run(variables: Record<string, string>): Promise<{ code: number; said: string }> {
  const { PATH, HOME } = process.env
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/migrate.ts'],
      { cwd: new URL('..', import.meta.url), env: { PATH, HOME, ...variables } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), said: out || err }),
    )
  })
}
