import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Leg } from '#domain/leg.ts'
import { type Asking, compareTurns, nextLeg, type ServedLane } from '#domain/turn.ts'
import { MODES, startHall, type TestHall } from '#test/harness/hall.ts'
import { legWith, siteWith } from '#test/harness/legs.ts'
import type { Database } from './database.ts'
import { insertSite } from './sites.ts'

const RUNS = 150
const lanes = ['a', 'b', 'c']
/** Where legs that are called or served elsewhere lie: one each. */
const elsewhere = Array.from({ length: 14 }, (_, at) => `x${at}`)

const servedLanes: fc.Arbitrary<ServedLane[]> = fc.subarray(lanes, { minLength: 1 }).chain((ids) =>
  fc.tuple(
    ...ids.map((laneId) =>
      fc.record({
        laneId: fc.constant(laneId),
        rank: fc.constantFrom('primary', 'secondary'),
        threshold: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
      }),
    ),
  ),
)
const askingCounter: fc.Arbitrary<Asking> = fc.record({
  counterId: fc.constant('c1'),
  staffId: fc.constantFrom('clerk', null),
  skills: fc.subarray(['s', 't']),
  lanes: servedLanes,
})
/** Random legs within what the database allows: one of a ticket's legs at most is called, served or held. */
const someLegs: fc.Arbitrary<Leg[]> = fc
  .array(
    fc.record({
      ticketId: fc.constantFrom('t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7'),
      laneId: fc.constantFrom(...lanes),
      state: fc.oneof(
        { weight: 9, arbitrary: fc.constant('waiting' as const) },
        { weight: 1, arbitrary: fc.constantFrom('called', 'serving', 'held', 'missed', 'completed') },
      ),
      v: fc.integer({ min: -10, max: 10 }),
      skill: fc.constantFrom(null, null, null, 's', 't'),
      assignedCounterId: fc.constantFrom(null, null, null, 'c1', 'x0'),
      assignedStaffId: fc.constantFrom(null, null, null, 'clerk', 'other'),
    }),
    { minLength: 3, maxLength: 14 },
  )
  .chain((list) =>
    fc
      .shuffledSubarray(
        list.map((_, n) => n),
        { minLength: list.length },
      )
      .map((entries) => {
        const engaged = new Set<string>()
        return list.map((leg, at) => {
          const busy = ['called', 'serving', 'held'].includes(leg.state)
          const state = busy && engaged.has(leg.ticketId) ? ('completed' as const) : leg.state
          if (busy) engaged.add(leg.ticketId)
          const counterId = state === 'called' || state === 'serving' ? elsewhere[at]! : null
          const hold = state === 'held' ? ('fetching' as const) : null
          return legWith({ id: `l${at}`, n: entries[at]!, ...leg, state, counterId, hold })
        })
      }),
  )

describe.each(MODES)('who is next, in SQL, %s', (mode) => {
  let hall: TestHall
  let database: Database

  beforeAll(async () => {
    hall = await startHall(mode)
    database = hall.running.parts.hall.database
    const counter = (id: string) => ({ id, number: id, name: { 'zh-CN': id, en: id }, lanes: [] })
    await database.transaction(async (query) => {
      await insertSite(query, siteWith({ counters: ['c1', ...elsewhere].map((id) => counter(`t-${id}`)) }))
      await insertSite(query, { ...siteWith(), id: 'neighbour', counters: [counter('t-n1')] })
      // A better turn of the same lane, at another site.
      await query(`insert into nuanhao.ticket values ('n', 'neighbour', 'd', 'A001', 'a', 'en', 'n', 0)`)
      await query(
        `insert into nuanhao.leg (id, ticket_id, site_id, number, language, lane_id, service_id, state, version,
           arrived_at, credit, v, n, stint)
         values ('n', 'n', 'neighbour', 'A001', 'en', 'a', 's1', 'waiting', 1, -999, 0, -999, 0, 1)`,
      )
    })
  })
  afterAll(() => hall.stop())

  async function write(counter: Asking, legs: readonly Leg[]): Promise<void> {
    const ids = (id: string | null) => id && `t-${id}`
    await database.transaction(async (query) => {
      await query(`delete from nuanhao.leg where site_id = 'hall'`)
      await query(`delete from nuanhao.ticket where site_id = 'hall'`)
      await query(`delete from nuanhao.counter_lane where counter_id = 't-c1'`)
      await query(`update nuanhao.counter set staff_id = $1, skills = $2, status = $3 where id = 't-c1'`, [
        counter.staffId,
        counter.skills,
        counter.staffId === null ? 'closed' : 'open',
      ])
      await query(
        `insert into nuanhao.counter_lane
         select 't-c1', l."laneId", l.rank, l.threshold
           from jsonb_to_recordset($1::jsonb) as l("laneId" text, rank text, threshold bigint)`,
        [JSON.stringify(counter.lanes)],
      )
      await query(
        `insert into nuanhao.ticket
         select distinct on (l."ticketId") l."ticketId", 'hall', 'd', l."ticketId", 'a', 'en', l."ticketId", 0
           from jsonb_to_recordset($1::jsonb) as l("ticketId" text)`,
        [JSON.stringify(legs)],
      )
      await query(
        `insert into nuanhao.leg (id, ticket_id, site_id, number, language, lane_id, service_id, state, version,
           arrived_at, credit, v, n, stint, counter_id, assigned_counter_id, assigned_staff_id, skill, hold)
         select l.id, l."ticketId", 'hall', l."ticketId", 'en', l."laneId", 's1', l.state, 1, 0, 0, l.v, l.n, 1,
                l."counterId", l."assignedCounterId", l."assignedStaffId", l.skill, l.hold
           from jsonb_to_recordset($1::jsonb) as l(id text, "ticketId" text, "laneId" text, state text, v bigint,
             n bigint, "counterId" text, "assignedCounterId" text, "assignedStaffId" text, skill text,
             hold text)`,
        [
          JSON.stringify(
            legs.map((leg) => ({
              ...leg,
              counterId: ids(leg.counterId),
              assignedCounterId: ids(leg.assignedCounterId),
            })),
          ),
        ],
      )
    })
  }

  async function picked(now: number): Promise<string | null> {
    const [row] = await database.query<{ id: string | null }>(
      `select (nuanhao.pick_next(c, $1)).id as id from nuanhao.counter c where c.id = 't-c1'`,
      [now],
    )
    return row?.id ?? null
  }

  it('[TURN3] [TURN4] [TURN5] the commit picks the leg the rule names, on random halls', async () => {
    let called = 0
    let notFirst = 0
    await fc.assert(
      fc.asyncProperty(
        askingCounter,
        someLegs,
        fc.integer({ min: -5, max: 15 }),
        async (counter, legs, now) => {
          await write(counter, legs)
          const named = nextLeg(counter, legs, now)
          expect(await picked(now)).toBe(named?.id ?? null)
          if (named) called++
          const first = legs.filter(({ state }) => state === 'waiting').sort(compareTurns)[0]
          if (named && named !== first) notFirst++
        },
      ),
      { numRuns: RUNS },
    )
    // A test of halls in which nobody is ever called, or always the first of all, would show little.
    expect(called).toBeGreaterThan(RUNS / 3)
    expect(notFirst).toBeGreaterThan(RUNS / 20)
  })

  it('[TURN3] another site’s line is not this counter’s', async () => {
    const counter: Asking = {
      counterId: 'c1',
      staffId: 'clerk',
      skills: [],
      lanes: [{ laneId: 'a', rank: 'primary', threshold: null }],
    }
    await write(counter, [])
    expect(await picked(0)).toBeNull()
    await write(counter, [legWith({ id: 'mine', ticketId: 't0' })])
    expect(await picked(0)).toBe('mine')
  })
})
