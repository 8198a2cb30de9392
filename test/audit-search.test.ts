import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditResponse } from '#protocol/api.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'

/** A test may run over midnight. */
const ALWAYS = { from: '2020-01-01', to: '2099-12-31' }

describe.each(MODES)('searching the audit, %s', (mode) => {
  let test: TestHall
  let kiosk: Client
  let clerk: Client
  let supervisor: Client
  let clerkId: string
  let ticket: { id: string; number: string }

  beforeAll(async () => {
    test = await startHall(mode)
    kiosk = await test.enrol('kiosk')
    clerk = await test.signIn('counter1')
    supervisor = await test.signIn('supervisor')
    clerkId = (await clerk.get('/session')).body.accountId
    await clerk.post('/counters/c1/open')
    ticket = (await issue()).body.ticket
    await issue()
    await clerk.post('/counters/c1/call-next')
    await clerk.post(`/tickets/${ticket.id}/start`)
    await clerk.get(`/tickets/${ticket.id}/notes`)
    await kiosk.post('/counters/c1/call-next')
  })
  afterAll(() => test.stop())

  const issue = () => kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
  const ask = async (question: Record<string, string> = {}, who = supervisor) =>
    who.get(`/sites/${SITE}/audit?${new URLSearchParams({ ...ALWAYS, ...question })}`)
  const found = async (question?: Record<string, string>) =>
    ((await ask(question)).body as AuditResponse).items.map(({ action, result }) =>
      result === 'done' ? action : result,
    )
  const today = () =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(test.running.parts.hall.now())

  it('[AUDIT9] finds by number, who, kind and day, latest first', async () => {
    const ofTicket = ['note:read', 'ticket:started', 'ticket:called', 'ticket:issued']
    expect(await found({ number: ticket.number.toLowerCase() })).toEqual(ofTicket)
    expect(await found({ number: ticket.number, who: `staff:${clerkId}` })).toEqual(ofTicket.slice(0, 3))
    expect(await found({ number: ticket.number, who: 'device' })).toEqual(['ticket:issued'])
    expect(await found({ what: 'confided' })).toEqual(['note:read'])
    expect(await found({ what: 'refused' })).toEqual(['forbidden'])
    // What concerns no site has a chain of its own: a sign-in with a name nobody has.
    await test.stranger().post('/session', { username: 'nobody', password: 'not the password' })
    expect(await found({ what: 'program' })).toContain('wrong-credentials')
    expect(await found()).not.toContain('wrong-credentials')
    expect(await found({ what: 'counters' })).toEqual(['forbidden', 'counter:opened'])
    expect(await found({ what: 'settings' })).toEqual(['site:changed'])
    expect(await found({ from: '2020-01-01', to: '2020-12-31' })).toEqual([])
    expect(await found({ from: today(), to: today(), what: 'access', who: 'chore' })).toEqual([])
    const { actors, items, head } = (await ask()).body as AuditResponse
    expect(actors).toContainEqual({
      principal: `staff:${clerkId}`,
      name: expect.objectContaining({ en: expect.any(String) }),
    })
    expect(items.find(({ action }) => action === 'ticket:issued')?.number).toMatch(/^A\d+$/)
    expect(head).toBeNull()
  })

  it('[AUDIT9] a hundred at a time, and each once', async () => {
    for (let many = 0; many < 70; many++) await Promise.all([issue(), issue()])
    const first = (await ask()).body as AuditResponse
    expect(first.items).toHaveLength(100)
    expect(first.more).toBe(true)
    const second = (await ask({ before: String(first.items.at(-1)?.n) })).body as AuditResponse
    expect(second.more).toBe(false)
    const all = [...first.items, ...second.items].map(({ n }) => n)
    expect(all).toEqual(Array.from(all, (_, at) => all.length - at))
  })

  it('[AUDIT9] is for supervisors and the administrator, of their own hall', async () => {
    expect((await ask({}, await test.signIn('admin'))).status).toBe(200)
    for (const who of [clerk, kiosk, await test.enrol('display')]) {
      expect((await ask({}, who)).status).toBe(403)
      expect((await who.get(`/sites/${SITE}/audit.csv`)).status).toBe(403)
    }
    expect((await ask({}, test.stranger())).status).toBe(401)
    expect((await supervisor.get('/sites/elsewhere/audit')).body.code).toBe('unknown-site')
  })

  it.each([
    { number: `A' or '1'='1` },
    { who: 'staff:%' },
    { who: 'everybody' },
    { what: 'all' },
    { from: '2026-02-30' },
    { before: '0' },
  ])('[AUDIT9] [BAD1] refuses what is no question: %j', async (question) => {
    expect((await ask(question)).body.code).toBe('malformed')
  })

  it('[AUDIT9] [REPORT9] goes away as a sheet that holds no formula, and leaves a row', async () => {
    await test.running.parts.hall.database.query(
      `insert into nuanhao.audit (site_id, at, actor, origin, action, reason) values ($1, $2, $3, $4, 'ticket:changed', $5)`,
      [SITE, test.running.parts.hall.now(), '=cmd|calc', '+1', '@SUM(A1),"x"'],
    )
    const { status, body, headers } = await supervisor.get(
      `/sites/${SITE}/audit.csv?${new URLSearchParams(ALWAYS)}`,
    )
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toContain('nuanhao-audit-2020-01-01-2099-12-31.csv')
    const lines = String(body).split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFF?行 Row,时间 Time,/)
    expect(lines[1]).toContain(`,'=cmd|calc,,'+1,ticket:changed,,,done,"'@SUM(A1),""x""",,`)
    expect(lines[1]).toMatch(/^\d+,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,/)
    expect(lines.filter((line) => line.includes('ticket:issued')).length).toBe(142)
    expect((await found())[0]).toBe('audit:exported')
  })
})
