import { Queue } from 'bullmq'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queueName } from '#domain/turn.ts'
import { asTransaction } from '#store/database.ts'
import { MODES, startHall, type TestHall } from '#test/harness/hall.ts'
import { jobId, LaneQueue, type Stint } from './lane-queue.ts'
import type { Line } from './line.ts'

const SECOND = 1_000
const DAY = 24 * 3_600 * SECOND
const dayStart = Date.parse('2025-06-01T16:00:00Z')

/** A stint that arrived so many seconds into the day. */
const stint = (id: string, seconds: number, rest: Partial<Stint> = {}): Stint => ({
  id,
  stint: 1,
  v: dayStart + seconds * SECOND,
  n: 1,
  ...rest,
})

// BullMQ promises little of the use we make of it: fetching by hand, handing back, siblings on one connection. These
// tests say what we rely on, so that a newer BullMQ that does otherwise is noticed here and not in a hall.
describe.each(MODES)('a lane’s queue, %s', (mode) => {
  let test: TestHall
  let line: Line
  let lanes = 0

  beforeAll(async () => {
    test = await startHall(mode)
    line = test.running.parts.hall.line
  })
  afterAll(() => test.stop())

  const newLane = () => {
    const laneId = `lane-${lanes++}`
    return { laneId, lane: line.lane('site', laneId) }
  }
  /** Takes out every job, and gives the legs in the order they came. */
  const drain = async (lane: LaneQueue) => {
    const order: string[] = []
    for (;;) {
      const proposal = await lane.propose()
      if (!proposal) return order
      order.push(proposal.legId)
      await lane.complete(proposal)
    }
  }
  /** The lane as BullMQ itself sees it. */
  const raw = async <T>(laneId: string, look: (queue: Queue) => Promise<T>): Promise<T> => {
    const { options, factory } = line.connection.lanes
    const queue = new Queue(`site.${laneId}`, { ...options, prefix: '{site}' }, factory)
    const answer = await look(queue as unknown as Queue)
    await queue.close()
    return answer
  }

  it('[LINE1] gives the smallest turn first, in whatever order they came', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: -86_000, max: 86_000 }), { minLength: 2, maxLength: 12 }),
        async (seconds) => {
          const { lane } = newLane()
          for (const at of seconds.slice(0, 3)) await lane.add([stint(`l${at}`, at)], dayStart)
          await lane.add(
            seconds.slice(3).map((at) => stint(`l${at}`, at)),
            dayStart,
          )
          expect(await drain(lane)).toEqual([...seconds].sort((a, b) => a - b).map((at) => `l${at}`))
        },
      ),
      { numRuns: 10 },
    )
  })

  it('[LINE1] equal turns come in the order they were added', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5)], dayStart)
    await lane.add([stint('y', 5), stint('z', 5)], dayStart)
    expect(await drain(lane)).toEqual(['x', 'y', 'z'])
  })

  it('[LINE2] adding a stint twice is adding it once, also while it is taken out', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5)], dayStart)
    await lane.add([stint('x', 5)], dayStart)
    await lane.add([stint('x', 9), stint('y', 7)], dayStart)
    expect(await lane.counts()).toEqual({ waiting: 2, active: 0 })
    const proposal = await lane.propose()
    expect(proposal?.legId).toBe('x')
    await lane.add([stint('x', 5)], dayStart)
    expect(await lane.counts()).toEqual({ waiting: 1, active: 1 })
    await lane.complete(proposal!)
    expect(await drain(lane)).toEqual(['y'])
  })

  it('[LINE2] another stint of the same leg is another job', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5), stint('x', 6, { stint: 2 })], dayStart)
    expect((await lane.contents()).waiting.sort()).toEqual(['x-1', 'x-2'])
    expect(await drain(lane)).toEqual(['x', 'x'])
  })

  it('[CALL2] what is handed back keeps its place', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5), stint('y', 7)], dayStart)
    const proposal = await lane.propose()
    expect(proposal?.legId).toBe('x')
    await lane.add([stint('later', 6), stint('earlier', 4)], dayStart)
    await lane.handBack(proposal!)
    expect(await lane.counts()).toEqual({ waiting: 4, active: 0 })
    expect(await drain(lane)).toEqual(['earlier', 'x', 'later', 'y'])
  })

  it('[CALL2] what is completed is gone, and nothing of it is kept', async () => {
    const { lane, laneId } = newLane()
    await lane.add([stint('x', 5)], dayStart)
    await lane.complete((await lane.propose())!)
    expect(await lane.counts()).toEqual({ waiting: 0, active: 0 })
    expect(await lane.contents()).toEqual({ waiting: [], active: [] })
    const counts = await raw(laneId, (queue) => queue.getJobCounts())
    expect(Object.values(counts).filter((count) => count > 0)).toEqual([])
  })

  it('[CALL2] completing one takes no other out', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5), stint('y', 6)], dayStart)
    await lane.complete((await lane.propose())!)
    expect(await lane.counts()).toEqual({ waiting: 1, active: 0 })
  })

  it('[LINE2] a job somebody left goes back to its place while its leg waits', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5), stint('y', 7)], dayStart)
    await lane.propose()
    await lane.add([stint('z', 6)], dayStart)
    await lane.settleLeft('x-1', true)
    expect(await lane.counts()).toEqual({ waiting: 3, active: 0 })
    expect(await drain(lane)).toEqual(['x', 'z', 'y'])
  })

  it('[LINE2] a job somebody left is done with when its leg waits no more', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5), stint('y', 7)], dayStart)
    await lane.propose()
    await lane.settleLeft('x-1', false)
    expect(await lane.contents()).toEqual({ waiting: ['y-1'], active: [] })
    await lane.settleLeft('nobody-1', true)
    await lane.settleLeft('nobody-1', false)
    expect(await drain(lane)).toEqual(['y'])
  })

  it('[LINE2] a job can be taken out of the middle; one that is not there is no error', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5), stint('y', 6), stint('z', 7)], dayStart)
    await lane.remove('y-1')
    await lane.remove('nobody-1')
    expect(await drain(lane)).toEqual(['x', 'z'])
  })

  it('[LINE2] tells what it holds: in line, and taken out since when', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5), stint('y', 6), stint('z', 7)], dayStart)
    const before = Date.now()
    await lane.propose()
    const { waiting, active } = await lane.contents()
    expect(waiting.sort()).toEqual(['y-1', 'z-1'])
    expect(active.map(({ id }) => id)).toEqual(['x-1'])
    expect(active[0]?.since).toBeGreaterThanOrEqual(before)
    expect(active[0]?.since).toBeLessThanOrEqual(Date.now())
    expect(await lane.counts()).toEqual({ waiting: 2, active: 1 })
  })

  // BullMQ's own fetch would wait five seconds for a job, once it knows that there is none: this would hang.
  it('[CALL1] an empty lane answers at once', { timeout: 60_000 }, async () => {
    const { lane } = newLane()
    for (let at = 0; at < 15; at++) expect(await lane.propose()).toBeNull()
    await lane.add([stint('x', 5)], dayStart)
    expect((await lane.propose())?.legId).toBe('x')
  })

  it('[LINE2] two who fetch at once get two jobs', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5), stint('y', 6)], dayStart)
    const proposals = await Promise.all([lane.propose(), lane.propose(), lane.propose()])
    expect(proposals.map((proposal) => proposal?.legId ?? null).sort()).toEqual(['x', 'y', null].sort())
  })

  it('[LINE2] lanes, and sites with a lane of the same name, are apart', async () => {
    const { lane, laneId } = newLane()
    const other = line.lane('other-site', laneId)
    await lane.add([stint('x', 5)], dayStart)
    await newLane().lane.add([stint('x', 5)], dayStart)
    expect(await other.counts()).toEqual({ waiting: 0, active: 0 })
    expect(await other.propose()).toBeNull()
    expect(await lane.counts()).toEqual({ waiting: 1, active: 0 })
  })

  it('[LINE8] the queues of a lane’s special needs are apart from it and from each other', async () => {
    const { laneId, lane } = newLane()
    const plain = { laneId, skill: null, assignedCounterId: null, assignedStaffId: null }
    const special = [
      { ...plain, assignedCounterId: 'c1' },
      { ...plain, assignedStaffId: crypto.randomUUID() },
      { ...plain, skill: 'sign-language' },
    ].map((needs) => line.lane('site', queueName(needs)))
    const queues = [lane, ...special]
    for (const [at, queue] of queues.entries()) await queue.add([stint(`l${at}`, 9 - at)], dayStart)
    for (const [at, queue] of queues.entries()) expect(await drain(queue)).toEqual([`l${at}`])
    expect(line.known('site')).toEqual(expect.arrayContaining([laneId, `${laneId}.counter-c1`]))
    expect(line.known('other')).toEqual([])
  })

  it('[LINE6] is never used inside a transaction', async () => {
    const { lane } = newLane()
    await lane.add([stint('x', 5)], dayStart)
    const proposal = (await lane.propose())!
    const uses: Record<string, () => Promise<unknown>> = {
      add: () => lane.add([stint('y', 5)], dayStart),
      propose: () => lane.propose(),
      complete: () => lane.complete(proposal),
      handBack: () => lane.handBack(proposal),
      counts: () => lane.counts(),
      contents: () => lane.contents(),
      remove: () => lane.remove('x-1'),
      settleLeft: () => lane.settleLeft('x-1', true),
    }
    const methods = Object.getOwnPropertyNames(LaneQueue.prototype)
    expect(Object.keys(uses).sort()).toEqual(
      methods.filter((name) => name !== 'constructor' && name !== 'close').sort(),
    )
    const { database } = test.running.parts.hall
    for (const [name, use] of Object.entries(uses)) {
      await expect(database.transaction(use), name).rejects.toThrow('BullMQ was used inside a transaction')
    }
    await expect(asTransaction(async () => lane.propose())).rejects.toThrow('inside a transaction')
    expect(await lane.counts()).toEqual({ waiting: 0, active: 1 })
  })

  it('[LINE1] what is no moment never reaches BullMQ, and what lies far off is held to the ends', async () => {
    const { lane, laneId } = newLane()
    await expect(lane.add([stint('x', 0, { v: Number.NaN })], dayStart)).rejects.toThrow(RangeError)
    await expect(lane.add([stint('x', 0), stint('y', Number.NaN)], dayStart)).rejects.toThrow(RangeError)
    await expect(lane.add([stint('x', 0)], Number.NaN)).rejects.toThrow(RangeError)
    expect(await lane.counts()).toEqual({ waiting: 0, active: 0 })
    await lane.add(
      [stint('old', 0, { v: dayStart - 40 * DAY }), stint('new', 0, { v: dayStart + 40 * DAY })],
      dayStart,
    )
    const priorities = await raw(laneId, async (queue) =>
      (await queue.getJobs(['prioritized'])).map(({ id, priority }) => [id, priority]),
    )
    expect(Object.fromEntries(priorities)).toEqual({ 'old-1': 1, 'new-1': 2_097_151 })
    expect(await drain(lane)).toEqual(['old', 'new'])
  })

  it('[LINE2] a hundred stints in one call keep their order', async () => {
    const { lane } = newLane()
    const stints = Array.from({ length: 100 }, (_, at) => stint(`l${at}`, (at * 37) % 100))
    await lane.add(stints, dayStart)
    expect(await lane.counts()).toEqual({ waiting: 100, active: 0 })
    const order = await drain(lane)
    expect(order).toEqual([...stints].sort((a, b) => a.v - b.v).map(({ id }) => id))
    expect(jobId({ id: 'l1', stint: 3 })).toBe('l1-3')
  })
})

describe('connections, services', () => {
  it('[LINE7] do not grow with lanes', async () => {
    const test = await startHall('services')
    const observer = new Redis(test.environment.REDIS_URL!)
    try {
      const connected = async () => {
        const list = (await observer.client('LIST')) as string
        const ours = new URL(test.environment.REDIS_URL!).pathname.slice(1)
        return list.split('\n').filter((client) => client.includes(` db=${ours} `)).length
      }
      const { line } = test.running.parts.hall
      await line.lane('site', 'first').counts()
      const before = await connected()
      expect(before).toBeGreaterThan(0)
      for (let at = 0; at < 100; at++) await line.lane('site', `many-${at}`).propose()
      expect(await connected()).toBe(before)
    } finally {
      observer.disconnect()
      await test.stop()
    }
  })
})
