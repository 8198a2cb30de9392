import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublicBoard } from '#protocol/board.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { Screen } from '#test/harness/screen.ts'

const HOUR = 3_600_000
/** How far ahead it is ten in the morning next, ms: an hour more is the same day, whenever this is run. */
const TEN = 24 * HOUR - ((Date.now() + 8 * HOUR - 10 * HOUR) % (24 * HOUR))

describe.each(MODES)('a clock that ran back, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client & { token: string }
  let clerk: Client
  beforeAll(async () => {
    hall = await startHall(mode)
    hall.clock.ahead = TEN + HOUR
    kiosk = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    await clerk.post('/counters/c2/open')
    for (let i = 0; i < 3; i++) await issue()
    await clerk.post('/counters/c2/call-next')
  })
  afterAll(() => hall.stop())

  const issue = (body: object = {}) =>
    kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit', ...body })
  const inClerksOwnWords = async () => (await hall.signIn('counter2')).post(`/sites/${SITE}/confirm-clock`)

  it('[CLOCK3] while the server runs, the site’s clock stands still rather than run back', async () => {
    hall.clock.ahead = TEN
    const { ticket } = (await issue()).body
    const { items } = (await clerk.get(`/sites/${SITE}/tickets`)).body
    expect(items.at(-1)).toMatchObject({ number: ticket.number })
    expect(ticket.issuedAt).toBeGreaterThanOrEqual(items[0].arrivedAt)
  })

  it('[CLOCK1] after a restart no ticket is issued until a supervisor confirms the time; calls go on', async () => {
    await hall.restart()
    expect(hall.running.clockHeld).toEqual([SITE])
    expect(await issue()).toMatchObject({ status: 409, body: { code: 'clock-unconfirmed' } })
    const called = (await clerk.get(`/sites/${SITE}/tickets?state=called`)).body.items[0]
    expect((await clerk.post(`/tickets/${called.ticketId}/complete`)).status).toBe(200)
    expect((await clerk.post('/counters/c2/call-next')).body.ticket.number).toBe('A002')
    expect((await inClerksOwnWords()).status).toBe(403)
  })

  it('[CLOCK2] confirmed, the whole line moves with the clock and keeps its order', async () => {
    const display = new Screen<PublicBoard>(hall.running.url, 'public', SITE, { token: kiosk.token })
    await display.reached(0)
    const supervisor = await hall.signIn('supervisor')
    expect((await supervisor.post(`/sites/${SITE}/confirm-clock`)).status).toBe(200)
    const fifth = await issue()
    expect(fifth).toMatchObject({ status: 201, body: { ticket: { number: 'A005' } } })
    expect(Math.abs(fifth.body.ticket.issuedAt - (Date.now() + TEN))).toBeLessThan(60_000)
    const waiting = (await clerk.get(`/sites/${SITE}/tickets?state=waiting`)).body.items
    expect(waiting.map(({ number }: { number: string }) => number)).toEqual(['A003', 'A004', 'A005'])
    for (const { arrivedAt } of waiting) expect(arrivedAt).toBeLessThanOrEqual(fifth.body.ticket.issuedAt)
    const fresh = (await kiosk.get(`/sites/${SITE}/board`)).body
    await display.reached(fresh.seq)
    expect(display.board).toEqual(fresh)
    display.close()
    const order: string[] = []
    for (let i = 0; i < 3; i++) {
      const current = (await clerk.get(`/sites/${SITE}/tickets?state=called`)).body.items[0]
      await clerk.post(`/tickets/${current.ticketId}/complete`)
      order.push((await clerk.post('/counters/c2/call-next')).body.ticket.number)
    }
    expect(order).toEqual(['A003', 'A004', 'A005'])
  })
})

describe.each(MODES)('a clock that was a day ahead, %s', (mode) => {
  const DAY = 24 * HOUR
  const MINUTE = 60_000
  let hall: TestHall
  let kiosk: Client & { token: string }
  let clerk: Client
  let supervisor: Client
  beforeAll(async () => {
    hall = await startHall(mode, { chores: false })
    await goTo(TEN)
    kiosk = await hall.enrol('kiosk')
    const { services } = (await kiosk.get(`/sites/${SITE}`)).body
    await hall.settings({
      services: services.map((one: { id: string }) => ({ ...one, quota: one.id === 'housing' ? 3 : null })),
    })
    await clerk.post('/counters/c2/open')
  })
  afterAll(() => hall.stop())

  const goTo = async (ahead: number) => {
    hall.clock.ahead = ahead
    // Nobody stays signed in for a day.
    clerk = await hall.signIn('counter2')
    supervisor = await hall.signIn('supervisor')
  }
  const issue = async (serviceId = 'residence-permit') => {
    const { status, body } = await kiosk.post(`/sites/${SITE}/tickets`, { serviceId })
    return status === 201 ? body.ticket.number : body.code
  }
  const next = async () => {
    const { ticket } = (await clerk.post('/counters/c2/call-next')).body
    await clerk.post(`/tickets/${ticket.ticketId}/start`)
    await clerk.post(`/tickets/${ticket.ticketId}/complete`)
    return ticket.number
  }
  const board = async () => (await kiosk.get(`/sites/${SITE}/board`)).body
  const inHall = async (state = 'waiting') => {
    const { items } = (await clerk.get(`/sites/${SITE}/tickets?state=${state}`)).body
    return items.map(({ number }: { number: string }) => number)
  }
  const report = async (day?: string) =>
    (await supervisor.get(`/sites/${SITE}/report${day ? `?day=${day}` : ''}`)).body

  it('[CLOCK5] what was done on the day that has not come belongs to this one, and no number is given twice', async () => {
    expect([await issue(), await issue(), await issue('housing')]).toEqual(['A001', 'A002', 'D001'])
    expect(await next()).toBe('A001')
    const right = (await board()).day

    // A day ahead the numbers begin anew.
    await goTo(TEN + DAY)
    expect([await issue(), await issue(), await issue()]).toEqual(['A001', 'A002', 'A003'])
    expect([await issue('housing'), await issue('medical-insurance')]).toEqual(['D001', 'B001'])
    const wrong = (await board()).day
    expect(wrong).not.toBe(right)
    expect(await next()).toBe('A002')
    const [third] = (await clerk.get(`/sites/${SITE}/tickets?number=A003`)).body.items
    const called = await supervisor.post(`/tickets/${third.ticketId}/call`, {
      counterId: 'c2',
      reason: 'unwell',
    })
    expect(called.status).toBe(200)
    await clerk.post(`/tickets/${third.ticketId}/complete`)
    await kiosk.post(`/sites/${SITE}/help`)
    expect((await board()).calls).toMatchObject([{ number: 'A003' }, { number: 'A002' }])

    await goTo(TEN + 10 * MINUTE)
    await hall.restart()
    const wall = new Screen<PublicBoard>(hall.running.url, 'public', SITE, { token: kiosk.token })
    await wall.reached(0)
    expect((await supervisor.post(`/sites/${SITE}/confirm-clock`)).status).toBe(200)
    const confirmed = await board()
    await wall.reached(confirmed.seq)
    expect(wall.board).toEqual(confirmed)
    wall.close()
    expect(confirmed).toMatchObject({ day: right, calls: [{ number: 'A003' }, { number: 'A002' }] })
    for (const { at } of confirmed.calls) expect(at).toBeLessThanOrEqual(confirmed.at)
    const { issued, served, exceptions, help, late } = await report()
    expect({ issued, served, exceptions, late }).toMatchObject({
      ...{ issued: 5, served: 3, late: [] },
      exceptions: [{ number: 'A003', reason: 'unwell' }],
    })
    expect(help.asked).toBe(1)
    expect((await report(wrong)).exceptions).toEqual([])
    const { items } = (await clerk.get('/counters/c2/actions')).body
    expect(items).toHaveLength(9)
    expect(items[0]).toMatchObject({ type: 'ticket:completed', number: 'A003', by: 'you' })
    expect(items[0].at).toBeLessThanOrEqual(confirmed.at)

    // Lanes count on, and the quota has counted both days.
    expect([await issue(), await issue('medical-insurance')]).toEqual(['A004', 'B002'])
    expect([await issue('housing'), await issue('housing')]).toEqual(['D002', 'quota-reached'])
    // Who has a number that another of the day has is called in turn, and is of the other day.
    expect(await inHall()).toEqual(['A004', 'B001', 'B002', 'D001', 'D002'])
    expect([await next(), await next(), await next()]).toEqual(['A001', 'A002', 'A004'])

    // The day that had not come begins after the numbers of the lane that stayed of it.
    await goTo(TEN + DAY)
    expect([await issue(), await issue('medical-insurance')]).toEqual(['A004', 'B001'])
  })
})
