import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as decide from '#domain/decide.ts'
import type { Hall } from '#line/hall.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { insertWebhook } from '#store/webhooks.ts'
import type { Client } from '#test/harness/client.ts'
import { addSite, deskOf, legOf } from '#test/harness/desk.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { isSigned, type Receiver, startReceiver, taken } from '#test/harness/receiver.ts'
import type { Outward } from '#worker/chore.ts'
import { deliverWebhooks } from '#worker/deliver-webhooks.ts'
import { startWorker } from '#worker/start.ts'

const quiet = pino({ level: 'silent' })
const HOUR = 3_600_000
const NAME = '李大标记乙'
const PHONE = '13911112222'

describe.each(MODES)('programs outside are told, %s', (mode) => {
  let receiver: Receiver
  let test: TestHall
  let hall: Hall & Outward
  let desk: ReturnType<typeof deskOf>
  let admin: Client
  let secret: string
  let webhookId: string

  const run = (parts = hall) => deliverWebhooks.run(parts, quiet)
  /** Numbers of the events that arrived. */
  const seqs = () => receiver.received.map(({ body }) => body.seq)
  const ids = () => receiver.received.map(({ id }) => id)
  const last = async () =>
    (await hall.database.query<{ seq: number }>('select seq from nuanhao.site where id = $1', [SITE]))[0]
      ?.seq ?? 0
  const listed = async () => (await admin.get(`/sites/${SITE}/webhooks`)).body.items[0]
  const add = async (rest: object = {}) => {
    const { status, body } = await admin.post(`/sites/${SITE}/webhooks`, { url: receiver.url, ...rest })
    expect(status).toBe(201)
    webhookId = body.webhook.id
    secret = body.secret
  }
  const audit = () =>
    hall.database.query<{ action: string; reason: string | null; actor: string }>(
      `select action, reason, actor from nuanhao.audit where subject = $1 order by n`,
      [webhookId],
    )

  beforeAll(async () => {
    receiver = await startReceiver()
    test = await startHall(mode, { variables: { WEBHOOK_ALLOW: receiver.host } })
    const { parts } = test.running
    const { environment } = test
    const audit = auditKeeping(environment)
    hall = { ...parts.hall, keys: parts.keys, allowed: environment.WEBHOOK_ALLOW, audit }
    desk = deskOf(hall, SITE)
    admin = await test.signIn('admin')
    await desk.counter('c2', decide.openCounter)
    await desk.counter('c3', decide.openCounter)
  })
  afterAll(async () => {
    await test.stop()
    await receiver.stop()
  })
  beforeEach(async () => {
    await hall.database.query('delete from nuanhao.webhook')
    receiver.answer = taken
    // Tests that move the clock by days end the session.
    if ((await admin.get('/session')).status !== 200) admin = await test.signIn('admin')
    await add()
    receiver.received = []
  })

  it('[HOOK1] each event from then on is one POST, in order, signed with the secret', async () => {
    const from = await last()
    for (let n = 0; n < 3; n++) await desk.issue('housing')
    await run()
    expect(seqs()).toEqual([from + 1, from + 2, from + 3])
    expect(ids()).toEqual(seqs().map((seq) => `${SITE}.${seq}`))
    for (const message of receiver.received) {
      expect(isSigned(message, secret)).toBe(true)
      expect(isSigned({ ...message, raw: `${message.raw} ` }, secret)).toBe(false)
      expect(message.headers['content-type']).toBe('application/json')
      const age = hall.now() / 1000 - Number(message.headers['webhook-timestamp'])
      expect(age).toBeGreaterThanOrEqual(0)
      expect(age).toBeLessThan(60)
    }
    await run()
    expect(receiver.received).toHaveLength(3)
  })

  it('[HOOK2] it is told ids and numbers, field by field, and nothing that anybody confided', async () => {
    const kiosk = await test.enrol('kiosk')
    const { body: issued } = await kiosk.post(`/sites/${SITE}/tickets`, {
      serviceId: 'residence-permit',
      care: { need: 'pregnant' },
      accommodations: ['companion'],
      contact: { name: NAME, phone: PHONE },
      language: 'en',
    })
    const clerk = await test.signIn('supervisor')
    const ticketId = issued.ticket.id as string
    await clerk.post(`/tickets/${ticketId}/care`, { care: false })
    await clerk.post(`/tickets/${ticketId}/call`, { counterId: 'c2', reason: 'unwell' })
    await clerk.post(`/tickets/${ticketId}/recall`)
    await clerk.post(`/tickets/${ticketId}/transfer`, { to: { counterId: 'c3' }, note: `${NAME} ${PHONE}` })
    await clerk.post('/counters/c3/call-next')
    await clerk.post(`/tickets/${ticketId}/complete`)
    await run()
    const { number } = issued.ticket
    const ticket = (state: string, counter: string | null) => ({
      ticketId,
      number,
      state,
      counter,
      language: 'en',
    })
    expect(receiver.received.map(({ body }) => [body.type, body.tickets])).toEqual([
      ['ticket:issued', [ticket('waiting', null)]],
      // That care changed is nobody's business.
      ['ticket:changed', []],
      ['ticket:called', [ticket('called', '2')]],
      ['ticket:recalled', [ticket('called', '2')]],
      ['ticket:transferred', [ticket('waiting', null)]],
      ['ticket:called', [ticket('called', '3')]],
      ['ticket:completed', [ticket('completed', null)]],
    ])
    for (const { body } of receiver.received) {
      expect(Object.keys(body)).toEqual(['type', 'siteId', 'seq', 'at', 'day', 'event', 'tickets'])
      const known = ['seq', 'at', 'day', 'revision', 'type', 'waiting', 'counters', 'call', 'calls']
      expect(known).toEqual(expect.arrayContaining(Object.keys(body.event)))
    }
    const said = JSON.stringify(receiver.received)
    const code = issued.trackUrl?.split('#')[1]
    for (const mark of [
      NAME,
      PHONE,
      'pregnant',
      'companion',
      '"v"',
      '"n"',
      '"credit"',
      'legId',
      ...(code ? [code] : []),
    ]) {
      expect(said).not.toContain(mark)
    }
  })

  it('[HOOK1] it is told only the kinds of events it asked for, and the others do not come later', async () => {
    await hall.database.query('delete from nuanhao.webhook')
    await add({ events: ['ticket:called', 'ticket:missed'] })
    await desk.issue('residence-permit')
    const called = legOf(await desk.callNext('c2'))
    await desk.ticket(called.ticketId, decide.noShow)
    await desk.issue('housing')
    await run()
    expect(receiver.received.map(({ body }) => body.type)).toEqual(['ticket:called', 'ticket:missed'])
    expect((await listed()).sentSeq).toBe(await last())
  })

  it('[HOOK3] several workers at once tell each event once and in order', async () => {
    const from = await last()
    for (let n = 0; n < 12; n++) await desk.issue('housing')
    await Promise.all([run(), run(), run(), run()])
    await run()
    expect(seqs()).toEqual(Array.from({ length: 12 }, (_, n) => from + 1 + n))
  })

  it('[HOOK3] two real workers tell it by themselves', async () => {
    const workers = [await startWorker(hall, quiet, hall), await startWorker(hall, quiet, hall)]
    const from = await last()
    const all = new Promise<void>((resolve) => {
      receiver.answer = (response, { body }) => {
        taken(response)
        if (body.seq === from + 6) resolve()
      }
    })
    try {
      for (let n = 0; n < 6; n++) await desk.issue('housing')
      await all
    } finally {
      for (const worker of workers) await worker.stop()
    }
    expect(seqs()).toEqual(Array.from({ length: 6 }, (_, n) => from + 1 + n))
  })

  it('[HOOK3] after a crash between telling and writing it down, it is told again under the same id', async () => {
    const from = await last()
    for (let n = 0; n < 3; n++) await desk.issue('housing')
    // The worker dies when the second message has gone out: nothing it says reaches the database any more.
    const dying: Hall & Outward = {
      ...hall,
      database: {
        ...hall.database,
        query: async (text, values) => {
          if (text.startsWith('update nuanhao.webhook') && receiver.received.length >= 2)
            throw new Error('killed')
          return hall.database.query(text, values)
        },
      },
    }
    await expect(run(dying)).rejects.toThrow('killed')
    expect(seqs()).toEqual([from + 1, from + 2])
    // Its claim still stands.
    await run()
    expect(seqs()).toHaveLength(2)
    test.clock.ahead += HOUR
    await run()
    expect(seqs()).toEqual([from + 1, from + 2, from + 2, from + 3])
    expect(receiver.received[2]?.id).toBe(receiver.received[1]?.id)
    expect(receiver.received[2]?.raw).toBe(receiver.received[1]?.raw)
  })

  it('[HOOK3] a worker that was given up for dead leaves the place to the one that took over', async () => {
    const from = await last()
    for (let n = 0; n < 3; n++) await desk.issue('housing')
    const other = new Promise<void>((resolve, reject) => {
      receiver.answer = (response) => {
        receiver.answer = taken
        // The answer takes so long that another worker takes over and tells everything.
        test.clock.ahead += HOUR
        run().then(() => {
          taken(response)
          resolve()
        }, reject)
      }
    })
    await run()
    await other
    expect(seqs()).toEqual([from + 1, from + 1, from + 2, from + 3])
    expect((await listed()).sentSeq).toBe(from + 3)
  })

  it('[HOOK4] what does not arrive keeps its place and is tried again after pauses that grow', async () => {
    const from = await last()
    await desk.issue('housing')
    await desk.issue('housing')
    receiver.answer = (response) => void response.writeHead(500).end()
    const pauses: number[] = []
    for (let n = 1; n <= 14; n++) {
      await run()
      const { nextAt, failures, lastStatus, lastError, active } = await listed()
      expect({ failures, lastStatus, lastError, active }).toEqual({
        failures: n,
        lastStatus: 500,
        lastError: 'status',
        active: true,
      })
      pauses.push(nextAt - hall.now())
      // Not before its time.
      await run()
      expect(seqs()).toHaveLength(n)
      test.clock.ahead += nextAt - hall.now() + 1
    }
    for (const [n, pause] of pauses.entries()) {
      const most = Math.min(2_000 * 2 ** n, HOUR)
      expect(pause).toBeLessThanOrEqual(most)
      expect(pause).toBeGreaterThan(most / 2 - 1_000)
    }
    expect(new Set(seqs())).toEqual(new Set([from + 1]))
    receiver.answer = taken
    await run()
    expect(seqs().slice(-2)).toEqual([from + 1, from + 2])
    expect(await listed()).toMatchObject({ failures: 0, nextAt: 0, lastError: null, lastStatus: null })
  })

  it('[HOOK5] after five days of failure it is switched off, and that is written down', async () => {
    await desk.issue('housing')
    receiver.answer = (response) => void response.writeHead(503).end()
    await run()
    test.clock.ahead += 5 * 24 * HOUR - 60_000
    admin = await test.signIn('admin')
    await run()
    expect((await listed()).active).toBe(true)
    test.clock.ahead += HOUR
    await run()
    expect((await listed()).active).toBe(false)
    const before = receiver.received.length
    test.clock.ahead += HOUR
    await run()
    expect(receiver.received).toHaveLength(before)
    expect(await audit()).toMatchObject([
      { action: 'webhook:added' },
      { action: 'webhook:switched-off', reason: 'status', actor: 'chore:deliver-webhooks' },
    ])
  })

  it('[HOOK5] a receiver that says it is gone is told nothing more', async () => {
    await desk.issue('housing')
    receiver.answer = (response) => void response.writeHead(410).end()
    await run()
    expect(await listed()).toMatchObject({ active: false, lastError: 'gone', lastStatus: 410 })
    expect((await audit()).at(-1)).toMatchObject({ action: 'webhook:switched-off', reason: 'gone' })
  })

  it('[HOOK5] a redirect is not followed and no success', async () => {
    await desk.issue('housing')
    receiver.answer = (response) => void response.writeHead(307, { location: receiver.url }).end()
    await run()
    expect(receiver.received).toHaveLength(1)
    expect(await listed()).toMatchObject({ lastError: 'redirect', lastStatus: 307, failures: 1 })
  })

  it('[HOOK6] administrators alone manage webhooks; the secret is shown once and kept sealed', async () => {
    const path = `/sites/${SITE}/webhooks`
    for (const name of ['supervisor', 'counter2']) {
      const client = await test.signIn(name)
      expect((await client.get(path)).status).toBe(403)
      expect((await client.post(path, { url: receiver.url })).status).toBe(403)
      expect((await client.delete(`${path}/${webhookId}`)).status).toBe(403)
      expect((await client.post(`${path}/${webhookId}/test`)).status).toBe(403)
    }
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
    const places = {
      list: JSON.stringify((await admin.get(path)).body),
      rows: JSON.stringify(await hall.database.query('select * from nuanhao.webhook')),
      audit: JSON.stringify(await audit()),
      log: test.log.join('\n'),
    }
    for (const [place, text] of Object.entries(places)) {
      expect(text, place).not.toContain(secret.slice(6, 30))
    }
    expect((await admin.get('/sites/elsewhere/webhooks')).status).toBe(404)
    expect((await admin.delete(`${path}/${webhookId}`)).status).toBe(204)
    expect((await admin.delete(`${path}/${webhookId}`)).status).toBe(404)
    expect((await audit()).map(({ action }) => action)).toEqual(['webhook:added', 'webhook:removed'])
    await desk.issue('housing')
    await run()
    expect(receiver.received).toEqual([])
  })

  it('[HOOK6] a test goes the way of everything, out of line and without moving the place', async () => {
    const path = `/sites/${SITE}/webhooks/${webhookId}/test`
    const before = (await listed()).sentSeq
    expect((await admin.post(path)).body.webhook).toMatchObject({ testing: true })
    await run()
    const [message] = receiver.received
    expect(message?.body).toMatchObject({ type: 'webhook:test', siteId: SITE, event: null, tickets: [] })
    expect(message && isSigned(message, secret)).toBe(true)
    expect(await listed()).toMatchObject({ testing: false, lastError: null, sentSeq: before })
    receiver.answer = (response) => void response.writeHead(404).end()
    await admin.post(path)
    await run()
    expect(await listed()).toMatchObject({
      testing: false,
      lastError: 'status',
      lastStatus: 404,
      failures: 0,
    })
    expect((await admin.post(`/sites/${SITE}/webhooks/no-such/test`)).status).toBe(404)
  })

  it.each([
    'http://127.0.0.1:9/hook',
    'http://localhost:9/hook',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data/',
    'http://192.168.1.20:8080/',
  ])('[HOOK7] %s is refused', async (url) => {
    const { status, body } = await admin.post(`/sites/${SITE}/webhooks`, { url })
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'address-refused' })
  })

  it.each([
    'ftp://hooks.example/',
    'https://user:word@hooks.example/',
    'https://hooks.example/#a',
    'hooks.example',
  ])('[HOOK7] %s is no address of a webhook', async (url) => {
    expect((await admin.post(`/sites/${SITE}/webhooks`, { url })).status).toBe(400)
  })

  it('[HOOK7] an address that is not allowed any more is refused when it is to be told', async () => {
    await desk.issue('housing')
    await run({ ...hall, allowed: [] })
    expect(receiver.received).toEqual([])
    expect(await listed()).toMatchObject({ lastError: 'address-refused', lastStatus: null, failures: 1 })
  })

  it('[HOOK1] two halls are told of themselves only', async () => {
    const id = `west-${crypto.randomUUID().slice(0, 8)}`
    const counters = DEMO_SITE.counters.map((counter) => ({ ...counter, id: `${id}-${counter.id}` }))
    await addSite(hall, { ...DEMO_SITE, id, counters })
    const other = await startReceiver()
    const webhook = {
      id: crypto.randomUUID(),
      siteId: id,
      url: other.url,
      events: null,
      secret: 'whsec_b3RoZXI=',
    }
    await insertWebhook(hall.database, webhook, hall.keys, hall.now(), { principal: 'staff:boss' })
    const west = deskOf(hall, id)
    await desk.issue('housing')
    await west.issue('housing')
    await west.issue('housing')
    await desk.issue('housing')
    const port = new URL(other.url).port
    await run({ ...hall, allowed: [{ host: '127.0.0.1', port: null }] })
    expect(receiver.received.map(({ body }) => body.siteId)).toEqual([SITE, SITE])
    expect(other.received.map(({ id: told, body }) => [told, body.siteId])).toEqual([
      [`${id}.1`, id],
      [`${id}.2`, id],
    ])
    expect(port).not.toBe(new URL(receiver.url).port)
    await other.stop()
  })
})
