import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Hall } from '#line/hall.ts'
import type { AuditRow, Bad } from '#store/audit-chain.ts'
import { keepHead } from '#store/audit-heads.ts'
import { auditOf, type Head, verifyAudit } from '#store/audit-verify.ts'
import type { Query } from '#store/database.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { aged, unguarded } from '#test/harness/unguarded.ts'

describe.each(MODES)('the audit, %s', (mode) => {
  let test: TestHall
  let hall: Hall
  let kiosk: Client & { token: string }
  let clerk: Client
  let supervisor: Client

  beforeAll(async () => {
    test = await startHall(mode)
    hall = test.running.parts.hall
    kiosk = await test.enrol('kiosk')
    clerk = await test.signIn('counter1')
    supervisor = await test.signIn('supervisor')
    await clerk.post('/counters/c1/open')
  })
  afterAll(() => test.stop())

  const rows = (after = 0): Promise<AuditRow[]> => auditOf(hall.database.query).rows(SITE, after, 10_000)
  const end = async () => (await rows()).at(-1)?.n ?? 0
  const verify = (exported: Head[] = []) => verifyAudit(auditOf(hall.database.query), hall.now(), exported)
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

  it('[AUDIT1] has sign-in, sign-out and the enrolment of a screen', async () => {
    const before = await end()
    const person = await test.signIn('counter2')
    const { accountId } = (await person.get('/session')).body
    const { body: device } = await supervisor.post('/devices', { kind: 'display' })
    await person.delete('/session')
    const actor = `staff:${accountId}`
    expect(await rows(before)).toMatchObject([
      { action: 'session:opened', actor, origin: '127.0.0.1', subject: accountId },
      { action: 'device:enrolled', actor: expect.stringMatching(/^staff:/), subject: device.id },
      { action: 'session:closed', actor, origin: '127.0.0.1', subject: accountId },
    ])
  })

  it('[AUDIT5] has a failed sign-in, of a known name at its site, and never the name that was typed', async () => {
    const before = await end()
    const none = (await auditOf(hall.database.query).rows('', 0, 10_000)).length
    const stranger = test.stranger()
    const typed = 'my-secret-typed-as-a-name'
    await stranger.post('/session', { username: 'counter3', password: 'wrong-one' })
    await stranger.post('/session', { username: typed, password: 'wrong-one' })
    expect(await rows(before)).toMatchObject([
      {
        action: 'session:opened',
        actor: 'stranger:stranger',
        origin: '127.0.0.1',
        result: 'wrong-credentials',
      },
    ])
    const nobodys = (await auditOf(hall.database.query).rows('', 0, 10_000)).slice(none)
    expect(nobodys).toMatchObject([{ action: 'session:opened', subject: null, result: 'wrong-credentials' }])
    expect(JSON.stringify([nobodys, await rows(before), test.log])).not.toContain(typed)
  })

  it('[AUDIT5] has what somebody may not do at all, and what was confided and not shown; repeated, how often', async () => {
    const { id } = await issue()
    const before = await end()
    for (let tries = 0; tries < 3; tries++) {
      expect((await kiosk.post('/counters/c1/call-next')).status).toBe(403)
      expect((await clerk.get(`/tickets/${id}/notes`)).body.code).toBe('not-at-counter')
    }
    expect(await rows(before)).toMatchObject(
      [
        {
          action: 'operate-counter',
          actor: /^device:/,
          origin: 'K1@127.0.0.1',
          result: 'forbidden',
          reason: null,
        },
        { action: 'note:read', actor: /^staff:/, subject: id, result: 'not-at-counter', reason: null },
      ].map((row) => ({ ...row, actor: expect.stringMatching(row.actor) })),
    )
    test.clock.ahead += 60_001
    await test.running.parts.refusals.sum()
    test.clock.ahead = 0
    expect((await rows(before)).slice(2)).toMatchObject([
      { action: 'operate-counter', subject: null, result: 'forbidden', reason: 'again:2' },
      { action: 'note:read', subject: null, result: 'not-at-counter', reason: 'again:2' },
    ])
    await clerk.get(`/tickets/${id}/notes`)
    expect((await rows(before)).slice(4)).toMatchObject([{ action: 'note:read', reason: null }])
  })

  it('[AUDIT5] has whom a socket did not show what they may not watch, and nobody unknown', async () => {
    const before = await end()
    const { token } = kiosk
    for (const [view, extra] of [
      ['staff', { extraHeaders: { cookie: clerk.cookie } }],
      ['public', { auth: { token } }],
      ['public', { auth: { token: 'nobody-has-this-token' } }],
    ] as const) {
      const { auth, ...options } = { auth: { token: '' }, ...extra }
      const socket = io(test.running.url, {
        ...{ transports: ['websocket'], forceNew: true, reconnection: false, ...options },
        auth: { view, siteId: 'elsewhere', after: null, ...auth },
      })
      expect(await new Promise((told) => socket.once('connect_error', ({ message }) => told(message)))).toBe(
        'unauthenticated',
      )
      socket.close()
    }
    const refused = { action: 'read-board', subject: null, result: 'forbidden', reason: null }
    expect(await rows(before)).toMatchObject([
      { ...refused, actor: expect.stringMatching(/^staff:/), origin: '127.0.0.1' },
      { ...refused, actor: expect.stringMatching(/^device:/), origin: 'K1@127.0.0.1' },
    ])
  })

  it('[AUDIT5] has no code of a ticket, and of a flood of different ones only how many there were', async () => {
    const before = await end()
    expect((await kiosk.get('/track/23456789ABCDEFGH')).status).toBe(403)
    expect((await rows(before)).at(-1)).toMatchObject({ action: 'track', subject: null, result: 'forbidden' })
    const { refusals } = test.running.parts
    const many = async () => {
      const [row] = await hall.database.query<{ many: number }>(`select count(*) as many from nuanhao.audit`)
      return row?.many ?? 0
    }
    await refusals.sum(true)
    const [written, nobodys] = [await many(), (await auditOf(hall.database.query).rows('', 0, 10_000)).length]
    for (let at = 0; at < 300; at++) {
      const by = { principal: 'stranger:stranger', origin: `2001:db8::${at}` }
      await refusals.note({ siteId: null, by, action: 'session:opened', key: 'wrong-credentials' })
    }
    await refusals.sum(true)
    expect(await many()).toBe(written + 101)
    const last = (await auditOf(hall.database.query).rows('', 0, 10_000)).slice(nobodys).at(-1)
    expect(last).toMatchObject({ actor: 'stranger:many', action: 'many', reason: 'again:200' })
  })

  it('[AUDIT6] [AUDIT7] the command line names what is wrong, and says where all is well', async () => {
    const { DATA_DIR, KEY_FILE, DATABASE_URL, REDIS_URL } = test.environment
    const env: NodeJS.ProcessEnv = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR,
      KEY_FILE,
      DATABASE_URL,
      REDIS_URL,
    }
    const run = (...args: string[]) =>
      new Promise<{ code: number; out: string; err: string }>((resolve) => {
        execFile(
          process.execPath,
          ['--import', 'tsx', 'scripts/audit.ts', ...args],
          { cwd: new URL('..', import.meta.url), env },
          (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
        )
      })
    const heads = await run('heads')
    const file = join(DATA_DIR, 'heads')
    await mkdir(DATA_DIR, { recursive: true })
    await writeFile(file, heads.out)
    expect(await run('verify', file)).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^the audit is as it was written: \d+ rows in 2 chains, compared with 2 heads/,
      ),
      err: '',
    })
    const more = { siteId: SITE, n: (await end()) + 2, hash: 'a'.repeat(64) }
    await writeFile(file, `${heads.out}${JSON.stringify(more)}\n`)
    const cut = `${SITE}: row ${more.n - 1} is gone, and all after it (cut-off)\n`
    expect(await run('verify', file)).toEqual({ code: 1, out: '', err: cut })
    await writeFile(file, 'nothing')
    expect(await run('verify', file)).toMatchObject({ code: 2, err: expect.stringContaining('heads:1:') })
    expect(await run('verfy')).toMatchObject({
      code: 2,
      err: expect.stringContaining('npm run audit -- verify'),
    })
    expect(await run('verify')).toMatchObject({ code: 0, err: '' })
    const [first] = await rows()
    const head = {
      siteId: SITE,
      name: '2020-01-01',
      n: first?.n ?? 0,
      hash: first?.hash ?? '',
      at: 0,
      bad: null,
    }
    await keepHead(hall.database, head)
    expect(await run('verify')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(
        `${SITE}: the head of 2020-01-01 was written down outside, of row 1, and none`,
      ),
    })
    await writeFile(file, heads.out)
    expect(await run('verify', file)).toMatchObject({ code: 0 })
    env.AUDIT_HEADS = join(DATA_DIR, 'not-there')
    expect(await run('verify')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not-there is not there'),
    })
    expect(await run('verify', file)).toMatchObject({ code: 0 })
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
      'update nuanhao.audit_chain set n = 0',
      'update nuanhao.audit_chain set n = n + 1',
      `insert into nuanhao.audit_chain values ('nowhere', 7, '\\x00', '\\x00')`,
      `delete from nuanhao.audit_chain where site_id = '${SITE}'`,
      'truncate nuanhao.audit_chain',
      'update nuanhao.audit_volume set opened_at = 0',
      'update nuanhao.audit_volume set pruned_at = 0',
      'insert into nuanhao.audit_volume values (99, 0)',
      'insert into nuanhao.audit_volume select max(volume) + 1, 0 from nuanhao.audit_volume',
      'delete from nuanhao.audit_volume',
      'truncate nuanhao.audit_volume',
    ]) {
      await expect(query(statement), statement).rejects.toThrow('nothing of the audit is changed or removed')
    }
    expect(await rows()).toEqual(before)
  })

  it('[AUDIT4] takes no head that is of no row, or that says of a volume what is not so', async () => {
    const { query } = hall.database
    const [first] = await rows()
    const head = (name: string, n?: number, hash?: string, bad: string | null = null) =>
      query(`insert into nuanhao.audit_head values ('${SITE}', $1, $2, decode($3, 'hex'), 0, $4)`, [
        ...[name, n, hash, bad],
      ])
    await expect(head('2020-01-01', first?.n, 'ab'.repeat(32))).rejects.toThrow('there is no such row')
    await expect(head('2020-01-01', (first?.n ?? 0) + 1, first?.hash)).rejects.toThrow('there is no such row')
    await expect(head('2020-01-01', 0, '00'.repeat(32))).rejects.toThrow('there is no such row')
    await expect(head('volume 1', first?.n, first?.hash)).rejects.toThrow('that volume does not end there')
    await head('2020-01-03', first?.n, first?.hash)
    await head('2020-01-02', 0, '00'.repeat(32), 'rewritten 0')
    expect((await verify()).bad).toBeNull()
  })

  it('[AUDIT4] [AUDIT8] loses nothing by its own functions, whatever they are told', async () => {
    const { query } = hall.database
    const before = await rows()
    const long = [hall.now() + 40 * 86_400_000, 0, hall.now() + 4_000 * 86_400_000, hall.now()]
    for (const now of long) {
      await query('select nuanhao.turn_volume($1)', [now])
      for (const at of long) await query('select nuanhao.prune_audit($1, $2)', [at, 0])
    }
    expect(await rows()).toEqual(before)
    await issue()
    expect((await verify()).bad).toBeNull()
  })

  it('[AUDIT2] takes no row into a volume that is closed', async () => {
    const { query } = hall.database
    await aged(hall.database, 40 * 86_400_000)
    const [{ volume } = { volume: 0 }] = await query<{ volume: number }>(
      'select nuanhao.turn_volume($1) as volume',
      [hall.now()],
    )
    const insert = (into: number) =>
      query(
        `insert into nuanhao.audit (volume, site_id, at, actor, action, prev, hash) values ($1, $2, $3, 'staff:x', 'y', '\\x00', '\\x00')`,
        [into, SITE, hall.now()],
      )
    await expect(insert(volume - 1)).rejects.toThrow(`volume ${volume - 1} of the audit is closed`)
    await insert(volume)
    expect((await verify()).bad).toBeNull()
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

    const tamper = (work: (query: Query) => Promise<unknown>) => unguarded(hall.database, work)

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
      [
        'took the end of the chain away',
        (query) => query(`delete from nuanhao.audit_chain where site_id = '${SITE}'`),
        { n: 1, fault: 'beyond-end' },
      ],
      [
        'set the end of the chain back',
        (query) => query(`update nuanhao.audit_chain set n = 0 where site_id = '${SITE}'`),
        { n: 1, fault: 'beyond-end' },
      ],
    ]
    it.each(cases)('[AUDIT6] it is found that they %s', async (_, work, bad) => {
      await tamper(work)
      expect((await verify()).bad).toEqual({ siteId: SITE, ...bad })
    })

    it('[AUDIT6] a chain is read that nothing but its rows tells of', async () => {
      await hall.database.query(
        `insert into nuanhao.audit (site_id, at, actor, action) values ('elsewhere', $1, 'staff:x', 'y')`,
        [hall.now()],
      )
      await tamper((query) => query(`delete from nuanhao.audit_chain where site_id = 'elsewhere'`))
      expect((await verify()).bad).toEqual({ siteId: 'elsewhere', n: 1, fault: 'beyond-end' })
    })

    it('[AUDIT6] heads that are kept outside show that the last rows are gone, or all made anew', async () => {
      await tamper((query) => remake(query, 5))
      // The same rows, made in the same way, are the same chain.
      expect((await verify(exported)).bad).toBeNull()
      await tamper(async (query) => {
        await query('delete from nuanhao.audit_head')
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
