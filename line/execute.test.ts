import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '#domain/decide/actor.ts'
import * as decide from '#domain/decide.ts'
import type { Situation } from '#domain/site.ts'
import type { Client } from '#test/harness/client.ts'
import { deskOf, legOf, newAuthor, SUPERVISOR } from '#test/harness/desk.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { executeCall } from './execute.ts'
import type { Hall } from './hall.ts'
import { jobId } from './lane-queue.ts'
import { reconcile } from './reconcile.ts'
import { Turnstile } from './turnstile.ts'

describe.each(MODES)('two servers at once, %s', (mode) => {
  let test: TestHall
  beforeAll(async () => {
    test = await startHall(mode)
  })
  afterAll(() => test.stop())

  it('[KEY1] whoever only hears what the first call gave leaves the line as that call left it', async () => {
    const { hall } = test.running.parts
    const desk = deskOf(hall, SITE)
    await desk.counter('c2', decide.openCounter)
    const [first, second] = [
      legOf(await desk.issue('residence-permit')),
      legOf(await desk.issue('residence-permit')),
    ]
    await hall.line.settled()
    const author = newAuthor()
    const call = (at: Hall) =>
      executeCall(at, SITE, 'c2', author, (situation, now) => decide.callNext(situation, SUPERVISOR, now))
    let raced: Awaited<ReturnType<typeof call>> | null = null
    const slower: Hall = {
      ...hall,
      turnstile: new Turnstile(),
      database: {
        ...hall.database,
        query: async (text, values) => {
          // This server has its proposal, and is about to commit: the same try is made at the other.
          if (text.includes('nuanhao.commit') && !raced) raced = await call(hall)
          return hall.database.query<never>(text, values)
        },
      },
    }
    const { committed } = await call(slower)
    await hall.line.settled()
    expect([committed.leg?.id, committed.replayed]).toEqual([first.id, true])
    const { waiting, active } = await hall.line.lane(SITE, 'household').contents()
    expect([waiting, active]).toEqual([[jobId(second)], []])
    await desk.ticket(legOf(committed).ticketId, decide.complete)
  })

  it('[VISIT4] a visit is not cancelled once another of its matters is back at a counter', async () => {
    const { hall } = test.running.parts
    const desk = deskOf(hall, SITE)
    await desk.counter('c3', decide.openCounter)
    const more = { more: ['social-insurance'], order: 'any' } as const
    const { ticketId } = legOf(await desk.issue('housing', false, more))
    await desk.callNext('c3')
    await desk.ticket(ticketId, decide.complete)
    let undone: Promise<unknown> | null = null
    const slower: Hall = {
      ...hall,
      database: {
        ...hall.database,
        query: async (text, values) => {
          // This server has read that the other matter waits: the completion is taken back before it commits.
          if (text.includes('nuanhao.commit')) {
            undone ??= desk.undo('c3')
            await undone
          }
          return hall.database.query<never>(text, values)
        },
      },
    }
    const cancelled = deskOf(slower, SITE).ticket(ticketId, decide.cancel)
    await expect(cancelled).rejects.toMatchObject({ key: 'wrong-state' })
    expect(legOf(await desk.ticket(ticketId, decide.complete)).state).toBe('completed')
  })
})

describe.each(MODES)('what is no more when a command commits, %s', (mode) => {
  let test: TestHall
  let hall: Hall
  let desk: ReturnType<typeof deskOf>
  beforeAll(async () => {
    test = await startHall(mode)
    hall = test.running.parts.hall
    desk = deskOf(hall, SITE)
    await desk.counter('c2', decide.openCounter)
    await desk.counter('c3', decide.openCounter)
  })
  afterAll(() => test.stop())

  /** A server in which this happens when its command has decided and is about to commit, once. */
  function slower(work: () => Promise<unknown>): Hall {
    let done: Promise<unknown> | null = null
    return {
      ...hall,
      turnstile: new Turnstile(),
      database: {
        ...hall.database,
        query: async (text, values) => {
          if (text.includes('nuanhao.commit')) {
            done ??= work()
            await done
          }
          return hall.database.query<never>(text, values)
        },
      },
    }
  }

  it('[LINE9] whoever is called before the line has heard of them does not come to stand in it', async () => {
    let called: ReturnType<typeof desk.callNext> | undefined
    const slow: Hall = {
      ...hall,
      database: {
        ...hall.database,
        query: async (text, values) => {
          const rows = await hall.database.query<never>(text, values)
          // The ticket is issued, and this server is about to tell the line of it: another calls it.
          if (text.includes('nuanhao.commit')) {
            called ??= desk.callNext('c2')
            await called
          }
          return rows
        },
      },
    }
    const issued = legOf(await deskOf(slow, SITE).issue('residence-permit'))
    expect(await called).toMatchObject({ leg: { id: issued.id } })
    await expect
      .poll(async () => (await hall.line.lane(SITE, 'household').contents()).waiting, { timeout: 10_000 })
      .toEqual([])
    await desk.ticket(issued.ticketId, decide.complete)
  })

  it('[CALL2] [UNDO1] a leg that the line proposes is taken back by an undo: nobody is called', async () => {
    const { ticketId } = legOf(await desk.issue('residence-permit'))
    await desk.callNext('c2')
    await desk.ticket(ticketId, (situation, actor) =>
      decide.transfer(situation, actor, { laneId: 'insurance' }),
    )
    await hall.line.settled()
    const called = await deskOf(
      slower(() => desk.undo('c2')),
      SITE,
    ).callNext('c3')
    expect(called.leg).toBeNull()
    await desk.ticket(ticketId, decide.complete)
  })

  it('[QUOTA1] of two who change the same ticket to the last number of a service, the second is told that it is there already', async () => {
    const { ticketId } = legOf(await desk.issue('residence-permit'))
    const lastOf = (situation: Situation, actor: Actor) => ({
      ...decide.changeService(situation, actor, 'birth-registration'),
      quotas: [{ serviceId: 'birth-registration', most: 1 }],
    })
    const second = deskOf(
      slower(() => desk.ticket(ticketId, lastOf)),
      SITE,
    ).ticket(ticketId, lastOf)
    await expect(second).rejects.toMatchObject({ key: 'already-in-visit' })
    await desk.ticket(ticketId, decide.cancel)
  })

  it('[TRANSFER1] who is sent to a colleague waits in the lane of the counter where the colleague has just sat down', async () => {
    const clerk = { staffId: 'clerk', supervises: false }
    const theirs = deskOf(hall, SITE, clerk)
    await theirs.counter('c1', decide.openCounter)
    const { ticketId } = legOf(await desk.issue('legal-advice'))
    const moves = async () => {
      await theirs.counter('c1', decide.closeCounter)
      await theirs.counter('c4', decide.openCounter)
    }
    const transferred = deskOf(slower(moves), SITE).ticket(
      ticketId,
      (situation, actor) => decide.transfer(situation, actor, { staffId: 'clerk' }),
      undefined,
      { staffId: 'clerk' },
    )
    expect(legOf(await transferred)).toMatchObject({ laneId: 'insurance', assignedStaffId: 'clerk' })
    await desk.ticket(ticketId, decide.cancel)
    await theirs.counter('c4', decide.closeCounter)
  })

  it('[CLOSE2] whoever is back in the line while all are being sent home is sent home too', async () => {
    const waits = legOf(await desk.issue('residence-permit'))
    await desk.callNext('c2')
    const left = legOf(await desk.issue('residence-permit'))
    const note = { 'zh-CN': '明早请先来。', en: 'Come first tomorrow.' }
    test.clock.ahead += 86_400_000
    await deskOf(
      slower(() => desk.ticket(waits.ticketId, decide.putBack)),
      SITE,
    ).site((situation, now) => decide.sendHome(situation, note, now))
    const states = await hall.database.query(
      'select ticket_id, state from nuanhao.leg where ticket_id = any($1) order by n',
      [[waits.ticketId, left.ticketId]],
    )
    expect(states.map(({ state }) => state)).toEqual(['expired', 'expired'])
  })
})

describe.each(MODES)('a line that proposes the wrong leg, %s', (mode) => {
  let test: TestHall
  let kiosk: Client
  let clerk: Client

  beforeAll(async () => {
    test = await startHall(mode)
    kiosk = await test.enrol('kiosk')
    clerk = await test.signIn('counter2')
    await clerk.post('/counters/c2/open')
  })
  afterAll(() => test.stop())
  beforeEach(async () => {
    while (await serveNext());
    await reconcile(hall(), true)
    hall().metrics.divergences.reset()
  })

  const hall = () => test.running.parts.hall
  const lane = () => hall().line.lane(SITE, 'household')
  const issue = async (): Promise<string> =>
    (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })).body.ticket.number
  async function serveNext(): Promise<string | null> {
    const { ticket } = (await clerk.post('/counters/c2/call-next')).body
    if (ticket) await clerk.post(`/tickets/${ticket.ticketId}/complete`)
    await hall().line.settled()
    return ticket?.number ?? null
  }
  const counted = async () =>
    (await hall().metrics.divergences.get()).values
      .filter(({ value }) => value > 0)
      .map(({ labels, value }) => `${labels.cause} ${value}`)

  it('[CALL2] [LINE3] the true head is called all the same, and the divergence counted', async () => {
    const first = await issue()
    test.clock.ahead += 2_000
    const second = await issue()
    const [job = ''] = (await lane().contents()).waiting
    await lane().remove(job)
    expect(await serveNext()).toBe(first)
    expect(await counted()).toEqual(['not-first 1'])
    expect((await lane().contents()).waiting).toHaveLength(1)
    expect(await serveNext()).toBe(second)
    expect(await counted()).toEqual(['not-first 1'])
  })

  it('[LINE3] an empty line counts only when it should have known of who waits', async () => {
    await issue()
    for (const job of (await lane().contents()).waiting) await lane().remove(job)
    await serveNext()
    expect(await counted()).toEqual([])
    await issue()
    for (const job of (await lane().contents()).waiting) await lane().remove(job)
    test.clock.ahead += 2_000
    await serveNext()
    expect(await counted()).toEqual(['missing 1'])
  })
})
