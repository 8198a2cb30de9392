import { execFile } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OverviewBoard, PublicBoard, StaffBoard } from '#protocol/board.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { newKeyFile } from '#settings/key-file.ts'
import { type HallAnswer, type HallRequest, runHallCommand } from '#setup/commands.ts'
import { askServer } from '#setup/control.ts'
import { checkHall } from '#setup/hall-check.ts'
import { exportHall } from '#setup/hall-export.ts'
import { writeMoment } from '#setup/moment.ts'
import { openPostgres } from '#store/postgres.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, PASSWORD, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { Screen } from '#test/harness/screen.ts'
import { applySettings } from '#worker/apply-settings.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const demo = readFileSync(join(root, 'demo', 'hall.yaml'), 'utf8')
const example = readFileSync(join(root, 'examples', 'hall.yaml'), 'utf8')
const quiet = pino({ level: 'silent' })

/** The demo's file with some of its text replaced. */
function demoWith(...replaced: [string, string][]): string {
  return replaced.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the demo has no ${from}`)
    return text.replace(from, to)
  }, demo)
}

const CLERK2 =
  '  - { username: counter2, name: { zh-CN: 2 号窗口工作人员, en: Clerk of counter 2 }, role: staff, counter: c2 }\n'
const COUNTER6 = '  - { id: c6, number: 6, primary: [housing-law], secondary: { household: 15 min } }\n'
/** Nobody can be at counter 6 any more, and counter 5 takes its line over. */
const WITHOUT_6: [string, string][] = [
  [COUNTER6, ''],
  ['role: staff, counter: c6', 'role: staff'],
  ['primary: [welfare], secondary: { housing-law: 15 min }', 'primary: [welfare, housing-law]'],
]

/** As the command line does: through the server that holds the folder, or beside it on the same PostgreSQL. */
async function operate({ environment, running }: TestHall, request: HallRequest): Promise<HallAnswer> {
  const actor = 'operator:test'
  if (environment.DATABASE_URL === undefined) {
    const answer = await askServer(environment.DATA_DIR, { request, actor })
    if (!answer) throw new Error('no server listens')
    return answer
  }
  const database = await openPostgres(environment.DATABASE_URL, () => undefined)
  try {
    return await runHallCommand(database, request, running.parts.hall.now(), actor)
  } finally {
    await database.close()
  }
}

describe.each(MODES)('a hall of one’s own, %s', (mode) => {
  let hall: TestHall
  const apply = (text: string, rest: { at?: string; another?: boolean } = {}) =>
    operate(hall, { command: 'apply', file: 'hall.yaml', text, ...rest })
  const ask = (command: 'export' | 'history' | 'revert') => operate(hall, { command, site: SITE })
  const query = <R>(text: string, values: unknown[] = []) =>
    hall.running.parts.hall.database.query<R>(text, values)

  describe('begins with nobody', () => {
    let keys: string
    beforeEach(async () => {
      keys = await mkdtemp(join(tmpdir(), 'nuanhao-keys-'))
      // In services mode nobody makes it by the way.
      await writeFile(join(keys, 'key'), newKeyFile(), { mode: 0o600 })
      hall = await startHall(mode, { variables: { DEMO: '0', KEY_FILE: join(keys, 'key') } })
    })
    afterEach(async () => {
      await hall.stop()
      await rm(keys, { recursive: true, force: true })
    })

    const somebody = { username: 'wang', password: 'eight letters', name: '王' }

    it('[SETUP1] [SETUP2] a one-time code makes one administrator, and is kept only as a hash', async () => {
      const code = hall.running.setupCode ?? ''
      expect(code).toMatch(/^([2-9A-HJKMNP-Z]{5}-){3}[2-9A-HJKMNP-Z]{5}$/)
      expect(JSON.stringify(await query('select * from nuanhao.setup_code'))).not.toContain(code)
      const stranger = hall.stranger()
      const asked = { ...somebody, code }
      expect(await stranger.post('/setup', { ...asked, code: 'ABCDE-FGHJK-MNPQR-STUVW' })).toMatchObject({
        status: 403,
        body: { code: 'wrong-code' },
      })
      const [first, second] = await Promise.all([
        stranger.post('/setup', { ...asked, code: code.toLowerCase().replaceAll('-', ' ') }),
        hall.stranger().post('/setup', { ...asked, username: 'li' }),
      ])
      expect([first.status, second.status].sort()).toEqual([201, 409])
      expect((await stranger.post('/setup', asked)).body.code).toBe('already-set-up')
      expect(await query('select role, site_id as site from nuanhao.account')).toEqual([
        { role: 'administrator', site: null },
      ])
      expect(await query('select action, actor, result from nuanhao.audit order by n')).toEqual([
        { action: 'setup:administrator', actor: 'stranger:stranger', result: 'wrong-code' },
        { action: 'setup:administrator', actor: 'setup-code', result: 'done' },
      ])
      expect(hall.log.join()).not.toContain(code)
      await hall.restart()
      expect(hall.running.setupCode).toBeNull()
    })

    it('[SETUP1] another start makes another code', async () => {
      const { setupCode: code } = hall.running
      await hall.restart()
      expect(hall.running.setupCode).not.toBe(code)
      const { status } = await hall.stranger().post('/setup', { ...somebody, code })
      // Where several servers may start, each code is good for a day.
      expect(status).toBe(mode === 'embedded' ? 403 : 201)
    })

    it('[SETUP2] [SIGNIN10] with a password that others would guess nobody is made, and the code is good still', async () => {
      const asked = { ...somebody, code: hall.running.setupCode }
      const choose = async (password: string) =>
        (await hall.stranger().post('/setup', { ...asked, password })).body
      expect((await choose('12345678')).code).toBe('common-password')
      expect((await choose('nuanhao2026')).code).toBe('password-is-name')
      expect((await choose('Wang 2026!')).code).toBe('password-is-name')
      expect(await choose('7 signs')).toMatchObject({ code: 'malformed', facts: { at: 'password' } })
      expect(await query('select 1 from nuanhao.account')).toEqual([])
      expect(await choose(somebody.password)).toEqual({ username: 'wang' })
    })

    it('[SETUP2] ten tries a minute are enough', async () => {
      const asked = { ...somebody, code: 'ABCDE-FGHJK-MNPQR-STUVW' }
      for (let i = 0; i < 10; i++) expect((await hall.stranger().post('/setup', asked)).status).toBe(403)
      const right = { ...asked, code: hall.running.setupCode }
      expect((await hall.stranger().post('/setup', right)).status).toBe(429)
      hall.clock.ahead += 61_000
      expect((await hall.stranger().post('/setup', right)).status).toBe(201)
    })

    it('[SETUP3] that administrator signs in before there is a hall, and belongs to the first', async () => {
      await hall.stranger().post('/setup', { ...somebody, code: hall.running.setupCode })
      const admin = hall.stranger()
      await admin.signIn('wang', somebody.password)
      expect((await admin.get('/session')).body).toMatchObject({ username: 'wang', siteId: null })
      for (const path of ['/sites', '/sites/lake-street', '/sites/lake-street/board']) {
        expect(await admin.get(path)).toMatchObject({ status: 404, body: { code: 'unknown-site' } })
      }
      expect(await apply(example)).toMatchObject({ code: 0 })
      hall.clock.ahead += 3_000
      expect((await admin.get('/session')).body).toMatchObject({ siteId: 'lake-street' })
      expect((await admin.get('/sites/lake-street')).body).toMatchObject({ revision: 1, demo: false })
      // Of nobody's file: another file does not end it.
      expect(await apply(example.replace('quota: 60', 'quota: 50'))).toMatchObject({ code: 0 })
      expect((await admin.get('/session')).status).toBe(200)
    })

    it('[HALL4] [SIGNIN4] a file makes a hall that works, and new accounts get passwords that are shown once', async () => {
      const text = example
        .replace(/hours:\n.*\n.*\n/, 'hours: { Mon-Sun: 00:00-24:00 }\n')
        .replace(/days:\n(?: .*\n)*/, '')
      const { code, output } = await apply(text)
      expect(code).toBe(0)
      const passwordOf = (name: string) => new RegExp(`^  ${name}  (\\w{12})$`, 'm').exec(output)?.[1] ?? ''
      const clerk = hall.stranger()
      await clerk.signIn('clerk1', passwordOf('clerk1'))
      expect((await clerk.post('/counters/c1/open')).body.code).toBe('password-change-first')
      const chosen = { current: passwordOf('clerk1'), password: 'one of my own' }
      expect((await clerk.post('/session/password', chosen)).status).toBe(204)
      await clerk.post('/counters/c1/open')
      const issued = await clerk.post('/sites/lake-street/tickets', { serviceId: 'residence-proof' })
      expect(issued.body.ticket.number).toBe('A001')
      expect((await clerk.post('/counters/c1/call-next')).body.ticket.number).toBe('A001')
      expect((await apply(text)).output).toBe('lake-street is so already: nothing was changed')
      const stored = JSON.stringify(await query('select * from nuanhao.site_version'))
      for (const secret of [passwordOf('clerk1'), 'scrypt', 'initial']) expect(stored).not.toContain(secret)
      expect(hall.log.join()).not.toContain(passwordOf('clerk1'))
    })

    it('[HALL4] an account can be given another password, which ends its sessions', async () => {
      const { output } = await apply(example)
      const manager = hall.stranger()
      await manager.signIn('manager', /manager {2}(\w+)/.exec(output)?.[1] ?? '')
      const { output: told } = await operate(hall, { command: 'password', username: 'manager' })
      hall.clock.ahead += 3_000
      expect((await manager.get('/session')).status).toBe(401)
      await manager.signIn('manager', told.split('\n')[1]?.trim() ?? '')
      expect(await operate(hall, { command: 'password', username: 'nobody' })).toMatchObject({ code: 1 })
    })
  })

  describe('changes while people wait', () => {
    let clerk: Client
    let kiosk: Client & { token: string }

    beforeEach(async () => {
      hall = await startHall(mode)
      clerk = await hall.signIn('counter2')
      kiosk = await hall.enrol('kiosk')
    })
    afterEach(() => hall.stop())

    const issue = async (serviceId: string, rest: object = {}) =>
      (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId, ...rest })).body.ticket
    const legs = async () =>
      Object.values(((await clerk.get(`/sites/${SITE}/board`)).body as StaffBoard).legs).sort(
        (a, b) => a.n - b.n,
      )
    const revision = async () => (await clerk.get(`/sites/${SITE}`)).body.revision

    it('[HALL8] the demo hall is a file like any other: applied again it changes nothing', async () => {
      expect(checkHall(demo).hall?.site).toEqual(DEMO_SITE)
      expect(await apply(demo)).toMatchObject({
        code: 0,
        output: `${SITE} is so already: nothing was changed`,
      })
      expect(await revision()).toBe(1)
    })

    it('[HALL5] who waits keeps number, place and head start; who comes later gets the new settings', async () => {
      await issue('residence-permit')
      await issue('residence-permit', { care: {} })
      const before = await legs()
      expect(before.map(({ credit }) => credit)).toEqual([0, 1_800_000])
      const answer = await apply(demoWith(['care: 30 min', 'care: 10 min'], ['letter: A', 'letter: K']))
      expect(answer).toMatchObject({ code: 0, told: { siteId: SITE } })
      expect(answer.output).toContain('credits care 30 min → 10 min')
      expect(await revision()).toBe(2)
      await issue('residence-permit', { care: {} })
      const after = await legs()
      expect(after.slice(0, 2)).toEqual(before)
      expect(after[2]).toMatchObject({ credit: 600_000, number: 'K003' })
      await clerk.post('/counters/c2/open')
      expect((await clerk.post('/counters/c2/call-next')).body.ticket.number).toBe('A002')
    })

    it('[QUOTA2] a quota at or below what was given out is said when it is applied, and one above it is not', async () => {
      await issue('housing')
      await issue('housing')
      const quota = (most: number) => demoWith(['- id: housing\n', `- id: housing\n    quota: ${most}\n`])
      const line = (most: number) =>
        `service housing: 2 numbers are out today, its quota is ${most}: there is none left until tomorrow`
      for (const most of [1, 2]) {
        const { code, output } = await apply(quota(most))
        expect([code, output.split('\n')]).toEqual([0, expect.arrayContaining([line(most)])])
      }
      expect((await apply(quota(3))).output).not.toContain('numbers are out')
      expect((await issue('housing')).number).toBe('D003')
    })

    it('[HALL5] a letter that changes lanes within a day gives no number twice', async () => {
      for (let i = 0; i < 2; i++) await issue('residence-permit')
      await issue('social-insurance')
      await apply(
        demoWith(['letter: A', 'letter: X'], ['letter: B', 'letter: A'], ['letter: X', 'letter: B']),
      )
      expect((await issue('social-insurance')).number).toBe('A003')
      expect((await issue('residence-permit')).number).toBe('B003')
      await apply(demo)
      expect((await issue('residence-permit')).number).toBe('A004')
      expect((await issue('social-insurance')).number).toBe('B004')
    })

    it('[HALL5] screens hear of the revision in their order, and of every counter there now is', async () => {
      const display = await hall.enrol('display')
      const wall = new Screen<PublicBoard>(hall.running.url, 'public', SITE, { token: display.token })
      const desk = new Screen<StaffBoard>(hall.running.url, 'staff', SITE, { cookie: clerk.cookie })
      try {
        await issue('residence-permit')
        await Promise.all([wall.reached(1), desk.reached(1)])
        const text = demoWith(...WITHOUT_6, [
          'primary: [household] }\n',
          'primary: [household] }\n  - { id: c7, number: 7, primary: [welfare] }\n',
        ])
        expect(await apply(text)).toMatchObject({ code: 0 })
        await Promise.all([wall.reached(2), desk.reached(2)])
        expect(Object.keys(wall.board?.counters ?? {}).sort()).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c7'])
        expect(wall.board).toMatchObject({ revision: 2, waiting: { household: 1 } })
        expect(desk.board).toEqual((await clerk.get(`/sites/${SITE}/board`)).body)
        expect(wall.board).toEqual((await display.get(`/sites/${SITE}/board`)).body)
        expect([wall.snapshots, desk.snapshots]).toEqual([1, 1])
        const supervisor = await hall.signIn('supervisor')
        expect((await supervisor.post('/counters/c6/open')).body.code).toBe('unknown-counter')
        expect(await apply(demo)).toMatchObject({ code: 0 })
        expect((await supervisor.post('/counters/c6/open')).status).toBe(200)
      } finally {
        wall.close()
        desk.close()
      }
    })

    it('[HALL5] what is still in use does not go: the numbers are named and nothing changes', async () => {
      await issue('legal-advice')
      const withoutLaw = demoWith(
        [
          '  - { id: housing-law, letter: D, name: { zh-CN: 住房与法律, en: Housing and legal advice } }\n',
          '',
        ],
        [', secondary: { housing-law: 15 min }', ''],
        ['primary: [housing-law], secondary: { household: 15 min }', 'primary: [household]'],
        ['lane: housing-law', 'lane: welfare'],
        ['lane: housing-law', 'lane: welfare'],
      )
      const refused = await apply(withoutLaw)
      expect(refused.code).toBe(1)
      expect(refused.output).toContain('lane housing-law cannot go: D001 is still in it')
      expect(
        (await operate(hall, { command: 'diff', file: 'hall.yaml', text: withoutLaw })).output,
      ).toContain('not now: lane housing-law cannot go')
      const supervisor = await hall.signIn('supervisor')
      await supervisor.post('/counters/c6/open')
      const withoutCounter = await apply(demoWith(...WITHOUT_6))
      expect(withoutCounter.output).toContain('counter c6 cannot go: somebody sits there')
      expect(await revision()).toBe(1)
      expect(await query('select count(*)::int as versions from nuanhao.site_version')).toEqual([
        { versions: 1 },
      ])
      const called = (await supervisor.post('/counters/c6/call-next')).body.ticket
      await supervisor.post(`/tickets/${called.ticketId}/complete`)
      expect(await apply(withoutLaw)).toMatchObject({ code: 0 })
    })

    it('[HALL1] a bad file changes nothing and says which line', async () => {
      const bad = demoWith(['care: 30 min', 'care: 30'], ['lane: welfare', 'lane: wellfare'])
      const answer = await apply(bad)
      expect(answer.code).toBe(1)
      expect(answer.output).toMatch(/^hall\.yaml:12:9 credits\.care: must be a duration such as 30 min/)
      expect(answer.output).toContain('there is no lane wellfare; did you mean welfare?')
      expect(await revision()).toBe(1)
      expect(await query('select count(*)::int as versions from nuanhao.site_version')).toEqual([
        { versions: 1 },
      ])
    })

    it('[HALL4] another hall is made only when that is said, and takes nobody else’s counters or names', async () => {
      expect((await apply(example)).output).toContain(`there is no hall lake-street here, but ${SITE}`)
      const { code, output } = await apply(example, { another: true })
      expect(code).toBe(1)
      expect(output).toContain(`counter c1 is one of the hall ${SITE}: choose another`)
      expect(output).toContain(`account admin is one of the hall ${SITE}: choose another`)
      const own = example
        .replaceAll('id: c1', 'id: lake-1')
        .replaceAll('id: c2', 'id: lake-2')
        .replaceAll('counter: c', 'counter: lake-')
        .replace('counters: [c1]', 'counters: [lake-1]')
        .replace('username: admin', 'username: lake-admin')
      expect(await apply(own, { another: true })).toMatchObject({ code: 0 })
      expect(await operate(hall, { command: 'history' })).toMatchObject({ code: 1 })
      expect((await ask('history')).output).toContain('revision 1: ')
    })

    it('[HALL4] takes effect at its moment, by the chore, once; and can be withdrawn before', async () => {
      const { now } = hall.running.parts.hall
      const at = writeMoment(now() + 7_200_000, 'Asia/Shanghai')
      const planned = await apply(demoWith(['max-calls: 3', 'max-calls: 5']), { at })
      expect(planned).toMatchObject({ code: 0, told: null })
      expect(planned.output).toMatch(/rules max-calls 3 → 5\nnuanan: planned for .* as version 2/)
      expect((await apply(demoWith(['max-calls: 3', 'max-calls: 9']), { at })).output).toContain(
        'version 2, planned for',
      )
      expect(await operate(hall, { command: 'withdraw', version: 3 })).toMatchObject({ code: 0 })
      expect(await operate(hall, { command: 'withdraw', version: 3 })).toMatchObject({ code: 1 })
      const run = () => applySettings.run(hall.running.parts.hall, quiet)
      await run()
      expect(await revision()).toBe(1)
      hall.clock.ahead += 7_200_000
      await Promise.all([run(), run()])
      await run()
      expect((await clerk.get(`/sites/${SITE}`)).body).toMatchObject({ revision: 2, rules: { maxCalls: 5 } })
      expect((await ask('history')).output.split('\n')).toEqual([
        expect.stringMatching(/^revision 1: since .*, by chore:demo$/),
        expect.stringMatching(/^revision 2: since .*, by operator:test, in force$/),
        expect.stringMatching(/^version 3: withdrawn/),
      ])
      for (const wrong of ['2020-01-01 08:00', 'tomorrow']) {
        expect(await apply(demo, { at: wrong })).toMatchObject({ code: 1 })
      }
    })

    it('[HALL4] [HALL5] what is in use at its moment holds a plan up until it is free', async () => {
      const at = writeMoment(hall.running.parts.hall.now() + 7_200_000, 'Asia/Shanghai')
      await apply(demoWith(...WITHOUT_6), { at })
      hall.clock.ahead += 7_200_000
      const supervisor = await hall.signIn('supervisor')
      await supervisor.post('/counters/c6/open')
      const run = () => applySettings.run(hall.running.parts.hall, quiet)
      await run()
      expect(await revision()).toBe(1)
      expect((await ask('history')).output).toContain('held up: counter c6 cannot go: somebody sits there')
      await supervisor.post('/counters/c6/close')
      await run()
      expect(await revision()).toBe(2)
    })

    it('[HALL4] an earlier revision comes into force again as a new one, and each is in the audit', async () => {
      await apply(demoWith(['max-calls: 3', 'max-calls: 5']))
      await apply(demoWith(['max-calls: 3', 'max-calls: 7'], [CLERK2, '']))
      const rules = async () =>
        (await (await hall.signIn('supervisor')).get(`/sites/${SITE}`)).body.rules.maxCalls
      expect(await rules()).toBe(7)
      expect((await operate(hall, { command: 'revert' })).output).toContain('rules max-calls 7 → 5')
      expect(await rules()).toBe(5)
      expect(await operate(hall, { command: 'revert', revision: 1 })).toMatchObject({ code: 0 })
      expect(await rules()).toBe(3)
      // Whoever is back keeps the password.
      await hall.signIn('counter2')
      expect(await operate(hall, { command: 'revert', revision: 9 })).toMatchObject({ code: 1 })
      expect((await apply(demo)).output).toContain('nothing was changed')
      expect(
        await query(
          `select action, actor, subject, reason from nuanhao.audit where action = 'site:changed' order by n`,
        ),
      ).toEqual([
        { action: 'site:changed', actor: 'chore:demo', subject: 'revision 1', reason: null },
        { action: 'site:changed', actor: 'operator:test', subject: 'revision 2', reason: null },
        { action: 'site:changed', actor: 'operator:test', subject: 'revision 3', reason: null },
        { action: 'site:changed', actor: 'operator:test', subject: 'revision 4', reason: 'reverts-to:2' },
        { action: 'site:changed', actor: 'operator:test', subject: 'revision 5', reason: 'reverts-to:1' },
      ])
    })

    it('[HALL7] whoever is not in the file any more is out at once, and nobody waits for them', async () => {
      await clerk.post('/counters/c2/open')
      const supervisor = await hall.signIn('supervisor')
      const { id } = await issue('residence-permit')
      const { accountId } = (await clerk.get('/session')).body
      expect((await supervisor.post(`/tickets/${id}/transfer`, { to: { staffId: accountId } })).status).toBe(
        200,
      )
      const desk = new Screen<StaffBoard>(hall.running.url, 'staff', SITE, { cookie: clerk.cookie })
      try {
        await desk.reached(3)
        const revoked = new Promise<void>((resolve) => desk.socket.once('revoked', resolve))
        const { output } = await apply(demoWith([CLERK2, '']))
        expect(output).toContain('account counter2: removed')
        expect(output).toContain('counter 2 is still open for counter2, who may not sign in any more')
        await revoked
        expect((await clerk.get('/session')).status).toBe(401)
        const again = await hall.stranger().post('/session', { username: 'counter2', password: PASSWORD })
        expect(again).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
        const board = (await supervisor.get(`/sites/${SITE}/board`)).body as StaffBoard
        expect(Object.values(board.legs)).toMatchObject([{ state: 'waiting', assignedStaffId: null }])
        await supervisor.post('/counters/c1/open')
        expect((await supervisor.post('/counters/c1/call-next')).body.ticket.number).toBe('A001')
      } finally {
        desk.close()
      }
    })

    it('[SIGNIN12] [ROLE7] whoever gets another role is cut on every server and comes back with what they may now', async () => {
      const supervisor = await hall.signIn('supervisor')
      const { cookie } = supervisor
      const urls = [hall.running.url, ...(mode === 'services' ? [(await hall.another()).url] : [])]
      const screens = urls.map((url) => new Screen<StaffBoard>(url, 'staff', SITE, { cookie }))
      const others = new Screen<StaffBoard>(hall.running.url, 'staff', SITE, { cookie: clerk.cookie })
      try {
        for (const screen of [...screens, others]) await screen.reached(0)
        const cut = screens.map(
          ({ socket }) => new Promise<string>((resolve) => socket.once('disconnect', resolve)),
        )
        // Whoever it was is remembered for a moment.
        expect((await supervisor.get(`/sites/${SITE}/events?after=0`)).status).toBe(200)
        const { told } = await apply(demoWith(['role: supervisor }', 'role: director }']))
        expect(told).toMatchObject({ revoked: [], changed: [expect.stringMatching(/^[0-9a-f]{64}$/)] })
        expect(await Promise.all(cut)).toEqual(screens.map(() => 'io server disconnect'))
        // They are still signed in, as somebody else.
        expect((await supervisor.get('/session')).body).toMatchObject({ role: 'director' })
        expect((await supervisor.get(`/sites/${SITE}/events?after=0`)).status).toBe(403)
        const overviews = urls.map((url) => new Screen<OverviewBoard>(url, 'overview', SITE, { cookie }))
        for (const overview of overviews) await overview.reached(others.board?.seq ?? 0)
        const refused = new Promise<string>((resolve) =>
          screens[0]?.socket.once('connect_error', ({ message }) => resolve(message)),
        )
        screens[0]?.socket.connect()
        expect(await refused).toBe('unauthenticated')
        const { id } = await issue('residence-permit', { care: {} })
        const { seq } = (await clerk.get(`/sites/${SITE}/board`)).body
        for (const overview of overviews) {
          await overview.reached(seq)
          expect(Object.values(overview.board?.legs ?? {})).toMatchObject([{ ticketId: id }])
          expect(overview.heard.join()).not.toContain('credit')
          overview.close()
        }
        for (const { heard } of screens) expect(heard.join()).not.toMatch(/revoked|ticket:issued/)
        // Whose rights are what they were notices nothing.
        await others.reached(seq)
        expect(others.snapshots).toBe(1)
      } finally {
        for (const screen of [...screens, others]) screen.close()
      }
    })

    it('[SIGNIN12] so is who has no screen open', async () => {
      const supervisor = await hall.signIn('supervisor')
      const events = async () => (await supervisor.get(`/sites/${SITE}/events?after=0`)).status
      expect(await events()).toBe(200)
      await apply(demoWith(['role: supervisor }', 'role: director }']))
      // Beside the server there is nobody who could say it: it remembers for two seconds who somebody was.
      if (mode === 'services') hall.clock.ahead += 2_001
      expect(await events()).toBe(403)
    })

    it('[SIGNIN12] so is who gets one at a moment that was planned, or by whom no server hears of', async () => {
      const watching = async (by: Client) => {
        const screen = new Screen<StaffBoard>(hall.running.url, 'staff', SITE, { cookie: by.cookie })
        await screen.reached(0)
        return { screen, cut: new Promise<string>((resolve) => screen.socket.once('disconnect', resolve)) }
      }
      const planned = await watching(await hall.signIn('supervisor'))
      const written = await watching(clerk)
      const said: string[] = []
      const stop = hall.running.parts.hall.hints.onRecheck((hash) => said.push(hash))
      try {
        const at = hall.running.parts.hall.now() + 3_600_000
        const zone = DEMO_SITE.timeZone
        await apply(demoWith(['role: supervisor }', 'role: auditor }']), { at: writeMoment(at, zone) })
        hall.clock.ahead += 3_660_000
        await applySettings.run(hall.running.parts.hall, quiet)
        expect(said).toHaveLength(1)
        expect(await planned.cut).toBe('io server disconnect')
        await query(`update nuanhao.account set role = 'administrator' where username = 'counter2'`)
        expect(await written.cut).toBe('io server disconnect')
      } finally {
        stop()
        for (const { screen } of [planned, written]) screen.close()
      }
    })

    it('[HALL7] a skill that is learnt counts at once at the counter where the person sits', async () => {
      await clerk.post('/counters/c2/open')
      await apply(demoWith([CLERK2, CLERK2.replace('counter: c2 }', 'counter: c2, skills: [signing] }')]))
      const board = (await clerk.get(`/sites/${SITE}/board`)).body as StaffBoard
      expect(board.counters.c2?.skills).toEqual(['signing'])
    })

    it('[HALL6] what is exported, checked and compared is the same', async () => {
      await apply(demoWith(['offer-for: off', 'offer-for: 20 s'], ['max-calls: 3', 'max-calls: 4']))
      const { output } = await ask('export')
      expect(checkHall(output)).toMatchObject({ errors: [], warnings: [] })
      expect(await operate(hall, { command: 'diff', file: 'e.yaml', text: output })).toMatchObject({
        code: 0,
        output: 'nothing would change',
      })
      const again = checkHall(output).hall
      expect(again && exportHall(again).trimEnd()).toBe(output)
    })

    it('[HALL11] a hall and its revisions from before there were printers and zones are as if they had said none', async () => {
      await apply(demoWith(['max-calls: 3', 'max-calls: 4']))
      for (const table of ['site', 'site_version']) {
        await query(`update nuanhao.${table} set settings = settings - 'printers' - 'display'`)
      }
      const { output } = await ask('export')
      expect(checkHall(output)).toMatchObject({ errors: [], warnings: [] })
      expect(await ask('revert')).toMatchObject({ code: 0 })
    })
  })
})

describe('the command line', () => {
  let hall: TestHall
  let folder: string

  beforeAll(async () => {
    // A path too long for a socket: it is reached all the same.
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-cli-'))
    hall = await startHall('embedded', { variables: { DATA_DIR: join(folder, 'd'.repeat(120)) } })
  })
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const { DATA_DIR, KEY_FILE } = hall.environment
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR, KEY_FILE }
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--import', 'tsx', 'scripts/hall.ts', ...args],
        { cwd: root, env },
        (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
      )
    })
  }

  it('[HALL9] speaks with the server that runs, and without one with the database itself', async () => {
    const socket = join(hall.environment.DATA_DIR, 'control.sock')
    expect(statSync(socket).mode & 0o777).toBe(0o600)
    const file = join(folder, 'hall.yaml')
    await writeFile(file, demoWith(['max-calls: 3', 'max-calls: 4']))
    expect(await run('check', file)).toEqual({ code: 0, out: `${file} is right\n`, err: '' })
    expect((await run('diff', file)).out).toBe('rules max-calls 3 → 4\n')
    expect((await run('apply', file)).out).toContain(`${SITE}: revision 2 is in force`)
    const clerk = await hall.signIn('counter1')
    expect((await clerk.get(`/sites/${SITE}`)).body).toMatchObject({ revision: 2, rules: { maxCalls: 4 } })
    const [row] = await hall.running.parts.hall.database.query<{ by: string }>(
      'select applied_by as by from nuanhao.site_version where revision = 2',
    )
    expect(row?.by).toMatch(/^operator:\w+$/)

    await hall.stop()
    expect(existsSync(socket)).toBe(false)
    const exported = join(folder, 'exported.yaml')
    expect(await run('export', exported)).toMatchObject({ code: 0 })
    expect((await run('diff', exported)).out).toBe('nothing would change\n')
    expect(await run('export', exported)).toMatchObject({ code: 2 })
    expect((await run('revert')).out).toContain('rules max-calls 4 → 3')
  })

  it('[HALL9] ends with 1 when the file is bad and with 2 when it is not understood', async () => {
    const file = join(folder, 'bad.yaml')
    await writeFile(file, demoWith(['care: 30 min', 'care: 30']))
    const bad = await run('check', file)
    expect(bad).toMatchObject({ code: 1, out: '' })
    expect(bad.err).toContain(`${file}:12:9 credits.care: must be a duration`)
    for (const args of [
      [],
      ['chek', file],
      ['check'],
      ['check', 'no-such-file'],
      ['withdraw', 'x'],
      ['check', '--no'],
    ]) {
      expect(await run(...args)).toMatchObject({ code: 2, out: '' })
    }
  })
})
