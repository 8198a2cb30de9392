import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { businessDay, dayAfter, dayStart } from '#domain/calendar.ts'
import { DEMO_SITE } from '#server/demo.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { followTicket } from '#test/harness/screen.ts'

const HOUR = 3_600_000

describe.each(MODES)('the link of a ticket, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client

  beforeAll(async () => {
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    kiosk = await hall.enrol('kiosk')
  })
  afterAll(() => hall.stop())

  const now = () => hall.running.parts.hall.now()
  const at = (time: number) => {
    hall.clock.ahead += time - now()
  }
  const issue = async () => {
    const { body } = await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
    return { id: String(body.ticket.id), code: String(body.trackUrl.split('#')[1]) }
  }
  const opened = (code: string) => hall.stranger().get(`/track/${code}`)

  it('[PHONE18] works until the end of the day after the visit ended, and while it has not; then nothing of it does', async () => {
    // Noon, so that no day ends while the test runs.
    at(dayStart(dayAfter(businessDay(now(), DEMO_SITE.timeZone)), DEMO_SITE.timeZone) + 12 * HOUR)
    const over = await issue()
    const open = await issue()
    const phone = hall.stranger()
    await phone.get(`/track/${over.code}`)
    expect((await phone.post(`/tickets/${over.id}/cancel`)).status).toBe(200)
    const page = followTicket(hall.running.url, phone.cookie)
    const cut = new Promise<void>((resolve) => page.onRevoked(resolve))
    await page.next()
    const dayAfterNext = dayAfter(dayAfter(businessDay(now(), DEMO_SITE.timeZone)))
    const end = dayStart(dayAfterNext, DEMO_SITE.timeZone)

    at(end - HOUR)
    expect((await opened(over.code)).status).toBe(200)
    expect((await phone.get(`/tickets/${over.id}`)).body.ticket.state).toBe('cancelled')
    const late = followTicket(hall.running.url, phone.cookie)
    expect((await late.next()).state).toBe('cancelled')
    late.close()

    at(end + HOUR)
    expect(await opened(over.code)).toMatchObject({ status: 404, body: { code: 'unknown-ticket' } })
    expect((await phone.get(`/tickets/${over.id}`)).status).toBe(401)
    await cut
    page.close()
    // Nobody has ended the other one.
    expect((await opened(open.code)).body.state).toBe('waiting')
  })
})
