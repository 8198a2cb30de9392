import { expect, test } from 'vitest'
import { STATUS } from '#protocol/errors.ts'
import { ApiError, actionKey, createApi } from './api.ts'

interface Call {
  path: string
  method: string
  headers: Record<string, string>
  credentials: string | undefined
  body: unknown
}

/** A server that answers in turn; an `Error` is a network failure. The last answer goes on. */
function server(...answers: (Response | Error)[]) {
  const calls: Call[] = []
  const send: typeof fetch = async (path, init = {}) => {
    calls.push({
      path: `${path}`,
      method: init.method ?? 'GET',
      headers: { ...(init.headers as Record<string, string>) },
      credentials: init.credentials,
      body: init.body,
    })
    const answer = answers[Math.min(calls.length, answers.length) - 1]
    if (answer === undefined || answer instanceof Error) throw answer ?? new TypeError('no answer')
    return answer.clone()
  }
  const api = createApi({ fetch: send, pause: async () => {}, token: () => 'device-token' })
  return { api, calls }
}

const answer = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status })
const away = new TypeError('Failed to fetch')
const thrownBy = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(() => null).catch((error) => error)

test('[API1] a key is 128 random bits, and no two are the same', () => {
  expect(actionKey()).toMatch(/^[0-9a-f]{32}$/)
  expect(actionKey()).not.toBe(actionKey())
})

test('[API1] a POST the network swallowed is tried again with the same key', async () => {
  const { api, calls } = server(away, answer(201, { ticket: { number: 'A001' } }))
  await api.issue('hall', { serviceId: 'housing' })
  const keys = calls.map(({ headers }) => headers['idempotency-key'])
  expect(keys).toHaveLength(2)
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  expect(keys[1]).toBe(keys[0])
})

test('[API1] two actions have two keys; a key given by the screen is used', async () => {
  const { api, calls } = server(answer(200, { ticket: null }))
  await api.callNext('c1')
  await api.callNext('c1')
  await api.issue('hall', { serviceId: 'housing' }, { key: 'visit' })
  const [first, second, third] = calls.map(({ headers }) => headers['idempotency-key'])
  expect(second).not.toBe(first)
  expect(third).toBe('visit')
})

test('[API1] a server that is busy is tried again; one that refuses is not', async () => {
  const busy = server(answer(503, { code: 'unavailable' }), answer(200, { ticket: null }))
  await busy.api.callNext('c1')
  expect(busy.calls).toHaveLength(2)

  const refused = server(answer(409, { code: 'counter-busy' }))
  await thrownBy(refused.api.callNext('c1'))
  expect(refused.calls).toHaveLength(1)
})

test('[API2] a network that stays away is `unavailable`', async () => {
  const { api, calls } = server(away)
  expect(await thrownBy(api.callNext('c1'))).toMatchObject({ key: 'unavailable', status: 0 })
  expect(calls).toHaveLength(3)
})

test.each(Object.entries(STATUS))(
  '[API2] the problem %s keeps its key, status and facts',
  async (code, status) => {
    const { api } = server(answer(status, { type: `urn:nuanhao:${code}`, code, facts: { counter: '3' } }))
    const error = await thrownBy(api.callNext('c1'))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ key: code, status, facts: { counter: '3' } })
  },
)

test.each([
  [404, 'not-found'],
  [429, 'too-many'],
  [502, 'unavailable'],
  [500, 'internal'],
  [418, 'internal'],
])('[API2] an answer %i that is not a problem of ours becomes `%s`', async (status, key) => {
  const page = new Response('<h1>proxy</h1>', { status })
  expect(await thrownBy(server(page).api.sites())).toMatchObject({ key, status })
  const foreign = answer(status, { type: 'about:blank', code: 'quota-reached' })
  expect(await thrownBy(server(foreign).api.sites())).toMatchObject({ key, status })
})

test('[API2] an answer that is not JSON is `internal`', async () => {
  expect(await thrownBy(server(new Response('<html>')).api.sites())).toMatchObject({ key: 'internal' })
})

test('[API3] the device token goes into a header, the version into If-Match, ids into the path as data', async () => {
  const { api, calls } = server(answer(200, { ticket: null }))
  await api.start('../a b', { version: 4 })
  expect(calls[0]).toMatchObject({
    path: '/api/v1/tickets/..%2Fa%20b/start',
    method: 'POST',
    credentials: 'same-origin',
    body: '{}',
  })
  expect(calls[0]?.headers).toMatchObject({ authorization: 'Bearer device-token', 'if-match': '4' })
})

test('[API3] what is said with a verb travels in the body', async () => {
  const { api, calls } = server(answer(200, { ticket: null }))
  await api.hold('t', { kind: 'fetching' })
  await api.resume('t', {})
  await api.resume('t', { counterId: 'c1' })
  await api.putBack('t')
  await api.transfer('t', { to: { laneId: 'a' } })
  await api.changeService('t', { serviceId: 's' })
  await api.care('t', { care: true })
  await api.call('t', { counterId: 'c1', reason: 'unwell' })
  await api.rejoin('t')
  await api.cancel('t')
  await api.undo('c1')
  expect(calls.map(({ path, body }) => `${path.replace('/api/v1', '')} ${body}`)).toEqual([
    '/tickets/t/hold {"kind":"fetching"}',
    '/tickets/t/resume {}',
    '/tickets/t/resume {"counterId":"c1"}',
    '/tickets/t/put-back {}',
    '/tickets/t/transfer {"to":{"laneId":"a"}}',
    '/tickets/t/change-service {"serviceId":"s"}',
    '/tickets/t/care {"care":true}',
    '/tickets/t/call {"counterId":"c1","reason":"unwell"}',
    '/tickets/t/rejoin {}',
    '/tickets/t/cancel {}',
    '/counters/c1/undo {}',
  ])
})

test('[API3] a ticket is looked for by number as data', async () => {
  const { api, calls } = server(answer(200, { items: [] }))
  expect(await api.publicTickets('hall', 'A&B')).toEqual([])
  expect(calls[0]).toMatchObject({ path: '/api/v1/sites/hall/tickets?number=A%26B', method: 'GET' })
})

test('[API3] a GET carries no key', async () => {
  const { api, calls } = server(answer(200, { items: [] }))
  expect(await api.sites()).toEqual([])
  expect(calls[0]?.headers).not.toHaveProperty('idempotency-key')
})

test('[API3] an answer without content is nothing', async () => {
  const { api } = server(new Response(null, { status: 204 }))
  expect(await api.signOut()).toBeUndefined()
})
