import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOf } from '#store/audit-verify.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { programWith } from '#test/harness/people.ts'

const DAY = 86_400_000

describe.each(MODES)('keys of programs, %s', (mode) => {
  let hall: TestHall
  let administrator: Client
  beforeAll(async () => {
    hall = await startHall(mode)
    administrator = await hall.signIn('admin')
  })
  afterAll(() => hall.stop())

  const list = async () => (await administrator.get(`/sites/${SITE}/api-keys`)).body.items
  const rows = async (after: number) => {
    const { query } = hall.running.parts.hall.database
    return auditOf(query).rows(SITE, after, 10_000)
  }
  const end = async () => (await rows(0)).at(-1)?.n ?? 0
  const metrics = (key: string) =>
    fetch(`${hall.running.url}/metrics`, { headers: { authorization: `Bearer ${key}` } })

  it('[APIKEY1] the administrator makes one, which is shown once and kept as a hash', async () => {
    const before = await end()
    const name = '区政务大屏 city’s board'
    const wanted = { name, scopes: ['hall', 'report'], days: 90 }
    const { status, body } = await administrator.post(`/sites/${SITE}/api-keys`, wanted)
    expect(status).toBe(201)
    expect(body.secret).toMatch(/^nuanhao_[\w-]{43}$/)
    expect(body.apiKey.expiresAt - body.apiKey.createdAt).toBe(90 * DAY)
    expect(await list()).toEqual([{ ...body.apiKey, name, scopes: ['hall', 'report'], usedAt: null }])
    const kept = await hall.running.parts.hall.database.query('select to_jsonb(k) from nuanhao.api_key k')
    const made = await rows(before)
    expect(made).toMatchObject([
      { action: 'api-key:made', actor: expect.stringMatching(/^staff:/), subject: body.apiKey.id },
    ])
    expect(JSON.stringify([kept, made, hall.log, await list()])).not.toContain(body.secret)
    expect(JSON.stringify(made)).not.toContain(name)
    expect((await administrator.post(`/sites/${SITE}/api-keys`, wanted)).body.code).toBe('name-taken')
    for (const wrong of [
      { scopes: [] },
      { scopes: ['hall', 'hall'] },
      { scopes: ['audit'] },
      { days: 367 },
      { name: ' ' },
    ]) {
      expect((await administrator.post(`/sites/${SITE}/api-keys`, { ...wanted, ...wrong })).status).toBe(400)
    }
    expect((await (await hall.signIn('supervisor')).post(`/sites/${SITE}/api-keys`, wanted)).status).toBe(403)
  })

  it('[APIKEY1] whoever tries again because no answer came gets a key that is good, and the lost one is not', async () => {
    const before = await list()
    const wanted = { name: '监控', scopes: ['metrics'], days: 30 }
    const once = (body: object) => administrator.post(`/sites/${SITE}/api-keys`, body, { key: 'one-making' })
    const { body: lost } = await once(wanted)
    const { status, body } = await once(wanted)
    expect([status, body.apiKey]).toEqual([201, lost.apiKey])
    expect([(await metrics(lost.secret)).status, (await metrics(body.secret)).status]).toEqual([401, 200])
    expect(await list()).toHaveLength(before.length + 1)
    // Once it is in use it stays what it is, and another of that name is refused as ever.
    expect((await once(wanted)).body.code).toBe('name-taken')
    expect((await administrator.post(`/sites/${SITE}/api-keys`, wanted)).body.code).toBe('name-taken')
    expect((await metrics(body.secret)).status).toBe(200)
    expect((await once({ ...wanted, name: '监控二' })).body.apiKey.id).not.toBe(body.apiKey.id)
  })

  it('[APIKEY2] [APIKEY3] it reads what its scopes say, of its own site, as the hall sees it; and the list says when it did', async () => {
    const website = await programWith(hall, ['hall', 'report'])
    const { body: site } = await website.get(`/sites/${SITE}`)
    expect(site.services.length).toBeGreaterThan(0)
    expect([site.rules, site.staff]).toEqual([undefined, undefined])
    const { body: board } = await website.get(`/sites/${SITE}/board`)
    expect(board).toEqual((await (await hall.enrol('display')).get(`/sites/${SITE}/board`)).body)
    expect((await website.get(`/sites/${SITE}/report`)).body.siteId).toBe(SITE)
    expect((await website.get('/sites/elsewhere/board')).body.code).toBe('unknown-site')
    expect((await website.get(`/sites/${SITE}/devices`)).body.code).toBe('forbidden')
    expect((await website.post(`/sites/${SITE}/tickets`, { serviceId: 'housing' })).body.code).toBe(
      'forbidden',
    )
    expect((await metrics(website.token)).status).toBe(403)
    const used = (await list()).find(({ id }: { id: string }) => id === website.id).usedAt
    expect(Math.abs(used - hall.running.parts.hall.now())).toBeLessThan(60_000)
    const monitor = await programWith(hall, ['metrics'])
    const answer = await metrics(monitor.token)
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('nuanhao_')])
    expect((await metrics('nuanhao_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).status).toBe(401)
  })

  it('[APIKEY3] a cookie beside it changes nothing, and it watches nothing', async () => {
    const website = await programWith(hall, ['hall'])
    website.cookie = administrator.cookie
    expect((await website.get(`/sites/${SITE}/api-keys`)).body.code).toBe('forbidden')
    const before = await end()
    for (const view of ['public', 'pairing']) {
      const socket = io(hall.running.url, {
        ...{ transports: ['websocket'], forceNew: true, reconnection: false },
        auth: { view, siteId: SITE, token: website.token, after: null },
      })
      expect(await new Promise((told) => socket.once('connect_error', ({ message }) => told(message)))).toBe(
        'unauthenticated',
      )
      socket.close()
    }
    expect(await rows(before)).toMatchObject([
      { actor: `api-key:${website.id}`, action: 'read-board', result: 'forbidden', origin: '127.0.0.1' },
    ])
  })

  it('[APIKEY4] [APIKEY5] revoked it is good for nothing at once, on every server; asking with it is written down', async () => {
    const website = await programWith(hall, ['hall'])
    const servers = mode === 'services' ? [hall.running, await hall.another()] : [hall.running]
    const ask = (url: string) =>
      fetch(`${url}/api/v1/sites/${SITE}/board`, { headers: { authorization: `Bearer ${website.token}` } })
    for (const { url } of servers) expect((await ask(url)).status).toBe(200)
    const told = Promise.all(
      servers.map(({ parts }) => new Promise<void>((resolve) => parts.hall.hints.onRevoked(() => resolve()))),
    )
    const before = await end()
    expect((await administrator.delete(`/sites/${SITE}/api-keys/${website.id}`)).status).toBe(204)
    await told
    for (const { url } of servers) {
      const refused = await ask(url)
      expect([refused.status, (await refused.json()).code]).toEqual([401, 'unauthenticated'])
    }
    expect((await list()).map(({ id }: { id: string }) => id)).not.toContain(website.id)
    expect((await administrator.delete(`/sites/${SITE}/api-keys/${website.id}`)).status).toBe(404)
    const written = await rows(before)
    expect(written[0]).toMatchObject({ action: 'api-key:revoked', subject: website.id, result: 'done' })
    // Each server writes for itself.
    expect(written.slice(1)).toHaveLength(servers.length)
    for (const row of written.slice(1)) {
      expect(row).toMatchObject({ actor: `api-key:${website.id}`, action: 'read-board', result: 'revoked' })
    }
  })

  it('[APIKEY4] [APIKEY5] it ends on its day; nobody’s key leaves nothing in the audit', async () => {
    const website = await programWith(hall, ['hall'], 1)
    const before = await end()
    hall.clock.ahead = DAY + 5_000
    expect((await website.get(`/sites/${SITE}/board`)).status).toBe(401)
    const nobody = hall.stranger().withToken(`nuanhao_${'a'.repeat(43)}`)
    expect((await nobody.get(`/sites/${SITE}/board`)).status).toBe(401)
    hall.clock.ahead = 0
    expect(await rows(before)).toMatchObject([
      { actor: `api-key:${website.id}`, action: 'read-board', result: 'expired' },
    ])
  })

  it('[APIKEY5] the audit’s page says which program it was, by name', async () => {
    const website = await programWith(hall, ['hall'])
    await website.get(`/sites/${SITE}/devices`)
    const { body } = await (await hall.signIn('supervisor')).get(`/sites/${SITE}/audit?who=api-key`)
    expect(body.items[0]).toMatchObject({ actor: `api-key:${website.id}`, action: 'read-devices' })
    const { name } = (await list()).find(({ id }: { id: string }) => id === website.id)
    expect(body.actors).toContainEqual({
      principal: `api-key:${website.id}`,
      name: { 'zh-CN': name, en: name },
    })
  })
})
