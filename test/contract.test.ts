import { STATUS_CODES } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { POLICY } from '#server/policy.ts'
import { ROUTES } from '#server/routes.ts'
import { BASES, DATA_DICTIONARY, KEPT, READERS } from '#store/data-dictionary.ts'
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
    // Whoever reads the other language is not made to scroll for it, nor for whom to ask.
    expect(html).toMatch(/<section lang="zh-CN"><p id="zh-CN"><a href="#en"[^>]*>English<\/a>/)
    expect(html).toMatch(/<section lang="en"><p id="en"><a href="#zh-CN"[^>]*>中文<\/a>/)
    expect(html.indexOf('大厅主管：')).toBeLessThan(html.indexOf('<ul>'))
    const styles = [...html.matchAll(/href="([\w.]+\.css)"/g)]
    expect(styles).toHaveLength(2)
    for (const [, name] of styles) {
      const { status, headers } = await fetch(`${hall.running.url}/privacy/${name}`)
      expect([status, headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
    }
    expect((await fetch(`${hall.running.url}/privacy`)).url).toBe(`${hall.running.url}/privacy/`)
  })

  it.each([
    ['zh-CN', ['用来', '依据', '谁能看', '保存多久'], '、'],
    ['en', ['Why', 'On what ground', 'Who can read it', 'How long'], ', '],
  ] as const)(
    '[DATA3] the page about privacy says in %s what the dictionary says, all of it and nothing more',
    async (language, names, and) => {
      const html = await (await fetch(`${hall.running.url}/privacy/`)).text()
      const sections = [...html.matchAll(/<section lang="([^"]+)">(.*?)<\/section>/gs)]
      expect(sections.map(([, of]) => of)).toEqual(['zh-CN', 'en'])
      const section = sections.find(([, of]) => of === language)?.[2] ?? ''
      const items = [...section.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item]) => textsOf(item ?? ''))
      const confided = DATA_DICTIONARY.filter(({ about }) => about === 'resident')
      expect(items).toEqual(
        confided.map(({ what, why, basis, readers, kept }) => {
          const who = readers.map((reader) => READERS[reader][language]).join(and)
          const facts = [why[language], BASES[basis][language], who, KEPT[kept][language]]
          return [what[language], ...facts.flatMap((fact, place) => [names[place], fact])]
        }),
      )
      // The way to the other language, a heading, what goes before and whom to ask; and of the page its title.
      expect(textsOf(section.replace(/<li>.*?<\/li>/gs, ''))).toHaveLength(4)
      expect(textsOf(html.replace(/<section.*?<\/section>/gs, ''))).toHaveLength(1)
    },
  )

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

  /** How long an answer may be kept. */
  async function kept(path: string, init: RequestInit = {}) {
    const { status, headers } = await fetch(hall.running.url + path, { redirect: 'manual', ...init })
    return [path, status, headers.get('cache-control')]
  }

  it('[HEADER2] nothing that was answered is kept, whoever asks and whatever becomes of it', async () => {
    const supervisor = await hall.signIn('supervisor')
    const headers = { cookie: supervisor.cookie }
    for (const path of ['/healthz', '/readyz', '/api/openapi.json', '/socket.io/?EIO=4&transport=polling'])
      expect(await kept(path)).toEqual([path, 200, 'no-store'])
    const sheet = '/api/v1/sites/nuanan/report.csv'
    for (const path of ['/metrics', '/api/v1/session', sheet])
      expect(await kept(path, { headers })).toEqual([path, 200, 'no-store'])
    const refused: [string, number, RequestInit?][] = [
      ['/metrics', 401],
      ['/metrics', 403, { headers: { cookie: (await hall.signIn('counter1')).cookie } }],
      ['/api/v1/session', 401],
      [
        '/api/v1/session',
        400,
        { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      ],
      ['/api/v1/session', 403, { method: 'POST', headers: { origin: 'https://evil.example' } }],
      ['/api/v1/nowhere', 404],
      ['/api/v1/track/%ff', 400],
      ['/api/nowhere', 404],
      ['/voice/nowhere', 404],
      ['/no-such-page', 404],
      ['/kiosk/%ff', 404],
      ['/socket.io/?EIO=4&transport=pigeon', 400],
      ['/socket.io/?EIO=4&transport=polling', 403, { headers: { origin: 'https://evil.example' } }],
      // Of files that are kept otherwise.
      ['/api/docs/swagger-ui.css', 412, { headers: { 'if-match': 'another' } }],
      ['/api/docs/swagger-ui.css', 416, { headers: { range: 'bytes=999999999-' } }],
      ['/', 302],
    ]
    for (const [path, status, init] of refused)
      expect(await kept(path, init)).toEqual([path, status, 'no-store'])
  })

  it('[HEADER2] no route has an error kept', async () => {
    for (const { method, path } of ROUTES) {
      const at = `/api/v1${path.replaceAll(/:\w+/g, 'x')}`
      expect(await kept(at, { method: method.toUpperCase() })).toEqual([at, expect.any(Number), 'no-store'])
    }
  })

  it('[HEADER2] files that are the same for everybody are asked for anew', async () => {
    for (const path of ['/privacy/', '/privacy/privacy.css', '/api/docs/swagger-ui-bundle.js']) {
      expect(await kept(path)).toEqual([path, 200, 'no-cache'])
    }
  })

  it('[CONTRACT5] pages say which origins they trust: only their own', async () => {
    const { headers } = await fetch(`${hall.running.url}/healthz`)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-powered-by')).toBeNull()
  })
})

/** What stands on a page, element by element. */
function textsOf(html: string): string[] {
  return html.split(/<[^>]*>/).flatMap((text) => text.trim() || [])
}

function expectShape(schema: z.ZodType | null | undefined, body: unknown, what: string): void {
  const parsed = schema?.safeParse(body)
  expect(parsed?.success ? [] : [what, parsed?.error.issues]).toEqual([])
}
