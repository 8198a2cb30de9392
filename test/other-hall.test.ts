import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_SITE } from '#server/demo.ts'
import { POLICY, type Who } from '#server/policy.ts'
import { ROUTES } from '#server/routes.ts'
import type { Client } from '#test/harness/client.ts'
import { addSite } from '#test/harness/desk.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { programOfEachScope, programWith, somebodyOfEachRole } from '#test/harness/people.ts'

const EAST = 'zhongshan'
const OF_EAST = {
  ...DEMO_SITE,
  id: EAST,
  counters: DEMO_SITE.counters.map((counter) => ({ ...counter, id: `${EAST}-${counter.id}` })),
}
const PEOPLE = ['staff', 'volunteer', 'supervisor', 'director', 'auditor', 'administrator'] as const

/** What is asked where what it says is understood; `{}` is enough for the others. */
const BODIES: Record<string, object> = {
  '/sites/:site/pairings': { code: '222-222' },
  '/sites/:site/devices': { code: '222-222' },
  '/sites/:site/devices/:device/place': { place: {} },
  '/sites/:site/tickets': { serviceId: 'residence-permit' },
  '/sites/:site/offline-tickets': { number: 'K1-01', at: 1, services: ['residence-permit'], language: 'en' },
  '/sites/:site/cards': { number: '11010519491231002X' },
  '/sites/:site/send-home': { note: { 'zh-CN': '请回', en: 'go' } },
  '/sites/:site/webhooks': { url: 'https://example.com/', events: null },
  '/sites/:site/api-keys': { name: 'wall', scopes: ['hall'], days: 7 },
  '/counters/:counter/pad/:verb': { number: null },
  '/counters/:counter/rating': { number: 'A001', level: 5 },
  '/tickets/:ticket/hold': { kind: 'fetching' },
  '/tickets/:ticket/transfer': { to: { laneId: 'household' }, note: 'a word' },
  '/tickets/:ticket/change-service': { serviceId: 'housing' },
  '/tickets/:ticket/add-service': { serviceId: 'housing' },
  '/tickets/:ticket/skill': { skill: null },
  '/tickets/:ticket/correct-times': { startedAt: 1, reason: 'pressed-late' },
  '/tickets/:ticket/record': { counterId: 'c2', outcome: 'missed', calledAt: 1 },
  '/tickets/:ticket/reveal': { what: 'contact', purpose: 'reach-person' },
  '/sites/:site/visits/:ticket/export': { recognisedBy: 'own-card' },
  '/sites/:site/visits/:ticket/erase': { recognisedBy: 'own-card' },
  '/tickets/:ticket/materials': { serviceId: 'residence-permit', here: [], missing: [] },
  '/tickets/:ticket/rating': { level: 5 },
  '/tickets/:ticket/suggestion': { text: 'a word' },
  '/tickets/:ticket/care': { care: true },
  '/tickets/:ticket/language': { language: 'en' },
  '/tickets/:ticket/call': { counterId: 'c2', reason: 'unwell' },
  '/print-jobs/:job/picture': { rows: 'AAAA' },
}
const QUERY: Record<string, string> = {
  '/sites/:site/tickets': '?number=A001',
  '/sites/:site/visits': '?day=2026-03-02&number=A001',
}

describe.each(MODES)('another hall, %s', (mode) => {
  let hall: TestHall
  /** Everybody of the other hall. */
  const askers = new Map<Who, Client & { token?: string }>()
  const ids: Record<string, string> = {
    site: SITE,
    counter: 'c2',
    verb: 'call-next',
    picture: 'a'.repeat(64),
  }
  /** The other hall's own. */
  let own: { ticket: string }

  const query = <Row extends object>(text: string, values: unknown[] = []) =>
    hall.running.parts.hall.database.query<Row>(text, values)
  const one = async (text: string) => (await query<{ id: string }>(text))[0]?.id ?? ''
  const askerOf = (who: Who) => askers.get(who) as Client & { token?: string }

  beforeAll(async () => {
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    const nameOf = await somebodyOfEachRole(hall)
    await addSite(hall.running.parts.hall, OF_EAST)
    const programs = await programOfEachScope(hall)
    for (const who of PEOPLE) {
      await query(
        `insert into nuanhao.account (id, site_id, username, name, role, skills, password_hash)
         select $1, $2, $1, name, role, skills, password_hash from nuanhao.account where username = $3`,
        [`${EAST}-${who}`, EAST, nameOf(who)],
      )
      askers.set(who, await hall.signIn(`${EAST}-${who}`))
    }
    for (const kind of ['kiosk', 'display', 'pad'] as const) {
      const place = kind === 'pad' ? { place: { counter: `${EAST}-c2` } } : {}
      const { token } = (await askerOf('supervisor').post('/devices', { kind, ...place })).body
      askers.set(kind, Object.assign(hall.stranger().withToken(token), { token }))
    }
    const issued = (await askerOf('kiosk').post(`/sites/${EAST}/tickets`, { serviceId: 'residence-permit' }))
      .body
    const phone = hall.stranger()
    await phone.get(`/track/${issued.trackUrl.split('#')[1]}`)
    askers.set('ticket', phone)
    own = { ticket: issued.ticket.id }
    await query('update nuanhao.api_key set site_id = $1', [EAST])
    for (const [who, program] of programs) askers.set(who, program)

    // Of this hall something of everything, with a ticket at its counter.
    const kiosk = await hall.enrol('kiosk')
    const contact = { name: '王小明', phone: '13800009999' }
    const body = { serviceId: 'residence-permit', contact }
    ids.ticket = (await kiosk.post(`/sites/${SITE}/tickets`, body)).body.ticket.id
    const clerk = await hall.signIn('counter2')
    await clerk.post('/counters/c2/open')
    await clerk.post('/counters/c2/call-next')
    ids.call = (await kiosk.post(`/sites/${SITE}/help`)).body.call.id
    const volunteer = await hall.signIn('the-volunteer')
    ids.job = (await volunteer.post(`/tickets/${ids.ticket}/print`, { here: true })).body.jobId
    ids.device = await one(`select id from nuanhao.device where site_id = '${SITE}' limit 1`)
    ids.session = await one(
      `select s.id from nuanhao.session s join nuanhao.account a on a.id = s.account_id where a.username = 'counter2'`,
    )
    ids.account = await one(`select id from nuanhao.account where username = 'counter2'`)
    ids.apiKey = (await programWith(hall, ['hall'])).id
    ids.webhook = 'w1'
    await query(
      `insert into nuanhao.webhook (id, site_id, url, key_id, nonce, sealed, sent_seq, created_at, active, failures, next_at)
       select 'w1', $1, 'https://example.com/', 'k1', 'x', 'x', 0, 0, true, 0, 0`,
      [SITE],
    )
  })
  afterAll(() => hall.stop())

  /** Every row of this hall. */
  const rows = async () => {
    const tables = await query<{ name: string }>(
      `select table_name as name from information_schema.columns where table_schema = 'nuanhao' and column_name = 'site_id'`,
    )
    const said: Record<string, string> = {}
    for (const { name } of tables) {
      const [row] = await query<{ all: string }>(
        `select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as all from nuanhao.${name} t where site_id = $1`,
        [SITE],
      )
      said[name] = row?.all ?? ''
    }
    for (const table of ['private_record', 'session', 'data_key', 'material_check'])
      said[table] = JSON.stringify(await query(`select count(*) from nuanhao.${table}`))
    return said
  }

  it('[ROLE6] whoever is of another hall is told nothing of this one and changes nothing in it', async () => {
    for (const name of ['account', 'ticket', 'call', 'job', 'device', 'session', 'apiKey', 'webhook'])
      expect(ids[name], name).toBeTruthy()
    const before = await rows()
    const told: string[] = []
    for (const { method, path, action } of ROUTES) {
      if (!path.includes(':') || path.startsWith('/track/')) continue
      const at = path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? 'x') + (QUERY[path] ?? '')
      for (const [who, client] of askers) {
        if (!POLICY[action].includes(who)) continue
        const { cookie } = client
        const { status, body } = await (method === 'post'
          ? client.post(at, BODIES[path])
          : client[method](at))
        client.cookie = cookie
        const code = body?.code ?? ''
        const unknown = status === 404 || code === 'counter-not-yours' || code === 'forbidden'
        if (!unknown) told.push(`${who} ${method} ${path}: ${status} ${code}`)
      }
    }
    expect(told).toEqual([])
    expect(await rows()).toEqual(before)
  })

  it('[ROLE6] nor does anything in a body lead there', async () => {
    const supervisor = askerOf('supervisor')
    const before = await rows()
    const at = `/tickets/${own.ticket}`
    const answers = [
      await supervisor.post(`${at}/call`, { counterId: 'c2', reason: 'unwell' }),
      await supervisor.post(`${at}/record`, { counterId: 'c2', outcome: 'missed', calledAt: Date.now() }),
      await supervisor.post(`${at}/transfer`, { to: { counterId: 'c2' } }),
      await supervisor.post(`${at}/transfer`, {
        to: { staffId: await one(`select id from nuanhao.account where username = 'counter2'`) },
      }),
      await supervisor.post('/devices', { kind: 'display', siteId: SITE }),
      await supervisor.post('/devices', { kind: 'display', place: { counter: 'c2' } }),
      await askerOf('staff').post(`/counters/${EAST}-c2/open`, { siteId: SITE }),
    ]
    expect(answers.map(({ status }) => status >= 400 && status < 500)).toEqual(answers.map(() => true))
    expect(await rows()).toEqual(before)
  })

  it.each(['public', 'staff'] as const)('[ROLE6] nor does the %s view of a socket', async (view) => {
    for (const [who, { token = '', cookie }] of askers) {
      const socket = io(hall.running.url, {
        ...{ transports: ['websocket'], forceNew: true, reconnection: false },
        auth: { view, siteId: SITE, token, after: null },
        ...(cookie && { extraHeaders: { cookie } }),
      })
      const came = await new Promise((resolve) => {
        socket.once('connect', () => resolve('let in'))
        socket.once('connect_error', ({ message }) => resolve(message))
      })
      socket.close()
      expect([who, came]).toEqual([who, 'unauthenticated'])
    }
  })
})
