import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Hall } from '#line/hall.ts'
import type { AuditRow, Bad } from '#store/audit-chain.ts'
import { auditOf, type Head, verifyAudit } from '#store/audit-verify.ts'
import type { Query } from '#store/database.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'

describe.each(MODES)('the audit, %s', (mode) => {
  let test: TestHall
  let hall: Hall
  let kiosk: Client
  let clerk: Client
  let supervisor: Client

  beforeAll(async () => {
    test = await startHall(mode)
    hall = test.running.parts.hall
    kiosk = await test.enrol('kiosk')
    clerk = await test.signIn('counter1')
    supervisor = await test.signIn('supervisor')
    await clerk.post('/counters/c1/open')
  }, 60_000)
  afterAll(() => test.stop())

  const rows = (after = 0): Promise<AuditRow[]> => auditOf(hall.database.query).rows(SITE, after, 10_000)
  const end = async () => (await rows()).at(-1)?.n ?? 0
  const verify = (exported: Head[] = []) => verifyAudit(auditOf(hall.database.query), exported)
  const issue = async () =>
    (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })).body.ticket

  it('[AUDIT1] [AUDIT3] has a row for a command, with who, from where, what and on what, and none for its repetition', async () => {
    const before = await end()
    const key = randomUUID()
    const { body } = await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' }, { key })
    await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' }, { key })
    const [event] = await hall.database.query<{ seq: number; at: number }>(
      `select max(seq) as seq, max(at) as at from nuanhao.event where site_id = $1`,
      [SITE],
    )
    expect(await rows(before)).toMatchObject([
      {
        siteId: SITE,
        n: before + 1,
        ...event,
        actor: expect.stringMatching(/^device:/),
        origin: 'K1@127.0.0.1',
        action: 'ticket:issued',
        subject: body.ticket.id,
        result: 'done',
        reason: null,
      },
    ])
  })

  it('[AUDIT1] has one row for each verb, and none for what was refused for its state', async () => {
    const before = await end()
    const { id } = await issue()
    const refused = await clerk.post(`/tickets/${id}/start`)
    expect(refused.status).toBe(409)
    await supervisor.post(`/tickets/${id}/call`, { counterId: 'c1', reason: 'unwell' })
    for (const verb of ['recall', 'start', 'complete']) await clerk.post(`/tickets/${id}/${verb}`)
    const written = await rows(before)
    expect(written.map(({ action, reason }) => [action, reason])).toEqual([
      ['ticket:issued', null],
      ['ticket:called', 'unwell'],
      ['ticket:recalled', null],
      ['ticket:started', null],
      ['ticket:completed', null],
    ])
    expect(new Set(written.map(({ subject }) => subject))).toEqual(new Set([id]))
  })

  it('[AUDIT2] [AUDIT6] is a chain that holds, whoever writes at once', async () => {
    const before = await end()
    const notes = Array.from({ length: 32 }, (_, at) =>
      hall.database.query(
        `insert into nuanhao.audit (site_id, n, at, actor, action, prev, hash)
         values ($1, 1, $2, 'staff:x', 'written:directly', '\\x00', '\\x00')`,
        [at % 4 === 0 ? null : SITE, hall.now()],
      ),
    )
    await Promise.all([...notes, ...Array.from({ length: 32 }, issue)])
    const written = await rows(before)
    expect(written.map(({ n }) => n)).toEqual(Array.from({ length: 32 + 24 }, (_, at) => before + at + 1))
    expect((await verify()).bad).toBeNull()
  })

  it('[AUDIT4] refuses update, delete and truncate, whoever asks', async () => {
    const { query } = hall.database
    const before = await rows()
    await query(`insert into nuanhao.audit_head values ('${SITE}', 'here', $1, decode($2, 'hex'), 0, null)`, [
      before[0]?.n,
      before[0]?.hash,
    ])
    const [{ part } = { part: '' }] = await query<{ part: string }>(
      `select tableoid::regclass::text as part from nuanhao.audit limit 1`,
    )
    for (const statement of [
      `update nuanhao.audit set actor = 'nobody' where n = 1`,
      `update ${part} set reason = null`,
      'delete from nuanhao.audit where n = 1',
      `delete from ${part}`,
      'truncate nuanhao.audit',
      `truncate ${part}`,
      `update nuanhao.audit_head set n = 0`,
      'delete from nuanhao.audit_head',
      'truncate nuanhao.audit_head',
    ]) {
      await expect(query(statement), statement).rejects.toThrow('nothing of the audit is changed or removed')
    }
    expect(await rows()).toEqual(before)
  })

  describe('after somebody who may do anything in the database was at it', () => {
    let exported: Head[]
    /** What lies in the tables, so that each test finds them as they were. */
    let put: () => Promise<void>

    beforeEach(async () => {
      for (let tickets = 0; tickets < 6; tickets++) await issue()
      const { query } = hall.database
      exported = (await auditOf(query).state()).ends
      await query('create table nuanhao.audit_kept as select * from nuanhao.audit')
      await query('create table nuanhao.audit_chain_kept as select * from nuanhao.audit_chain')
      put = () =>
        tamper(async (within) => {
          await within('drop table if exists nuanhao.audit_0')
          await within('delete from nuanhao.audit')
          await within('insert into nuanhao.audit select * from nuanhao.audit_kept')
          await within('delete from nuanhao.audit_chain')
          await within('insert into nuanhao.audit_chain select * from nuanhao.audit_chain_kept')
          await within('drop table nuanhao.audit_kept, nuanhao.audit_chain_kept')
        })
    })
    afterEach(async () => {
      await put()
      expect((await verify()).bad).toBeNull()
    })

    const tamper = (work: (query: Query) => Promise<unknown>) =>
      hall.database.transaction(async (query) => {
        await query('alter table nuanhao.audit disable trigger user')
        await work(query)
        await query('alter table nuanhao.audit enable trigger user')
      })

    /** Makes the chain anew from row `n` on, as whoever knows how it is made would. */
    const remake = async (query: Query, n: number) => {
      await query(
        `create table nuanhao.audit_rest as select * from nuanhao.audit where site_id = '${SITE}' and n >= ${n}`,
      )
      await query(`delete from nuanhao.audit where site_id = '${SITE}' and n >= ${n}`)
      await query(
        `update nuanhao.audit_chain set n = ${n} - 1, hash = (select hash from nuanhao.audit where site_id = '${SITE}' and n = ${n} - 1)
          where site_id = '${SITE}'`,
      )
      await query('alter table nuanhao.audit enable trigger user')
      await query(
        `insert into nuanhao.audit (site_id, at, actor, origin, action, subject, seq, result, reason)
         select site_id, at, actor, origin, action, subject, seq, result, reason from nuanhao.audit_rest order by n`,
      )
      await query('drop table nuanhao.audit_rest')
    }

    const cases: [string, (query: Query) => Promise<unknown>, Omit<Bad, 'siteId'>][] = [
      [
        'changed a row',
        (query) =>
          query(`update nuanhao.audit set actor = 'staff:other' where site_id = '${SITE}' and n = 5`),
        { n: 5, fault: 'changed' },
      ],
      [
        'changed a row and gave it a hash that fits',
        (query) =>
          query(
            `update nuanhao.audit set reason = 'other', hash = sha256(convert_to(encode(prev, 'hex') || E'\\n' ||
               json_build_array(site_id, n, at, actor, origin, action, subject, seq, result, 'other')::text, 'UTF8'))
              where site_id = '${SITE}' and n = 5`,
          ),
        { n: 5, fault: 'replaced' },
      ],
      [
        'removed a row in the middle',
        (query) => query(`delete from nuanhao.audit where site_id = '${SITE}' and n = 6`),
        { n: 6, fault: 'missing' },
      ],
      [
        'swapped two rows',
        async (query) => {
          for (const [from, to] of [
            [6, -6],
            [7, 6],
            [-6, 7],
          ])
            await query(`update nuanhao.audit set n = ${to} where site_id = '${SITE}' and n = ${from}`)
        },
        { n: 6, fault: 'changed' },
      ],
      [
        'wrote a row twice',
        async (query) => {
          await query('create table nuanhao.audit_0 partition of nuanhao.audit for values from (0) to (1)')
          await query('alter table nuanhao.audit_0 disable trigger user')
          await query(
            `insert into nuanhao.audit_0 select 0, site_id, n, at, actor, origin, action, subject, seq, result, reason, prev, hash
               from nuanhao.audit where site_id = '${SITE}' and n = 6`,
          )
        },
        { n: 6, fault: 'twice' },
      ],
      [
        'removed the last rows',
        (query) => query(`delete from nuanhao.audit where site_id = '${SITE}' and n > 7`),
        { n: 8, fault: 'cut-off' },
      ],
    ]
    it.each(cases)('[AUDIT6] it is found that they %s', async (_, work, bad) => {
      await tamper(work)
      expect((await verify()).bad).toEqual({ siteId: SITE, ...bad })
    })

    it('[AUDIT6] heads that are kept outside show that the last rows are gone, or all made anew', async () => {
      await tamper((query) => remake(query, 5))
      // The same rows, made in the same way, are the same chain.
      expect((await verify(exported)).bad).toBeNull()
      await tamper(async (query) => {
        await query(`update nuanhao.audit set actor = 'staff:other' where site_id = '${SITE}' and n = 5`)
        await remake(query, 5)
      })
      expect((await verify()).bad).toBeNull()
      const { n } = exported.find(({ siteId }) => siteId === SITE)!
      expect((await verify(exported)).bad).toEqual({ siteId: SITE, n, fault: 'rewritten' })
      await tamper(async (query) => {
        await query(`delete from nuanhao.audit where site_id = '${SITE}' and n > 7`)
        await query(
          `update nuanhao.audit_chain set n = 7, hash = (select hash from nuanhao.audit where site_id = '${SITE}' and n = 7)
            where site_id = '${SITE}'`,
        )
      })
      expect((await verify()).bad).toBeNull()
      expect((await verify(exported)).bad).toEqual({ siteId: SITE, n: 8, fault: 'cut-off' })
    })
  })
})
