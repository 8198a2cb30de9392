import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OfflineRequest } from '#protocol/api.ts'
import type { PublicBoard, StaffBoard } from '#protocol/board.ts'
import { contact } from '#store/contact.ts'
import type { Client, Reply } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { purge } from '#worker/purge.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe.each(MODES)('numbers given out without the server, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client & { id: string; name: string }
  let clerk: Client
  /** Own numbers of the kiosk so far. */
  let given = 0

  /** Ten in the morning of a day to come; the clock only ever goes on. */
  const morning = async (days: number) => {
    const local = new Date(Date.now() + 8 * HOUR).toISOString().slice(0, 10)
    hall.clock.ahead = Date.parse(`${local}T10:00:00+08:00`) + days * 24 * HOUR - Date.now()
    clerk = await hall.signIn('counter1')
    await clerk.post('/counters/c1/open')
  }

  beforeAll(async () => {
    hall = await startHall(mode)
    await morning(1)
  })
  afterAll(() => hall.stop())

  const enrol = async () => {
    const { body } = await hall.stranger().post('/devices', { kind: 'kiosk' })
    return Object.assign(hall.stranger().withToken(body.token), { id: body.id, name: body.name })
  }

  /** Every test has a kiosk of its own, and nobody inside. */
  beforeEach(async () => {
    kiosk = await enrol()
    given = 0
    const { legs } = (await clerk.get(`/sites/${SITE}/board`)).body as StaffBoard
    for (const { ticketId, state } of Object.values(legs)) {
      const verb = state === 'called' || state === 'serving' ? 'complete' : 'cancel'
      await clerk.post(`/tickets/${ticketId}/${verb}`)
    }
  })

  const now = () => hall.running.parts.hall.now()
  /** The server has word of the kiosk, then none for so long. */
  const away = async (ms: number) => {
    await contact(hall.running.parts.hall.database, [kiosk.id], now())
    hall.clock.ahead += ms
  }
  const ownNumber = () => {
    given += 1
    return `${kiosk.name}-${String(given).padStart(2, '0')}`
  }
  const bring = (wanted: Partial<OfflineRequest> = {}, key?: string): Promise<Reply> =>
    kiosk.post(
      `/sites/${SITE}/offline-tickets`,
      {
        ...{
          number: wanted.number ?? ownNumber(),
          at: now(),
          services: ['residence-permit'],
          language: 'zh-CN',
        },
        ...wanted,
      },
      key === undefined ? {} : { key },
    )
  const issue = (key?: string, body: object = { serviceId: 'residence-permit' }) =>
    kiosk.post(`/sites/${SITE}/tickets`, body, key === undefined ? {} : { key })
  const call = async () => (await clerk.post('/counters/c1/call-next')).body.ticket
  const legOf = async (ticketId: string) => (await clerk.get(`/tickets/${ticketId}`)).body.ticket
  const inside = async () =>
    Object.values(((await clerk.get(`/sites/${SITE}/board`)).body as StaffBoard).legs)
  const wall = async (): Promise<PublicBoard> => (await kiosk.get(`/sites/${SITE}/board`)).body

  it('[OFFLINE3] keep their public number: at the console, on the wall, found again, and lanes have no gap', async () => {
    const before = (await issue()).body.ticket.number as string
    const { body } = await bring({ language: 'en' })
    const { number, id } = body.ticket
    expect(number).toBe(`${kiosk.name}-01`)
    const after = (await issue()).body.ticket.number as string
    expect(Number(after.slice(1))).toBe(Number(before.slice(1)) + 1)
    await call()
    await clerk.post('/counters/c1/undo')
    const found = await kiosk.get(`/sites/${SITE}/tickets?number=${number}`)
    expect(found.body.items).toMatchObject([{ id, number, state: 'waiting' }])
    expect((await kiosk.get(`/sites/${SITE}`)).body.ownSeries).toContainEqual({ kiosk: kiosk.name, last: 1 })
    await call()
    await clerk.post(
      `/tickets/${(await inside()).find(({ number: its }) => its === before)?.ticketId}/complete`,
    )
    expect(await call()).toMatchObject({ number, language: 'en' })
    expect((await wall()).calls[0]).toMatchObject({ number, language: 'en' })
    expect((await wall()).counters.c1?.number).toBe(number)
  })

  it('[OFFLINE6] stand where they came, whatever came before them is brought first or last', async () => {
    await away(20 * MINUTE)
    const third = await bring({ at: now() - 5 * MINUTE, number: `${kiosk.name}-02` })
    const second = (await issue()).body.ticket
    const first = await bring({ at: now() - 15 * MINUTE, number: `${kiosk.name}-01` })
    expect((await legOf(first.body.ticket.id)).arrivedAt).toBe(first.body.ticket.issuedAt)
    expect(now() - first.body.ticket.issuedAt).toBeGreaterThanOrEqual(15 * MINUTE)
    const order = []
    for (let n = 0; n < 3; n++) {
      const { ticketId } = await call()
      order.push(ticketId)
      await clerk.post(`/tickets/${ticketId}/complete`)
    }
    expect(order).toEqual([first.body.ticket.id, third.body.ticket.id, second.id])
  })

  it('[OFFLINE3] [OFFLINE6] of two kiosks away at once stand in one order, and clash in no number', async () => {
    const first = kiosk
    const second = await enrol()
    await contact(hall.running.parts.hall.database, [first.id, second.id], now())
    hall.clock.ahead += 20 * MINUTE
    const there = now()
    const brings = async (by: typeof kiosk, numbers: readonly [string, number][]) => {
      for (const [number, ago] of numbers) {
        const request = {
          number,
          at: there - ago * MINUTE,
          services: ['residence-permit'],
          language: 'zh-CN',
        }
        expect((await by.post(`/sites/${SITE}/offline-tickets`, request)).status).toBe(201)
      }
    }
    const [a, b] = [first.name, second.name]
    await Promise.all([
      ...[
        brings(second, [
          [`${b}-01`, 12],
          [`${b}-02`, 4],
        ]),
        brings(first, [
          [`${a}-01`, 15],
          [`${a}-02`, 8],
        ]),
      ],
    ])
    kiosk = second
    expect((await bring({ number: `${a}-03` })).body.code).toBe('other-series')
    const order = []
    for (let n = 0; n < 4; n++) {
      const { ticketId, number } = await call()
      order.push(number)
      await clerk.post(`/tickets/${ticketId}/complete`)
    }
    expect(order).toEqual([`${a}-01`, `${b}-01`, `${a}-02`, `${b}-02`])
  })

  it('[OFFLINE6] win nothing by a wrong clock: not before the kiosk was gone, and not after now', async () => {
    await away(10 * MINUTE)
    const gone = now() - 10 * MINUTE
    const early = (await bring({ at: now() - HOUR })).body.ticket
    const late = (await bring({ at: now() + HOUR })).body.ticket
    const tomorrow = (await bring({ at: now() + 30 * HOUR })).body.ticket
    expect(Math.abs(early.issuedAt - gone)).toBeLessThan(MINUTE)
    for (const { issuedAt } of [late, tomorrow]) expect(Math.abs(now() - issuedAt)).toBeLessThan(MINUTE)
    // In touch since: nobody came meanwhile without the server.
    hall.clock.ahead += 5_000
    const claimed = now() - 4_000
    const since = (await bring({ at: claimed })).body.ticket
    expect(since.issuedAt).toBeGreaterThan(claimed)
  })

  it('[OFFLINE6] wait since they came; the hall heard of them when they were brought', async () => {
    await away(30 * MINUTE)
    const { id } = (await bring({ at: now() - 25 * MINUTE })).body.ticket
    const [row] = await hall.running.parts.hall.database.query<Record<'from' | 'issued' | 'entered', number>>(
      `select i.from_at as from, t.issued_at as issued, nuanhao.entered_at(l.id) as entered
         from nuanhao.interval i join nuanhao.leg l on l.id = i.leg_id join nuanhao.ticket t on t.id = l.ticket_id
        where t.id = $1`,
      [id],
    )
    expect(row?.from).toBe(row?.issued)
    expect(now() - (row?.from ?? 0)).toBeGreaterThanOrEqual(25 * MINUTE)
    expect(now() - (row?.entered ?? 0)).toBeLessThan(5_000)
  })

  it('[OFFLINE5] come once, however often they are brought, also by two pages at once', async () => {
    const number = ownNumber()
    const request = { number, at: now() }
    const both = await Promise.all([bring(request, 'same-visit-1'), bring(request, 'same-visit-1')])
    const again = await bring(request, 'same-visit-1')
    expect([...both, again].map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set([...both, again].map(({ body }) => body.ticket.id)).size).toBe(1)
    expect(await inside()).toHaveLength(1)
    expect((await bring({ ...request, care: true }, 'same-visit-1')).body.code).toBe('key-reused')
    expect((await bring({ number })).body.code).toBe('number-taken')
    expect(await inside()).toHaveLength(1)
  })

  it('[OFFLINE5] are refused with a key, and nothing is changed', async () => {
    const refused = async (wanted: Partial<OfflineRequest>) => (await bring(wanted)).body.code
    expect(await refused({ number: 'K99-01' })).toBe('other-series')
    expect(await refused({ number: 'A001' })).toBe('malformed')
    expect(await refused({ at: now() - 24 * HOUR })).toBe('day-over')
    expect(await refused({ services: ['gone'] })).toBe('unknown-service')
    const { status } = await clerk.post(`/sites/${SITE}/offline-tickets`, { number: 'K1-01', at: now() })
    expect(status).toBe(403)
    expect(await inside()).toEqual([])
  })

  it('[OFFLINE7] stand against quota and hours, and of several matters keep what is still offered', async () => {
    const { body } = await kiosk.get(`/sites/${SITE}`)
    const services = body.services.map((service: { id: string }) =>
      service.id === 'housing' ? { ...service, quota: 0 } : service,
    )
    await hall.settings({ services, hours: [[], [], [], [], [], [], []] })
    const over = await bring({ services: ['gone', 'housing', 'residence-permit'], care: true })
    expect(over.body.ticket).toMatchObject({ serviceId: 'housing', state: 'waiting' })
    expect(await legOf(over.body.ticket.id)).toMatchObject({
      next: ['residence-permit'],
      credit: 30 * MINUTE,
    })
    expect((await kiosk.get(`/sites/${SITE}`)).body.full).toContain('housing')
    await hall.settings({ services: body.services, hours: body.hours, careBy: ['staff'] })
    const without = await bring({ care: true })
    expect((await legOf(without.body.ticket.id)).credit).toBe(0)
    await hall.settings({ careBy: ['declared', 'staff'] })
  })

  it('[OFFLINE3] are no numbers of a lane with the letter of kiosks, also when that letter comes to another lane', async () => {
    await bring()
    const file = async (letter: string) => {
      const { lanes } = (await clerk.get(`/sites/${SITE}`)).body
      const [first, ...rest] = lanes
      return JSON.stringify([{ ...first, letter }, ...rest])
    }
    const { database } = hall.running.parts.hall
    // Nobody is put out by a file that names nobody.
    await database.query('update nuanhao.account set managed = false')
    const version = await database.query<{ id: number }>(
      `insert into nuanhao.site_version (site_id, settings, accounts, effective_at, applied_at, applied_by)
       select id, settings || jsonb_build_object('lanes', $2::jsonb), '[]', clock, clock, 'test' from nuanhao.site where id = $1
       returning id`,
      [SITE, await file('K')],
    )
    const day = new Date(now() + 8 * HOUR).toISOString().slice(0, 10)
    await database.query('select nuanhao.take_effect($1, $2, $3, $4)', [version[0]?.id, now(), day, 'test'])
    expect((await issue()).body.ticket.number).toMatch(/^K\d{3}$/)
  })

  it('[OFFLINE8] are the same ticket as one the kiosk did not hear of, and the number the resident has is the one', async () => {
    const issued = (await issue('visit-without-answer-1')).body.ticket
    const { body } = await bring({ number: `${kiosk.name}-07` }, 'visit-without-answer-1')
    expect(body.ticket).toMatchObject({ id: issued.id, number: `${kiosk.name}-07`, state: 'waiting' })
    expect((await inside()).map(({ number }) => number)).toEqual([`${kiosk.name}-07`])
    // A try that was under way all the time makes no second one.
    expect((await issue('visit-without-answer-1')).body.code).toBe('key-reused')
    expect((await bring({ number: `${kiosk.name}-07` }, 'visit-without-answer-1')).status).not.toBe(500)
    expect(await inside()).toHaveLength(1)
  })

  it('[OFFLINE8] come back into the old place after a call by the other number, and the wall takes it back', async () => {
    const issued = (await issue('called-in-vain-1', { serviceId: 'residence-permit', care: {} })).body.ticket
    const other = (await issue()).body.ticket
    const called = await call()
    expect(called.number).toBe(issued.number)
    const { v } = called
    const { body } = await bring({ number: `${kiosk.name}-01` }, 'called-in-vain-1')
    expect(body.ticket).toMatchObject({ id: issued.id, state: 'waiting' })
    expect(await legOf(issued.id)).toMatchObject({ v, calls: 0, callId: null, number: `${kiosk.name}-01` })
    expect((await wall()).calls.filter(({ number }) => number === issued.number)).toEqual([])
    expect((await wall()).counters.c1?.number).toBe(null)
    expect((await clerk.post('/counters/c1/undo')).body.code).toBe('nothing-to-undo')
    expect((await call()).number).toBe(`${kiosk.name}-01`)
    await clerk.post(`/tickets/${issued.id}/start`)
    expect((await legOf(other.id)).state).toBe('waiting')
  })

  it('[OFFLINE8] leave a number alone that somebody has come with', async () => {
    const issued = (await issue('came-anyway-1')).body.ticket
    await call()
    await clerk.post(`/tickets/${issued.id}/start`)
    const { status, body } = await bring({}, 'came-anyway-1')
    expect([status, body.code, body.facts]).toEqual([409, 'known-as', { number: issued.number }])
    expect((await legOf(issued.id)).number).toBe(issued.number)
    // Nor once the first of several matters is done with it.
    const several = { serviceId: 'residence-permit', more: ['housing'] }
    await clerk.post(`/tickets/${issued.id}/complete`)
    const first = (await issue('came-for-the-first-1', several)).body.ticket
    await call()
    await clerk.post(`/tickets/${first.id}/complete`)
    expect((await legOf(first.id)).state).toBe('waiting')
    expect((await bring({}, 'came-for-the-first-1')).body.code).toBe('known-as')
  })

  it('[OFFLINE8] are one ticket however the two meet', async () => {
    for (let n = 0; n < 8; n++) {
      const key = `meeting-${kiosk.name}-${n}`
      const request = { number: ownNumber() }
      const [late] = await Promise.all([issue(key), bring(request, key)])
      expect([201, 422]).toContain(late.status)
      await bring(request, key)
      const here = (await inside()).filter(({ number }) => number === request.number)
      expect(here).toHaveLength(1)
      expect(await inside()).toHaveLength(n + 1)
    }
  })

  it('[PURGE4] the times a screen was absent go after two days', async () => {
    await away(5 * MINUTE)
    await bring()
    const rows = () => hall.running.parts.hall.database.query('select 1 from nuanhao.device_absence')
    expect((await rows()).length).toBeGreaterThan(0)
    await purge.run(hall.running.parts.hall, hall.running.parts.logger)
    expect((await rows()).length).toBeGreaterThan(0)
    await morning(5)
    await purge.run(hall.running.parts.hall, hall.running.parts.logger)
    expect(await rows()).toEqual([])
  })
})
