import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ESCALATE_AFTER } from '#domain/help.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { StaffEvent } from '#protocol/events.ts'
import { ROUTES } from '#server/routes.ts'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { holdIfClockRanBack } from '#store/clock.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { closeDay } from '#worker/close-day.ts'
import { escalateHelp } from '#worker/escalate-help.ts'
import { startWorker } from '#worker/start.ts'

const ASK = `/sites/${SITE}/help`

describe.each(MODES)('help at the kiosk, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client
  let other: Client
  let clerk: Client
  let colleague: Client
  let supervisor: Client

  beforeAll(async () => {
    hall = await startHall(mode)
    kiosk = await hall.enrol('kiosk')
    other = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    colleague = await hall.signIn('counter3')
    supervisor = await hall.signIn('supervisor')
    await clerk.post('/counters/c2/open')
  })
  afterAll(() => hall.stop())

  const rows = (what: string, ...values: unknown[]) => hall.running.parts.hall.database.query(what, values)
  const staffBoard = async (): Promise<StaffBoard> => (await clerk.get(`/sites/${SITE}/board`)).body
  const hallKnows = async () => (await kiosk.get(`/sites/${SITE}/board`)).body.help
  const open = async () => Object.values((await staffBoard()).help)
  const ask = async (by = kiosk) => (await by.post(ASK)).body.call
  const later = (ms: number) => {
    hall.clock.ahead += ms
  }
  const chore = (one: typeof escalateHelp) => one.run(hall.running.parts.hall, hall.running.parts.logger)
  const over = async (id: string) => {
    await clerk.post(`/help/${id}/answer`)
    expect((await clerk.post(`/help/${id}/done`)).status).toBe(200)
  }

  it('[HELP1] [HELP5] a touch rings once however often it is touched, and the hall is told kiosk and state only', async () => {
    const key = 'one-touch'
    const first = await kiosk.post(ASK, {}, { key })
    expect(first).toMatchObject({ status: 201, body: { call: { state: 'ringing', counterId: null } } })
    expect(await kiosk.post(ASK, {}, { key })).toMatchObject({ status: 201, body: first.body })
    const touches = await Promise.all([1, 2, 3, 4].map(() => kiosk.post(ASK)))
    for (const { body } of touches) expect(body).toEqual(first.body)
    const { id } = first.body.call
    expect(await open()).toEqual([
      {
        ...{ id, kiosk: 'K1', state: 'ringing', version: 1, askedAt: expect.any(Number) },
        ...{ escalatedAt: null, answeredAt: null, counterId: null },
      },
    ])
    expect(await hallKnows()).toEqual({ K1: { state: 'ringing', counterId: null } })
    expect((await staffBoard()).seq).toBe(first.body.seq)
    await over(id)
    expect([await open(), await hallKnows()]).toEqual([[], {}])
    const again = await ask()
    expect(again.id).not.toBe(id)
    await over(again.id)
  })

  it('[HELP1] each kiosk has a call of its own; also while no numbers are given out', async () => {
    await rows('update nuanhao.site set clock_held = true where id = $1', SITE)
    const [one, two] = [await ask(), await ask(other)]
    expect((await open()).map((call) => call.kiosk).sort()).toEqual(['K1', 'K2'])
    await rows('update nuanhao.site set clock_held = false where id = $1', SITE)
    await over(one.id)
    expect(await hallKnows()).toEqual({ K2: { state: 'ringing', counterId: null } })
    await over(two.id)
  })

  it('[HELP3] a clerk goes from a counter that is open, paused or closed; the later of two is told who was first', async () => {
    for (const verb of ['open', 'pause', 'close']) {
      await clerk.post(`/counters/c2/${verb}`)
      const { id } = await ask()
      const going = await clerk.post(`/help/${id}/answer`, { counterId: 'c2' })
      expect(going.body.call).toMatchObject({
        state: 'coming',
        counterId: 'c2',
        answeredAt: expect.any(Number),
      })
      expect(await hallKnows()).toEqual({ K1: { state: 'coming', counterId: 'c2' } })
      expect((await clerk.post(`/help/${id}/done`)).body.call.state).toBe('done')
    }
    await clerk.post('/counters/c2/open')
    const { id } = await ask()
    expect((await colleague.post(`/help/${id}/answer`, { counterId: 'c2' })).body.code).toBe(
      'counter-not-yours',
    )
    expect((await colleague.post(`/help/${id}/answer`, { counterId: 'c99' })).body.code).toBe(
      'unknown-counter',
    )
    const both = await Promise.all([
      clerk.post(`/help/${id}/answer`, { counterId: 'c2' }),
      supervisor.post(`/help/${id}/answer`),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('help-answered')
    const [call] = await open()
    expect(call).toMatchObject({ state: 'coming', version: 2 })
    await clerk.post(`/help/${id}/done`)
    const late = await colleague.post(`/help/${id}/answer`)
    expect(late).toMatchObject({ status: 409, body: { code: 'help-over' } })
  })

  it('[HELP3] who is too late hears the number of the counter', async () => {
    const { id } = await ask()
    await clerk.post(`/help/${id}/answer`, { counterId: 'c2' })
    const late = await colleague.post(`/help/${id}/answer`, { counterId: 'c3' })
    expect(late.body).toMatchObject({ code: 'help-answered', facts: { counter: '2' } })
    await clerk.post(`/help/${id}/done`)
  })

  it('[HELP4] nobody answers for ten seconds: escalated once, whoever works; an answered call is not', async () => {
    const [rings, answered] = [await ask(), await ask(other)]
    await clerk.post(`/help/${answered.id}/answer`)
    later(ESCALATE_AFTER - 3_000)
    await chore(escalateHelp)
    expect(await hallKnows()).toMatchObject({ K1: { state: 'ringing' } })
    later(3_000)
    await Promise.all([chore(escalateHelp), chore(escalateHelp)])
    await chore(escalateHelp)
    expect(await hallKnows()).toMatchObject({ K1: { state: 'escalated' }, K2: { state: 'coming' } })
    const told = await rows(`select 1 from nuanhao.event where type = 'help:escalated'`)
    expect(told).toHaveLength(1)
    const call = (await open()).find(({ id }) => id === rings.id)
    expect((call?.escalatedAt ?? 0) - (call?.askedAt ?? 0)).toBeGreaterThanOrEqual(ESCALATE_AFTER)
    await over(rings.id)
    await over(answered.id).catch(() => undefined)
    expect(await open()).toEqual([])
  })

  it('[HELP6] the kiosk that asked takes it back, and nobody else does', async () => {
    const { id } = await ask()
    const path = `/help/${id}/take-back`
    expect((await other.post(path)).body.code).toBe('unknown-help')
    expect((await clerk.post(path)).status).toBe(403)
    const back = await kiosk.post(path)
    expect(back).toMatchObject({ status: 200, body: { call: { id, state: 'taken-back' } } })
    expect(await hallKnows()).toEqual({})
    expect((await kiosk.post(path)).body.code).toBe('help-over')
    expect((await kiosk.post('/help/nothing/take-back')).body.code).toBe('unknown-help')
  })

  it('[HELP2] [BAD1] what is not allowed is refused and nothing has happened', async () => {
    const { id } = await ask()
    const { seq } = await staffBoard()
    const display = await hall.enrol('display')
    const refused = [
      await kiosk.post(`/help/${id}/answer`),
      await kiosk.post(`/help/${id}/done`),
      await clerk.post(ASK),
      await display.post(ASK),
      await hall.stranger().post(ASK),
      await kiosk.post('/sites/elsewhere/help'),
      await kiosk.post(ASK, { name: 'x' }),
      await clerk.post(`/help/${id}/answer`, { counterId: '' }),
      await clerk.post(`/help/${id}/done`),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 401, 404, 400, 400, 409])
    expect((await staffBoard()).seq).toBe(seq)
    await over(id)
  })

  it('[HELP5] no person is in an event or in the call’s row, and undo takes back no call for help', async () => {
    await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
    await clerk.post('/counters/c2/call-next')
    const { id } = await ask()
    await clerk.post(`/help/${id}/answer`, { counterId: 'c2' })
    const undone = await clerk.post('/counters/c2/undo')
    expect(undone).toMatchObject({ status: 200, body: { ticket: { state: 'waiting' } } })
    expect((await open()).map((call) => call.state)).toEqual(['coming'])
    await clerk.post(`/help/${id}/done`)
    const kept = await rows(
      `select to_jsonb(h) as row from nuanhao.help_call h union all
       select payload from nuanhao.event where type like 'help:%'`,
    )
    const accounts = await rows('select id, username from nuanhao.account')
    expect(kept.length).toBeGreaterThan(20)
    for (const { id: account } of accounts as { id: string }[]) {
      expect(JSON.stringify(kept)).not.toContain(account)
    }
  })

  it('[CONTRACT2] [HELP3] every answer is what its schema says', async () => {
    const shape = (path: string, status: number, body: unknown) =>
      expect(ROUTES.find((route) => route.path === path)?.answers[status]?.safeParse(body)).toMatchObject({
        success: true,
      })
    const asked = await kiosk.post(ASK)
    shape('/sites/:site/help', 201, asked.body)
    const { id } = asked.body.call
    shape('/help/:call/answer', 200, (await clerk.post(`/help/${id}/answer`)).body)
    shape('/sites/:site/board', 200, await staffBoard())
    shape('/sites/:site/board', 200, (await kiosk.get(`/sites/${SITE}/board`)).body)
    shape('/help/:call/done', 200, (await clerk.post(`/help/${id}/done`)).body)
    const more = await ask()
    shape('/help/:call/take-back', 200, (await kiosk.post(`/help/${more.id}/take-back`)).body)
    shape('/sites/:site/events', 200, (await clerk.get(`/sites/${SITE}/events?after=0`)).body)
  })

  it('[HELP12] the report counts them, with how soon somebody went', async () => {
    const before = (await supervisor.get(`/sites/${SITE}/report`)).body.help
    for (const seconds of [2, 4, 30]) {
      const { id } = await ask()
      later(seconds * 1_000)
      await chore(escalateHelp)
      await over(id)
    }
    const { id } = await ask()
    await kiosk.post(`/help/${id}/take-back`)
    const { help } = (await supervisor.get(`/sites/${SITE}/report`)).body
    expect(help).toMatchObject({
      asked: before.asked + 4,
      escalated: before.escalated + 1,
      takenBack: before.takenBack + 1,
    })
    expect(help.answered.count).toBe(before.answered.count + 3)
    expect(help.answered.longest).toBeGreaterThanOrEqual(30_000)
    const { body: sheet } = await supervisor.get(`/sites/${SITE}/report.csv`)
    expect(sheet).toContain(`呼叫帮助 Calls for help,全部 All,${help.asked},`)
    expect(sheet).toMatch(/呼叫帮助 Calls for help,有人回应 Answered,\d+,.*中位数 \d+ 秒/)
    expect(sheet).toContain(`无人及时回应 Escalated,${help.escalated},`)
  })

  it('[HELP4] [CLOCK2] when the time is confirmed a call moves with the clock, and is escalated in its time', async () => {
    const { id } = await ask()
    const [before] = await open()
    later(-3_600_000)
    await holdIfClockRanBack(hall.running.parts.hall.database, hall.running.parts.hall.now())
    expect((await supervisor.post(`/sites/${SITE}/confirm-clock`)).status).toBe(200)
    const [moved] = await open()
    expect((before?.askedAt ?? 0) - (moved?.askedAt ?? 0)).toBeGreaterThan(3_500_000)
    later(ESCALATE_AFTER)
    await chore(escalateHelp)
    expect(await hallKnows()).toMatchObject({ K1: { state: 'escalated' } })
    await over(id)
  })

  it('[HELP6] a call that nobody ended ends when its day is over, and not before', async () => {
    const { id } = await ask()
    await clerk.post(`/help/${id}/answer`, { counterId: 'c2' })
    await chore(closeDay)
    expect(await hallKnows()).toEqual({ K1: { state: 'coming', counterId: 'c2' } })
    later(24 * 3_600_000)
    await chore(closeDay)
    expect(await hallKnows()).toEqual({})
    const ends = await rows(
      `select actor, reason from nuanhao.audit where action = 'help:done' and reason is not null`,
    )
    expect(ends).toEqual([{ actor: 'chore:close-day', reason: 'day-over' }])
  })
})

describe.each(MODES)('help that nobody answers, with the chores at work, %s', (mode) => {
  let hall: TestHall
  let worker: Awaited<ReturnType<typeof startWorker>>
  beforeAll(async () => {
    hall = await startHall(mode)
    const { logger, keys } = hall.running.parts
    worker = await startWorker(hall.running.parts.hall, logger, {
      ...{ keys, allowed: [] },
      audit: auditKeeping(hall.environment),
    })
  })
  afterAll(async () => {
    await worker.stop()
    await hall.stop()
  })

  it('[HELP4] is escalated by itself, and every screen hears of it in order', async () => {
    expect(escalateHelp.every).toBe(1_000)
    const kiosk = await hall.enrol('kiosk')
    const clerk = await hall.signIn('counter2')
    const { body } = await kiosk.post(ASK)
    hall.clock.ahead += ESCALATE_AFTER - 500
    const help = async () => (await kiosk.get(`/sites/${SITE}/board`)).body.help
    await expect.poll(help, { timeout: 10_000 }).toEqual({ K1: { state: 'escalated', counterId: null } })
    const { items } = (await clerk.get(`/sites/${SITE}/events?after=${body.seq - 1}`)).body
    const events = items as StaffEvent[]
    expect(events.map(({ type }) => type)).toEqual(['help:asked', 'help:escalated'])
    const [call] = events[1]?.help ?? []
    expect((call?.escalatedAt ?? 0) - (call?.askedAt ?? 0)).toBeGreaterThanOrEqual(ESCALATE_AFTER)
  })
})
