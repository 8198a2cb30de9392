import { STATUS_CODES } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { POLICY } from '#server/policy.ts'
import { ROUTES } from '#server/routes.ts'
import { Client } from '#test/harness/client.ts'
import { SITE, startHall, type TestHall } from '#test/harness/hall.ts'

describe('the API’s contract', () => {
  let hall: TestHall
  beforeAll(async () => {
    hall = await startHall('embedded', { variables: { PUBLIC_URL: 'https://hall.example' } })
  })
  afterAll(() => hall.stop())

  it('[CONTRACT1] the OpenAPI document names every route, with its body and its answers', async () => {
    const document = await (await fetch(`${hall.running.url}/api/openapi.json`)).json()
    expect(document.openapi).toBe('3.1.0')
    for (const { method, path, body, answers, command } of ROUTES) {
      const operation = document.paths[`/api/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`][method]
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(Object.keys(answers)))
      expect('requestBody' in operation).toBe(body !== null)
      const names = operation.parameters.map(({ name }: { name: string }) => name)
      expect(names.includes('Idempotency-Key')).toBe(command)
      for (const [, name] of path.matchAll(/:(\w+)/g)) expect(names).toContain(name)
    }
  })

  it('[CONTRACT2] every answer of the main job is what its schema says', async () => {
    const kiosk = await hall.enrol('kiosk')
    const clerk = await hall.signIn('counter2')
    const { body: issued } = await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'housing', care: {} })
    const phone = new Client(hall.running.url)
    const supervisor = await hall.signIn('supervisor')
    const administrator = await hall.signIn('admin')
    await clerk.post('/counters/c6/open')
    const ids: Record<string, string> = {
      site: SITE,
      ticket: issued.ticket.id,
      counter: 'c2',
      code: issued.trackUrl.split('#')[1],
    }
    const at = (path: string) => path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? '')
    for (const { method, path, answers, action, confided } of ROUTES.filter(
      (route) => route.method === 'get',
    )) {
      // The demo's notices have no picture: test/hall-display.test.ts reads one.
      if (path.includes('/pictures/')) continue
      // What was confided for the counter is read where the ticket is served, and by supervisors.
      const staff = POLICY[action].includes('staff') && confided === null
      const above =
        POLICY[action].includes('supervisor') || action === 'serve-ticket' ? supervisor : administrator
      const who = action === 'track' ? phone : staff ? clerk : above
      // The visit of a day that had a number.
      const asked = path.endsWith('/visits') ? `?day=2026-03-02&number=${issued.ticket.number}` : ''
      const { status, body } = await who.get(at(path) + asked)
      expect({ method, path, status }).toEqual({ method, path, status: 200 })
      expectShape(answers[200], body, path)
    }
    for (const who of [kiosk, clerk]) {
      for (const path of ['/sites/:site/board', '/tickets/:ticket', '/tickets/:ticket/why']) {
        expectShape(
          ROUTES.find((route) => route.path === path)?.answers[200],
          (await who.get(at(path))).body,
          path,
        )
      }
    }
    expectShape(ROUTES.find(({ action }) => action === 'issue')?.answers[201], issued, 'issue')
    for (const verb of ['open', 'call-next', 'pause', 'close']) {
      const { body } = await clerk.post(`/counters/c2/${verb}`)
      expectShape(ROUTES.find(({ path }) => path.endsWith(`/${verb}`))?.answers[200], body, verb)
    }
    expectShape(
      ROUTES.find(({ path }) => path === '/devices')?.answers[201],
      (await phone.post('/devices', { kind: 'display' })).body,
      'devices',
    )
  })

  it('[CONTRACT3] strangers reach pages, health, log-in, the contract and tracking, and nothing else', async () => {
    const open = ROUTES.filter(({ action }) => POLICY[action].includes('stranger')).map(({ path }) => path)
    expect(open.sort()).toEqual(['/devices', '/session', '/setup', '/track/:code'])
    for (const route of ROUTES.filter(({ action }) => !POLICY[action].includes('stranger'))) {
      const path = route.path.replaceAll(/:\w+/g, 'x')
      const client = hall.stranger()
      const { status } = await (route.method === 'get'
        ? client.get(path)
        : route.method === 'delete'
          ? client.delete(path)
          : client.post(path))
      expect({ path: route.path, status }).toEqual({ path: route.path, status: 401 })
    }
    for (const path of ['/healthz', '/readyz', '/api/openapi.json', '/api/docs/']) {
      expect((await fetch(hall.running.url + path)).status).toBe(200)
    }
    expect((await fetch(`${hall.running.url}/metrics`)).status).toBe(401)
  })

  it('[DATA3] the page about privacy is there for anybody, with its styles', async () => {
    const page = await fetch(`${hall.running.url}/privacy/`)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const html = await page.text()
    expect(html).toMatch(/<section lang="zh-CN">.*身份证号和姓名.*<section lang="en">.*identity card/s)
    const styles = [...html.matchAll(/href="([\w.]+\.css)"/g)]
    expect(styles).toHaveLength(2)
    for (const [, name] of styles) {
      const { status, headers } = await fetch(`${hall.running.url}/privacy/${name}`)
      expect([status, headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
    }
    expect((await fetch(`${hall.running.url}/privacy`)).url).toBe(`${hall.running.url}/privacy/`)
  })

  it('[CONTRACT4] the documentation viewer really loads', async () => {
    for (const file of ['', 'swagger-ui.css', 'swagger-ui-bundle.js', 'start.js']) {
      expect((await fetch(`${hall.running.url}/api/docs/${file}`)).status).toBe(200)
    }
  })

  it.each([
    ['/api/docs/swagger-ui.css', { 'if-match': 'another' }, 412],
    ['/api/docs/swagger-ui.css', { range: 'bytes=999999999-' }, 416],
    ['/kiosk/%ff', {}, 404],
    ['/no-such-page', {}, 404],
  ])('[ERROR2] %s with %j: %i, and nothing of the program', async (path, headers, status) => {
    const answer = await fetch(hall.running.url + path, { headers })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/plain; charset=utf-8'])
    expect(await answer.text()).toBe(STATUS_CODES[status])
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  it('[CONTRACT5] pages say which origins they trust: only their own', async () => {
    const { headers } = await fetch(`${hall.running.url}/healthz`)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-powered-by')).toBeNull()
  })
})

function expectShape(schema: z.ZodType | null | undefined, body: unknown, what: string): void {
  const parsed = schema?.safeParse(body)
  expect(parsed?.success ? [] : [what, parsed?.error.issues]).toEqual([])
}
