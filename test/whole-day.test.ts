import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StaffBoard, TicketView } from '#protocol/board.ts'
import { ticketCode } from '#store/tokens.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { closeDay } from '#worker/close-day.ts'
import { oldHolds } from '#worker/old-holds.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const zone = 'Asia/Shanghai'

describe.each(MODES)('the whole day, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client
  let clerk: Client
  let supervisor: Client

  beforeAll(async () => {
    hall = await startHall(mode)
    kiosk = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    supervisor = await hall.signIn('supervisor')
    await clerk.post('/counters/c2/open')
  })
  afterAll(() => hall.stop())

  /** Every test begins with nobody inside and the clerk at counter 2. */
  beforeEach(async () => {
    const board = (await supervisor.get(`/sites/${SITE}/board`)).body as StaffBoard
    for (const { ticketId, state } of Object.values(board.legs)) {
      const verb = state === 'called' || state === 'serving' ? 'complete' : 'cancel'
      await supervisor.post(`/tickets/${ticketId}/${verb}`)
    }
    await clerk.post('/counters/c2/open')
  })

  const issue = (serviceId = 'residence-permit') => kiosk.post(`/sites/${SITE}/tickets`, { serviceId })
  const call = async () => (await clerk.post('/counters/c2/call-next')).body.ticket
  const say = (verb: string, ticketId: string, body: object = {}) =>
    clerk.post(`/tickets/${ticketId}/${verb}`, body)
  const stateOf = async (ticketId: string) => (await clerk.get(`/tickets/${ticketId}`)).body.ticket.state
  const history = (ticketId: string) =>
    hall.running.parts.hall.database.query<{ state: string; from_at: number; to_at: number | null }>(
      `select i.state, i.from_at, i.to_at from nuanhao.interval i join nuanhao.leg l on l.id = i.leg_id
        where l.ticket_id = $1 order by i.from_at, i.seq`,
      [ticketId],
    )
  const page = async (ticketId: string): Promise<TicketView> =>
    (await hall.stranger().get(`/track/${ticketCode(ticketId, hall.running.parts.keys.codes)}`)).body
  /** Moves the clock; it only ever goes on. Nobody stays signed in over so long. */
  const goAt = async (at: number) => {
    hall.clock.ahead = at - Date.now()
    clerk = await hall.signIn('counter2')
    supervisor = await hall.signIn('supervisor')
  }
  /** To a local time of a day so many days from today. */
  const goTo = (hours: number, days = 0) => {
    const midnight = new Date(`${new Date(Date.now() + 8 * HOUR).toISOString().slice(0, 10)}T00:00:00+08:00`)
    return goAt(midnight.getTime() + days * 24 * HOUR + hours * HOUR)
  }

  it('[QUOTA1] when a day’s numbers are given out the next is refused, also when many ask at once, until the next day', async () => {
    await goTo(10, 1)
    const before = await issue('legal-advice')
    const { body } = await kiosk.get(`/sites/${SITE}`)
    const { services } = body
    const limited = (quota: number) =>
      services.map((one: { id: string }) => (one.id === 'legal-advice' ? { ...one, quota } : one))
    // At what was given out already: said at once, before anybody asks in vain.
    await hall.settings({ services: limited(1) })
    expect((await kiosk.get(`/sites/${SITE}`)).body.full).toEqual(['legal-advice'])
    await hall.settings({ services: limited(4) })
    expect((await kiosk.get(`/sites/${SITE}`)).body.full).toEqual([])
    expect(before.status).toBe(201)
    const many = await Promise.all(Array.from({ length: 10 }, () => issue('legal-advice')))
    expect(many.filter(({ status }) => status === 201)).toHaveLength(3)
    expect(new Set(many.filter(({ status }) => status !== 201).map((reply) => reply.body.code))).toEqual(
      new Set(['quota-reached']),
    )
    expect((await kiosk.get(`/sites/${SITE}`)).body.full).toEqual(['legal-advice'])
    expect((await issue('housing')).status).toBe(201)
    await goTo(10, 2)
    expect((await kiosk.get(`/sites/${SITE}`)).body.full).toEqual([])
    expect((await issue('legal-advice')).body.ticket.number).toBe('D001')
  })

  it('[MISS3] the recall after the site’s most calls is a no-show', async () => {
    const { id } = (await issue()).body.ticket
    await call()
    expect((await say('recall', id)).body.ticket).toMatchObject({ state: 'called', calls: 2 })
    expect((await say('recall', id)).body.ticket).toMatchObject({ state: 'called', calls: 3 })
    expect((await say('recall', id)).body.ticket).toMatchObject({ state: 'missed', calls: 3 })
    expect((await clerk.post('/counters/c2/undo')).body.ticket).toMatchObject({ state: 'called', calls: 3 })
    await say('complete', id)
  })

  it('[TIMES1] a late start and a late end are put right; history has no gap; the next ticket’s time is not touched', async () => {
    const { id } = (await issue()).body.ticket
    await call()
    const calledAt = (await clerk.get(`/tickets/${id}`)).body.ticket.calledAt
    hall.clock.ahead += 10 * MINUTE
    await say('complete', id)
    const next = (await issue()).body.ticket
    await call()
    const right = { startedAt: calledAt + MINUTE, endedAt: calledAt + 6 * MINUTE, reason: 'forgotten' }
    const { body } = await say('correct-times', id, right)
    expect(body.ticket).toMatchObject({
      state: 'completed',
      startedAt: right.startedAt,
      endedAt: right.endedAt,
    })
    const rows = await history(id)
    expect(rows.map(({ state }) => state)).toEqual(['waiting', 'called', 'serving', 'completed'])
    for (const [i, { from_at }] of rows.entries()) if (i > 0) expect(from_at).toBe(rows[i - 1]?.to_at)
    expect((rows[2]?.to_at ?? 0) - (rows[2]?.from_at ?? 0)).toBe(5 * MINUTE)
    // A correction is not the counter's last action: that can still be taken back.
    expect((await clerk.post('/counters/c2/undo')).body.ticket).toMatchObject({
      ticketId: next.id,
      state: 'waiting',
    })
    await call()
    const late = { endedAt: hall.running.parts.hall.now(), reason: 'pressed-early' }
    hall.clock.ahead += MINUTE
    expect((await say('correct-times', id, late)).body.code).toBe('times-out-of-order')
    expect((await say('correct-times', id, { startedAt: calledAt - 1, reason: 'other' })).body.code).toBe(
      'times-out-of-order',
    )
    expect(
      (await say('correct-times', id, { startedAt: right.endedAt + 1, reason: 'other' })).body.code,
    ).toBe('times-out-of-order')
    expect(await history(id)).toEqual(rows)
    expect((await say('correct-times', next.id, { startedAt: calledAt, reason: 'other' })).body.code).toBe(
      'wrong-state',
    )
    await say('start', next.id)
    hall.clock.ahead += 2 * MINUTE
    const serving = (await clerk.get(`/tickets/${next.id}`)).body.ticket
    const began = { startedAt: serving.calledAt, reason: 'pressed-late' }
    expect((await say('correct-times', next.id, began)).body.ticket).toMatchObject({
      state: 'serving',
      startedAt: serving.calledAt,
    })
    await say('complete', next.id)
    const audit = await hall.running.parts.hall.database.query<{ reason: string }>(
      `select reason from nuanhao.audit where action = 'ticket:corrected' order by n`,
    )
    expect(audit.map(({ reason }) => reason)).toEqual(['forgotten', 'pressed-late'])
  })

  it('[HOLD3] an old hold is said once, whichever worker comes to it', async () => {
    const { id } = (await issue()).body.ticket
    await call()
    await say('hold', id, { kind: 'fetching' })
    const parts = hall.running.parts
    const run = () => oldHolds.run(parts.hall, parts.logger)
    await run()
    expect((await clerk.get(`/tickets/${id}`)).body.ticket.holdOverdue).toBe(false)
    hall.clock.ahead += 31 * MINUTE
    await Promise.all([run(), run()])
    await run()
    expect((await clerk.get(`/tickets/${id}`)).body.ticket.holdOverdue).toBe(true)
    const [{ count } = { count: 0 }] = await parts.hall.database.query<{ count: number }>(
      `select count(*) from nuanhao.event where type = 'ticket:hold-overdue'`,
    )
    expect(count).toBe(1)
    await say('resume', id, { counterId: 'c2' })
    expect((await clerk.get(`/tickets/${id}`)).body.ticket.holdOverdue).toBe(false)
    await say('complete', id)
  })

  it('[OFFER1] where tickets are offered in turn the counter free longest comes first, the next one offer later', async () => {
    const other = await hall.signIn('counter1')
    await hall.settings({ offerFor: 20_000 })
    await other.post('/counters/c1/open')
    hall.clock.ahead += MINUTE
    const first = (await issue()).body.ticket
    // c2 has been free since before c1 opened.
    const refused = await other.post('/counters/c1/call-next')
    expect(refused.body).toMatchObject({ code: 'not-your-turn', facts: { counter: '2' } })
    expect((await call()).ticketId).toBe(first.id)
    const second = (await issue()).body.ticket
    expect((await other.post('/counters/c1/call-next')).body.ticket.ticketId).toBe(second.id)
    await say('complete', first.id)
    hall.clock.ahead += 1_000
    await other.post(`/tickets/${second.id}/complete`)
    const third = (await issue()).body.ticket
    expect((await other.post('/counters/c1/call-next')).body.code).toBe('not-your-turn')
    hall.clock.ahead += 21_000
    expect((await other.post('/counters/c1/call-next')).body.ticket.ticketId).toBe(third.id)
    await other.post(`/tickets/${third.id}/complete`)
    await other.post('/counters/c1/close')
    await hall.settings({ offerFor: null })
  })

  it('[CLOSE1] [CLOSE2] [CLOSE3] [CLOSE4] closing time: nobody new, those inside are served or sent home, and nothing is left open', async () => {
    const office = [
      { from: 9 * 60, to: 12 * 60 },
      { from: 13 * 60, to: 17 * 60 },
    ]
    await hall.settings({ hours: Array.from({ length: 7 }, () => office) })
    await goTo(16, 3)
    const numbers = []
    for (let i = 0; i < 4; i++) numbers.push((await issue()).body.ticket)
    const [served, missed, held, waiting] = numbers
    const parts = hall.running.parts
    const close = () => closeDay.run(parts.hall, parts.logger)
    await call()
    hall.clock.ahead += 20 * MINUTE
    await say('complete', served.id)
    await call()
    await say('no-show', missed.id)
    await call()
    await say('hold', held.id, { kind: 'fetching' })
    expect((await supervisor.post(`/sites/${SITE}/send-home`, { note: note })).body.code).toBe('site-open')
    await goTo(17.2, 3)
    expect((await issue()).body.code).toBe('site-closed')
    await close()
    expect(await stateOf(missed.id)).toBe('missed')
    // Those inside are still called and served.
    expect((await call()).ticketId).toBe(waiting.id)
    await say('put-back', waiting.id)
    expect((await clerk.post(`/sites/${SITE}/send-home`, { note })).status).toBe(403)
    await goTo(18.5, 3)
    await close()
    expect(await stateOf(missed.id)).toBe('expired')
    expect(await stateOf(waiting.id)).toBe('waiting')
    expect((await clerk.get(`/sites/${SITE}/board`)).body.counters.c2.status).toBe('open')
    expect((await supervisor.post(`/sites/${SITE}/send-home`, { note })).status).toBe(200)
    expect([await stateOf(waiting.id), await stateOf(held.id)]).toEqual(['expired', 'expired'])
    expect(await page(waiting.id)).toMatchObject({ state: 'expired', farewell: note })
    expect((await page(missed.id)).farewell).toBeNull()
    await Promise.all([close(), close()])
    const board = (await clerk.get(`/sites/${SITE}/board`)).body
    expect(board.counters.c2).toMatchObject({ status: 'closed', staffId: null })
    expect(Object.values(board.legs)).toEqual([])
    expect((await supervisor.post(`/sites/${SITE}/send-home`, { note })).body.code).toBe('nobody-inside')
  })

  const note = {
    'zh-CN': '今天的办理时间已过，明早八点半起优先为您办理。',
    en: 'We are closed now; tomorrow you come first.',
  }

  it('[DAY1] [CLOSE3] over midnight numbers begin anew, nobody is ended by the clock, and the line keeps its order', async () => {
    const allDay = [{ from: 0, to: 24 * 60 }]
    await hall.settings({ hours: Array.from({ length: 7 }, () => allDay), timeZone: zone })
    await goTo(23.9, 4)
    await clerk.post('/counters/c2/open')
    const late = (await issue()).body.ticket
    await goTo(24.1, 4)
    await closeDay.run(hall.running.parts.hall, hall.running.parts.logger)
    const early = (await issue()).body.ticket
    expect([late.number, early.number]).toEqual(['A001', 'A001'])
    expect((await call()).ticketId).toBe(late.id)
    await say('complete', late.id)
    expect((await call()).ticketId).toBe(early.id)
    await say('complete', early.id)
  })

  it('[DAY1] [DAY2] numbers follow the local day also when the clocks change, whatever the machine’s zone', async () => {
    await hall.settings({ timeZone: 'America/New_York' })
    const numberAt = async (utc: string) => {
      await goAt(Date.parse(utc))
      return (await issue()).body.ticket.number
    }
    // On 14 March 2027 the clocks go from 02:00 to 03:00, on 7 November from 02:00 back to 01:00.
    expect(await numberAt('2027-03-14T04:59:00Z')).toBe('A001')
    expect(await numberAt('2027-03-14T05:01:00Z')).toBe('A001')
    expect(await numberAt('2027-03-14T07:01:00Z')).toBe('A002')
    expect(await numberAt('2027-03-15T03:59:00Z')).toBe('A003')
    expect(await numberAt('2027-03-15T04:01:00Z')).toBe('A001')
    expect(await numberAt('2027-11-07T05:30:00Z')).toBe('A001')
    expect(await numberAt('2027-11-07T06:30:00Z')).toBe('A002')
    expect(await numberAt('2027-11-08T04:59:00Z')).toBe('A003')
    expect(await numberAt('2027-11-08T05:01:00Z')).toBe('A001')
  })
})
