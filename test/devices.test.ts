import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeviceItem, DeviceView, PairingResponse } from '#protocol/device.ts'
import type { ClientEvents, Hello, ServerEvents } from '#protocol/events.ts'
import { contact, keepReports } from '#store/contact.ts'
import { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'

type Wire = Socket<ServerEvents, ClientEvents>

const DAY = 24 * 3_600_000
const DEVICES = `/sites/${SITE}/devices`
const PAIRINGS = `/sites/${SITE}/pairings`

describe.each(MODES)('screens that come and go (%s)', (mode) => {
  let hall: TestHall
  let supervisor: Client
  const wires: Wire[] = []

  beforeAll(async () => {
    hall = await startHall(mode)
    supervisor = await hall.signIn('supervisor')
    // From here on a hall like any other: its screens are approved by a person.
    hall.running.parts.demo = false
  })
  afterAll(async () => {
    for (const wire of wires) wire.close()
    await hall.stop()
  })

  function connect(auth: Hello, url = hall.running.url): Wire {
    const wire: Wire = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false })
    wires.push(wire)
    return wire
  }
  const publicly = (token: string) => connect({ view: 'public', siteId: SITE, token, after: null })
  const once = <E extends keyof ServerEvents>(wire: Wire, event: E) =>
    new Promise<Parameters<ServerEvents[E]>[0]>((resolve) =>
      wire.once(event, ((said: Parameters<ServerEvents[E]>[0]) => resolve(said)) as never),
    )
  const turnedAway = (wire: Wire) =>
    new Promise<string>((resolve, reject) => {
      wire.once('connect_error', ({ message }) => resolve(message))
      wire.once('connect', () => reject(new Error('it was let in')))
    })
  const ask = async (wish: object = { kind: 'kiosk' }): Promise<PairingResponse> => {
    const { status, body } = await hall.stranger().post('/devices', wish)
    expect(status).toBe(202)
    return body
  }
  const approve = (code: string, more: object = {}) => supervisor.post(DEVICES, { code, ...more })
  /** A screen that was let in, and its token. */
  const letIn = async (more: object = {}, kind = 'kiosk') => {
    const { code, secret } = await ask({ kind })
    const { status, body } = await approve(code, more)
    expect(status).toBe(201)
    return { token: secret, device: body.device as DeviceItem }
  }
  const reads = async (token: string) => (await hall.stranger().withToken(token).get(`/sites/${SITE}`)).status

  it('[PAIR1] [PAIR2] a screen that waits is let in by its code, and told what it is', async () => {
    const { code, secret, seconds, revoked } = await ask({ kind: 'display' })
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{3}-[2-9A-HJKMNP-Z]{3}$/)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect({ seconds, revoked }).toEqual({ seconds: 600, revoked: false })
    expect(await reads(secret)).toBe(401)
    const waiting = connect({ view: 'pairing', token: secret })
    await new Promise((resolve) => waiting.once('connect', () => resolve(null)))
    const paired = once(waiting, 'paired')

    const looked = await supervisor.post(PAIRINGS, { code: code.replace('-', '').toLowerCase() })
    expect(looked).toMatchObject({
      ...{ status: 200, body: { kind: 'display', was: null, name: 'D1' } },
    })
    expect(looked.body.origin).toContain('127.0.0.1')
    const place = { counter: 'c2' }
    const { status, body } = await approve(code, { place })
    expect({ status, device: body.device }).toMatchObject({ status: 201, device: { name: 'D1', place } })
    const told = (await paired) as DeviceView
    expect(told).toEqual({ id: body.device.id, kind: 'display', siteId: SITE, name: 'D1', place })
    expect(await reads(secret)).toBe(200)

    // A code is good once, and a screen that missed the word, or lost its power, hears it when it is back.
    expect((await approve(code)).body.code).toBe('unknown-pairing')
    expect(await once(connect({ view: 'pairing', token: secret }), 'paired')).toEqual(told)
    const [row] = await hall.running.parts.hall.database.query(
      `select actor ~ '^staff:' as staff, subject from nuanhao.audit where action = 'device:enrolled' and result = 'done' order by n desc limit 1`,
    )
    expect(row).toEqual({ staff: true, subject: body.device.id })
  })

  it('[PAIR1] the code alone gives nothing, nor does another screen’s secret', async () => {
    const mine = await ask()
    const other = await ask()
    for (const token of [mine.code, mine.code.replace('-', ''), 'x'.repeat(43)]) {
      expect(await turnedAway(connect({ view: 'pairing', token }))).toBe('unauthenticated')
    }
    const elsewhere = connect({ view: 'pairing', token: other.secret })
    await new Promise((resolve) => elsewhere.once('connect', () => resolve(null)))
    let stolen = false
    elsewhere.once('paired', () => {
      stolen = true
    })
    const waiting = connect({ view: 'pairing', token: mine.secret })
    await approve(mine.code)
    await once(waiting, 'paired')
    expect(stolen).toBe(false)
    expect(await reads(other.secret)).toBe(401)
    const kept = await hall.running.parts.hall.database.query(
      'select p::text as row from nuanhao.pairing p union all select d::text from nuanhao.device d',
    )
    for (const word of [other.code, other.code.replace('-', ''), other.secret, mine.secret]) {
      expect(JSON.stringify(kept)).not.toContain(word)
    }
  })

  it('[PAIR1] [PAIR2] after ten minutes a code is good for nothing; of two who approve at once one does', async () => {
    const late = await ask()
    hall.clock.ahead += 600_000
    expect((await approve(late.code)).body.code).toBe('unknown-pairing')
    expect(await turnedAway(connect({ view: 'pairing', token: late.secret }))).toBe('unauthenticated')
    const { code } = await ask()
    const both = await Promise.all([approve(code), approve(code)])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 404])
  })

  it('[PAIR2] a name is one screen’s, and of its kind’s letter; a place is one that the hall has', async () => {
    const { device } = await letIn({ name: 'K40' })
    expect(device.name).toBe('K40')
    const { code } = await ask()
    expect((await approve(code, { name: 'K40' })).body.code).toBe('name-taken')
    expect((await approve(code, { name: 'D41' })).body.code).toBe('malformed')
    expect((await approve(code, { place: { rate: 'c1' } })).body.code).toBe('malformed')
    expect((await approve(code, { place: { counter: 'c99' } })).body.code).toBe('unknown-counter')
    expect((await approve(code, { place: { zone: 'nowhere' } })).status).toBe(400)
    expect((await approve(code, { place: { zone: 'a', counter: 'c1' } })).status).toBe(400)
    // Nothing of this used the code up.
    expect((await approve(code)).body.device.name).toBe('K41')
  })

  it('[PAIR4] who approves may ask for themselves; in a demo hall all may, but not a screen that was switched off', async () => {
    expect((await supervisor.post('/devices', { kind: 'display' })).status).toBe(201)
    const clerk = await hall.signIn('counter2')
    expect((await clerk.post('/devices', { kind: 'display' })).status).toBe(202)
    const { token, device } = await letIn()
    hall.running.parts.demo = true
    try {
      expect((await hall.stranger().post('/devices', { kind: 'kiosk', was: token })).status).toBe(201)
      await supervisor.delete(`${DEVICES}/${device.id}`)
      const again = await hall.stranger().post('/devices', { kind: 'kiosk', was: token })
      expect(again).toMatchObject({ status: 202, body: { revoked: true } })
      expect((await supervisor.post(PAIRINGS, { code: again.body.code })).body.was).toBe(device.name)
    } finally {
      hall.running.parts.demo = false
    }
  })

  it('[PAIR5] a screen that was given a place rates at no other counter', async () => {
    const rate = (token: string, counter: string) =>
      hall.stranger().withToken(token).post(`/counters/${counter}/rating`, { number: 'A001', level: 5 })
    const { token } = await letIn({ place: { rate: 'c2' } }, 'display')
    expect((await rate(token, 'c3')).body.code).toBe('counter-not-yours')
    expect((await rate(token, 'c2')).body.code).toBe('not-completed')
    const wall = await letIn({ place: {} }, 'display')
    expect((await rate(wall.token, 'c2')).body.code).toBe('counter-not-yours')
  })

  it('[PAIR6] an old token is renewed; until the new one is used, and for an hour, both are good', async () => {
    const { token } = await letIn()
    const first = publicly(token)
    await once(first, 'heartbeat')
    first.close()
    hall.clock.ahead += 31 * DAY
    supervisor = await hall.signIn('supervisor')
    const told = async () => {
      const wire = publicly(token)
      const next = (await once(wire, 'token')) as string
      wire.close()
      return next
    }
    const next = await told()
    expect(Buffer.from(next, 'base64url')).toHaveLength(32)
    // The word was lost: it is said again, and is the same. The old token is still good.
    expect(await told()).toBe(next)
    expect(await reads(token)).toBe(200)
    expect(await reads(next)).toBe(200)
    // Not because the server remembers for a moment whose it was.
    hall.clock.ahead += 60_000
    expect(await reads(token)).toBe(200)
    hall.clock.ahead += 3_600_001
    expect(await reads(token)).toBe(401)
    expect(await reads(next)).toBe(200)
  })

  it('[PAIR10] a screen that is still there by its old token is cut when that ends, on every server, and comes back by its new one', async () => {
    const { token } = await letIn()
    hall.clock.ahead += 31 * DAY
    const elsewhere = mode === 'services' ? await hall.another() : hall.running
    const [here, there] = [hall.running.url, elsewhere.url].map((url) =>
      connect({ view: 'public', siteId: SITE, token, after: null }, url),
    ) as [Wire, Wire]
    const next = (await Promise.all([once(here, 'token'), once(there, 'public:snapshot')]))[0] as string
    const ends = [here, there].map(
      (wire) => new Promise<string>((resolve) => wire.once('disconnect', resolve)),
    )
    let revoked = false
    for (const wire of [here, there]) wire.once('revoked', () => (revoked = true))
    // The new one is used: from now on the old one is good for an hour.
    const fresh = publicly(next)
    await once(fresh, 'public:snapshot')
    hall.clock.ahead += 3_590_000
    await once(here, 'heartbeat')
    expect([here.connected, there.connected]).toEqual([true, true])
    hall.clock.ahead += 11_000
    expect(await Promise.all(ends)).toEqual(['io server disconnect', 'io server disconnect'])
    expect(revoked).toBe(false)
    expect(fresh.connected).toBe(true)
    expect(await turnedAway(publicly(token))).toBe('unauthenticated')
    await once(publicly(next), 'public:snapshot')
    supervisor = await hall.signIn('supervisor')
  })

  it('[PAIR7] who is switched off is cut at once, on every server and by every token, and leaves its name', async () => {
    const { token, device } = await letIn()
    const elsewhere = mode === 'services' ? await hall.another() : hall.running
    const wire = connect({ view: 'public', siteId: SITE, token, after: null }, elsewhere.url)
    await once(wire, 'public:snapshot')
    const [cut, gone] = [
      once(wire, 'revoked'),
      new Promise<string>((resolve) => wire.once('disconnect', resolve)),
    ]
    expect((await supervisor.delete(`${DEVICES}/${device.id}`)).status).toBe(204)
    await cut
    expect(await gone).toBe('io server disconnect')
    expect(await reads(token)).toBe(401)
    expect(await turnedAway(publicly(token))).toBe('unauthenticated')
    expect((await supervisor.delete(`${DEVICES}/${device.id}`)).body.code).toBe('unknown-device')
    const { items } = (await supervisor.get(DEVICES)).body as { items: DeviceItem[] }
    expect(items.map(({ id }) => id)).not.toContain(device.id)
    // Not given away unasked, but for whoever asks.
    expect((await letIn()).device.name).not.toBe(device.name)
    expect((await letIn({ name: device.name })).device.name).toBe(device.name)
  })

  it('[PAIR7] word of it that was lost cuts it seconds later', async () => {
    const { token, device } = await letIn()
    const wire = publicly(token)
    await once(wire, 'public:snapshot')
    const cut = once(wire, 'revoked')
    await hall.running.parts.hall.database.query('update nuanhao.device set revoked_at = 1 where id = $1', [
      device.id,
    ])
    await cut
    expect(await turnedAway(publicly(token))).toBe('unauthenticated')
  })

  it('[PAIR8] a screen is given another place, is told at once, and is good for that one', async () => {
    const { token, device } = await letIn({ place: { rate: 'c2' } }, 'display')
    const elsewhere = mode === 'services' ? await hall.another() : hall.running
    const wire = connect({ view: 'public', siteId: SITE, token, after: null }, elsewhere.url)
    expect(await once(wire, 'placed')).toEqual({ rate: 'c2' })
    const put = (place: object, id = device.id) => supervisor.post(`${DEVICES}/${id}/place`, { place })
    const followed = once(wire, 'placed')
    expect((await put({ rate: 'c3' })).body.device.place).toEqual({ rate: 'c3' })
    expect(await followed).toEqual({ rate: 'c3' })
    const [row] = await hall.running.parts.hall.database.query(
      `select action, subject from nuanhao.audit where action like 'device:%' order by n desc limit 1`,
    )
    expect(row).toEqual({ action: 'device:moved', subject: device.id })
    // What the hall has not, or is not for its kind, changes nothing.
    expect((await put({ rate: 'c99' })).body.code).toBe('unknown-counter')
    expect((await put({ zone: 'nowhere' })).body.code).toBe('malformed')
    expect((await put({ counter: 'c1' }, (await letIn()).device.id)).body.code).toBe('malformed')
    expect((await put({}, 'nobody')).body.code).toBe('unknown-device')
    expect((await hall.signIn('counter2').then((clerk) => clerk.post(`${DEVICES}/x/place`))).status).toBe(403)
    const { items } = (await supervisor.get(DEVICES)).body as { items: DeviceItem[] }
    expect(items.find(({ id }) => id === device.id)?.place).toEqual({ rate: 'c3' })
    // It was away when it was moved again.
    wire.close()
    await put({})
    expect(await once(publicly(token), 'placed')).toEqual({})
  })

  describe('a call pad', () => {
    let pad: Client
    const press = (verb: string, seen: object = { number: null }, counter = 'c2', key?: string) =>
      pad.post(`/counters/${counter}/pad/${verb}`, seen, key === undefined ? {} : { key })
    const letPadIn = async (counter: string) =>
      hall.stranger().withToken((await letIn({ place: { counter } }, 'pad')).token)

    it('[PAD1] [PAIR2] is let in for one counter by a person, in a demo hall too', async () => {
      const { code } = await ask({ kind: 'pad' })
      for (const place of [{}, { rate: 'c2' }, { counter: 'c99' }]) {
        expect([400, 404]).toContain((await approve(code, { place })).status)
      }
      expect((await approve(code, { place: { counter: 'c2' } })).body.device).toMatchObject({
        ...{ kind: 'pad', name: 'C1', place: { counter: 'c2' } },
      })
      hall.running.parts.demo = true
      const alone = await hall.stranger().post('/devices', { kind: 'pad', place: { counter: 'c2' } })
      // Whoever may let it in says where, also for a screen of their own.
      const unplaced = await supervisor.post('/devices', { kind: 'pad' })
      hall.running.parts.demo = false
      expect([alone.status, unplaced.status]).toEqual([202, 202])
    })

    it('[PAD1] [PAD2] does its five things for whoever sits there, at its own counter, and nothing else', async () => {
      pad = await letPadIn('c2')
      expect((await press('call-next')).body.code).toBe('nobody-at-counter')
      const clerk = await hall.signIn('counter2')
      await clerk.post('/counters/c2/open')
      const kiosk = (await letIn()).token
      const door = hall.stranger().withToken(kiosk)
      const take = async (): Promise<string> =>
        (await door.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })).body.ticket.number
      const [first, second] = [await take(), await take()]

      expect((await press('call-next', { number: null }, 'c3')).body.code).toBe('counter-not-yours')
      expect((await press('undo')).status).toBe(400)
      expect((await press('call-next')).body).toEqual({ number: first })
      expect((await press('call-next')).body.code).toBe('counter-busy')
      expect((await press('recall', { number: first, calls: 1 })).body).toEqual({ number: first })
      expect((await press('start', { number: first })).body).toEqual({ number: first })
      expect((await press('no-show', { number: first })).body.code).toBe('not-called')
      expect((await press('complete', { number: first })).body).toEqual({ number: null })
      expect((await press('call-next')).body).toEqual({ number: second })
      expect((await press('no-show', { number: second })).body).toEqual({ number: null })
      expect((await press('call-next')).body).toEqual({ number: null })

      // By the pad, for whom: and the clerk finds it among what they did, and may take it back.
      const { accountId } = (await clerk.get('/session')).body
      const rows = await hall.running.parts.hall.database.query(
        `select a.action, a.reason, d.name from nuanhao.audit a join nuanhao.device d on 'device:' || d.id = a.actor
          where d.kind = 'pad' order by a.n`,
      )
      const done = ['called', 'recalled', 'started', 'completed', 'called', 'missed']
      expect(rows).toEqual(
        done.map((what) => ({ action: `ticket:${what}`, reason: `for:staff:${accountId}`, name: 'C2' })),
      )
      const { items } = (await clerk.get('/counters/c2/actions')).body
      expect(items.slice(0, 6).map(({ by }: { by: string }) => by)).toEqual(done.map(() => 'you'))
      expect((await clerk.post('/counters/c2/undo')).body.ticket).toMatchObject({
        ...{ number: second, state: 'called' },
      })
      expect((await press('start', { number: second })).status).toBe(200)
      expect((await press('complete', { number: second })).status).toBe(200)
      // Paused it calls nobody, and who was taken over is acted for no more.
      await clerk.post('/counters/c2/pause')
      expect((await press('call-next')).body.code).toBe('counter-paused')
      await clerk.post('/counters/c2/close')
      expect((await press('call-next')).body.code).toBe('nobody-at-counter')
    })

    it('[PAIR8] [PAD1] given another place it is good there at the next press, and where it was no more', async () => {
      const { token, device } = await letIn({ place: { counter: 'c5' } }, 'pad')
      const moved = hall.stranger().withToken(token)
      const at = async (counter: string) =>
        (await moved.post(`/counters/${counter}/pad/call-next`, { number: null })).body.code
      expect([await at('c5'), await at('c6')]).toEqual(['nobody-at-counter', 'counter-not-yours'])
      await supervisor.post(`${DEVICES}/${device.id}/place`, { place: { counter: 'c6' } })
      expect([await at('c5'), await at('c6')]).toEqual(['counter-not-yours', 'nobody-at-counter'])
    })

    it('[PAIR9] a server that remembers where a screen was forgets it when the screen is moved at another', async () => {
      const { token, device } = await letIn({ place: { counter: 'c5' } }, 'pad')
      const { url, parts } = mode === 'services' ? await hall.another() : hall.running
      const elsewhere = new Client(url).withToken(token)
      const at = async (counter: string) =>
        (await elsewhere.post(`/counters/${counter}/pad/call-next`, { number: null })).body.code
      // No screen is connected there: only the word itself can make it forget.
      const said = new Promise((resolve) => parts.hall.hints.onMoved(resolve))
      expect(await at('c5')).toBe('nobody-at-counter')
      await supervisor.post(`${DEVICES}/${device.id}/place`, { place: { counter: 'c6' } })
      expect(await said).toBe(device.id)
      expect([await at('c5'), await at('c6')]).toEqual(['counter-not-yours', 'nobody-at-counter'])
    })

    it('[PAD3] a press on an old picture, or a second one, does nothing; a retry is the same press', async () => {
      const clerk = await hall.signIn('counter2')
      await clerk.post('/counters/c2/open')
      const door = hall.stranger().withToken((await letIn()).token)
      for (let n = 0; n < 2; n++) {
        await door.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
      }
      const { number } = (await press('call-next')).body
      const twice = await Promise.all([1, 2].map(() => press('recall', { number, calls: 1 })))
      expect(twice.map(({ status }) => status).sort()).toEqual([200, 412])
      expect((await press('recall', { number, calls: 1 })).body.code).toBe('stale')
      const key = 'the-very-same-press'
      const once = await press('complete', { number, calls: 2 }, 'c2', key)
      expect([once.status, once.body]).toEqual([200, { number: null }])
      expect((await press('complete', { number, calls: 2 }, 'c2', key)).body).toEqual({ number: null })
      const next = (await press('call-next')).body.number
      expect(next).not.toBe(number)
      // The pad still shows the one before.
      for (const verb of ['recall', 'start', 'complete', 'no-show']) {
        expect((await press(verb, { number })).body.code).toBe('stale')
        expect((await press(verb, { number: 'Z999' })).body.code).toBe('stale')
        expect((await press(verb)).body.code).toBe('stale')
      }
      const { counters } = (await clerk.get(`/sites/${SITE}/board`)).body as {
        counters: Record<string, { status: string }>
      }
      expect(counters.c2?.status).toBe('open')
      expect((await press('complete', { number: next })).status).toBe(200)
      await clerk.post('/counters/c2/close')
    })
  })
})

describe.each(MODES)('how screens are (%s)', (mode) => {
  let hall: TestHall
  const wires: Wire[] = []

  beforeAll(async () => {
    hall = await startHall(mode)
  })
  afterAll(async () => {
    for (const wire of wires) wire.close()
    await hall.stop()
  })

  function connect(auth: Hello, cookie = '', url = hall.running.url): Wire {
    const headers = cookie === '' ? {} : { extraHeaders: { cookie } }
    const wire: Wire = io(url, { auth, transports: ['websocket'], forceNew: true, ...headers })
    wires.push(wire)
    return wire
  }
  const looks = async (username: string, url?: string) =>
    connect({ view: 'staff', siteId: SITE, after: null }, (await hall.signIn(username)).cookie, url)
  /** The next word of how the screens are in which this one is so. */
  const told = (wire: Wire, id: string, so: (one: DeviceItem) => boolean) =>
    new Promise<DeviceItem>((resolve) => {
      const listen = (devices: DeviceItem[]) => {
        const found = devices.find((one) => one.id === id)
        if (!found || !so(found)) return
        wire.off('devices', listen)
        resolve(found)
      }
      wire.on('devices', listen)
    })
  const screen = async (kind: 'kiosk' | 'display') => {
    const { token } = await hall.enrol(kind)
    const { items } = (await (await hall.signIn('supervisor')).get(DEVICES)).body as { items: DeviceItem[] }
    const newest = items.filter((one) => one.kind === kind).at(-1) as DeviceItem
    return { token, id: newest.id }
  }
  const row = async (id: string) =>
    (
      await hall.running.parts.hall.database.query<{ seen_at: number; build: string; at: string }>(
        'select seen_at, build, skew, error, xmin::text as at from nuanhao.device where id = $1',
        [id],
      )
    )[0]

  it('[HEALTH1] [HEALTH2] [HEALTH3] what a screen says of itself reaches whoever may see the screens, on every server, and is kept', async () => {
    const { token, id } = await screen('kiosk')
    const elsewhere = mode === 'services' ? await hall.another() : hall.running
    const page = await looks('supervisor', elsewhere.url)
    const never = await told(page, id, () => true)
    expect(never).toMatchObject({ online: false, seenAt: null, build: null, skew: null, error: null })
    const wire = connect({ view: 'public', siteId: SITE, token, after: null })
    const now = () => Date.now() + hall.clock.ahead
    wire.emit('report', { clock: now() + 180_000, build: 'index-A.js' })
    const fast = await told(page, id, ({ online, skew }) => online && skew !== null)
    expect(fast.build?.name).toBe('index-A.js')
    expect(fast.skew).toBeGreaterThan(170_000)
    expect(fast.skew).toBeLessThanOrEqual(180_000)

    // What is no report is dropped, and so is what a person's page says.
    wire.emit('report', { clock: 1, build: '<张三>' })
    wire.emit('report', { clock: 1, build: 'index-B.js', error: 'cannot read 13800001234' })
    page.emit('report', { clock: 1, build: 'index-C.js' })
    wire.emit('report', { clock: now() + 180_000, build: 'index-A.js', error: 'TypeError' })
    const failed = await told(page, id, ({ error }) => error !== null)
    expect(failed).toMatchObject({ build: { name: 'index-A.js' }, error: { name: 'TypeError' } })
    // Well again: when something went wrong last is kept.
    wire.emit('report', { clock: now(), build: 'index-A.js' })
    expect(await told(page, id, ({ skew }) => skew !== null && skew < 5_000)).toMatchObject({
      error: { name: 'TypeError', at: failed.error?.at },
    })
  })

  it('[HEALTH2] a screen that is as it was is not written down again, but that there was word of it', async () => {
    const { database } = hall.running.parts.hall
    const { id } = await screen('display')
    const same = { id, build: 'index-A.js', skew: 100, error: null }
    await keepReports(database, [same], 1_000)
    const before = await row(id)
    await keepReports(database, [{ ...same, skew: 2_000 }], 2_000)
    expect(await row(id)).toEqual(before)
    await keepReports(database, [{ ...same, skew: 2_101 }], 3_000)
    expect(await row(id)).toMatchObject({ skew: 2_101 })
    // A display each half minute is enough; a kiosk's absence is to be known more precisely.
    const kiosk = await screen('kiosk')
    for (const at of [100_000, 110_000, 120_000, 126_000]) await contact(database, [id, kiosk.id], at)
    expect((await row(id))?.seen_at).toBe(126_000)
    await contact(database, [id, kiosk.id], 136_000)
    expect([(await row(id))?.seen_at, (await row(kiosk.id))?.seen_at]).toEqual([126_000, 136_000])
    const absences = await database.query('select 1 from nuanhao.device_absence where device_id = $1', [id])
    expect(absences).toEqual([])
  })

  it('[HEALTH3] [HEALTH4] a screen that falls silent is told as silent; a clerk and a screen are told nothing', async () => {
    const { token, id } = await screen('display')
    const page = await looks('supervisor')
    const clerk = await looks('counter2')
    const wire = connect({ view: 'public', siteId: SITE, token, after: null })
    let leaked = false
    for (const one of [clerk, wire]) {
      one.on('devices', () => {
        leaked = true
      })
    }
    wire.emit('report', { clock: Date.now() + hall.clock.ahead, build: 'index-A.js' })
    await told(page, id, ({ online }) => online)
    wire.close()
    hall.clock.ahead += 61_000
    const silent = await told(page, id, ({ online }) => !online)
    expect(silent.seenAt).not.toBeNull()
    expect(leaked).toBe(false)
  })
})

describe('floods of screens', () => {
  let hall: TestHall
  beforeAll(async () => {
    hall = await startHall('embedded', { variables: { RATE_LIMITS: '1', TRUST_PROXY: '1' } })
    hall.running.parts.demo = false
  })
  afterAll(() => hall.stop())

  it('[PAIR3] a site is heard twenty times about wrong codes, an address asks for a hundred and twenty screens', async () => {
    const supervisor = await hall.signIn('supervisor')
    const admin = await hall.signIn('admin')
    for (let n = 0; n < 20; n++) {
      const who = n % 2 ? admin : supervisor
      expect((await who.post(PAIRINGS, { code: '222-222' })).body.code).toBe('unknown-pairing')
    }
    const from = (address: string) => hall.stranger().withHeaders({ 'x-forwarded-for': address })
    const { code } = (await from('10.0.0.1').post('/devices', { kind: 'kiosk' })).body
    expect((await admin.post(DEVICES, { code })).status).toBe(429)
    const { limits } = hall.running.parts
    for (let n = 1; n < 120; n++) await limits.pairs('10.0.0.1')
    expect((await from('10.0.0.1').post('/devices', { kind: 'kiosk' })).status).toBe(429)
    expect((await from('10.0.0.2').post('/devices', { kind: 'kiosk' })).status).toBe(202)
  })
})
