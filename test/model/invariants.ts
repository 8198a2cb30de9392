import { isDeepStrictEqual } from 'node:util'
import type { Leg } from '#domain/leg.ts'
import { jobId } from '#line/lane-queue.ts'
import type { StaffEvent } from '#protocol/events.ts'
import { readBoards } from '#store/boards.ts'
import type { Database } from '#store/database.ts'
import { waitingByQueue } from '#store/tickets.ts'
import { type Fact, inTurn, isOver, type KeptLeg, midnightBefore, view } from './books.ts'
import type { Model } from './model.ts'
import type { Real } from './real.ts'

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/

/** What of `actual` is not as `expected` says, in words; fields that are not expected do not matter. */
export function differences(what: string, expected: object, actual: unknown): string[] {
  if (actual === null || typeof actual !== 'object') return [`${what}: ${JSON.stringify(actual)}`]
  return Object.entries(expected).flatMap(([key, value]) => {
    const other = (actual as Record<string, unknown>)[key]
    if (isDeepStrictEqual(value, other)) return []
    return [`${what}.${key} is ${JSON.stringify(other)}, should be ${JSON.stringify(value)}`]
  })
}

/** The names the model has for what these events began. */
export function namesIn(
  events: readonly StaffEvent[],
  facts: readonly Fact[],
  real: Real,
): Map<string, string> {
  const names = new Map<string, string>()
  events.forEach(({ legs }, at) => {
    legs.forEach(({ id, ticketId }, index) => {
      const leg = facts[at]?.legs[index]
      if (!leg) return
      if (!real.knows(id)) names.set(id, leg.id)
      if (!real.knows(ticketId)) names.set(ticketId, leg.ticketId)
    })
  })
  return names
}

/** Whether events, in the model's names, are the facts. */
export function compareEvents(events: readonly StaffEvent[], facts: readonly Fact[]): string[] {
  if (events.length !== facts.length) {
    const types = (of: readonly { type: string }[]) => of.map(({ type }) => type).join(', ') || 'none'
    return [`events: ${types(events)}; should be ${types(facts)}`]
  }
  return facts.flatMap((fact, at) => {
    const event = events[at]
    if (!event) return []
    const { legs, counters, exception, ...rest } = fact
    const what = `event ${fact.seq} ${fact.type}`
    return [
      ...differences(what, rest, event),
      ...differences(what, { exception }, { exception: event.exception ?? null }),
      ...compareLists(`${what} legs`, legs, event.legs),
      ...compareLists(`${what} counters`, counters, event.counters),
    ]
  })
}

function compareLists(what: string, expected: readonly object[], actual: readonly object[]): string[] {
  if (expected.length !== actual.length) return [`${what}: ${actual.length}, should be ${expected.length}`]
  return expected.flatMap((one, at) => differences(`${what}[${at}]`, one, actual[at]))
}

/** The boards by events are fresh ones, and say of every open leg and counter what the model says. [FEED1] */
export async function compareBoards(model: Model, real: Real): Promise<string[]> {
  const fresh = await readBoards(real.process.hall.database, real.siteId)
  if (!fresh) return ['the site has gone']
  const { legs, counters } = real.inModelsWords(fresh.staff)
  const open = model.legs.filter((leg) => !isOver(leg))
  const known = new Set(open.map(({ id }) => id))
  return [
    ...differences('staff board by events', fresh.staff, real.feed.staff),
    ...differences('public board by events', fresh.public, real.feed.public),
    ...open.flatMap((leg) => differences(`leg ${leg.id} ${leg.number}`, view(leg), legs[leg.id] ?? null)),
    ...Object.values(legs).flatMap(({ id, number }) =>
      known.has(id) ? [] : [`leg ${id} ${number} is open`],
    ),
    ...model.counters.flatMap((one) => differences(`counter ${one.id}`, one, counters[one.id])),
  ]
}

/** Rules that a table breaks by itself, each counted in one read. */
const BROKEN = `
with legs as (select * from nuanhao.leg where site_id = $1),
spans as (
  select i.*, l.state as now_state,
         lag(i.to_at) over of_leg as before_to, lag(i.from_at) over of_leg as before_from,
         lead(i.seq) over of_leg is null as is_last
    from nuanhao.interval i join legs l on l.id = i.leg_id
  window of_leg as (partition by i.leg_id order by i.from_at, i.to_at nulls last,
                    i.state in ('completed', 'transferred', 'cancelled', 'expired'), i.seq, array_position(array['called', 'serving'], i.state) nulls last))
select
  (select count(*) from (select counter_id from legs where state in ('called', 'serving')
                          group by counter_id having count(*) > 1) x) as "counter with two",
  (select count(*) from (select ticket_id from legs where state in ('called', 'serving')
                             or state = 'held' and hold <> 'another-step'
                          group by ticket_id having count(*) > 1) x) as "ticket at two",
  (select count(*) from (select number from nuanhao.ticket where site_id = $1
                          group by day, number having count(*) > 1) x) as "number twice",
  (select s.seq - count(e.seq) from nuanhao.site s left join nuanhao.event e on e.site_id = s.id
    where s.id = $1 group by s.seq) as "events missing",
  (select s.seq - coalesce(max(e.seq), 0) from nuanhao.site s left join nuanhao.event e on e.site_id = s.id
    where s.id = $1 group by s.seq) as "seq gap",
  (select count(*) from spans where before_from is not null and before_to is distinct from from_at)
    as "interval gap or overlap",
  (select count(*) from spans where is_last and (state <> now_state
      or (to_at is null) <> (state in ('waiting', 'called', 'serving', 'held', 'missed')))) as "last interval not the state",
  (select count(*) from spans a join spans b on a.counter_id = b.counter_id and a.leg_id < b.leg_id
    where a.state in ('called', 'serving') and b.state in ('called', 'serving')
      and (b.to_at is null or a.from_at < b.to_at) and (a.to_at is null or b.from_at < a.to_at)) as "two at a counter at once",
  (select count(*) from legs l where not exists (select 1 from spans s where s.leg_id = l.id)) as "leg without history",
  (select count(*) from nuanhao.lane_waiting w where w.site_id = $1 and w.waiting <>
      (select count(*) from legs l where l.lane_id = w.lane_id and l.state = 'waiting')) as "lane count"`

/** What of the rules about tables does not hold. */
export async function brokenRules(database: Database, siteId: string): Promise<string[]> {
  const [row = {}] = await database.query<Record<string, number>>(BROKEN, [siteId])
  return Object.entries(row).flatMap(([rule, count]) => (Number(count) === 0 ? [] : [`${rule}: ${count}`]))
}

/** Every leg there ever was, done or not, and its whole history. */
export async function compareHistories(model: Model, real: Real): Promise<string[]> {
  const { database } = real.process.hall
  const rows = await database.query<{ leg: Leg; history: KeptLeg['history'] }>(
    `select nuanhao.leg_view(l) as leg, (select jsonb_agg(jsonb_build_object('state', i.state, 'from', i.from_at,
            'to', i.to_at, 'seq', i.seq, 'counterId', i.counter_id) order by i.from_at, i.to_at nulls last,
            i.state in ('completed', 'transferred', 'cancelled', 'expired'), i.seq, array_position(array['called', 'serving'], i.state) nulls last)
            from nuanhao.interval i where i.leg_id = l.id) as history
       from nuanhao.leg l where l.site_id = $1`,
    [real.siteId],
  )
  const kept = new Map(real.inModelsWords(rows).map((row) => [row.leg.id, row]))
  return [
    ...(rows.length === model.legs.length ? [] : [`${rows.length} legs, should be ${model.legs.length}`]),
    ...model.legs.flatMap((leg) => {
      const row = kept.get(leg.id)
      const what = `row ${leg.id} ${leg.number}`
      return [
        ...differences(what, view(leg), row?.leg ?? null),
        ...compareLists(`${what} history`, leg.history, row?.history ?? []),
      ]
    }),
  ]
}

/** The line holds one job for each waiting stint and nothing else, nobody's place before an earlier turn's. [LINE2] */
export async function compareLine(model: Model, real: Real): Promise<string[]> {
  const { line } = real.process.hall
  const waiting = model.legs.filter(({ state }) => state === 'waiting')
  const queues = new Map<string, string[]>()
  for (const leg of waiting.sort(inTurn)) {
    const name = queueOf(leg, real.siteId)
    queues.set(name, [...(queues.get(name) ?? []), jobId({ ...leg, id: real.realOf(leg.id) })])
  }
  const known = real.processes.flatMap(({ hall }) => hall.line.known(real.siteId))
  const found: string[] = []
  for (const name of new Set([...queues.keys(), ...known, 'a', 'b', 'c'])) {
    const { waiting: held, active } = await line.lane(real.siteId, name).contents()
    const should = queues.get(name) ?? []
    for (const id of should) if (!held.includes(id)) found.push(`line ${name} lacks ${id}`)
    for (const id of held) if (!should.includes(id)) found.push(`line ${name} has stray ${id}`)
    for (const { id } of active) found.push(`line ${name} has taken out ${id}`)
    if (new Set(held).size !== held.length) found.push(`line ${name} has somebody twice`)
    found.push(...outOfTurn(name, held, waiting, real))
  }
  return found
}

/** All that a hall is, in the model's names, so that two halls with the same past are equal. */
export async function stateOf(real: Real): Promise<unknown> {
  const { database, line } = real.process.hall
  const boards = await readBoards(database, real.siteId)
  const events = await database.query(
    'select seq, at, day, type, payload, counter_id, undo from nuanhao.event where site_id = $1 order by seq',
    [real.siteId],
  )
  const history = await database.query(
    `select i.leg_id, i.seq, i.state, i.from_at, i.to_at, i.counter_id
       from nuanhao.interval i join nuanhao.leg l on l.id = i.leg_id
      where l.site_id = $1 order by i.seq, l.number, l.lane_id, i.state`,
    [real.siteId],
  )
  const places: Record<string, string[]> = {}
  for (const queue of await queuesOf(real)) {
    const { waiting, active } = await line.lane(real.siteId, queue).contents()
    const held = [...waiting, ...active.map(({ id }) => `taken out ${id}`)]
    if (held.length > 0) places[queue] = held.map((id) => id.replace(UUID, (leg) => real.inModelsWords(leg)))
  }
  const state = real.inModelsWords({ boards, events, history, places })
  return JSON.parse(JSON.stringify(state).replaceAll(real.siteId, 'hall'))
}

/** Every queue somebody waits in, or this process has used. */
async function queuesOf(real: Real): Promise<string[]> {
  const known = real.processes.flatMap(({ hall }) => hall.line.known(real.siteId))
  return [
    ...new Set([...known, ...(await waitingByQueue(real.process.hall.database, real.siteId)).keys()]),
  ].sort()
}

/**
 * The line knows tenths of a second: within one, any order will do. It counts each day anew, from a day before it, and what is
 * older than that is one place.
 */
function outOfTurn(name: string, held: string[], waiting: readonly KeptLeg[], real: Real): string[] {
  const ofId = new Map(waiting.map((leg) => [jobId({ ...leg, id: real.realOf(leg.id) }), leg]))
  const latest: Record<string, number> = {}
  return held.flatMap((id) => {
    const leg = ofId.get(id)
    if (!leg) return []
    const first = midnightBefore(Date.parse(`${leg.stintDay}T12:00:00Z`)) - 24 * 3_600_000
    const place = Math.floor(Math.max(leg.v, first) / 100)
    const before = latest[leg.stintDay] ?? place
    latest[leg.stintDay] = Math.max(before, place)
    return place < before ? [`line ${name} has ${leg.number} behind somebody with a later turn`] : []
  })
}

function queueOf({ laneId, assignedCounterId, assignedStaffId, skill }: KeptLeg, siteId: string): string {
  const needs = { counter: assignedCounterId, staff: assignedStaffId }
  const bound = Object.entries(needs).flatMap(([kind, id]) => (id ? [`${kind}-${siteId}-${id}`] : []))
  return [laneId, ...bound, ...(skill ? [`skill-${skill}`] : [])].join('.')
}
