import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '#test/harness/client.ts'
import { MODES, PASSWORD, SITE, startHall, type TestHall } from '#test/harness/hall.ts'

describe.each(MODES)('the main job over HTTP, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client
  let clerk: Client

  beforeAll(async () => {
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    kiosk = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    await clerk.post('/counters/c2/open')
  })
  afterAll(() => hall.stop())

  const issue = (body: object = {}, options = {}) =>
    kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit', ...body }, options)
  const callNext = (options = {}) => clerk.post('/counters/c2/call-next', {}, options)

  it('[ISSUE1] issues numbers of the lane in sequence, with how many are ahead, a wait and a link', async () => {
    const first = await issue()
    expect(first).toMatchObject({
      status: 201,
      body: { ticket: { number: 'A001', state: 'waiting' }, ahead: 0, wait: { low: 0, high: 1 } },
    })
    expect(first.body.trackUrl).toMatch(/^https:\/\/hall\.example\/phone\/#[2-9A-HJKMNP-Z]{16}$/)
    expect((await issue()).body).toMatchObject({ ticket: { number: 'A002' }, ahead: 1 })
    const care = await issue({ care: { need: 'pregnant' } })
    expect(care.body).toMatchObject({ ticket: { number: 'A003' }, ahead: 0 })
  })

  it('[TURN3] calls the smallest turn: care first, then by arrival', async () => {
    const numbers: string[] = []
    for (let i = 0; i < 3; i++) {
      const { status, body } = await callNext()
      expect(status).toBe(200)
      numbers.push(body.ticket.number)
      expect((await clerk.post(`/tickets/${body.ticket.ticketId}/complete`)).status).toBe(200)
    }
    expect(numbers).toEqual(['A003', 'A001', 'A002'])
  })

  it('[CALL4] answers null when nobody waits, and no event is written', async () => {
    const before = (await clerk.get(`/sites/${SITE}/board`)).body.seq
    expect(await callNext()).toMatchObject({ status: 200, body: { ticket: null } })
    expect((await clerk.get(`/sites/${SITE}/board`)).body.seq).toBe(before)
  })

  it('[CALL3] [SERVE1] [SERVE2] [MISS1] recall, start, complete and no-show lead where the table says', async () => {
    await issue()
    const { ticket } = (await callNext()).body
    const say = async (verb: string) => (await clerk.post(`/tickets/${ticket.ticketId}/${verb}`)).body
    const recalled = await say('recall')
    expect(recalled.ticket).toMatchObject({ state: 'called', calls: 2, counterId: 'c2' })
    expect(recalled.ticket.callId).toBeGreaterThan(ticket.callId)
    expect((await say('start')).ticket).toMatchObject({ state: 'serving' })
    expect(await say('no-show')).toMatchObject({ code: 'not-called' })
    expect((await say('complete')).ticket).toMatchObject({ state: 'completed' })
    expect(await say('complete')).toMatchObject({ code: 'not-serving' })
    await issue()
    const missed = (await callNext()).body.ticket
    expect((await clerk.post(`/tickets/${missed.ticketId}/no-show`)).body.ticket.state).toBe('missed')
  })

  it('[WHY1] explains a place: to a resident in counts, to staff also credit and reason', async () => {
    const plain = (await issue()).body.ticket
    const cared = (await issue({ care: {} })).body.ticket
    expect((await kiosk.get(`/tickets/${plain.id}/why`)).body).toEqual({
      number: plain.number,
      ahead: 1,
      arrivedBefore: 0,
      earlierTurn: 1,
    })
    expect((await clerk.get(`/tickets/${cared.id}/why`)).body).toMatchObject({
      ahead: 0,
      credit: 1_800_000,
      reason: 'care',
    })
  })

  it('[KEY1] a retry with the same key gives the first result; with another body it is refused', async () => {
    const key = randomUUID()
    const first = await issue({}, { key })
    expect(await issue({}, { key })).toMatchObject({ status: 201, body: first.body })
    expect(await issue({ care: {} }, { key })).toMatchObject({ status: 422, body: { code: 'key-reused' } })
    const call = randomUUID()
    const called = await callNext({ key: call })
    expect(await callNext({ key: call })).toMatchObject({ status: 200, body: called.body })
    expect(await callNext()).toMatchObject({
      status: 409,
      body: { code: 'counter-busy', facts: { number: called.body.ticket.number } },
    })
    await clerk.post(`/tickets/${called.body.ticket.ticketId}/complete`)
  })

  it('[VERSION1] refuses a command on an old version', async () => {
    const { ticket } = (await callNext()).body
    const path = `/tickets/${ticket.ticketId}/start`
    expect(await clerk.post(path, {}, { ifMatch: ticket.version - 1 })).toMatchObject({
      status: 412,
      body: { code: 'stale' },
    })
    expect((await clerk.post(path, {}, { ifMatch: ticket.version })).status).toBe(200)
    await clerk.post(`/tickets/${ticket.ticketId}/complete`)
  })

  describe('[BAD1] bad input gets a clear problem and changes nothing', () => {
    const of = (client: () => Client, path: string, body: unknown = {}, headers = {}) =>
      client().post(path, body, { headers })
    const cases: [string, number, string, () => Promise<{ status: number; body: { code: string } }>][] = [
      ['an unknown service', 404, 'unknown-service', () => issue({ serviceId: 'nothing' })],
      [
        'an unknown site',
        404,
        'unknown-site',
        () => of(() => kiosk, '/sites/nowhere/tickets', { serviceId: 'housing' }),
      ],
      ['an unknown counter', 404, 'unknown-counter', () => of(() => clerk, '/counters/c99/call-next')],
      ['an unknown ticket', 404, 'unknown-ticket', () => of(() => clerk, `/tickets/${randomUUID()}/start`)],
      ['a closed counter', 409, 'counter-closed', () => of(() => clerk, '/counters/c3/call-next')],
      ['malformed JSON', 400, 'malformed', () => of(() => kiosk, `/sites/${SITE}/tickets`, '{"serviceId":')],
      ['a field nobody knows', 400, 'malformed', () => issue({ credit: 9e9 })],
      ['a wrong type', 400, 'malformed', () => issue({ serviceId: 7 })],
      ['a wrong key', 400, 'malformed', () => issue({}, { key: 'short' })],
      ['a wrong version', 400, 'malformed', () => clerk.post('/counters/c2/open', {}, { ifMatch: 'x' })],
      ['a body over 64 KB', 413, 'too-large', () => issue({ contact: { name: 'x'.repeat(70_000) } })],
      [
        'a foreign page',
        403,
        'foreign-origin',
        () => issue({}, { headers: { origin: 'https://evil.example' } }),
      ],
      ['a stranger', 401, 'unauthenticated', () => hall.stranger().post(`/sites/${SITE}/tickets`, {})],
      ['a kiosk at a counter', 403, 'forbidden', () => of(() => kiosk, '/counters/c2/call-next')],
      [
        'a wrong password',
        401,
        'wrong-credentials',
        () => of(() => hall.stranger(), '/session', { username: 'counter1', password: 'no' }),
      ],
      [
        'an unknown name',
        401,
        'wrong-credentials',
        () => of(() => hall.stranger(), '/session', { username: 'nobody', password: PASSWORD }),
      ],
      ['an unknown path', 404, 'not-found', () => hall.stranger().get('/nothing')],
    ]
    it.each(cases)('%s: %i %s', async (_, status, code, send) => {
      const before = (await clerk.get(`/sites/${SITE}/board`)).body
      expect(await send()).toMatchObject({ status, body: { status, code, type: `urn:nuanhao:${code}` } })
      expect((await clerk.get(`/sites/${SITE}/board`)).body).toEqual(before)
    })

    it('a command without a key: 400 key-required', async () => {
      const response = await fetch(`${hall.running.url}/api/v1/counters/c2/pause`, {
        method: 'POST',
        headers: { cookie: clerk.cookie },
      })
      expect(response.status).toBe(400)
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(await response.json()).toMatchObject({ code: 'key-required' })
    })
  })

  it('[COUNTER1] a counter somebody sits at is not another’s, but a supervisor’s to operate', async () => {
    const other = await hall.signIn('counter1')
    expect(await other.post('/counters/c2/open')).toMatchObject({
      status: 409,
      body: { code: 'counter-taken' },
    })
    expect(await other.post('/counters/c2/call-next')).toMatchObject({
      status: 403,
      body: { code: 'counter-not-yours' },
    })
    const supervisor = await hall.signIn('supervisor')
    expect((await supervisor.post('/counters/c2/pause')).body.counter.status).toBe('paused')
    expect((await callNext()).body.code).toBe('counter-paused')
    expect((await clerk.post('/counters/c2/open')).body.counter.status).toBe('open')
  })

  it('[LINE3] in health the line never proposed another leg than the true head', async () => {
    const supervisor = await hall.signIn('supervisor')
    const response = await fetch(`${hall.running.url}/metrics`, { headers: { cookie: supervisor.cookie } })
    const text = await response.text()
    expect(text).toContain('nuanhao_line_divergences_total')
    expect(text).not.toMatch(/nuanhao_line_divergences_total\{[^}]*\} [1-9]/)
  })
})
