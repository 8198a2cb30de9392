import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { businessDay } from '#domain/calendar.ts'
import * as decide from '#domain/decide.ts'
import { checkSignOf } from '#domain/identity.ts'
import type { Site } from '#domain/site.ts'
import { execute } from '#line/execute.ts'
import type { Hall } from '#line/hall.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { markOf, sealIdentity } from '#store/identity.ts'
import { newDataKey } from '#store/private.ts'
import { Client, type Reply } from '#test/harness/client.ts'
import { newAuthor } from '#test/harness/desk.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'

/** What a clerk looks at a card for. */
const LOOK = { what: 'identity', purpose: 'check-person' }
const PERMIT = 'residence-permit'
const HOUR = 3_600_000
const READER = {
  url: 'http://127.0.0.1:8000/readCard?sam=1',
  method: 'GET',
  body: null,
  paths: { number: 'info.idCode', name: null },
} as const
const SETTINGS: Partial<Site> = {
  identity: { keyboard: true, service: READER },
  careBy: ['declared', 'card'],
  cards: [{ need: 'disabled', kind: 'disability-certificate' }],
}

let people = 0
/** Somebody nobody has seen before. */
function somebody(): string {
  const digits = `11000019520315${String(++people).padStart(3, '0')}`
  return digits + checkSignOf(digits)
}

describe.each(MODES)('who somebody is, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client
  let other: Client
  let clerk: Client
  let supervisor: Client

  beforeAll(async () => {
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    await hall.settings(SETTINGS)
    kiosk = await hall.enrol('kiosk')
    other = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    supervisor = await hall.signIn('supervisor')
    await clerk.post('/counters/c2/open')
  })
  afterAll(() => hall.stop())
  beforeEach(async () => {
    // Nobody is inside.
    const { body } = await clerk.get(`/sites/${SITE}/tickets`)
    for (const { ticketId, state } of body.items) {
      const verb = { waiting: 'cancel', missed: 'cancel', called: 'complete', serving: 'complete' }[
        state as string
      ]
      if (verb) await clerk.post(`/tickets/${ticketId}/${verb}`)
    }
  })

  const query = (text: string, values: unknown[] = []) => hall.running.parts.hall.database.query(text, values)
  const show = (number: string, who = kiosk, name?: string) =>
    who.post(`/sites/${SITE}/cards`, { number, ...(name && { name }) })
  const issue = (card: object | undefined, more: object = {}, who = kiosk) =>
    who.post(`/sites/${SITE}/tickets`, { serviceId: PERMIT, ...(card && { card }), ...more })
  const call = async () => (await clerk.post('/counters/c2/call-next')).body.ticket
  const seq = async () => (await clerk.get(`/sites/${SITE}/board`)).body.seq
  const audited = async (action: string, subject: string) =>
    (
      await query(`select from nuanhao.audit where action = $1 and subject = $2 and result = 'done'`, [
        action,
        subject,
      ])
    ).length

  it('[IDENT3] a card is sent once: back come a pass of this screen alone, for an hour, and a mask', async () => {
    const number = somebody()
    const shown = await show(number, kiosk, '张三丰')
    expect(shown).toMatchObject({
      status: 200,
      body: {
        is: 'card',
        care: false,
        own: [],
        identity: { number: `110***********${number.slice(-4)}`, name: '张*' },
      },
    })
    expect(JSON.stringify(shown.body)).not.toMatch(/三丰|11000019/)
    const { pass } = shown.body
    expect((await issue({ pass }, {}, other)).body.code).toBe('unknown-card')
    expect((await issue({ pass: pass.replace(/.{9}$/, 'AAAAAAAAA') })).body.code).toBe('unknown-card')
    hall.clock.ahead += HOUR
    expect((await issue({ pass })).body.code).toBe('unknown-card')
    hall.clock.ahead -= HOUR
    expect((await issue({ pass })).status).toBe(201)
    expect((await show(somebody(), hall.stranger())).status).toBe(401)
    expect((await show(somebody(), await hall.enrol('display'))).status).toBe(403)
    expect((await kiosk.post('/sites/elsewhere/cards', { number: somebody() })).body.code).toBe(
      'unknown-site',
    )
  })

  it('[IDENT2] [IDENT1] a number that cannot be is refused and nothing is issued; without one all goes as ever', async () => {
    const number = somebody()
    const wrong = number.slice(0, 17) + (number[17] === '1' ? '2' : '1')
    const before = await seq()
    expect((await show(wrong)).body.code).toBe('wrong-identity')
    expect(await issue({ number: wrong })).toMatchObject({ status: 400, body: { code: 'wrong-identity' } })
    expect((await issue({ number: 'XX123456' })).body.code).toBe('unknown-card')
    expect((await issue({ number: 'a\nb\nc' })).body.code).toBe('malformed')
    expect(await seq()).toBe(before)
    expect((await issue(undefined)).status).toBe(201)
    await hall.settings({ identity: null })
    expect((await show(number)).body.code).toBe('unknown-card')
    expect((await issue({ number })).body.code).toBe('unknown-card')
    expect((await kiosk.get(`/sites/${SITE}`)).body).not.toHaveProperty('identity')
    await hall.settings(SETTINGS)
  })

  it('[IDENT4] [REVEAL1] it is sealed; the counter sees a mask, has the whole revealed, and each reading is written down', async () => {
    const number = somebody()
    const { id } = (await issue({ number, name: '李四光' })).body.ticket
    const [row] = await query('select * from nuanhao.identity where ticket_id = $1', [id])
    expect(JSON.stringify(row)).not.toMatch(new RegExp(`${number}|四光`))
    const reveal = (who: Client, of = id) => who.post(`/tickets/${of}/reveal`, LOOK)
    expect((await reveal(clerk)).body.code).toBe('not-at-counter')
    expect((await reveal(kiosk)).status).toBe(403)
    await call()
    const mask = { number: `110***********${number.slice(-4)}`, name: '李*' }
    expect((await clerk.get(`/tickets/${id}/preparation`)).body.identity).toEqual(mask)
    expect(await audited('preparation:read', id)).toBe(1)
    expect(await audited('identity:read', id)).toBe(0)
    const whole = { name: '李四光', number, phone: null, need: null }
    expect((await reveal(clerk)).body).toEqual(whole)
    expect((await supervisor.get(`/tickets/${id}/preparation`)).body.identity).toEqual(mask)
    expect(await reveal(supervisor)).toMatchObject({ status: 409, body: { code: 'not-at-counter' } })
    expect(await audited('identity:read', id)).toBe(1)
    await clerk.post(`/tickets/${id}/complete`)
    expect((await reveal(clerk)).body.code).toBe('not-at-counter')
    // Of whoever has shown nothing there is nothing to read, and nothing is written down.
    const plain = (await issue(undefined)).body.ticket.id
    await call()
    expect((await reveal(clerk, plain)).body).toEqual({ name: null, number: null, phone: null, need: null })
    expect((await clerk.get(`/tickets/${plain}/preparation`)).body).not.toHaveProperty('identity')
    expect(await audited('identity:read', plain)).toBe(0)
  })

  it('[IDENT6] one card grants care and says who it is: nothing is asked twice', async () => {
    const number = somebody()
    const { pass, care, identity } = (await show(`${number}42`)).body
    expect({ care, mask: identity.number }).toEqual({ care: true, mask: `110***********${number.slice(-4)}` })
    const { id } = (await issue({ pass }, { care: {} })).body.ticket
    const leg = await call()
    expect([leg.ticketId, leg.credit > 0]).toEqual([id, true])
    expect((await clerk.post(`/tickets/${id}/reveal`, LOOK)).body).toMatchObject({ name: null, number })
    // Shown, and no care wanted: none is granted.
    await clerk.post(`/tickets/${id}/complete`)
    await issue({ number: `${somebody()}42` })
    expect((await call()).credit).toBe(0)
  })

  it('[IDENT7] the code on a ticket of today says what became of it; any other is unknown', async () => {
    const issued = (await issue(undefined)).body
    expect((await show(issued.trackUrl)).body).toEqual({
      is: 'ticket',
      ticket: expect.objectContaining({
        id: issued.ticket.id,
        number: issued.ticket.number,
        state: 'waiting',
      }),
    })
    expect((await show('https://hall.example/phone/#23456789ABCDEFGH')).body.code).toBe('unknown-ticket')
    await query(`update nuanhao.leg set arrived_at = arrived_at - 86400000 where ticket_id = $1`, [
      issued.ticket.id,
    ])
    expect((await show(issued.trackUrl)).body.code).toBe('unknown-ticket')
  })

  it('[TWICE1] [TWICE4] [IDENT11] a second one for the same is the first: number, place, link; nothing has changed', async () => {
    const number = somebody()
    await issue(undefined)
    const first = await issue({ number })
    const before = await seq()
    const again = await issue({ pass: (await show(number, other)).body.pass }, {}, other)
    expect(again).toMatchObject({
      status: 200,
      body: { already: true, ahead: 1, trackUrl: first.body.trackUrl, ticket: { id: first.body.ticket.id } },
    })
    expect((await show(number)).body.own).toMatchObject([
      { ahead: 1, services: [PERMIT], ticket: { id: first.body.ticket.id } },
    ])
    expect(await seq()).toBe(before)
    expect(
      await query('select 1 from nuanhao.identity where ticket_id = $1', [first.body.ticket.id]),
    ).toHaveLength(1)
    // Who asked is written down, each time, and never for whom.
    const matched = (await query(
      `select actor, to_jsonb(a)::text as row from nuanhao.audit a where action = 'identity:matched' and subject = $1 order by n`,
      [first.body.ticket.id],
    )) as unknown as { actor: string }[]
    const devices = (await query('select id from nuanhao.device')) as unknown as { id: string }[]
    expect(matched.map(({ actor }) => devices.some(({ id }) => actor === `device:${id}`))).toEqual([
      true,
      true,
      true,
    ])
    expect(matched[0]?.actor).toBe(matched[1]?.actor)
    expect(matched[2]?.actor).not.toBe(matched[1]?.actor)
    expect(JSON.stringify(matched)).not.toContain(number.slice(-8))
    // Another service, another person, or nobody in particular: a ticket of its own.
    for (const [card, more] of [
      [{ number }, { serviceId: 'social-insurance' }],
      [{ number: somebody() }, {}],
      [undefined, {}],
    ] as const) {
      expect((await issue(card, more)).status).toBe(201)
    }
    // Staff are told the same.
    expect(await issue({ number }, {}, clerk)).toMatchObject({ status: 200, body: { already: true } })
    expect((await show(number, clerk)).body.own).toHaveLength(2)
    expect(await audited('identity:matched', first.body.ticket.id)).toBe(5)
  })

  it('[TWICE1] also a matter that comes later in the visit; once that is over there is another', async () => {
    const number = somebody()
    const { ticket } = (await issue({ number }, { more: ['housing'] })).body
    expect((await issue({ number }, { serviceId: 'housing' })).body.ticket.id).toBe(ticket.id)
    await clerk.post(`/tickets/${ticket.id}/cancel`)
    const next = await issue({ number }, { serviceId: 'housing' })
    expect(next.status).toBe(201)
    await clerk.post(`/tickets/${next.body.ticket.id}/cancel`)
  })

  it('[TWICE1] the same key gives the same answer, whether it issued or offered back', async () => {
    const number = somebody()
    const body = { serviceId: PERMIT, card: { number } }
    const keyed = (key: string, asked: object = body) => kiosk.post(`/sites/${SITE}/tickets`, asked, { key })
    const first = await keyed(`first-${number}`)
    const second = await keyed(`second-${number}`)
    expect((await keyed(`first-${number}`)).body.ticket.id).toBe(first.body.ticket.id)
    expect((await keyed(`first-${number}`)).status).toBe(201)
    expect(await keyed(`second-${number}`)).toMatchObject({
      status: 200,
      body: { ticket: second.body.ticket },
    })
    expect((await keyed(`second-${number}`, { serviceId: PERMIT })).body.code).toBe('key-reused')
  })

  it('[TWICE1] however many kiosks ask at once, there is one ticket', async () => {
    const servers = [hall.running.url]
    if (mode === 'services') servers.push((await hall.another()).url)
    const device = (await hall.enrol('kiosk')).token
    const number = somebody()
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        new Client(servers[i % servers.length] ?? '')
          .withToken(device)
          .post(`/sites/${SITE}/tickets`, { serviceId: PERMIT, card: { number } }),
      ),
    )
    expect(asked.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(11)
    expect(new Set(asked.map(({ body }) => body.ticket.id)).size).toBe(1)
    expect((await clerk.get(`/sites/${SITE}/tickets?state=waiting`)).body.items).toHaveLength(1)
  })

  it('[TWICE1] of two servers that both found nothing, the one that is later finds the ticket of the other', async () => {
    const { hall: here, keys } = hall.running.parts
    const identity = { number: somebody() }
    const { timeZone } = DEMO_SITE
    const mark = markOf(identity, SITE, businessDay(here.now(), timeZone), keys)
    const faster: { answer?: Reply } = {}
    const slower: Hall = {
      ...here,
      database: {
        ...here.database,
        query: async (text, values) => {
          // This server has found no ticket, and is about to commit one.
          if (text.includes('nuanhao.commit')) faster.answer ??= await issue(identity)
          return here.database.query<never>(text, values)
        },
      },
    }
    const id = randomUUID()
    const dataKey = newDataKey({ siteId: SITE, ticketId: id, kept: 'visit' }, keys)
    const sealed = {
      identity: sealIdentity(identity, mark, dataKey),
      dataKeys: [{ kept: 'visit' as const, ...dataKey.wrapped }],
    }
    const ticket = { id, codeHash: id, language: 'zh-CN', private: null, ...sealed } as const
    const { committed } = await execute(slower, { siteId: SITE, mark }, newAuthor(), (situation, now) =>
      decide.issue(situation, { serviceId: PERMIT, credit: 0, ticket }, now),
    )
    expect(faster.answer?.status).toBe(201)
    expect(committed).toMatchObject({ already: true, leg: { ticketId: faster.answer?.body.ticket.id } })
  })

  it('[TWICE4] a screen that offered it back may print it again for five minutes, and no other screen', async () => {
    const number = somebody()
    const { id } = (await issue({ number })).body.ticket
    const print = async (who: Client) => (await who.post(`/tickets/${id}/print`)).body.code
    // Without a printer nothing is printed: whether it might be, is asked before.
    expect(await print(other)).toBe('forbidden')
    await issue({ number }, {}, other)
    expect(await print(other)).toBe('no-printer')
    expect(await print(await hall.enrol('kiosk'))).toBe('forbidden')
    hall.clock.ahead += 5 * 60_000 + 1
    expect(await print(other)).toBe('forbidden')
    await show(number, other)
    expect(await print(other)).toBe('no-printer')
    hall.clock.ahead -= 5 * 60_000 + 1
  })

  it('[TWICE2] a missed one is offered for rejoining; when it is too late for that, a new one is issued', async () => {
    const number = somebody()
    const { id } = (await issue({ number })).body.ticket
    await call()
    await clerk.post(`/tickets/${id}/no-show`)
    expect((await issue({ number })).body).toMatchObject({ already: true, ticket: { id, state: 'missed' } })
    expect((await kiosk.post(`/tickets/${id}/rejoin`)).body.ticket.state).toBe('waiting')
    await call()
    await clerk.post(`/tickets/${id}/no-show`)
    await query('update nuanhao.leg set ended_at = ended_at - $2 where ticket_id = $1', [id, 2 * HOUR])
    expect((await show(number)).body.own).toEqual([])
    expect((await issue({ number })).status).toBe(201)
  })

  it('[TWICE3] what an identity is known by differs by day, site and key, and is no plain hash', () => {
    const { keys } = hall.running.parts
    const identity = { number: somebody() }
    const mark = markOf(identity, SITE, '2026-03-02', keys)
    expect(markOf({ ...identity, name: '王五' }, SITE, '2026-03-02', keys)).toBe(mark)
    const others = [
      markOf(identity, SITE, '2026-03-03', keys),
      markOf(identity, 'west', '2026-03-02', keys),
      markOf({ number: somebody() }, SITE, '2026-03-02', keys),
      markOf(identity, SITE, '2026-03-02', { ...keys, codes: Buffer.alloc(32, 1) }),
    ]
    expect(new Set([mark, ...others]).size).toBe(5)
  })

  it('[IDENT8] only kiosks are told of the reader beside them', async () => {
    expect((await kiosk.get(`/sites/${SITE}`)).body.identity).toEqual(SETTINGS.identity)
    expect((await clerk.get(`/sites/${SITE}`)).body.identity).toEqual({ keyboard: true, service: null })
  })
})
