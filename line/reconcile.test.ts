import { Queue } from 'bullmq'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as decide from '#domain/decide.ts'
import { compareTurns } from '#domain/turn.ts'
import { readBoards } from '#store/boards.ts'
import { deskOf, legOf } from '#test/harness/desk.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import type { Hall } from './hall.ts'
import { jobId } from './lane-queue.ts'
import { reconcile } from './reconcile.ts'

/** A job taken out longer ago than this was left behind, ms. */
const GRACE = 2_000
const LANE = 'household'

describe.each(MODES)('the reconciler, %s', (mode) => {
  let test: TestHall
  let hall: Hall
  let desk: ReturnType<typeof deskOf>

  beforeAll(async () => {
    test = await startHall(mode)
    hall = test.running.parts.hall
    desk = deskOf(hall, SITE)
    await desk.counter('c2', decide.openCounter)
  })
  afterAll(() => test.stop())
  // Every test ends with an empty, healthy lane.
  afterEach(async () => {
    await reconcile(hall, true)
    for (;;) {
      const { leg } = await desk.callNext('c2')
      if (!leg) break
      await desk.ticket(leg.ticketId, decide.complete)
    }
    pass(2 * GRACE)
    await reconcile(hall, true)
    vi.restoreAllMocks()
    expect(await lane().contents()).toEqual({ waiting: [], active: [] })
  })

  const lane = () => hall.line.lane(SITE, LANE)
  const issue = async (count: number, care = (_at: number) => false) => {
    const jobs: string[] = []
    for (let at = 0; at < count; at++) jobs.push(jobId(legOf(await desk.issue('residence-permit', care(at)))))
    // On a machine so busy that the line seemed away, what it missed is made up for before the test begins.
    await reconcile(hall, true)
    return jobs
  }
  /** What was mended since, by kind. */
  const mended = async (): Promise<Record<string, number>> => {
    const { values } = await hall.metrics.mended.get()
    return Object.fromEntries(values.map(({ labels, value }) => [labels.what, value]))
  }
  const mendedBy = async (work: () => Promise<void>) => {
    const before = await mended()
    await work()
    const after = await mended()
    const grown = Object.entries(after).map(([what, count]) => [what, count - (before[what] ?? 0)] as const)
    return Object.fromEntries(grown.filter(([, count]) => count !== 0))
  }
  /** What a lost Redis does to a lane. */
  const lose = async () => {
    const { options, factory } = hall.line.connection.lanes
    const queue = new Queue(`${SITE}.${LANE}`, { ...options, prefix: `{${SITE}}` }, factory)
    await queue.obliterate({ force: true })
    await queue.close()
    expect(await lane().counts()).toEqual({ waiting: 0, active: 0 })
  }
  const turns = async () => {
    const boards = await readBoards(hall.database, SITE)
    const legs = Object.values(boards?.staff.legs ?? {})
    return legs
      .filter(({ state, laneId }) => state === 'waiting' && laneId === LANE)
      .sort(compareTurns)
      .map(({ id }) => id)
  }
  const ticketOf = async (job: string) => {
    const [leg] = await hall.database.query<{ ticketId: string }>(
      `select ticket_id as "ticketId" from nuanhao.leg where id = $1`,
      [job.replace(/-1$/, '')],
    )
    return leg?.ticketId ?? ''
  }
  /** Time stands still but for what a test lets pass, ms: how busy the machine is makes no difference to the grace. */
  const pass = (ms: number) => {
    const now = Date.now() + ms
    vi.spyOn(Date, 'now').mockImplementation(() => now)
  }

  it.each([true, false])(
    '[LINE2] fills a lane that was lost, in turn order (thorough: %s)',
    async (thorough) => {
      await issue(12, (at) => at % 3 === 2)
      await lose()
      expect(await mendedBy(() => reconcile(hall, thorough))).toEqual({ missing: 12 })
      const wanted = await turns()
      expect(wanted).toHaveLength(12)
      const order: string[] = []
      for (;;) {
        const proposal = await lane().propose()
        if (!proposal) break
        order.push(proposal.legId)
        await lane().complete(proposal)
      }
      expect(order).toEqual(wanted)
    },
  )

  it('[CALL2] while the lane is lost, calls take the true head all the same', async () => {
    await issue(4, (at) => at === 3)
    const wanted = await turns()
    await lose()
    const first = legOf(await desk.callNext('c2'))
    expect(first.id).toBe(wanted[0])
    await desk.ticket(first.ticketId, decide.complete)
    await reconcile(hall, false)
    const second = legOf(await desk.callNext('c2'))
    expect(second.id).toBe(wanted[1])
    await desk.ticket(second.ticketId, decide.complete)
  })

  it('[LINE2] removes what should not be there', async () => {
    const jobs = await issue(2)
    const now = hall.now()
    await lane().add([{ id: 'stray', stint: 1, v: now - 3_600_000, n: 0 }], now)
    expect(await mendedBy(() => reconcile(hall, false))).toEqual({ stray: 1 })
    expect((await lane().contents()).waiting.sort()).toEqual([...jobs].sort())
  })

  it('[LINE2] a stray that hides a missing one is found by a thorough look', async () => {
    const [gone = '', kept = ''] = await issue(2)
    const now = hall.now()
    await lane().remove(gone)
    await lane().add([{ id: 'stray', stint: 1, v: now, n: 0 }], now)
    expect(await mendedBy(() => reconcile(hall, true))).toEqual({ missing: 1, stray: 1 })
    expect((await lane().contents()).waiting.sort()).toEqual([gone, kept].sort())
  })

  it('[LINE2] a job left behind goes back to its place if its leg still waits', async () => {
    const [first = '', second = ''] = await issue(2)
    pass(0)
    await lane().propose()
    expect(await mendedBy(() => reconcile(hall, false))).toEqual({})
    expect((await lane().contents()).active.map(({ id }) => id)).toEqual([first])
    pass(GRACE + 1_000)
    expect(await mendedBy(() => reconcile(hall, false))).toEqual({ left: 1 })
    expect((await lane().contents()).active).toEqual([])
    expect((await lane().propose())?.legId).toBe(first.replace(/-1$/, ''))
    expect((await lane().contents()).waiting).toEqual([second])
  })

  it('[LINE2] a job left behind is done with if its leg was called', async () => {
    const [first = ''] = await issue(2)
    // As after a crash between the commit and the end of the job: taken out, and the truth has gone on.
    await lane().propose()
    await hall.database.query(`update nuanhao.leg set state = 'completed' where id = $1`, [
      first.replace(/-1$/, ''),
    ])
    pass(GRACE + 1_000)
    expect(await mendedBy(() => reconcile(hall, false))).toEqual({ left: 1 })
    expect(await lane().counts()).toEqual({ waiting: 1, active: 0 })
  })

  it.each([true, false])('[LINE2] leaves a healthy lane alone (thorough: %s)', async (thorough) => {
    const jobs = await issue(3)
    const before = await lane().contents()
    expect(await mendedBy(() => reconcile(hall, thorough))).toEqual({})
    expect(await lane().contents()).toEqual(before)
    expect(before.waiting.sort()).toEqual([...jobs].sort())
  })

  it('[LINE2] run twice, or by two at once, comes to the same', async () => {
    const jobs = await issue(20)
    await lose()
    await Promise.all([reconcile(hall, true), reconcile(hall, true), reconcile(hall, false)])
    expect((await lane().contents()).waiting.sort()).toEqual([...jobs].sort())
    expect(await mendedBy(() => reconcile(hall, true))).toEqual({})
  })

  it('[LINE9] whoever is called while they are being added does not come to stand in the line', async () => {
    const [first = '', second = ''] = await issue(2)
    await lose()
    let called: Promise<unknown> | null = null
    const slower: Hall = {
      ...hall,
      database: {
        ...hall.database,
        query: async (text, values) => {
          const rows = await hall.database.query<never>(text, values)
          // The reconciler has read that both wait, and is about to add them.
          if (text.includes('leg_view')) {
            called ??= desk.callNext('c2')
            await called
          }
          return rows
        },
      },
    }
    await reconcile(slower, true)
    expect((await lane().contents()).waiting).toEqual([second])
    await desk.ticket(await ticketOf(first), decide.complete)
  })

  it('[LINE8] puts whoever only some may take into the queues of their own, and takes strays out of them', async () => {
    const jobs = await issue(3)
    const [first = '', second = '', third = ''] = jobs.map((job) => job.replace(/-1$/, ''))
    const special = () => hall.line.lane(SITE, `${LANE}.counter-c2`)
    // As after a promise made while the line was away.
    await hall.database.query(`update nuanhao.leg set assigned_counter_id = 'c2' where id in ($1, $2)`, [
      first,
      third,
    ])
    expect(await mendedBy(() => reconcile(hall, false))).toEqual({ missing: 2, stray: 2 })
    expect((await lane().contents()).waiting).toEqual([jobs[1]])
    expect((await special().contents()).waiting.sort()).toEqual([jobs[0], jobs[2]].sort())
    const called: string[] = []
    for (const _ of jobs) {
      const leg = legOf(await desk.callNext('c2'))
      called.push(leg.id)
      await desk.ticket(leg.ticketId, decide.complete)
    }
    expect(called).toEqual([first, second, third])
    // Nobody is promised any more: the queue stays known, and is kept empty.
    await special().add([{ id: 'stray', stint: 1, v: hall.now(), n: 0 }], hall.now())
    expect(await mendedBy(() => reconcile(hall, false))).toEqual({ stray: 1 })
    expect(await special().contents()).toEqual({ waiting: [], active: [] })
  })

  it('[LINE2] whatever becomes of a ticket, the line holds just the stints that wait', async () => {
    await issue(3)
    const called = async () => legOf(await desk.callNext('c2')).ticketId
    const steps: (() => Promise<unknown>)[] = [
      async () => desk.ticket(await called(), decide.putBack),
      async () =>
        desk.ticket(await called(), (situation, actor) => decide.hold(situation, actor, 'fetching')),
      async () => {
        const [held] = await hall.database.query<{ id: string }>(
          `select ticket_id as id from nuanhao.leg where state = 'held'`,
        )
        await desk.ticket(held?.id ?? '', (situation, actor) => decide.resume(situation, actor, false))
      },
      async () => {
        const ticketId = await called()
        await desk.ticket(ticketId, decide.noShow)
        await desk.ticket(ticketId, (situation, _actor, now) => decide.rejoin(situation, now))
      },
      async () => {
        const to = { counterId: 'c2' }
        await desk.ticket(await called(), (situation, actor) => decide.transfer(situation, actor, to))
      },
      async () => {
        await called()
        await desk.undo('c2')
      },
      async () => {
        const [waiting] = await hall.database.query<{ id: string }>(
          `select ticket_id as id from nuanhao.leg where state = 'waiting' order by n desc limit 1`,
        )
        await desk.ticket(waiting?.id ?? '', (situation, actor) => decide.setCare(situation, actor, true))
        await desk.ticket(waiting?.id ?? '', decide.cancel)
      },
    ]
    const queues = [LANE, `${LANE}.counter-c2`]
    for (const step of steps) {
      await step()
      const rows = await hall.database.query<{ id: string; stint: number }>(
        `select id, stint from nuanhao.leg where state = 'waiting'`,
      )
      const held = await Promise.all(queues.map((queue) => hall.line.lane(SITE, queue).contents()))
      expect(held.flatMap(({ waiting }) => waiting).sort()).toEqual(rows.map(jobId).sort())
      expect(held.flatMap(({ active }) => active)).toEqual([])
    }
  })
})
