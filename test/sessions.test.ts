import { io } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StaffBoard } from '#protocol/board.ts'
import type { AccountItem, SessionItem } from '#protocol/session.ts'
import { runHallCommand } from '#setup/commands.ts'
import { SESSION_IDLE, SESSION_LIFE } from '#store/sessions.ts'
import { beginAttempt } from '#store/sign-in-attempts.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, PASSWORD, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { Screen } from '#test/harness/screen.ts'

const MINUTE = 60_000
const OWN = 'a password of my own'
const EDGE_ON_WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87'

/** A staff screen of that session, and when it is cut. */
async function watchFrom(url: string, { cookie }: Client) {
  const screen = new Screen<StaffBoard>(url, 'staff', SITE, { cookie })
  const cut = new Promise<void>((resolve) => screen.socket.once('revoked', resolve))
  await new Promise<void>((resolve) => screen.socket.once('connect', resolve))
  return { screen, cut }
}

describe.each(MODES)('sessions, %s', (mode) => {
  let hall: TestHall
  beforeEach(async () => {
    // A proxy may say that it was HTTPS.
    hall = await startHall(mode, { variables: { TRUST_PROXY: '1' } })
  })
  afterEach(() => hall.stop())

  const itemsOf = async (client: Client, path = '/sessions') =>
    (await client.get(path)).body.items as SessionItem[]
  const watch = (client: Client, url = hall.running.url) => watchFrom(url, client)
  const audited = (action: string) =>
    hall.running.parts.hall.database.query<{ actor: string; subject: string; result: string }>(
      'select actor, subject, result from nuanhao.audit where action = $1 order by n',
      [action],
    )
  /** The operator gives somebody a password that is made up. */
  const madeUp = async (username: string) => {
    const { database, now } = hall.running.parts.hall
    const request = { command: 'password', username } as const
    const { output } = await runHallCommand(database, request, now(), 'operator:test')
    return output.trim().split(/\s+/).at(-1) ?? ''
  }

  it('[SIGNIN2] a session ends when it is not used, and after a day however it is used; its screen is cut', async () => {
    expect([SESSION_IDLE, SESSION_LIFE]).toEqual([12 * 60 * MINUTE, 24 * 60 * MINUTE])
    const clerk = await hall.signIn('counter1')
    const { screen, cut } = await watch(clerk)
    try {
      hall.clock.ahead += SESSION_IDLE - MINUTE
      expect((await clerk.get('/session')).status).toBe(200)
      hall.clock.ahead += SESSION_IDLE - MINUTE
      expect((await clerk.get('/session')).status).toBe(200)
      hall.clock.ahead = SESSION_LIFE + MINUTE
      expect((await clerk.get('/session')).body.code).toBe('unauthenticated')
      await cut
    } finally {
      screen.close()
    }
    const idle = await hall.signIn('counter1')
    hall.clock.ahead += SESSION_IDLE + MINUTE
    expect((await idle.get('/session')).status).toBe(401)
  })

  it('[SIGNIN3] no script reads the cookie, no foreign page sends it, and it lasts as long as the session may', async () => {
    const clerk = hall.stranger()
    const opened = await clerk.signIn('counter1', PASSWORD)
    const [cookie = ''] = opened.headers.getSetCookie()
    const [secret = '', ...attributes] = cookie.split('; ').map((part) => part.toLowerCase())
    expect(secret).toMatch(/^nuanhao_session=[\w-]{43}$/)
    expect(attributes).toEqual(
      expect.arrayContaining(['httponly', 'samesite=strict', 'path=/', `max-age=${SESSION_LIFE / 1_000}`]),
    )
    expect(attributes.join()).not.toMatch(/secure|domain/)
    const secure = await hall
      .stranger()
      .withHeaders({ 'x-forwarded-proto': 'https' })
      .signIn('counter1', PASSWORD)
    expect(secure.headers.getSetCookie()[0]).toMatch(/; HttpOnly; Secure; SameSite=Strict$/)
    const [gone = ''] = (await clerk.delete('/session')).headers.getSetCookie()
    expect(gone).toMatch(/^nuanhao_session=;.*HttpOnly.*SameSite=Strict/)
  })

  it('[SIGNIN3] who signs in anew in the same browser leaves the session before', async () => {
    const browser = await hall.signIn('counter1')
    const before = browser.cookie
    await browser.signIn('counter2', PASSWORD)
    const old = hall.stranger()
    old.cookie = before
    expect((await old.get('/session')).status).toBe(401)
    expect((await browser.get('/session')).body.username).toBe('counter2')
    expect(await audited('session:closed')).toHaveLength(1)
  })

  it('[SIGNIN4] [SIGNIN5] [SIGNIN10] a password that was made up is changed before anything else', async () => {
    const password = await madeUp('counter2')
    const clerk = hall.stranger()
    expect((await clerk.signIn('counter2', password)).body).toMatchObject({ initial: true })
    const board = `/sites/${SITE}/board`
    for (const asked of [() => clerk.get(board), () => clerk.post('/counters/c2/open')]) {
      expect(await asked()).toMatchObject({ status: 403, body: { code: 'password-change-first' } })
    }
    const refused = await new Promise<Error>((resolve) => {
      const socket = io(hall.running.url, {
        ...{ transports: ['websocket'], forceNew: true, reconnection: false },
        ...{ auth: { view: 'staff', siteId: SITE, token: '', after: null } },
        extraHeaders: { cookie: clerk.cookie },
      })
      socket.once('connect_error', resolve)
    })
    expect(refused.message).toBe('password-change-first')
    expect((await clerk.get('/session')).body).toMatchObject({ username: 'counter2', initial: true })

    const choose = (current: string, chosen: string) =>
      clerk.post('/session/password', { current, password: chosen })
    expect((await choose('not this one', OWN)).body.code).toBe('wrong-password')
    expect((await choose(password, password)).body.code).toBe('same-password')
    // However the keyboard writes it.
    const wide = String.fromCodePoint((password.codePointAt(0) ?? 0) + 0xfee0) + password.slice(1)
    expect((await choose(password, wide)).body.code).toBe('same-password')
    // [SIGNIN10] Also by the hall's own name.
    expect((await choose(password, 'Password1')).body.code).toBe('common-password')
    expect((await choose(password, 'counter2 2026')).body.code).toBe('password-is-name')
    expect((await choose(password, '暖安街道政务服务中心')).body.code).toBe('password-is-name')
    expect((await choose(password, '7 signs')).body).toMatchObject({
      code: 'malformed',
      facts: { at: 'password' },
    })
    expect((await choose(password, OWN.padEnd(257, ' and so on'))).body.code).toBe('malformed')
    expect((await clerk.get(board)).status).toBe(403)
    expect((await choose(password, OWN)).status).toBe(204)
    // At once, on this session.
    expect((await clerk.get(board)).status).toBe(200)
    expect((await clerk.get('/session')).body).not.toHaveProperty('initial')
    expect((await hall.stranger().post('/session', { username: 'counter2', password })).status).toBe(401)
    expect((await (await signedIn('counter2', OWN)).get('/session')).body).not.toHaveProperty('initial')
    const [{ id } = { id: '' }] = await hall.running.parts.hall.database.query<{ id: string }>(
      `select id from nuanhao.account where username = 'counter2'`,
    )
    expect(await audited('account:password')).toEqual([
      { actor: 'operator:test', subject: id, result: 'done' },
      { actor: `staff:${id}`, subject: id, result: 'wrong-password' },
      { actor: `staff:${id}`, subject: id, result: 'done' },
    ])
    expect(hall.log.join()).not.toContain(OWN)
  })
  const signedIn = async (username: string, password: string) => {
    const client = hall.stranger()
    await client.signIn(username, password)
    return client
  }

  it('[SIGNIN5] [SIGNIN1] a wrong present password counts as a sign-in that fails', async () => {
    const clerk = await hall.signIn('counter1')
    const { database, now } = hall.running.parts.hall
    for (let i = 0; i < 9; i++) expect(await beginAttempt(database, 'counter1', now())).toBe(0)
    const asked = { current: 'not this one', password: OWN }
    expect((await clerk.post('/session/password', asked)).body.code).toBe('wrong-password')
    const held = await clerk.post('/session/password', { ...asked, current: PASSWORD })
    expect([held.status, held.body.code]).toEqual([429, 'too-many'])
    expect(
      (await hall.stranger().post('/session', { username: 'counter1', password: PASSWORD })).status,
    ).toBe(429)
    hall.clock.ahead += MINUTE
    expect((await clerk.post('/session/password', { ...asked, current: PASSWORD })).status).toBe(204)
  })

  it('[SIGNIN5] [SIGNIN8] of two who choose at once one is told no, and every other session ends', async () => {
    const [here, there] = [await hall.signIn('counter1'), await hall.signIn('counter1')]
    const { screen, cut } = await watch(there)
    try {
      const answers = await Promise.all(
        ['the one of the first', 'the one of the second'].map((password) =>
          here.post('/session/password', { current: PASSWORD, password }),
        ),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 403])
      await cut
      expect((await there.get('/session')).status).toBe(401)
      expect((await here.get('/session')).status).toBe(200)
    } finally {
      screen.close()
    }
  })

  it('[SIGNIN5] asked again by a screen that was not answered, meanwhile or afterwards, it is done once', async () => {
    const here = await hall.signIn('counter1')
    const asked = { current: PASSWORD, password: OWN }
    const choose = () => here.post('/session/password', asked)
    const meanwhile = await Promise.all([choose(), choose()])
    expect([...meanwhile, await choose()].map(({ status }) => status)).toEqual([204, 204, 204])
    expect((await audited('account:password')).map(({ result }) => result)).toEqual(['done'])
    expect((await here.post('/session/password', { ...asked, password: 'yet another one' })).body.code).toBe(
      'wrong-password',
    )
    expect((await (await signedIn('counter1', OWN)).get('/session')).status).toBe(200)
  })

  it('[SIGNIN6] everybody sees where they are signed in, without what would open it, and ends one or all others', async () => {
    const here = hall.stranger().withHeaders({ 'user-agent': EDGE_ON_WINDOWS })
    await here.signIn('counter1', PASSWORD)
    hall.clock.ahead += 5 * MINUTE
    const [second, third] = [await hall.signIn('counter1'), await hall.signIn('counter1')]
    const another = await hall.signIn('counter2')
    const reply = await here.get('/sessions')
    const own = reply.body.items.find(({ current }: SessionItem) => current)
    expect(reply.body.items).toHaveLength(3)
    expect(own.origin).toEqual({ browser: 'edge', system: 'windows', near: true })
    expect(own.seenAt - own.since).toBeGreaterThanOrEqual(5 * MINUTE)
    const kept = await hall.running.parts.hall.database.query('select * from nuanhao.session')
    for (const secret of ['126.0', '127.0.0.1', here.cookie.split('=')[1] ?? ''])
      expect(JSON.stringify([reply.body, kept])).not.toContain(secret)

    const [{ id: others } = { id: '' }] = await itemsOf(another)
    expect((await here.delete(`/sessions/${others}`)).body.code).toBe('unknown-session')
    const ended = (await itemsOf(second)).find(({ current }) => current)?.id
    expect((await here.delete(`/sessions/${ended}`)).status).toBe(204)
    expect((await here.delete(`/sessions/${ended}`)).status).toBe(404)
    expect((await second.get('/session')).status).toBe(401)
    expect((await here.delete('/sessions')).status).toBe(204)
    expect((await third.get('/session')).status).toBe(401)
    expect((await itemsOf(here)).map(({ current }) => current)).toEqual([true])
    expect((await another.get('/session')).status).toBe(200)
    expect(await audited('session:ended')).toHaveLength(2)
  })

  it('[SIGNIN11] [SIGNIN8] the administrator gives somebody a new password, who is out at once, waits no longer and changes it first', async () => {
    const admin = await hall.signIn('admin')
    const clerk = await hall.signIn('counter1')
    const { database, now } = hall.running.parts.hall
    for (let i = 0; i < 10; i++) await beginAttempt(database, 'counter1', now())
    const path = `/sites/${SITE}/accounts`
    const listed = async () => (await admin.get(path)).body.items as AccountItem[]
    const find = async (name: string) => (await listed()).find(({ username }) => username === name)
    const { id = '' } = (await find('counter1')) ?? {}
    const urls = [hall.running.url, ...(mode === 'services' ? [(await hall.another()).url] : [])]
    const screens = await Promise.all(urls.map((url) => watch(clerk, url)))
    try {
      for (const who of ['counter1', 'supervisor']) {
        const asker = who === 'counter1' ? clerk : await hall.signIn(who)
        expect((await asker.get(path)).body.code).toBe('forbidden')
        expect((await asker.post(`${path}/${id}/password`)).body.code).toBe('forbidden')
      }
      const given = await admin.post(`${path}/${id}/password`)
      expect([given.status, given.body]).toEqual([201, { password: expect.stringMatching(/^[a-z2-9]{12}$/) }])
      await Promise.all(screens.map(({ cut }) => cut))
      expect((await clerk.get('/session')).status).toBe(401)
      const again = hall.stranger()
      expect((await again.post('/session', { username: 'counter1', password: PASSWORD })).status).toBe(401)
      expect((await again.signIn('counter1', given.body.password)).body).toMatchObject({ initial: true })
      expect((await again.get(`/sites/${SITE}/board`)).body.code).toBe('password-change-first')
      expect((await find('counter1'))?.initial).toBe(true)
      expect(JSON.stringify([await listed(), hall.log])).not.toContain(given.body.password)

      const { accountId: own } = (await admin.get('/session')).body
      expect((await admin.post(`${path}/${own}/password`)).body.code).toBe('forbidden')
      expect((await admin.post(`${path}/nobody/password`)).body.code).toBe('not-found')
      expect((await admin.get('/session')).status).toBe(200)
      expect((await audited('account:password')).filter(({ result }) => result === 'done')).toEqual([
        { actor: `staff:${own}`, subject: id, result: 'done' },
      ])
    } finally {
      for (const { screen } of screens) screen.close()
    }
  })

  it('[SIGNIN8] [SIGNIN4] a password from the operator, who can say so to no server, cuts the screens too', async () => {
    const clerk = await hall.signIn('counter1')
    const { screen, cut } = await watch(clerk)
    try {
      await madeUp('counter1')
      await cut
    } finally {
      screen.close()
    }
  })

  it('[SIGNIN9] what would change anything is refused to a foreign page and as a form', async () => {
    const clerk = await hall.signIn('counter1')
    const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
      fetch(`${hall.running.url}/api/v1${path}`, {
        method,
        headers: { cookie: clerk.cookie, 'idempotency-key': crypto.randomUUID(), ...headers },
        ...(body !== undefined && { body }),
      })
    const json = { 'content-type': 'application/json' }
    for (const said of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      for (const [method, path] of [
        ['POST', '/counters/c1/open'],
        ['POST', '/session/password'],
        ['DELETE', '/sessions'],
        ['DELETE', '/session'],
      ] as const) {
        const answer = await send(method, path, { ...json, ...said }, method === 'POST' ? '{}' : undefined)
        expect([answer.status, (await answer.json()).code], `${method} ${path}`).toEqual([
          403,
          'foreign-origin',
        ])
      }
    }
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=a',
    ]) {
      const answer = await send('POST', '/counters/c1/open', { 'content-type': type }, 'a=b')
      expect([answer.status, (await answer.json()).code], type).toEqual([400, 'malformed'])
    }
    const board = (await clerk.get(`/sites/${SITE}/board`)).body as StaffBoard
    expect(board.counters.c1?.status).toBe('closed')
    // A link from elsewhere may be followed, and our own page may do all of it.
    expect((await send('GET', '/session', { 'sec-fetch-site': 'cross-site' })).status).toBe(200)
    const own = { ...json, origin: hall.running.url, 'sec-fetch-site': 'same-origin' }
    expect((await send('POST', '/counters/c1/open', own, '{}')).status).toBe(200)
  })
})

describe.each(MODES)('a session that is ended on servers that look at nothing by themselves, %s', (mode) => {
  let hall: TestHall
  let urls: string[]
  beforeEach(async () => {
    // What they find every two seconds they would find too late: it has to be said.
    vi.useFakeTimers({ toFake: ['setInterval'] })
    hall = await startHall(mode)
    urls = [hall.running.url, ...(mode === 'services' ? [(await hall.another()).url] : [])]
  })
  afterEach(async () => {
    vi.useRealTimers()
    await hall.stop()
  })

  it.each(['supervisor', 'admin'])(
    '[SIGNIN7] [SIGNIN8] by %s: its screens are cut on every server at once',
    async (who) => {
      const ends = await hall.signIn(who)
      const clerk = await hall.signIn('counter1')
      const screens = await Promise.all(urls.map((url) => watchFrom(url, clerk)))
      try {
        const path = `/sites/${SITE}/sessions`
        const items = (await ends.get(path)).body.items
        expect(items).toHaveLength(2)
        const { id, person } = items.find(({ current }: SessionItem) => !current)
        expect(person).toMatchObject({ role: 'staff', name: { 'zh-CN': expect.any(String) } })
        expect((await clerk.get(path)).body.code).toBe('forbidden')
        expect((await clerk.delete(`${path}/${id}`)).body.code).toBe('forbidden')
        expect((await ends.get('/sites/elsewhere/sessions')).body.code).toBe('unknown-site')
        expect((await ends.delete(`${path}/${id}`)).status).toBe(204)
        await Promise.all(screens.map(({ cut }) => cut))
        expect((await clerk.get('/session')).status).toBe(401)
        const { database } = hall.running.parts.hall
        expect(
          await database.query(
            `select actor, subject, result from nuanhao.audit where action = 'session:ended'`,
          ),
        ).toEqual([
          {
            actor: `staff:${(await ends.get('/session')).body.accountId}`,
            subject: person.id,
            result: 'done',
          },
        ])
      } finally {
        for (const { screen } of screens) screen.close()
      }
    },
  )
})
