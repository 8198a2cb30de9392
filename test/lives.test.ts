import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reconcile } from '#line/reconcile.ts'
import type { PublicBoard } from '#protocol/board.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { Screen } from '#test/harness/screen.ts'
import { expireCalls } from '#worker/expire-calls.ts'

const MINUTE = 60_000

describe.each(MODES)('every life of a ticket, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client & { token: string }
  let clerk: Client
  let other: Client
  let supervisor: Client
  let wall: Screen<PublicBoard>

  beforeAll(async () => {
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    kiosk = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    other = await hall.signIn('counter1')
    supervisor = await hall.signIn('supervisor')
    await clerk.post('/counters/c2/open')
    await other.post('/counters/c1/open')
    wall = new Screen(hall.running.url, 'public', SITE, { token: kiosk.token })
    await wall.reached(0)
  })
  afterAll(async () => {
    wall.close()
    await hall.stop()
  })

  /** Every test begins with nobody in the household lane and both counters free. */
  beforeEach(async () => {
    for (const who of [clerk, other]) {
      for (const { ticketId, state } of (await who.get(`/sites/${SITE}/tickets`)).body.items) {
        if (state === 'called' || state === 'serving') await supervisor.post(`/tickets/${ticketId}/complete`)
        else await supervisor.post(`/tickets/${ticketId}/cancel`)
      }
    }
  })

  const issue = async (body: object = {}) =>
    (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit', ...body })).body
  const call = async (who = clerk, counter = 'c2') =>
    (await who.post(`/counters/${counter}/call-next`)).body.ticket
  const say = (verb: string, ticketId: string, body: object = {}, who = clerk) =>
    who.post(`/tickets/${ticketId}/${verb}`, body)
  const why = async (ticketId: string) => (await clerk.get(`/tickets/${ticketId}/why`)).body
  const history = (ticketId: string) =>
    hall.running.parts.hall.database.query<{ state: string; from_at: number; to_at: number | null }>(
      `select i.state, i.from_at, i.to_at from nuanhao.interval i join nuanhao.leg l on l.id = i.leg_id
        where l.ticket_id = $1 order by i.seq`,
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

  it('[REJOIN1] [REJOIN2] a missed ticket rejoins behind the third waiting, once, by kiosk, phone or counter', async () => {
    const mine = await issue()
    await call()
    await say('no-show', mine.ticket.id)
    const waiting = [await issue(), await issue(), await issue(), await issue()]
    expect((await kiosk.get(`/sites/${SITE}/tickets?number=${mine.ticket.number}`)).body.items).toMatchObject(
      [{ id: mine.ticket.id, state: 'missed' }],
    )
    const rejoined = await say('rejoin', mine.ticket.id, {}, kiosk)
    expect(rejoined).toMatchObject({
      status: 200,
      body: { ticket: { state: 'waiting', number: mine.ticket.number } },
    })
    expect(rejoined.body.ticket).not.toHaveProperty('v')
    expect(await why(mine.ticket.id)).toMatchObject({ ahead: 3 })
    expect(await why(waiting[3].ticket.id)).toMatchObject({ ahead: 4 })
    expect(await say('rejoin', mine.ticket.id)).toMatchObject({ status: 409, body: { code: 'not-missed' } })
    await expectInStep()
  })

  it('[REJOIN1] a phone rejoins its own ticket and no other, and not after an hour', async () => {
    const mine = await issue()
    const theirs = await issue()
    for (const { ticket } of [mine, theirs]) {
      await call()
      await say('no-show', ticket.id)
    }
    const phone = hall.stranger()
    await phone.get(`/track/${mine.trackUrl.split('#')[1]}`)
    expect(await say('rejoin', theirs.ticket.id, {}, phone)).toMatchObject({
      body: { code: 'unknown-ticket' },
    })
    expect((await say('rejoin', mine.ticket.id, {}, phone)).status).toBe(200)
    hall.clock.ahead += 61 * MINUTE
    expect(await say('rejoin', theirs.ticket.id)).toMatchObject({ body: { code: 'too-late-to-rejoin' } })
  })

  it('[HOLD1] [HOLD2] held for a paper: another counter resumes it; its old place is kept', async () => {
    const mine = await issue()
    await call()
    await say('start', mine.ticket.id)
    expect((await say('hold', mine.ticket.id, { kind: 'fetching' })).body.ticket).toMatchObject({
      state: 'held',
      hold: 'fetching',
    })
    const later = await issue()
    await expectInStep()
    expect((await say('resume', mine.ticket.id)).body.ticket).toMatchObject({
      state: 'waiting',
      hold: null,
      stint: 2,
    })
    expect(await why(later.ticket.id)).toMatchObject({ ahead: 1 })
    expect((await call(other, 'c1')).number).toBe(mine.ticket.number)
    await expectInStep()
    expect((await history(mine.ticket.id)).map(({ state }) => state)).toEqual([
      'waiting',
      'called',
      'serving',
      'held',
      'waiting',
      'called',
    ])
  })

  it('[HOLD2] papers kept here: only this counter takes it up again, at once as an exception', async () => {
    const mine = await issue()
    await call()
    await say('hold', mine.ticket.id, { kind: 'papers-kept' })
    const elsewhere = await say('resume', mine.ticket.id, { counterId: 'c1' }, other)
    expect(elsewhere).toMatchObject({ status: 409, body: { code: 'papers-elsewhere' } })
    expect((await say('resume', mine.ticket.id, { counterId: 'c2' })).body.ticket).toMatchObject({
      state: 'called',
      counterId: 'c2',
    })
    await say('hold', mine.ticket.id, { kind: 'papers-kept' })
    expect((await say('resume', mine.ticket.id)).body.ticket).toMatchObject({ assignedCounterId: 'c2' })
    expect(await call(other, 'c1')).toBeNull()
    expect((await call()).number).toBe(mine.ticket.number)
    await expectInStep()
  })

  it('[PUTBACK1] put back: in its old place', async () => {
    const mine = await issue()
    const later = await issue()
    await call()
    expect((await say('put-back', mine.ticket.id)).body.ticket).toMatchObject({
      state: 'waiting',
      counterId: null,
    })
    expect(await why(later.ticket.id)).toMatchObject({ ahead: 1 })
    expect((await call(other, 'c1')).number).toBe(mine.ticket.number)
    await expectInStep()
  })

  it('[TRANSFER1] transferred to a lane, a counter, a person: number and place are kept', async () => {
    const mine = await issue()
    await call()
    await say('start', mine.ticket.id)
    const later = await issue({ serviceId: 'housing' })
    const moved = (await say('transfer', mine.ticket.id, { to: { laneId: 'housing-law' } })).body.ticket
    expect(moved).toMatchObject({ state: 'waiting', laneId: 'housing-law', number: mine.ticket.number })
    expect(await why(later.ticket.id)).toMatchObject({ ahead: 1 })
    await expectInStep()
    const toCounter = (await say('transfer', mine.ticket.id, { to: { counterId: 'c1' } })).body.ticket
    expect(toCounter).toMatchObject({ laneId: 'household', assignedCounterId: 'c1' })
    expect(await call()).toBeNull()
    expect((await call(other, 'c1')).number).toBe(mine.ticket.number)
    const { accountId } = (await clerk.get('/session')).body
    const toPerson = (await say('transfer', mine.ticket.id, { to: { staffId: accountId } }, other)).body
      .ticket
    expect(toPerson).toMatchObject({ assignedStaffId: accountId, laneId: 'household' })
    expect(await call(other, 'c1')).toBeNull()
    expect((await call()).number).toBe(mine.ticket.number)
    await expectInStep()
    for (const to of [{ laneId: 'no' }, { counterId: 'no' }, { staffId: 'no' }]) {
      expect((await say('transfer', mine.ticket.id, { to })).status).toBe(404)
    }
  })

  it('[CHANGE1] another service: in the same lane in place, in another lane with number and place kept', async () => {
    const mine = await issue()
    const same = (await say('change-service', mine.ticket.id, { serviceId: 'birth-registration' })).body
      .ticket
    expect(same).toMatchObject({ laneId: 'household', serviceId: 'birth-registration', stint: 1 })
    const another = (await say('change-service', mine.ticket.id, { serviceId: 'housing' })).body.ticket
    expect(another).toMatchObject({ laneId: 'housing-law', number: mine.ticket.number, v: same.v })
    await expectInStep()
  })

  it('[CANCEL1] cancelled by staff or by the phone itself', async () => {
    const mine = await issue()
    const phone = hall.stranger()
    await phone.get(`/track/${mine.trackUrl.split('#')[1]}`)
    expect((await say('cancel', mine.ticket.id, {}, phone)).body.ticket.state).toBe('cancelled')
    const served = await issue()
    await call()
    expect(await say('cancel', served.ticket.id)).toMatchObject({ body: { code: 'wrong-state' } })
    await expectInStep()
  })

  it('[CARE1] care granted and withdrawn moves the place, silently', async () => {
    const first = await issue()
    const mine = await issue()
    const heard = wall.heard.length
    expect((await say('care', mine.ticket.id, { care: true })).body.ticket).toMatchObject({
      credit: 30 * MINUTE,
    })
    expect(await why(first.ticket.id)).toMatchObject({ ahead: 1 })
    await say('care', mine.ticket.id, { care: false })
    expect(await why(first.ticket.id)).toMatchObject({ ahead: 0 })
    await expectInStep()
    const told = wall.heard.slice(heard).filter((text) => text.includes('event'))
    expect(told.join()).not.toMatch(/care|credit|waiting"/)
  })

  it('[CALL5] a supervisor calls a specific ticket with a reason; it is logged as an exception', async () => {
    await issue()
    const mine = await issue()
    expect((await say('call', mine.ticket.id, { counterId: 'c2', reason: 'unwell' })).status).toBe(403)
    const told = await say('call', mine.ticket.id, { counterId: 'c2', reason: '她怀孕了' }, supervisor)
    expect([told.status, told.body.code]).toEqual([400, 'malformed'])
    const called = await say('call', mine.ticket.id, { counterId: 'c2', reason: 'unwell' }, supervisor)
    expect(called.body.ticket).toMatchObject({ state: 'called', counterId: 'c2' })
    const { items } = (await clerk.get(`/sites/${SITE}/events?after=${called.body.ticket.callId - 1}`)).body
    expect(items[0]).toMatchObject({ type: 'ticket:called', exception: 'called-specific' })
    await expectInStep()
  })

  describe('[UNDO1] undo takes back a counter’s last action as if it had not been', () => {
    const cases: [string, (ticketId: string) => Promise<unknown>, string][] = [
      ['a call', async () => undefined, 'waiting'],
      ['a start', (id) => say('start', id), 'called'],
      ['a completion', (id) => say('complete', id), 'called'],
      ['a no-show', (id) => say('no-show', id), 'called'],
      ['a hold', (id) => say('hold', id, { kind: 'fetching' }), 'called'],
      ['a put-back', (id) => say('put-back', id), 'called'],
      ['a transfer', (id) => say('transfer', id, { to: { laneId: 'insurance' } }), 'called'],
    ]
    it.each(cases)('%s', async (_, act, state) => {
      const mine = await issue()
      const later = await issue()
      const before = (await clerk.get(`/tickets/${mine.ticket.id}`)).body.ticket
      const called = await call()
      const past = await history(mine.ticket.id)
      await act(mine.ticket.id)
      const undone = await clerk.post('/counters/c2/undo')
      expect(undone).toMatchObject({ status: 200, body: { ticket: { state, number: mine.ticket.number } } })
      const { version: _v, stint: _s, ...after } = (await clerk.get(`/tickets/${mine.ticket.id}`)).body.ticket
      expect(state === 'waiting' ? before : called).toMatchObject(after)
      if (state !== 'waiting') expect(await history(mine.ticket.id)).toEqual(past)
      else expect(await why(later.ticket.id)).toMatchObject({ ahead: 1 })
      await expectInStep()
      expect(await clerk.post('/counters/c2/undo')).toMatchObject({ body: { code: 'nothing-to-undo' } })
    })

    it('[MISS2] a call that was brought back gets its time anew, and is then missed all the same', async () => {
      const mine = await issue()
      await call()
      hall.clock.ahead += 2 * MINUTE
      await say('start', mine.ticket.id)
      hall.clock.ahead += 30_000
      await clerk.post('/counters/c2/undo')
      hall.clock.ahead += 45_000
      const expire = () => expireCalls.run(hall.running.parts.hall, hall.running.parts.logger)
      const state = async () => (await clerk.get(`/tickets/${mine.ticket.id}`)).body.ticket.state
      await expire()
      expect(await state()).toBe('called')
      hall.clock.ahead += 3 * MINUTE
      await expire()
      expect(await state()).toBe('missed')
      await clerk.post('/counters/c2/undo')
      expect(await state()).toBe('called')
      hall.clock.ahead += 4 * MINUTE
      await expire()
      expect(await state()).toBe('missed')
    })

    it('not when something followed, and not after a minute', async () => {
      const mine = await issue()
      await call()
      await say('no-show', mine.ticket.id)
      await say('rejoin', mine.ticket.id, {}, kiosk)
      expect(await clerk.post('/counters/c2/undo')).toMatchObject({ body: { code: 'nothing-to-undo' } })
      await call()
      hall.clock.ahead += 61_000
      expect(await clerk.post('/counters/c2/undo')).toMatchObject({ body: { code: 'too-late-to-undo' } })
    })
  })
})
