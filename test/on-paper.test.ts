import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { businessDay, dayStart } from '#domain/calendar.ts'
import * as decide from '#domain/decide.ts'
import { reconcile } from '#line/reconcile.ts'
import type { PublicBoard } from '#protocol/board.ts'
import { Conflict, commit, readSituation } from '#store/commit.ts'
import { contact } from '#store/contact.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { Screen } from '#test/harness/screen.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ZONE = 'Asia/Shanghai'

describe.each(MODES)('calls made on paper, %s', (mode) => {
  let hall: TestHall
  let day: string
  let nine: number
  let kiosk: Client & { token: string }
  let clerk: Client
  let supervisor: Client
  let wall: Screen<PublicBoard>

  /** So many minutes past nine of tomorrow. */
  const at = (minutes: number) => nine + minutes * MINUTE
  const goTo = (minutes: number) => {
    hall.clock.ahead = at(minutes) - Date.now()
  }

  beforeAll(async () => {
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    day = businessDay(Date.now() + 24 * HOUR, ZONE)
    nine = dayStart(day, ZONE) + 9 * HOUR
    goTo(-1)
    kiosk = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    supervisor = await hall.signIn('supervisor')
    await clerk.post('/counters/c2/open')
    await (await hall.signIn('counter1')).post('/counters/c1/open')
    wall = new Screen(hall.running.url, 'public', SITE, { token: kiosk.token })
    await wall.reached(0)
  })
  afterAll(async () => {
    wall.close()
    await hall.stop()
  })

  const issue = async (body: object = {}) =>
    (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit', ...body })).body
  const record = (ticketId: string, body: object, who = clerk) =>
    who.post(`/tickets/${ticketId}/record`, { counterId: 'c2', outcome: 'completed', ...body })
  const history = (ticketId: string) =>
    hall.running.parts.hall.database.query<{
      state: string
      from: number
      to: number | null
      place: string | null
    }>(
      `select i.state, i.from_at as "from", i.to_at as "to", i.counter_id as place
         from nuanhao.interval i join nuanhao.leg l on l.id = i.leg_id
        where l.ticket_id = $1 order by l.n, i.from_at, i.to_at nulls last, i.seq,
                array_position(array['called', 'serving'], i.state) nulls last`,
      [ticketId],
    )

  /** The wall is what a fresh one would be, and the line holds just who waits. */
  async function expectInStep(): Promise<void> {
    const fresh = (await kiosk.get(`/sites/${SITE}/board`)).body as PublicBoard
    await wall.reached(fresh.seq)
    expect(wall.board).toEqual(fresh)
    const { mended } = hall.running.parts.hall.metrics
    await hall.running.parts.hall.line.settled()
    mended.reset()
    await reconcile(hall.running.parts.hall, true)
    expect((await mended.get()).values.filter(({ value }) => value > 0)).toEqual([])
  }

  it('[PAPER1] [PAPER3] [PAPER6] stand in history by the written times, and nothing announces them', async () => {
    goTo(0)
    const { ticket, trackUrl } = await issue({ more: ['housing'] })
    const shown = await issue()
    goTo(30)
    // Somebody is at the counter by now, and stays there.
    await clerk.post('/counters/c2/pause')
    const heard = wall.heard.length
    const written = { calledAt: at(5), startedAt: at(6), endedAt: at(15) }
    const { status, body } = await record(ticket.id, written)
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { ticket: { state: 'completed', ...written, counterId: 'c2', onPaper: true } },
    })
    const mine = { place: 'c2' }
    const rows = await history(ticket.id)
    expect(rows.slice(1)).toEqual([
      { state: 'called', from: at(5), to: at(6), ...mine },
      { state: 'serving', from: at(6), to: at(15), ...mine },
      { state: 'completed', from: at(15), to: at(15), ...mine },
      { state: 'waiting', from: at(15), to: null, place: null },
    ])
    expect(rows[0]?.to).toBe(at(5))
    await expectInStep()
    expect(wall.heard.slice(heard).join()).not.toMatch(/"call"|chime/)
    expect(wall.board?.calls).toEqual([])
    const { items } = (await clerk.get(`/sites/${SITE}/events?after=${(wall.board?.seq ?? 1) - 1}`)).body
    expect(items).toMatchObject([{ type: 'ticket:recorded', exception: 'on-paper' }])
    expect(items[0].at).toBeGreaterThanOrEqual(at(30))

    // The next matter of the visit waits since then, so that it, too, may have been called on paper.
    await clerk.post('/counters/c2/open')
    const second = { calledAt: at(16), endedAt: at(20), counterId: 'c4' }
    expect((await record(ticket.id, second, supervisor)).body.ticket).toMatchObject({ serviceId: 'housing' })
    const phone = hall.stranger()
    const { body: view } = await phone.get(`/track/${trackUrl.split('#')[1]}`)
    expect(view).toMatchObject({ state: 'completed', onPaper: true })
    expect((await clerk.post('/counters/c2/call-next')).body.ticket.number).toBe(shown.ticket.number)
    await expectInStep()
    await clerk.post(`/tickets/${shown.ticket.id}/no-show`)
  })

  it('[PAPER6] a missed ticket that came on paper leaves the wall, and is marked until it is called again', async () => {
    goTo(60)
    const { ticket } = await issue()
    await clerk.post('/counters/c2/call-next')
    await clerk.post(`/tickets/${ticket.id}/no-show`)
    const calls = async () =>
      ((await kiosk.get(`/sites/${SITE}/board`)).body as PublicBoard).calls.map(({ number }) => number)
    expect(await calls()).toContain(ticket.number)
    goTo(70)
    const missed = await record(ticket.id, { outcome: 'missed', calledAt: at(65) })
    expect(missed.body.ticket).toMatchObject({ state: 'missed', endedAt: at(65), onPaper: true })
    expect(await calls()).not.toContain(ticket.number)
    await expectInStep()
    await clerk.post(`/tickets/${ticket.id}/rejoin`)
    expect((await clerk.post('/counters/c2/call-next')).body.ticket).toMatchObject({
      ...{ number: ticket.number, onPaper: false },
    })
    await clerk.post(`/tickets/${ticket.id}/complete`)
    expect(await calls()).toContain(ticket.number)
    await expectInStep()
  })

  it('[PAPER2] [OFFLINE3] may be of a number that its kiosk gave out by itself, from when it was given out', async () => {
    const { body: device } = await hall.stranger().post('/devices', { kind: 'kiosk' })
    goTo(80)
    await contact(hall.running.parts.hall.database, [device.id], at(80))
    goTo(100)
    const number = `${device.name}-01`
    const { body } = await hall
      .stranger()
      .withToken(device.token)
      .post(`/sites/${SITE}/offline-tickets`, {
        ...{ number, at: at(85), services: ['residence-permit'], language: 'zh-CN' },
      })
    expect(body.ticket.number).toBe(number)
    expect((await record(body.ticket.id, { calledAt: at(84), endedAt: at(95) })).body).toMatchObject({
      ...{ code: 'not-there-yet', facts: { since: '10:25' } },
    })
    expect((await record(body.ticket.id, { calledAt: at(90), endedAt: at(95) })).body.ticket).toMatchObject({
      ...{ number, state: 'completed', calledAt: at(90), onPaper: true },
    })
    const waited = (await history(body.ticket.id))[0]
    expect(waited).toMatchObject({ state: 'waiting', from: at(85), to: at(90) })
    await expectInStep()
  })

  it('[PAPER2] are refused with what stands against them, and change nothing', async () => {
    goTo(120)
    const [first, second] = [(await issue()).ticket, (await issue()).ticket]
    goTo(150)
    const code = async (body: object, who = clerk) => (await record(second.id, body, who)).body
    const right = { calledAt: at(125), endedAt: at(130) }
    const before = await history(second.id)
    expect((await record(first.id, { calledAt: at(121), startedAt: at(122), endedAt: at(126) })).status).toBe(
      200,
    )
    expect(await code(right)).toMatchObject({
      ...{ code: 'counter-taken-then', facts: { number: first.number, from: '11:02' } },
    })
    expect(await code({ ...right, counterId: 'c1' })).toMatchObject({ code: 'counter-not-yours' })
    expect(await code({ calledAt: at(110), endedAt: at(130) })).toMatchObject({
      ...{ code: 'not-there-yet', facts: { since: '11:00' } },
    })
    expect(await code({ calledAt: at(140), endedAt: at(130) })).toMatchObject({ code: 'times-out-of-order' })
    expect(await code({ calledAt: at(140), endedAt: at(152) })).toMatchObject({ code: 'time-ahead' })
    expect(await code({ calledAt: at(140) })).toMatchObject({ code: 'malformed' })
    expect((await record(second.id, { calledAt: at(140), endedAt: at(141) }, kiosk)).status).toBe(403)
    expect(await history(second.id)).toEqual(before)
    expect((await record(second.id, { calledAt: at(126), endedAt: at(130) })).status).toBe(200)
    expect(await code(right)).toMatchObject({ code: 'wrong-state' })
    await expectInStep()
  })

  it('[PAPER2] [ONCE1] of several for one counter and time one is entered, and of one twice with its key too', async () => {
    goTo(180)
    const tickets = await Promise.all([issue(), issue(), issue(), issue()])
    goTo(200)
    const both = { calledAt: at(185), endedAt: at(190) }
    const told = await Promise.all(tickets.map(({ ticket }) => record(ticket.id, both, supervisor)))
    expect(told.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    for (const { body, status } of told) if (status === 409) expect(body.code).toBe('counter-taken-then')
    await expectInStep()
    for (const { ticket } of tickets) await clerk.post(`/tickets/${ticket.id}/cancel`)
  })

  it('[PAPER11] are entered once, in any order, and a second time changes nothing', async () => {
    goTo(205)
    const [first, second, third] = [(await issue({ more: ['housing'] })).ticket, await issue(), await issue()]
    goTo(215)
    const later = { calledAt: at(210), endedAt: at(212) }
    expect((await record(first.id, later)).status).toBe(200)
    expect((await record(second.ticket.id, { outcome: 'missed', calledAt: at(213) })).status).toBe(200)
    expect((await record(third.ticket.id, { calledAt: at(206), endedAt: at(209) })).status).toBe(200)
    const everything = async () => ({
      board: (await kiosk.get(`/sites/${SITE}/board`)).body.seq,
      first: await history(first.id),
      second: await history(second.ticket.id),
      third: await history(third.ticket.id),
    })
    const before = await everything()
    expect(before.third.at(-1)).toMatchObject({ state: 'completed', from: at(209) })

    const twice = (number: string, from: string) => ({
      ...{ status: 409, body: { code: 'already-recorded', facts: { number, counter: '2', from } } },
    })
    expect(await record(first.id, later)).toMatchObject(twice(first.number, '12:30'))
    expect(await record(second.ticket.id, { outcome: 'missed', calledAt: at(213) })).toMatchObject(
      twice(second.ticket.number, '12:33'),
    )
    expect(await record(second.ticket.id, { calledAt: at(213), endedAt: at(214) })).toMatchObject(
      twice(second.ticket.number, '12:33'),
    )
    expect(await record(third.ticket.id, { calledAt: at(206), endedAt: at(209) })).toMatchObject(
      twice(third.ticket.number, '12:26'),
    )
    const mistaken = await record('no-such-ticket', later)
    expect([mistaken.status, mistaken.body.code]).toEqual([404, 'unknown-ticket'])
    expect(await everything()).toEqual(before)
    await expectInStep()

    // No wall shows any of them; their own pages say how they were called.
    expect(wall.board?.calls).not.toContainEqual(expect.objectContaining({ number: second.ticket.number }))
    for (const { trackUrl } of [second, third]) {
      const { body } = await hall.stranger().get(`/track/${trackUrl.split('#')[1]}`)
      expect(body).toMatchObject({ onPaper: true, counter: null })
    }
    for (const { id } of [first, second.ticket]) await clerk.post(`/tickets/${id}/cancel`)
  })

  it('[PAPER6] [OFFLINE8] in vain by a number the resident did not have, the mark goes with the call', async () => {
    const { body: device } = await hall.stranger().post('/devices', { kind: 'kiosk' })
    const without = hall.stranger().withToken(device.token)
    goTo(216)
    const key = 'called-on-paper-in-vain'
    const { body } = await without.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' }, { key })
    goTo(218)
    await record(body.ticket.id, { outcome: 'missed', calledAt: at(217) })
    const own = { number: `${device.name}-01`, at: at(216), services: ['residence-permit'], language: 'en' }
    const brought = await without.post(`/sites/${SITE}/offline-tickets`, own, { key })
    expect(brought.body.ticket).toMatchObject({ id: body.ticket.id, state: 'waiting', number: own.number })
    expect((await clerk.get(`/tickets/${body.ticket.id}`)).body.ticket).toMatchObject({ onPaper: false })
    await clerk.post(`/tickets/${body.ticket.id}/cancel`)
    await expectInStep()
  })

  it('[PAPER4] [UNDO1] can be taken back within a minute, as if they had not been', async () => {
    goTo(220)
    const { ticket } = await issue({ more: ['housing'] })
    goTo(230)
    const before = await history(ticket.id)
    await record(ticket.id, { calledAt: at(221), startedAt: at(222), endedAt: at(225) })
    const undone = await clerk.post('/counters/c2/undo')
    expect(undone.body.ticket).toMatchObject({
      ...{ state: 'waiting', onPaper: false, calledAt: null, counterId: null, next: ['housing'] },
    })
    expect(await history(ticket.id)).toEqual(before)
    await expectInStep()
    // Of two, the second.
    await record(ticket.id, { outcome: 'missed', calledAt: at(221), endedAt: at(222) })
    const missed = await history(ticket.id)
    await record(ticket.id, { calledAt: at(223), startedAt: at(223), endedAt: at(225) })
    expect((await clerk.post('/counters/c2/undo')).body.ticket).toMatchObject({
      state: 'missed',
      onPaper: true,
    })
    expect(await history(ticket.id)).toEqual(missed)
    await clerk.post(`/tickets/${ticket.id}/cancel`)
  })

  it('[PAPER4] [OFFER1] do not make the counter the last to have had somebody', async () => {
    await hall.settings({ offerFor: 30_000 })
    goTo(240)
    await supervisor.post('/counters/c1/open', { takeOver: true })
    goTo(250)
    await supervisor.post('/counters/c2/open', { takeOver: true })
    const [first] = [(await issue()).ticket, await issue()]
    goTo(250.2)
    await record(first.id, { counterId: 'c1', calledAt: at(250), endedAt: at(250) }, supervisor)
    expect((await supervisor.post('/counters/c2/call-next')).body).toMatchObject({ code: 'not-your-turn' })
    const { ticket: next } = (await supervisor.post('/counters/c1/call-next')).body
    await supervisor.post(`/tickets/${next.ticketId}/complete`)

    // The next matter of the visit is offered from when the hall knew of it, not from when it began to wait.
    const third = (await issue({ more: ['birth-registration'] })).ticket
    goTo(260)
    await record(third.id, { counterId: 'c1', calledAt: at(251), endedAt: at(252) }, supervisor)
    expect((await supervisor.post('/counters/c1/call-next')).body).toMatchObject({ code: 'not-your-turn' })
    expect((await supervisor.post('/counters/c2/call-next')).body.ticket.serviceId).toBe('birth-registration')
    await supervisor.post(`/tickets/${third.id}/complete`)
    await hall.settings({ offerFor: null })
  })

  it('[PAPER5] are exceptions in the report, with their waits and times at the counter in rows of their own', async () => {
    const { body: report } = await supervisor.get(`/sites/${SITE}/report?day=${day}`)
    const kinds = report.exceptions.map(({ kind, undone }: { kind: string; undone: boolean }) =>
      undone ? `${kind}, undone` : kind,
    )
    expect(kinds.filter((kind: string) => kind === 'on-paper')).toHaveLength(14)
    expect(kinds).toContain('on-paper, undone')
    expect(report.paper).toMatchObject({ calls: 14, waits: { count: 10 }, serving: { count: 2 } })
    // Waited five minutes and was served for nine; by the clock of the entry it would have been half an hour.
    expect(report.paper.serving.longest).toBe(9 * MINUTE)
    expect(report.paper.waits.longest).toBeLessThan(7 * MINUTE)
    const { body: csv } = await supervisor.get(`/sites/${SITE}/report.csv?day=${day}`)
    expect(csv).toMatch(/等候 Waits,纸上叫号 Called on paper,10,/)
  })

  it('[PAPER2] two that are entered at once are decided one after the other', async () => {
    goTo(300)
    const { database } = hall.running.parts.hall
    const actor = { staffId: 'boss', supervises: true }
    const calledAt = at(305)
    const nobodyCame = (ticketId: string, endedAt: number) => async () => {
      const about = { ticketId, counterId: 'c2', paper: { from: calledAt, to: calledAt + MINUTE } }
      const author = { principal: 'chore:test', key: randomUUID(), digest: 'record' }
      const { situation } = await readSituation(database, about, author)
      const change = decide.record(situation, actor, { outcome: 'missed', calledAt, endedAt }, at(310))
      return () => commit(database, situation.site, change, author, at(310), day)
    }
    const one = (await issue()).ticket.id
    const other = (await issue()).ticket.id
    goTo(310)
    const second = nobodyCame(other, calledAt)
    const [enter, enterToo] = [await nobodyCame(one, calledAt + 20_000)(), await second()]
    expect((await enter()).leg).toMatchObject({ state: 'missed', calledAt })
    await expect(enterToo()).rejects.toThrow(Conflict)
    expect((await (await second())()).leg).toMatchObject({ state: 'missed', calledAt: calledAt + 20_000 })
  })
})
