import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sealed } from '#domain/change.ts'
import type { PublicBoard } from '#protocol/board.ts'
import { openField, type PrivateContent } from '#store/private.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { followTicket, Screen } from '#test/harness/screen.ts'

/** What residents told us, marked so that it can be found anywhere. */
const NAME = '王小明标记甲'
const PHONE = '13800009999'
const CARDHOLDER = '赵标记乙'
const ID_NUMBER = '11010519491231002X'
/** What staff and residents wrote. */
const WRITTEN = ['交接标记丙', '评价标记丁', '意见标记戊'] as const
const NEEDS = ['pregnant', 'disabled', 'lives-alone'] as const
/** The settings name materials and what a skill is for, so these stand for the others. */
const MARKS = [
  NAME,
  PHONE,
  CARDHOLDER,
  ID_NUMBER,
  ...WRITTEN,
  ...NEEDS,
  'wheelchair-counter',
  'with-child',
  '"missing"',
]
/** Names of what only staff may know of a leg. */
const STAFF_ONLY = ['"prepare"', '"credit"', '"v"', '"n"', '"arrivedAt"', '"legs"']

/** Where which mark stands. */
function found(marks: readonly string[], places: Record<string, string>): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    marks.filter((mark) => text.includes(mark)).map((mark) => `${mark} in ${place}`),
  )
}

describe.each(MODES)('nothing private leaves its table, %s', (mode) => {
  let hall: TestHall
  const publicly: Record<string, string> = {}
  const inside: Record<string, string> = {}

  beforeAll(async () => {
    hall = await startHall(mode, { chores: true, variables: { PUBLIC_URL: 'https://hall.example' } })
    await hall.settings({ identity: { keyboard: true, service: null } })
    const { token } = await hall.enrol('display')
    const display = new Screen<PublicBoard>(hall.running.url, 'public', SITE, { token })
    await display.reached(0)
    const kiosk = await hall.enrol('kiosk')
    const clerk = await hall.signIn('counter2')
    await clerk.post('/counters/c2/open')
    const answers: unknown[] = []
    for (const need of NEEDS) {
      const issued = await kiosk.post(`/sites/${SITE}/tickets`, {
        serviceId: 'residence-permit',
        care: { need },
        accommodations: ['wheelchair-counter', 'with-child'],
        materials: [{ serviceId: 'residence-permit', here: ['居民身份证'], missing: ['近期证件照'] }],
        contact: { name: NAME, phone: PHONE },
      })
      answers.push(issued.body)
      // Refused, with everything in it.
      const wrong = { serviceId: 'no such', care: { need }, contact: { name: NAME, phone: PHONE } }
      answers.push((await kiosk.post(`/sites/${SITE}/tickets`, wrong)).body)
      const extra = { serviceId: 'housing', [NAME]: PHONE }
      answers.push((await kiosk.post(`/sites/${SITE}/tickets`, extra)).body)
    }
    const card = { number: ID_NUMBER, name: CARDHOLDER }
    const shown = await kiosk.post(`/sites/${SITE}/cards`, card)
    answers.push(shown.body)
    const withCard = { serviceId: 'residence-permit', card: { pass: shown.body.pass } }
    for (const path of ['tickets', 'tickets', 'cards']) {
      // Issued, offered back, and told once more.
      answers.push((await kiosk.post(`/sites/${SITE}/${path}`, path === 'cards' ? card : withCard)).body)
    }
    answers.push(
      (await kiosk.post(`/sites/${SITE}/tickets`, { ...withCard, card: { ...card, [NAME]: 1 } })).body,
    )
    const phone = hall.stranger()
    const { trackUrl } = answers[0] as { trackUrl: string }
    answers.push((await phone.get(`/track/${trackUrl.split('#')[1]}`)).body)
    const following = followTicket(hall.running.url, phone.cookie)
    answers.push(await following.next())
    for (const verbs of [['recall', 'start', 'complete'], ['no-show'], ['complete'], ['start', 'complete']]) {
      const { ticket } = (await clerk.post('/counters/c2/call-next')).body
      // What the counter reads is for the counter: that it was read is written down, what, is not.
      for (const what of ['identity', 'contact', 'need']) {
        await clerk.post(`/tickets/${ticket.ticketId}/reveal`, { what, purpose: 'check-person' })
        const tells = { what, purpose: 'other', words: `给${NAME}、${CARDHOLDER}打电话` }
        const refused = await clerk.post(`/tickets/${ticket.ticketId}/reveal`, tells)
        expect(refused.status).toBe(400)
        answers.push(refused.body)
      }
      for (const verb of verbs) await clerk.post(`/tickets/${ticket.ticketId}/${verb}`)
      answers.push((await kiosk.get(`/tickets/${ticket.ticketId}`)).body)
    }
    // What is written: from counter to counter, beside a rating, to the supervisor.
    const first = (answers[0] as { ticket: { id: string } }).ticket.id
    const [note, beside, word] = WRITTEN
    const last = (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })).body.ticket
      .id
    await clerk.post('/counters/c2/call-next')
    const next = await hall.signIn('counter3')
    await next.post('/counters/c3/open')
    const moved = await clerk.post(`/tickets/${last}/transfer`, { to: { counterId: 'c3' }, note })
    const rated = await phone.post(`/tickets/${first}/rating`, { level: 5, tags: [], text: beside })
    const suggested = await phone.post(`/tickets/${first}/suggestion`, { text: word })
    expect([moved.status, rated.status, suggested.status]).toEqual([200, 200, 204])
    answers.push(rated.body, suggested.body)
    inside.moved = JSON.stringify(moved.body)
    // What is taken away and scraped.
    const supervisor = await hall.signIn('supervisor')
    for (const path of [`/sites/${SITE}/report`, `/sites/${SITE}/report.csv`, `/sites/${SITE}/audit.csv`]) {
      const { status, body } = await supervisor.get(path)
      expect(status, path).toBe(200)
      inside[path] = JSON.stringify(body)
    }
    inside.events = JSON.stringify((await clerk.get(`/sites/${SITE}/events?after=0`)).body)
    answers.push((await kiosk.get(`/sites/${SITE}/board`)).body, (await kiosk.get(`/sites/${SITE}`)).body)
    const fresh = (await clerk.get(`/sites/${SITE}/board`)).body
    await display.reached(fresh.seq)
    publicly.display = display.heard.join('\n')
    publicly.answers = JSON.stringify(answers)
    publicly.phone = JSON.stringify(following.views)
    publicly.urls = trackUrl
    inside.log = hall.log.join('\n')
    for (const table of ['event', 'audit', 'idempotency', 'leg', 'ticket', 'interval']) {
      const rows = await hall.running.parts.hall.database.query(`select * from nuanhao.${table}`)
      expect(rows.length).toBeGreaterThan(0)
      inside[table] = JSON.stringify(rows)
    }
    display.close()
    following.close()
  })
  afterAll(() => hall.stop())

  it('[PRIVACY2] [IDENT3] no name, phone, identity number, care need or accommodation in a public payload, event, log line, row or link', () => {
    expect(found(MARKS, { ...publicly, ...inside })).toEqual([])
  })

  it('[LEAK1] nobody’s name or number, and nothing written, is in any row of any table, whatever it is for', async () => {
    const { database } = hall.running.parts.hall
    const tables = await database.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    )
    const rows: Record<string, string> = {}
    for (const { name } of tables) {
      const all = await database.query<{ row: string }>(`select t::text as row from ${name} t`)
      rows[name] = all.map(({ row }) => row).join('\n')
    }
    for (const name of ['private_record', 'identity', 'note', 'rating', 'suggestion', 'data_key']) {
      expect(rows[`nuanhao.${name}`], name).not.toBe('')
    }
    const people = [NAME, PHONE, CARDHOLDER, ID_NUMBER, ...WRITTEN]
    expect(found(people, rows)).toEqual([])
    // It would be found.
    await database.query("update nuanhao.ticket set farewell = jsonb_build_object('en', $1::text)", [PHONE])
    const [leaked] = await database.query<{ row: string }>(
      'select t::text as row from nuanhao.ticket t limit 1',
    )
    expect(found(people, { ticket: leaked?.row ?? '' })).toEqual([`${PHONE} in ticket`])
  })

  it('[PRIVACY1] no class, virtual arrival or entry number in a public payload', () => {
    expect(found(STAFF_ONLY, publicly)).toEqual([])
  })

  it('[PRIVACY3] [SEAL1] [SEAL2] what was confided is kept, sealed, and opens with the key alone', async () => {
    const { keys, hall: parts } = hall.running.parts
    const rows = await parts.database.query<Sealed & { ticketId: string; dataKey: Sealed }>(
      `select ticket_id as "ticketId", key_id as "keyId", nonce, sealed, nuanhao.data_key_of(ticket_id, 'visit') as "dataKey"
         from nuanhao.private_record`,
    )
    expect(rows).toHaveLength(NEEDS.length)
    expect(found(MARKS, { private_record: JSON.stringify(rows) })).toEqual([])
    const open = (
      row: Sealed,
      ticketId: string,
      dataKey: Sealed | null,
      field: 'confided' | 'identity' = 'confided',
    ) => openField<PrivateContent>(row, field, { siteId: SITE, ticketId, kept: 'visit' }, dataKey, keys)
    const opened = rows.map(({ ticketId, dataKey, ...row }) => open(row, ticketId, dataKey))
    expect(opened.map(({ need }) => need).sort()).toEqual([...NEEDS].sort())
    expect(opened[0]).toMatchObject({
      contact: { name: NAME, phone: PHONE },
      accommodations: ['wheelchair-counter', 'with-child'],
    })
    const identities = await hall.running.parts.hall.database.query('select * from nuanhao.identity')
    expect(identities).toHaveLength(1)
    expect(found(MARKS, { identity: JSON.stringify(identities) })).toEqual([])
    // Neither in another's place, nor as another field, nor with another's key, nor once its own is gone.
    const [one, two] = rows
    if (!one || !two) throw new Error('no rows')
    expect(() => open(one, two.ticketId, two.dataKey)).toThrow()
    expect(() => open(one, one.ticketId, two.dataKey)).toThrow()
    expect(() => open(one, one.ticketId, one.dataKey, 'identity')).toThrow()
    expect(() => open(one, one.ticketId, null)).toThrow('without its data key')
    expect(new Set(rows.map(({ dataKey }) => dataKey.sealed)).size).toBe(rows.length)
  })

  it('[PRIVACY4] the code of a link is in no log line and no row', () => {
    const code = publicly.urls?.split('#')[1] ?? ''
    expect(code).toHaveLength(16)
    expect(found([code], inside)).toEqual([])
  })

  it('finds a leak where there is one', () => {
    hall.running.parts.logger.warn({ contact: { phone: PHONE } }, 'planted')
    expect(found(MARKS, { log: hall.log.join('\n') })).toEqual([`${PHONE} in log`])
  })
})
