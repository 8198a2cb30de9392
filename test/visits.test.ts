import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reconcile } from '#line/reconcile.ts'
import type { StaffBoard, TicketView } from '#protocol/board.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'

describe.each(MODES)('visits of several matters, needs and notes, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client
  let supervisor: Client
  /** The clerks of counters 1 to 6, each at their own. */
  const clerks: Client[] = []

  beforeAll(async () => {
    hall = await startHall(mode)
    kiosk = await hall.enrol('kiosk')
    supervisor = await hall.signIn('supervisor')
    for (let n = 1; n <= 6; n++) clerks.push(await hall.signIn(`counter${n}`))
    await hall.settings({
      skills: [{ id: 'signs', name: { 'zh-CN': '手语', en: 'Sign language' } }],
      careBy: ['staff', 'card'],
      careCredits: { disabled: 40 * 60_000 },
      cards: [{ need: 'disabled', kind: 'disability-certificate' }],
    })
    await hall.running.parts.hall.database.query(
      `update nuanhao.account set skills = '{signs}' where username = 'counter1'`,
    )
  })
  afterAll(() => hall.stop())

  beforeEach(async () => {
    for (let n = 1; n <= 6; n++) await clerk(n).post(`/counters/c${n}/open`)
    for (const { ticketId, state } of (await supervisor.get(`/sites/${SITE}/tickets`)).body.items) {
      if (state === 'called' || state === 'serving') await supervisor.post(`/tickets/${ticketId}/complete`)
      await supervisor.post(`/tickets/${ticketId}/cancel`)
    }
  })

  const clerk = (n: number): Client => clerks[n - 1]!
  const issue = (body: object) =>
    kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit', ...body })
  const call = async (n: number) => (await clerk(n).post(`/counters/c${n}/call-next`)).body.ticket
  const say = (n: number, verb: string, ticketId: string, body: object = {}) =>
    clerk(n).post(`/tickets/${ticketId}/${verb}`, body)
  const legs = (ticketId: string) =>
    hall.running.parts.hall.database.query<{
      lane: string
      state: string
      v: number
      arrived: number
      next: string[]
    }>(
      `select lane_id as lane, state, v, arrived_at as arrived, next from nuanhao.leg where ticket_id = $1 order by n`,
      [ticketId],
    )
  const page = async (ticketId: string): Promise<TicketView> => {
    const { ticketCode } = await import('#store/tokens.ts')
    const code = ticketCode(ticketId, hall.running.parts.keys.codes)
    return (await hall.stranger().get(`/track/${code}`)).body
  }
  const steps = async (ticketId: string) =>
    (await page(ticketId)).steps.map(({ state, counter }) => [state, counter])

  async function expectLineInStep(): Promise<void> {
    const { line, metrics } = hall.running.parts.hall
    await line.settled()
    metrics.mended.reset()
    await reconcile(hall.running.parts.hall, true)
    expect((await metrics.mended.get()).values.filter(({ value }) => value > 0)).toEqual([])
  }

  it('[VISIT1] [VISIT3] three matters in sequence: one number, each leg after the other, with its place kept', async () => {
    const { body } = await issue({ more: ['social-insurance', 'old-age-allowance'] })
    const { id, number } = body.ticket
    expect(await steps(id)).toEqual([
      ['waiting', null],
      ['later', null],
      ['later', null],
    ])
    expect((await call(2)).number).toBe(number)
    expect(await call(3)).toBeNull()
    await say(2, 'complete', id)
    expect(await steps(id)).toEqual([
      ['done', '2'],
      ['waiting', null],
      ['later', null],
    ])
    // Whoever came later in the other lane is behind.
    await issue({ serviceId: 'social-insurance' })
    expect(await call(3)).toMatchObject({ number, laneId: 'insurance', next: ['old-age-allowance'] })
    await say(3, 'start', id)
    await say(3, 'complete', id)
    expect(await call(5)).toMatchObject({ number, laneId: 'welfare' })
    await say(5, 'complete', id)
    expect(await steps(id)).toEqual([
      ['done', '2'],
      ['done', '3'],
      ['done', '5'],
    ])
    const all = await legs(id)
    expect(all.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed'])
    expect(new Set(all.map(({ v }) => v)).size).toBe(1)
    expect(new Set(all.map(({ arrived }) => arrived)).size).toBe(1)
    await expectLineInStep()
  })

  it('[VISIT1] [TURN4] in any order all wait at once, and none is called while another is at a counter or held', async () => {
    const { body } = await issue({ more: ['social-insurance'], order: 'any' })
    const { id, number } = body.ticket
    const second = (await issue({ serviceId: 'social-insurance' })).body.ticket
    expect((await call(2)).number).toBe(number)
    expect((await call(3)).number).toBe(second.number)
    await say(3, 'complete', second.id)
    expect(await call(3)).toBeNull()
    await say(2, 'hold', id, { kind: 'fetching' })
    expect(await call(3)).toBeNull()
    await say(2, 'resume', id, { counterId: 'c2' })
    await say(2, 'complete', id)
    expect((await call(3)).number).toBe(number)
    await say(3, 'complete', id)
    await expectLineInStep()
  })

  it('[VISIT1] [UNDO1] undoing a completion takes the next leg back out of the line', async () => {
    const { body } = await issue({ more: ['social-insurance'] })
    const { id, number } = body.ticket
    await call(2)
    await say(2, 'start', id)
    await say(2, 'complete', id)
    expect((await clerk(2).post('/counters/c2/undo')).body.ticket).toMatchObject({
      state: 'serving',
      next: ['social-insurance'],
    })
    expect(await call(3)).toBeNull()
    expect((await legs(id)).map(({ state }) => state)).toEqual(['serving'])
    await say(2, 'complete', id)
    expect((await call(3)).number).toBe(number)
    await expectLineInStep()
  })

  it('[VISIT2] a matter is added at the counter, after the present one or at once, and not twice', async () => {
    const { id, number } = (await issue({})).body.ticket
    await call(2)
    expect((await say(3, 'add-service', id, { serviceId: 'housing' })).body.code).toBe('counter-not-yours')
    expect((await say(2, 'add-service', id, { serviceId: 'housing' })).body.ticket.next).toEqual(['housing'])
    expect((await say(2, 'add-service', id, { serviceId: 'housing', order: 'any' })).body.code).toBe(
      'already-in-visit',
    )
    expect((await say(2, 'add-service', id, { serviceId: 'social-insurance', order: 'any' })).status).toBe(
      200,
    )
    expect(await steps(id)).toEqual([
      ['now', '2'],
      ['later', null],
      ['waiting', null],
    ])
    await say(2, 'complete', id)
    expect((await call(6)).number).toBe(number)
    await say(6, 'complete', id)
    expect((await call(3)).number).toBe(number)
    await expectLineInStep()
  })

  it('[VISIT4] cancelling ends the whole visit; a missed one rejoins with all it missed', async () => {
    const { id, number } = (await issue({ more: ['social-insurance'], order: 'any' })).body.ticket
    await call(2)
    await say(2, 'no-show', id)
    await call(3)
    await say(3, 'no-show', id)
    expect((await legs(id)).map(({ state }) => state)).toEqual(['missed', 'missed'])
    expect((await kiosk.post(`/tickets/${id}/rejoin`)).status).toBe(200)
    expect((await legs(id)).map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    expect((await call(3)).number).toBe(number)
    expect((await say(2, 'cancel', id)).body.code).toBe('wrong-state')
    await say(3, 'put-back', id)
    expect((await say(2, 'cancel', id)).status).toBe(200)
    expect((await legs(id)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    await expectLineInStep()
  })

  it('[HOLD4] another step first: the next matter is called elsewhere, and the held one comes back when it is done', async () => {
    const { id, number } = (await issue({ more: ['social-insurance'] })).body.ticket
    const [first] = await legs(id)
    await call(2)
    expect((await say(2, 'hold', id, { kind: 'another-step' })).body.ticket).toMatchObject({ state: 'held' })
    expect(await steps(id)).toEqual([
      ['waiting', '2'],
      ['waiting', null],
    ])
    expect(await call(3)).toMatchObject({ number, laneId: 'insurance' })
    expect((await say(2, 'resume', id, { counterId: 'c2' })).body.code).toBe('ticket-busy')
    await say(3, 'complete', id)
    expect((await clerk(3).post('/counters/c3/undo')).body.ticket).toMatchObject({ state: 'called' })
    expect((await legs(id)).map(({ state }) => state)).toEqual(['held', 'called'])
    await say(3, 'complete', id)
    expect((await legs(id)).map(({ state }) => state).sort()).toEqual(['completed', 'waiting'])
    expect(await call(2)).toMatchObject({ number, v: first?.v, laneId: 'household' })
    await say(2, 'complete', id)
    await expectLineInStep()
  })

  it('[SKILL1] a ticket that needs a skill is called only where somebody has it; staff lift the need', async () => {
    expect((await issue({ skill: 'dialect' })).body.code).toBe('unknown-skill')
    const { id, number } = (await issue({ skill: 'signs' })).body.ticket
    const next = (await issue({})).body.ticket
    expect((await call(2)).number).toBe(next.number)
    await say(2, 'complete', next.id)
    expect(await call(2)).toBeNull()
    expect((await call(1)).number).toBe(number)
    await say(1, 'put-back', id)
    expect((await say(2, 'skill', id, { skill: null })).status).toBe(200)
    expect((await say(2, 'skill', id, { skill: null })).body.code).toBe('same-place')
    expect((await call(2)).number).toBe(number)
    await expectLineInStep()
  })

  it('[CARE2] [CARE3] [CARE4] care as the site grants it: not by word, by card with its own head start, by staff', async () => {
    expect((await issue({ care: {} })).body.code).toBe('care-not-granted')
    expect((await issue({ care: {}, card: { number: '11010519491231002142' } })).body.code).toBe(
      'unknown-card',
    )
    const byCard = (await issue({ care: {}, card: { number: '11010519491231002X42' } })).body.ticket
    const [leg] = await legs(byCard.id)
    expect((leg?.arrived ?? 0) - (leg?.v ?? 0)).toBe(40 * 60_000)
    const byStaff = await clerk(2).post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit', care: {} })
    const [other] = await legs(byStaff.body.ticket.id)
    expect((other?.arrived ?? 0) - (other?.v ?? 0)).toBe(30 * 60_000)
    const dump = JSON.stringify(
      await hall.running.parts.hall.database.query('select payload, undo from nuanhao.event'),
    )
    expect(dump).not.toContain('11010519491231002')
    expect(hall.log.join()).not.toContain('11010519491231002')
  })

  it('[NOTE1] a note goes with a transfer, is read only at the counter that serves it, and every reading is written down', async () => {
    const { id } = (await issue({})).body.ticket
    await call(2)
    const secret = `复印件缺一页-${randomUUID()}`
    await say(2, 'transfer', id, { to: { laneId: 'insurance' }, note: secret })
    expect((await clerk(3).get(`/tickets/${id}/notes`)).body.code).toBe('not-at-counter')
    expect(await call(3)).toMatchObject({ noted: true })
    expect((await clerk(2).get(`/tickets/${id}/notes`)).body.code).toBe('not-at-counter')
    const { body } = await clerk(3).get(`/tickets/${id}/notes`)
    expect(body.items.map(({ text }: { text: string }) => text)).toEqual([secret])
    expect((await kiosk.get(`/tickets/${id}/notes`)).status).toBe(403)
    const { database } = hall.running.parts.hall
    const readings = await database.query(
      `select actor from nuanhao.audit where action = 'note:read' and result = 'done' and subject = $1`,
      [id],
    )
    expect(readings).toHaveLength(1)
    const rows = await database.query('select to_jsonb(e) as event from nuanhao.event e')
    const notes = await database.query('select to_jsonb(n) as note from nuanhao.note n')
    for (const said of [rows, notes, hall.log]) expect(JSON.stringify(said)).not.toContain(secret)
    await say(3, 'complete', id)
  })

  it('[TRANSFER2] nobody is sent to a counter that is not open, or to a person who is at none', async () => {
    const { id } = (await issue({})).body.ticket
    await clerk(3).post('/counters/c3/close')
    expect((await say(2, 'transfer', id, { to: { counterId: 'c3' } })).body.code).toBe('counter-closed')
    const { accountId } = (await clerk(3).get('/session')).body
    expect((await say(2, 'transfer', id, { to: { staffId: accountId } })).body.code).toBe('staff-away')
    expect((await legs(id)).map(({ state }) => state)).toEqual(['waiting'])
    await clerk(3).post('/counters/c3/open')
    expect((await say(2, 'transfer', id, { to: { staffId: accountId } })).status).toBe(200)
  })

  it('[COUNTER4] a counter that pauses gives back who waits for it, in the old place; one that closes, who waits for its person', async () => {
    const { id, number } = (await issue({ serviceId: 'social-insurance' })).body.ticket
    const [before] = await legs(id)
    await say(2, 'transfer', id, { to: { counterId: 'c3' } })
    expect(await call(4)).toBeNull()
    await clerk(3).post('/counters/c3/pause')
    expect(await call(4)).toMatchObject({ number, v: before?.v, assignedCounterId: null })
    await say(4, 'put-back', id)
    await clerk(3).post('/counters/c3/open')
    const { accountId } = (await clerk(3).get('/session')).body
    await say(2, 'transfer', id, { to: { staffId: accountId } })
    await clerk(3).post('/counters/c3/pause')
    expect(await call(4)).toBeNull()
    await clerk(3).post('/counters/c3/close')
    expect((await call(4)).number).toBe(number)
    await expectLineInStep()
  })

  it('[COUNTER4] papers that lie at a counter keep their ticket waiting for it', async () => {
    const { id } = (await issue({ serviceId: 'social-insurance' })).body.ticket
    await call(3)
    await say(3, 'hold', id, { kind: 'papers-kept' })
    await say(3, 'resume', id)
    await clerk(3).post('/counters/c3/pause')
    expect(await call(4)).toBeNull()
    await clerk(3).post('/counters/c3/open')
    expect((await call(3)).ticketId).toBe(id)
    await say(3, 'complete', id)
    await expectLineInStep()
  })

  it('[COUNTER5] [COUNTER6] a colleague takes over after saying so; the ticket there stays; the console is named', async () => {
    const { id, number } = (await issue({})).body.ticket
    await call(2)
    expect((await clerk(1).post('/counters/c2/open')).body.code).toBe('counter-taken')
    const { body } = await clerk(1).post('/counters/c2/open', { takeOver: true, desk: 'tab-1' })
    expect(body.counter).toMatchObject({ status: 'open', desk: 'tab-1', skills: ['signs'] })
    expect((await say(2, 'start', id)).body.code).toBe('counter-not-yours')
    expect((await say(1, 'start', id)).body.ticket.number).toBe(number)
    await say(1, 'complete', id)
    const board = (await clerk(1).get(`/sites/${SITE}/board`)).body as StaffBoard
    expect(board.counters.c2?.desk).toBe('tab-1')
    await clerk(2).post('/counters/c2/open', { takeOver: true })
  })
})
