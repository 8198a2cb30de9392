import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublicBoard } from '#protocol/board.ts'
import type { Running } from '#server/start.ts'
import type { Client, Reply } from '#test/harness/client.ts'
import { PASSWORD, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { programWith } from '#test/harness/people.ts'
import { Screen } from '#test/harness/screen.ts'

/** Longer than anybody needs to be told that it is too much. */
const ENDLESS = 7_000

/** So many times a script of more than a megabyte. */
const MUCH = 40

/** One by one, until it is too much. */
async function flood(ask: (i: number) => Promise<Reply>): Promise<{ heard: Reply[]; refused: Reply }> {
  const heard: Reply[] = []
  for (let i = 0; i < ENDLESS; i++) {
    const reply = await ask(i)
    if (reply.status === 429) return { heard, refused: reply }
    heard.push(reply)
  }
  throw new Error(`${ENDLESS} were let through`)
}

/** Asks for more than an operating system takes for somebody who reads nothing. Resolves when the server has cut it, with what it had sent. */
async function takeNothing({ url, sockets: { io } }: Running): Promise<number> {
  const { hostname, port } = new URL(url)
  const { httpServer } = io as unknown as { httpServer: HttpServer }
  const coming = once(httpServer, 'connection')
  const socket = connect(Number(port), hostname)
  socket.pause()
  socket.on('error', () => undefined)
  socket.write('GET /api/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(MUCH))
  const [there] = (await coming) as [Socket]
  await new Promise((resolve) => there.once('close', resolve))
  socket.destroy()
  return there.bytesWritten
}

function expectToldWhen({ body, headers }: Reply): void {
  expect(body).toMatchObject({ code: 'too-many', facts: { seconds: expect.any(Number) } })
  expect(body.facts.seconds).toBeGreaterThan(0)
  expect(body.facts.seconds).toBeLessThanOrEqual(60)
  expect(headers.get('retry-after')).toBe(String(body.facts.seconds))
}

describe('floods', () => {
  let hall: TestHall
  let desk: Client
  /** Of a client that asks for a lot and takes nothing: what it was sent until it was cut. */
  let untaken: Promise<number>

  beforeAll(async () => {
    // Through a proxy every client of these tests has an address of its own.
    hall = await startHall('embedded', {
      variables: { RATE_LIMITS: '1', TRUST_PROXY: '1', PUBLIC_URL: 'http://hall.example' },
    })
    desk = from('10.0.0.1')
    untaken = takeNothing(hall.running)
    await desk.signIn('counter2', PASSWORD)
  })
  afterAll(() => hall.stop())

  const from = (address: string) => hall.stranger().withHeaders({ 'x-forwarded-for': address })
  const seq = async () => (await desk.get(`/sites/${SITE}/board`)).body.seq as number

  it('[LIMIT1] a kiosk that floods is told to wait, nothing is done, and the others go on', async () => {
    const kiosk = await hall.enrol('kiosk')
    const other = await hall.enrol('kiosk')
    const issue = (client: Client) => client.post(`/sites/${SITE}/tickets`, { serviceId: 'no-such-service' })
    const { heard, refused } = await flood(() => issue(kiosk))
    expect(heard).toHaveLength(240)
    expect(new Set(heard.map(({ status }) => status))).toEqual(new Set([404]))
    expectToldWhen(refused)
    const before = await seq()
    expect((await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })).status).toBe(429)
    expect(await seq()).toBe(before)
    expect((await other.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })).status).toBe(201)
    expect((await kiosk.get(`/sites/${SITE}/board`)).status).toBe(200)
  })

  it('[LIMIT1] kiosks with somebody new each second, at one address, never meet it', async () => {
    const near = { 'x-forwarded-for': '10.0.0.20' }
    const kiosks = [await hall.enrol('kiosk'), await hall.enrol('kiosk')].map((one) => one.withHeaders(near))
    const refused: Reply[] = []
    const say = (reply: Reply) => {
      if (reply.status === 429) refused.push(reply)
      return reply
    }
    // All that a visit takes, and what the kiosk looks up beside it: a minute of residents, without the pauses.
    for (let resident = 0; resident < 60; resident++) {
      await Promise.all(
        kiosks.map(async (kiosk) => {
          say(await kiosk.get(`/sites/${SITE}`))
          say(await kiosk.get(`/sites/${SITE}/board`))
          const { body } = say(await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' }))
          say(await kiosk.get(`/tickets/${body.ticket.id}`))
          say(await kiosk.get(`/tickets/${body.ticket.id}/why`))
          say(await kiosk.post(`/tickets/${body.ticket.id}/cancel`))
        }),
      )
    }
    expect(refused).toEqual([])
  })

  it('[LIMIT1] a program is bounded by its key', async () => {
    const [program, other] = [await programWith(hall, ['hall']), await programWith(hall, ['hall'])]
    const { heard, refused } = await flood(() => program.get('/sites/elsewhere'))
    expect(heard).toHaveLength(600)
    expectToldWhen(refused)
    expect((await other.get(`/sites/${SITE}/board`)).status).toBe(200)
  })

  it('[LIMIT1] an address has a bound of its own for whoever is not known; who is known there goes on, and so do others', async () => {
    const near = from('10.0.0.2')
    const { token } = await hall.enrol('kiosk')
    const kiosk = from('10.0.0.2').withToken(token)
    const issue = () => kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
    expect((await issue()).status).toBe(201)
    let asked = 0
    const { refused } = await flood(async () => {
      asked += 100
      const replies = await Promise.all(Array.from({ length: 100 }, () => near.get('/nowhere')))
      return replies.find(({ status }) => status === 429) ?? (replies[0] as Reply)
    })
    expectToldWhen(refused)
    // The kiosk was not known when it came first.
    expect(asked).toBe(6_000)
    // A secret that is nobody’s makes nobody known.
    expect((await from('10.0.0.2').withToken('x'.repeat(43)).get('/nowhere')).status).toBe(429)
    for (const path of ['/readyz', '/api/openapi.json', '/privacy/', '/']) {
      const page = await fetch(hall.running.url + path, { headers: { 'x-forwarded-for': '10.0.0.2' } })
      expect([path, page.status]).toEqual([path, 429])
      expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect((await issue()).status).toBe(201)
    expect((await from('10.0.0.3').get('/nowhere')).status).toBe(404)
  })

  it('[LIMIT2] guessing stops for the address, right or wrong; whoever is signed in notices nothing', async () => {
    const guesser = from('10.0.0.4')
    const inside = from('10.0.0.4')
    await inside.signIn('counter3', PASSWORD)
    const { heard, refused } = await flood(() => guesser.get('/track/AAAAAAAAAAAAAAAA'))
    expect(heard).toHaveLength(60)
    expectToldWhen(refused)
    const kiosk = await hall.enrol('kiosk')
    const { body } = await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
    const link = `/track/${(body.trackUrl as string).split('#')[1]}`
    expect((await guesser.get(link)).status).toBe(429)
    expect((await from('10.0.0.5').get(link)).status).toBe(200)
    expect((await inside.get(`/sites/${SITE}/board`)).status).toBe(200)
    // Of such secrets only.
    const right = { username: 'counter2', password: PASSWORD }
    expect((await guesser.post('/session', right)).status).toBe(200)
  })

  it('[LIMIT2] a socket is no way round, and a screen at the same address is let in', async () => {
    const knock = (token: string) =>
      new Promise<string>((resolve) => {
        const socket = io(hall.running.url, {
          ...{ transports: ['websocket'], forceNew: true, reconnection: false },
          extraHeaders: { 'x-forwarded-for': '10.0.0.6' },
          auth: { view: 'public', siteId: SITE, token, after: null },
        })
        const done = (what: string) => {
          socket.close()
          resolve(what)
        }
        socket.on('connect', () => done('let in'))
        socket.on('connect_error', ({ message }) => done(message))
      })
    for (let i = 0; i < 60; i++) expect(await knock('x'.repeat(43))).toBe('unauthenticated')
    expect(await knock('x'.repeat(43))).toBe('too-many')
    expect(await knock((await hall.enrol('display')).token)).toBe('let in')
  })

  it('[LIMIT3] a screen that says too much, or too large a thing, is cut', async () => {
    const { token } = await hall.enrol('display')
    const screen = new Screen<PublicBoard>(hall.running.url, 'public', SITE, { token })
    const cut = () => new Promise<string>((resolve) => screen.socket.once('disconnect', resolve))
    await screen.reached(0)
    let gone = cut()
    for (let i = 0; i < 61; i++) screen.socket.emit('report', {} as never)
    expect(await gone).toBe('io server disconnect')
    screen.socket.connect()
    await new Promise((resolve) => screen.socket.once('connect', () => resolve(null)))
    gone = cut()
    screen.socket.emit('report', { text: 'x'.repeat(17 * 1024) } as never)
    expect(await gone).toBe('transport close')
    screen.close()
  })

  it.each([
    ['10.0.0.7', ''],
    ['10.0.0.8', '&sid='],
  ])('[LIMIT3] an address cannot open sockets without end: %s%s', async (address, more) => {
    const open = () =>
      fetch(`${hall.running.url}/socket.io/?EIO=4&transport=polling${more}`, {
        headers: { 'x-forwarded-for': address },
      })
    const statuses: number[] = []
    while (statuses.length < 1_300) {
      const opened = await Promise.all(Array.from({ length: 100 }, open))
      statuses.push(...opened.map(({ status }) => status))
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(1_200)
    expect(statuses.filter((status) => status === 403)).toHaveLength(100)
  })

  it('[LIMIT3] a screen has so many sockets at a time and no more, however slowly they are opened', async () => {
    const { token } = await hall.enrol('kiosk')
    const open = () => new Screen<PublicBoard>(hall.running.url, 'public', SITE, { token })
    const screens = Array.from({ length: 24 }, open)
    await Promise.all(screens.map((screen) => screen.reached(0)))
    const [first] = screens
    const more = open()
    expect(await new Promise((resolve) => more.socket.once('disconnect', resolve))).toBe(
      'io server disconnect',
    )
    expect(more.board).toBeNull()
    const other = new Screen<PublicBoard>(hall.running.url, 'public', SITE, await hall.enrol('kiosk'))
    await other.reached(0)
    const gone = once(
      hall.running.sockets.io.sockets.sockets.get(first?.socket.id as string) as never,
      'disconnect',
    )
    first?.close()
    await gone
    more.socket.connect()
    await more.reached(0)
    for (const screen of [...screens, more, other]) screen.close()
  })

  it('[ORIGIN1] a socket opens to no foreign page, whoever is signed in there', async () => {
    const { cookie } = desk
    const { host } = new URL(hall.running.url)
    const opened = (origin: string | null, more: Record<string, string> = {}) =>
      new Promise<string>((resolve) => {
        const socket = io(hall.running.url, {
          ...{ transports: ['websocket'], forceNew: true, reconnection: false },
          extraHeaders: {
            cookie,
            'x-forwarded-for': '10.0.0.9',
            ...(origin !== null && { origin }),
            ...more,
          },
          auth: { view: 'staff', siteId: SITE, after: null },
        })
        const done = (what: string) => {
          socket.close()
          resolve(what)
        }
        socket.on('connect', () => done('open'))
        socket.on('connect_error', () => done('refused'))
      })
    const own = [hall.running.url, `https://${host}`, null]
    expect(await Promise.all(own.map((one) => opened(one)))).toEqual(own.map(() => 'open'))
    const renamed = { 'x-forwarded-host': 'hall.example' }
    expect(await opened('https://hall.example', renamed)).toBe('open')
    expect(await opened(hall.running.url, renamed)).toBe('refused')
    const foreign = [
      ...[
        'https://evil.example',
        'null',
        '',
        'http://',
        `http://${host}.evil.example`,
        `http://evil.example/${host}`,
      ],
      ...[`http://${host}@evil.example`, 'http://127.0.0.1:1', 'file://', `http://x${host}`],
    ]
    expect(await Promise.all(foreign.map((one) => opened(one)))).toEqual(foreign.map(() => 'refused'))
    const polled = await fetch(`${hall.running.url}/socket.io/?EIO=4&transport=polling&sid=`, {
      headers: { origin: 'https://evil.example' },
    })
    expect(polled.status).toBe(403)
  })

  it('[LIMIT4] a screen that takes nothing any more is cut, and has the board whole when it is back', async () => {
    const { token } = await hall.enrol('display')
    const screen = new Screen<PublicBoard>(hall.running.url, 'public', SITE, { token })
    await screen.reached(0)
    const [socket] = await hall.running.sockets.io.in(screen.socket.id as string).fetchSockets()
    const server = hall.running.sockets.io.sockets.sockets.get(screen.socket.id as string)
    const gone = new Promise((resolve) => server?.once('disconnect', resolve))
    // Its program hangs: the operating system takes some for it, and then nothing is taken any more.
    const transport = screen.socket.io.engine.transport as unknown as { ws: { _socket: NodeJS.ReadStream } }
    transport.ws._socket.pause()
    const large = 'x'.repeat(64 * 1024)
    for (let i = 0; i < 200; i++) socket?.emit('heartbeat', { seq: 0, at: 0, large } as never)
    await gone
    transport.ws._socket.destroy()
    const { snapshots } = screen
    const fresh = (await desk.get(`/sites/${SITE}/board`)).body
    await screen.reached(fresh.seq)
    expect(screen.board?.seq).toBe(fresh.seq)
    expect(snapshots).toBe(1)
    screen.close()
  })

  it.concurrent.each([
    ['whole', ''],
    ['head', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    [
      'body',
      'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ],
  ])('[LIMIT4] whoever trickles the %s of a request is cut', async (_, begun) => {
    const { hostname, port } = new URL(hall.running.url)
    const socket = connect(Number(port), hostname)
    const said: string[] = []
    socket.on('data', (chunk) => said.push(String(chunk)))
    socket.write(begun)
    await new Promise((resolve) => socket.once('close', resolve))
    expect(said.join('')).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('[LIMIT4] whoever takes nothing of what it asked for is cut', async () => {
    expect(await untaken).toBeLessThan((MUCH * 1_000_000) / 2)
  })

  it('[LIMIT6] a server bounds what it holds open', () => {
    expect(hall.running.sockets.io.httpServer.maxConnections).toBe(20_000)
  })

  it('[HEADER1] pages keep to their own server, and promise HTTPS only over HTTPS', async () => {
    const page = (headers: Record<string, string>) => fetch(`${hall.running.url}/healthz`, { headers })
    const plain = await page({})
    expect(plain.headers.get('strict-transport-security')).toBeNull()
    expect(plain.headers.get('permissions-policy')).toContain('camera=()')
    const { host } = new URL(hall.running.url)
    const policy = plain.headers.get('content-security-policy')
    expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host}`)
    expect(policy).not.toMatch(/unsafe|\*| ws:[ ;]/)
    for (const path of [
      '/',
      '/kiosk/',
      '/api/docs/',
      '/privacy/',
      '/metrics',
      '/api/v1/nowhere',
      '/no-such-page',
      '/socket.io/?EIO=4&transport=polling',
      '/socket.io/?EIO=4&transport=none',
    ]) {
      const { headers } = await fetch(hall.running.url + path)
      const policy = headers.get('content-security-policy') ?? ''
      for (const part of [
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ])
        expect([path, policy]).toEqual([path, expect.stringContaining(part)])
      expect([path, policy]).not.toEqual([
        path,
        expect.stringMatching(/script-src|unsafe-eval|default-src[^;]*unsafe/),
      ])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
    for (const path of ['/healthz', '/socket.io/?EIO=4&transport=polling']) {
      const secure = await fetch(hall.running.url + path, { headers: { 'x-forwarded-proto': 'https' } })
      expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000')
    }
    // A proxy may ask by another name than the browser’s.
    const renamed = await page({ 'x-forwarded-host': 'hall.example' })
    expect(renamed.headers.get('content-security-policy')).toContain('ws://hall.example wss://hall.example')
  })
})
