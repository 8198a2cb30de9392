import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { businessDay } from '#domain/calendar.ts'
import * as decide from '#domain/decide.ts'
import type { Leg } from '#domain/leg.ts'
import { compareTurns } from '#domain/turn.ts'
import type { Hall } from '#line/hall.ts'
import { applyEvent } from '#protocol/apply-event.ts'
import { toPublicEvent } from '#protocol/public.ts'
import { addSite, deskOf, legOf } from '#test/harness/desk.ts'
import { MODES, startHall, type TestHall } from '#test/harness/hall.ts'
import { siteWith } from '#test/harness/legs.ts'
import { readBoards } from './boards.ts'
import { confirmClock, holdIfClockRanBack } from './clock.ts'

const MINUTE = 60_000
/** Nine in the morning, and a few seconds before midnight, at the hall. */
const MORNING = Date.parse('2025-06-02T01:00:00Z')
const MIDNIGHT = Date.parse('2025-06-02T16:00:00Z')

const rejoin = (situation: Parameters<typeof decide.rejoin>[0], _actor: decide.Actor, now: number) =>
  decide.rejoin(situation, now)
const hold = (situation: Parameters<typeof decide.hold>[0], actor: decide.Actor) =>
  decide.hold(situation, actor, 'fetching')

describe.each(MODES)('what the commit makes of the verbs, %s', (mode) => {
  let test: TestHall

  beforeAll(async () => {
    test = await startHall(mode)
  })
  afterAll(() => test.stop())

  /** A hall of its own with a clock of its own; its lane `a` has the same id in all of them. Counter `SITE-c1` is open. */
  async function newHall(now = MORNING) {
    const siteId = `hall-${randomUUID().slice(0, 8)}`
    const clock = { now }
    const hall: Hall = { ...test.running.parts.hall, now: () => clock.now }
    const counterId = `${siteId}-c1`
    const { revision: _, ...site } = siteWith()
    await addSite(hall, {
      ...site,
      id: siteId,
      counters: site.counters.map((counter) => ({ ...counter, id: counterId })),
    })
    const desk = deskOf(hall, siteId)
    await desk.counter(counterId, decide.openCounter)
    const boards = async () => {
      const both = await readBoards(hall.database, siteId)
      if (!both) throw new Error('the hall has gone')
      return both
    }
    const call = async () => legOf(await desk.callNext(counterId))
    const miss = async () => legOf(await desk.ticket((await call()).ticketId, decide.noShow))
    return { siteId, counterId, clock, hall, desk, boards, call, miss }
  }

  it('[REJOIN2] whoever rejoins stands behind the third waiting, or the last, and never before their own turn', async () => {
    // People of another hall wait in a lane of the same name, and came later than all of these.
    const elsewhere = await newHall(MORNING + 600 * MINUTE)
    for (let at = 0; at < 3; at++) await elsewhere.desk.issue('s1')
    const arrivals = fc.array(
      fc.record({ care: fc.boolean(), after: fc.integer({ min: 0, max: 8 * MINUTE }) }),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(arrivals, async (others) => {
        const { clock, desk, boards, miss } = await newHall()
        await desk.issue('s1')
        const missed = await miss()
        for (const { care, after } of others) {
          clock.now += after
          await desk.issue('s1', care)
        }
        const waiting = Object.values((await boards()).staff.legs)
          .filter(({ state }) => state === 'waiting')
          .sort(compareTurns)
        const behind = waiting.slice(0, 3).at(-1)
        const back = legOf(await desk.ticket(missed.ticketId, rejoin))
        expect(back.v).toBe(Math.max(missed.v, behind?.v ?? missed.v))
        expect(back).toMatchObject({ state: 'waiting', stint: missed.stint + 1, arrivedAt: missed.arrivedAt })
        // A new entry number: of all with this virtual arrival the last.
        for (const leg of waiting) expect(back.n).toBeGreaterThan(leg.n)
      }),
      { numRuns: 25 },
    )
  })

  it('[PUTBACK1] [HOLD2] [TRANSFER1] put back, resumed or transferred, the virtual arrival is kept', async () => {
    const { desk, call, clock } = await newHall()
    await desk.issue('s1', true)
    const mine = await call()
    const place = (leg: Leg) => ({ v: leg.v, arrivedAt: leg.arrivedAt, credit: leg.credit })
    clock.now += 10 * MINUTE
    const back = legOf(await desk.ticket(mine.ticketId, decide.putBack))
    expect(place(back)).toEqual(place(mine))
    await call()
    await desk.ticket(mine.ticketId, hold)
    clock.now += 10 * MINUTE
    const resumed = legOf(
      await desk.ticket(mine.ticketId, (situation, actor) => decide.resume(situation, actor, false)),
    )
    expect(place(resumed)).toEqual(place(mine))
    await call()
    const moved = legOf(
      await desk.ticket(mine.ticketId, (situation, actor) =>
        decide.transfer(situation, actor, { laneId: 'a' }),
      ),
    )
    expect(place(moved)).toEqual(place(mine))
    expect([mine, back, resumed, moved].map(({ number }) => number)).toEqual(Array(4).fill(mine.number))
  })

  it('[CANCEL1] a ticket that is held is cancelled, and held no more', async () => {
    const { desk, call, boards } = await newHall()
    await desk.issue('s1')
    const { ticketId } = await call()
    await desk.ticket(ticketId, hold)
    expect(legOf(await desk.ticket(ticketId, decide.cancel))).toMatchObject({
      state: 'cancelled',
      hold: null,
    })
    expect((await boards()).staff.legs).toEqual({})
  })

  it('[CALL5] [HOLD2] no ticket is called to a counter of another hall, not even by a supervisor', async () => {
    const { desk, call } = await newHall()
    const neighbour = await newHall()
    await desk.issue('s1')
    const { ticketId } = await call()
    await desk.ticket(ticketId, hold)
    const here = (situation: Parameters<typeof decide.resume>[0], actor: decide.Actor) =>
      decide.resume(situation, actor, true)
    await expect(desk.ticket(ticketId, here, neighbour.counterId)).rejects.toThrow('unknown-counter')
    const waits = legOf(await desk.issue('s1'))
    const unwell = (situation: Parameters<typeof decide.resume>[0], actor: decide.Actor) =>
      decide.callSpecific(situation, actor, 'unwell')
    await expect(desk.ticket(waits.ticketId, unwell, neighbour.counterId)).rejects.toThrow('unknown-counter')
  })

  it('[UNDO1] [DAY1] an undo after midnight brings no call of the day before back to the wall', async () => {
    const { desk, call, clock, counterId, boards } = await newHall(MIDNIGHT - 10_000)
    await desk.issue('s1')
    await desk.ticket((await call()).ticketId, decide.complete)
    await desk.issue('s1')
    const before = (await boards()).public
    await call()
    const called = (await boards()).public
    expect(called.calls).toHaveLength(before.calls.length + 1)
    clock.now += 20_000
    const { event } = await desk.undo(counterId)
    if (!event) throw new Error('nothing was undone')
    const after = (await boards()).public
    expect(after.day).not.toBe(before.day)
    expect(applyEvent(called, toPublicEvent(event))).toEqual(after)
    expect(after.calls).toEqual([])
  })

  it('[CLOCK2] when the clock is confirmed the beginning of a hold moves with it', async () => {
    const { desk, call, clock, siteId, hall, boards } = await newHall()
    await desk.issue('s1')
    const { ticketId } = await call()
    const held = legOf(await desk.ticket(ticketId, hold))
    expect(held.heldAt).toBe(MORNING)
    clock.now -= 120 * MINUTE
    await holdIfClockRanBack(hall.database, clock.now)
    await confirmClock(hall.database, siteId, clock.now, businessDay(clock.now, 'Asia/Shanghai'), {
      principal: 'staff:boss',
    })
    expect((await boards()).staff.legs[held.id]).toMatchObject({
      state: 'held',
      heldAt: MORNING - 120 * MINUTE,
      arrivedAt: held.arrivedAt - 120 * MINUTE,
    })
  })
})
