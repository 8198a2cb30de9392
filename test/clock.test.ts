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
