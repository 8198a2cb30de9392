import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as decide from '#domain/decide.ts'
import type { Leg } from '#domain/leg.ts'
import { Refusal } from '#domain/refusal.ts'
import type { Hall } from '#line/hall.ts'
import type { StaffEvent } from '#protocol/events.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { readEvents } from '#store/events.ts'
import { legOfTicket } from '#store/tickets.ts'
import { deskOf, legOf } from '#test/harness/desk.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { expireCalls } from './expire-calls.ts'
import { startWorker } from './start.ts'

const { callTimeout } = DEMO_SITE
const quiet = pino({ level: 'silent' })

describe.each(MODES)('calls that nobody answers, %s', (mode) => {
  let test: TestHall
  let hall: Hall
  let desk: ReturnType<typeof deskOf>
  let called: Leg

  beforeAll(async () => {
    test = await startHall(mode)
    hall = test.running.parts.hall
    desk = deskOf(hall, SITE)
    await desk.counter('c2', decide.openCounter)
  })
  afterAll(() => test.stop())
  beforeEach(async () => {
    await desk.issue('residence-permit')
    called = legOf(await desk.callNext('c2'))
  })

  const run = () => expireCalls.run(hall, quiet)
  const state = async () => (await legOfTicket(hall.database, called.ticketId))?.state
  /** What has happened to the called leg since its call. */
  const told = async () => {
    const events = await readEvents(hall.database, SITE, called.callId ?? 0)
    return events.filter(({ legs }) => legs.some(({ id }) => id === called.id)).map(({ type }) => type)
  }

  it('[MISS2] are missed once their time has passed, and not before', async () => {
    test.clock.ahead += callTimeout - 10_000
    await run()
    expect(await state()).toBe('called')
    test.clock.ahead += 10_000
    await run()
    expect(await state()).toBe('missed')
    expect(await told()).toEqual(['ticket:missed'])
    const [audit] = await hall.database.query<{ actor: string; reason: string }>(
      `select actor, reason from nuanhao.audit where action = 'ticket:missed' order by seq desc limit 1`,
    )
    expect(audit).toEqual({ actor: 'chore:expire-calls', reason: 'call-timeout' })
  })

  it('[MISS2] are missed once, however often and by however many workers it is said', async () => {
    test.clock.ahead += callTimeout
    await Promise.all([run(), run(), run()])
    await run()
    expect(await told()).toEqual(['ticket:missed'])
    // The counter is free for the next.
    await desk.issue('residence-permit')
    const next = legOf(await desk.callNext('c2'))
    await desk.ticket(next.ticketId, decide.complete)
  })

  it('[MISS2] [CALL3] a recall starts the time anew', async () => {
    test.clock.ahead += callTimeout - 10_000
    await desk.ticket(called.ticketId, decide.recall)
    test.clock.ahead += 10_000
    await run()
    expect(await state()).toBe('called')
    test.clock.ahead += callTimeout - 10_000
    await run()
    expect(await told()).toEqual(['ticket:recalled', 'ticket:missed'])
  })

  it('[MISS2] a resident who is being served is never missed, even when the chore had already seen the call', async () => {
    test.clock.ahead += callTimeout
    // Between the chore's look and its command the clerk has started.
    const between: Hall = {
      ...hall,
      database: {
        ...hall.database,
        query: async (text, values) => {
          const rows = await hall.database.query<never>(text, values)
          if (text.includes('callTimeout')) await desk.ticket(called.ticketId, decide.start)
          return rows
        },
      },
    }
    await expireCalls.run(between, quiet)
    expect(await told()).toEqual(['ticket:started'])
    await expect(desk.expire(called.ticketId)).rejects.toThrow(Refusal)
    await desk.ticket(called.ticketId, decide.complete)
  })

  it('[CHORE2] two workers at once do it by themselves, once', async () => {
    const missed = new Promise<StaffEvent | null>((resolve) => {
      const stop = hall.hints.listen(({ event }) => {
        if (event?.type !== 'ticket:missed') return
        stop()
        resolve(event)
      })
    })
    test.clock.ahead += callTimeout
    const outward = { keys: test.running.parts.keys, allowed: [], audit: auditKeeping(test.environment) }
    const workers = [await startWorker(hall, quiet, outward), await startWorker(hall, quiet, outward)]
    try {
      expect((await missed)?.legs[0]?.id).toBe(called.id)
    } finally {
      for (const worker of workers) await worker.stop()
    }
    expect(await told()).toEqual(['ticket:missed'])
  })
})
