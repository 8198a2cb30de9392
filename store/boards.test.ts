import { randomInt, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { businessDay } from '#domain/calendar.ts'
import { EVENT_TYPES } from '#domain/change.ts'
import * as decide from '#domain/decide.ts'
import { HOLD_KINDS, type HoldKind, type Leg } from '#domain/leg.ts'
import { Refusal } from '#domain/refusal.ts'
import type { Site, Situation } from '#domain/site.ts'
import type { LegState } from '#domain/transition.ts'
import { compareTurns } from '#domain/turn.ts'
import type { Hall } from '#line/hall.ts'
import { applyEvent, applyStaffEvent } from '#protocol/apply-event.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { StaffEvent } from '#protocol/events.ts'
import { toPublicEvent } from '#protocol/public.ts'
import { Feed } from '#server/feed.ts'
import { applyHall, currentHall } from '#setup/hall-apply.ts'
import { addSite, deskOf, legOf, newAuthor } from '#test/harness/desk.ts'
import { MODES, startHall, type TestHall } from '#test/harness/hall.ts'
import { siteWith } from '#test/harness/legs.ts'
import { readBoards } from './boards.ts'
import { confirmClock, holdIfClockRanBack } from './clock.ts'
import { type Committed, KeyReused } from './commit.ts'
import { readEvents } from './events.ts'
import { InUse } from './versions.ts'

const RUNS = 20
const LEAST = 30
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const COUNTERS = [1, 2, 3] as const
const SERVICES = ['s1', 's2', 's3']

type Command =
  | { do: 'issue'; service: string; care: boolean; more?: string[]; order?: decide.Order }
  // A kiosk brings a number of its own; `unheard`: of the visit it asked a number for last.
  | { do: 'bring'; service: string; ago: number; unheard: boolean }
  | { do: 'open' | 'pause' | 'close' | 'call-next'; counter: number }
  | { do: 'recall' | 'start' | 'complete' | 'no-show' | 'put-back' | 'expire' | 'undo'; counter: number }
  | { do: 'hold'; counter: number; kind: HoldKind }
  // `which` counts through the tickets of the state the verb is for.
  | { do: 'resume'; which: number; counter: number | null }
  | { do: 'rejoin' | 'more-time' | 'cancel' | 'hold-overdue' | 'correct-times'; which: number }
  | { do: 'add-service'; which: number; service: string; order: decide.Order }
  | { do: 'send-home' }
  // `which` of the calls for help, open or not.
  | { do: 'ask-help'; kiosk: 'K1' | 'K2' }
  | { do: 'answer-help'; which: number; counter: number | null }
  | { do: 'escalate-help' | 'finish-help' | 'take-back-help'; which: number }
  | { do: 'settings'; counters: number }
  | { do: 'care'; which: number; care: boolean }
  | { do: 'call'; which: number; counter: number }
  | { do: 'record'; which: number; counter: number; came: boolean }
  | { do: 'change-service'; which: number; service: string }
  | { do: 'transfer'; which: number; to: { lane: string } | { counter: number } | { person: number } }
  | { do: 'wait'; by: number }
  | { do: 'clock-back'; by: number }

const counter = fc.constantFrom(...COUNTERS)
const which = fc.nat(20)
const destination = fc.oneof(
  fc.record({ lane: fc.constantFrom('a', 'b') }),
  fc.record({ counter }),
  fc.record({ person: counter }),
)
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('issue' as const),
      service: fc.constantFrom(...SERVICES),
      care: fc.boolean(),
      more: fc.subarray(SERVICES, { maxLength: 2 }),
      order: fc.constantFrom('sequence' as const, 'any' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('bring' as const),
      service: fc.constantFrom(...SERVICES),
      ago: fc.nat(HOUR),
      unheard: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('add-service' as const),
      which,
      service: fc.constantFrom(...SERVICES),
      order: fc.constantFrom('sequence' as const, 'any' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('hold-overdue' as const, 'correct-times' as const), which }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('send-home' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('ask-help' as const),
      kiosk: fc.constantFrom('K1' as const, 'K2' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('answer-help' as const), which, counter: fc.option(counter) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('escalate-help' as const, 'finish-help' as const, 'take-back-help' as const),
      which,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('settings' as const), counters: fc.constantFrom(2, 3) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), counter }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'close' as const), counter }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('call-next' as const), counter }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constantFrom('recall' as const, 'start' as const, 'complete' as const, 'no-show' as const),
      counter,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('hold' as const), counter, kind: fc.constantFrom(...HOLD_KINDS) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('resume' as const), which, counter: fc.option(counter) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('put-back' as const), counter }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), counter }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rejoin' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('more-time' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('care' as const), which, care: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('call' as const), which, counter }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('record' as const), which, counter, came: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('change-service' as const),
      which,
      service: fc.constantFrom(...SERVICES),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('transfer' as const), which, to: destination }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), counter }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      by: fc.oneof(fc.integer({ min: 0, max: 5 * MINUTE }), fc.constantFrom(HOUR, 9 * HOUR, 24 * HOUR)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('clock-back' as const),
      by: fc.constantFrom(MINUTE, 2 * HOUR, 15 * HOUR, 40 * HOUR),
    }),
  },
)
// Commands of a morning first, so that there is something to lose.
const day = fc
  .array(command, { minLength: LEAST, maxLength: 50, size: 'max' })
  .map((commands): Command[] => [
    { do: 'open', counter: 1 },
    { do: 'open', counter: 2 },
    { do: 'issue', service: 's1', care: false },
    { do: 'issue', service: 's2', care: true },
    ...commands,
  ])

function hallOf(id: string): Omit<Site, 'revision'> {
  const { revision: _, ...site } = siteWith()
  const lane = (laneId: string, letter: string) => ({ id: laneId, letter, name: site.name })
  const service = (serviceId: string, laneId: string) => ({ ...site.services[0]!, id: serviceId, laneId })
  const primary = (laneId: string) => ({ laneId, rank: 'primary', threshold: null }) as const
  return {
    ...site,
    id,
    lanes: [lane('a', 'A'), lane('b', 'B')],
    services: [service('s1', 'a'), service('s2', 'b'), service('s3', 'b')],
    counters: COUNTERS.map((number) => ({
      id: `${id}-c${number}`,
      number: String(number),
      name: site.name,
      lanes: number === 3 ? [primary('a'), primary('b')] : [primary(number === 1 ? 'a' : 'b')],
    })),
  }
}

function raise(siteId: string): never {
  throw new Error(`${siteId} has gone`)
}

/** How many of the board's legs are before `me` in its lane. */
function aheadOf(me: Leg, { legs }: StaffBoard): number {
  return Object.values(legs).filter(
    (leg) => leg.state === 'waiting' && leg.laneId === me.laneId && compareTurns(leg, me) < 0,
  ).length
}

/** A day in which everything happens that an event can tell of: chance alone may leave something out. */
const FULL_DAY: Command[] = [
  { do: 'open', counter: 1 },
  ...Array.from({ length: 5 }, (): Command => ({ do: 'issue', service: 's1', care: false })),
  { do: 'bring', service: 's1', ago: MINUTE, unheard: false },
  { do: 'bring', service: 's1', ago: MINUTE, unheard: true },
  { do: 'more-time', which: 0 },
  { do: 'call-next', counter: 1 },
  { do: 'recall', counter: 1 },
  { do: 'start', counter: 1 },
  { do: 'hold', counter: 1, kind: 'fetching' },
  { do: 'resume', which: 0, counter: null },
  { do: 'call-next', counter: 1 },
  { do: 'put-back', counter: 1 },
  { do: 'call-next', counter: 1 },
  { do: 'no-show', counter: 1 },
  { do: 'rejoin', which: 0 },
  { do: 'call-next', counter: 1 },
  { do: 'undo', counter: 1 },
  { do: 'call-next', counter: 1 },
  { do: 'complete', counter: 1 },
  { do: 'care', which: 0, care: true },
  { do: 'transfer', which: 0, to: { lane: 'b' } },
  { do: 'cancel', which: 0 },
  { do: 'issue', service: 's1', care: false, more: ['s2'], order: 'any' },
  { do: 'add-service', which: 0, service: 's3', order: 'sequence' },
  { do: 'correct-times', which: 0 },
  { do: 'record', which: 0, counter: 1, came: true },
  { do: 'call-next', counter: 1 },
  { do: 'hold', counter: 1, kind: 'fetching' },
  { do: 'wait', by: HOUR },
  { do: 'hold-overdue', which: 0 },
  { do: 'ask-help', kiosk: 'K1' },
  { do: 'ask-help', kiosk: 'K2' },
  { do: 'ask-help', kiosk: 'K1' },
  { do: 'wait', by: MINUTE },
  { do: 'escalate-help', which: 0 },
  { do: 'answer-help', which: 0, counter: 1 },
  { do: 'finish-help', which: 0 },
  { do: 'take-back-help', which: 1 },
  { do: 'ask-help', kiosk: 'K2' },
  { do: 'wait', by: 24 * HOUR },
  { do: 'send-home' },
  { do: 'settings', counters: 2 },
  { do: 'pause', counter: 1 },
  { do: 'open', counter: 1 },
  { do: 'close', counter: 1 },
  { do: 'clock-back', by: HOUR },
]

describe.each(MODES)('snapshot and events, %s', (mode) => {
  let test: TestHall

  beforeAll(async () => {
    test = await startHall(mode)
  })
  afterAll(() => test.stop())

  /** A hall of its own with a clock of its own, so that a failing day can be played again. */
  async function newDay() {
    const siteId = `hall-${randomUUID().slice(0, 8)}`
    let now = Date.parse('2025-06-02T01:00:00Z')
    const hall: Hall = { ...test.running.parts.hall, now: () => now }
    await addSite(hall, hallOf(siteId))
    const desk = deskOf(hall, siteId)
    const database = hall.database

    const ticketAt = async (counterId: string) => {
      const [row] = await database.query<{ id: string }>(
        `select ticket_id as id from nuanhao.leg where counter_id = $1 order by call_id desc limit 1`,
        [counterId],
      )
      return row?.id ?? 'nobody'
    }
    /** One of the tickets at which a leg is in one of these states. */
    const ticketIn = async (which: number, ...states: LegState[]) => {
      const rows = await database.query<{ id: string }>(
        `select ticket_id as id from nuanhao.leg where site_id = $1 and state = any ($2) order by n`,
        [siteId, states],
      )
      return rows[which % rows.length]?.id ?? 'nobody'
    }
    const helpIn = async (which: number) => {
      const rows = await database.query<{ id: string }>(
        'select id from nuanhao.help_call where site_id = $1 order by asked_at, kiosk',
        [siteId],
      )
      return rows[which % rows.length]?.id ?? 'nobody'
    }
    const destinationOf = (to: Extract<Command, { do: 'transfer' }>['to']): decide.Destination => {
      if ('lane' in to) return { laneId: to.lane }
      if ('counter' in to) return { counterId: idOf(to.counter) }
      // Whoever works in these days is the supervisor; one other person waits to be asked for.
      return { staffId: to.person === 1 ? 'boss' : 'other' }
    }
    /** Who asked for a number last. */
    let asked = newAuthor()
    /** Numbers of the kiosk's own so far. */
    let given = 0
    const idOf = (number: number) => `${siteId}-c${number}`
    const carryOut = async (what: Command): Promise<Committed | null> => {
      switch (what.do) {
        case 'issue': {
          const wanted = { more: what.more ?? [], order: what.order ?? 'sequence' }
          asked = newAuthor()
          return desk.issue(what.service, what.care, wanted, asked)
        }
        case 'bring': {
          given += 1
          const number = `K1-${String(given).padStart(2, '0')}`
          return desk.bring(number, what.service, now - what.ago, what.unheard ? asked.key : undefined)
        }
        case 'open':
          return desk.counter(idOf(what.counter), decide.openCounter)
        case 'pause':
          return desk.counter(idOf(what.counter), decide.pauseCounter)
        case 'close':
          return desk.counter(idOf(what.counter), decide.closeCounter)
        case 'call-next':
          return desk.callNext(idOf(what.counter))
        case 'recall':
          return desk.ticket(await ticketAt(idOf(what.counter)), decide.recall)
        case 'start':
          return desk.ticket(await ticketAt(idOf(what.counter)), decide.start)
        case 'complete':
          return desk.ticket(await ticketAt(idOf(what.counter)), decide.complete)
        case 'no-show':
          return desk.ticket(await ticketAt(idOf(what.counter)), decide.noShow)
        case 'put-back':
          return desk.ticket(await ticketAt(idOf(what.counter)), decide.putBack)
        case 'undo':
          return desk.undo(idOf(what.counter))
        case 'hold':
          return desk.ticket(await ticketAt(idOf(what.counter)), (situation, actor) =>
            decide.hold(situation, actor, what.kind),
          )
        case 'resume': {
          const here = what.counter === null ? undefined : idOf(what.counter)
          const resume = (situation: Situation, actor: decide.Actor) =>
            decide.resume(situation, actor, here !== undefined)
          return desk.ticket(await ticketIn(what.which, 'held'), resume, here)
        }
        case 'rejoin':
          return desk.ticket(await ticketIn(what.which, 'missed'), (situation, _actor, at) =>
            decide.rejoin(situation, at),
          )
        case 'more-time':
          return desk.ticket(await ticketIn(what.which, 'waiting', 'called'), decide.moreTime)
        case 'cancel':
          return desk.ticket(await ticketIn(what.which, 'waiting', 'held', 'missed'), decide.cancel)
        case 'care':
          return desk.ticket(await ticketIn(what.which, 'waiting'), (situation, actor) =>
            decide.setCare(situation, actor, what.care),
          )
        case 'call':
          return desk.ticket(
            await ticketIn(what.which, 'waiting'),
            (situation, actor) => decide.callSpecific(situation, actor, 'unwell'),
            idOf(what.counter),
          )
        // Called on paper just now.
        case 'record': {
          const calledAt = now
          return desk.ticket(
            await ticketIn(what.which, 'waiting', 'held', 'missed'),
            (situation, actor, at) =>
              decide.record(
                situation,
                actor,
                what.came
                  ? { outcome: 'completed', calledAt, startedAt: calledAt, endedAt: at }
                  : { outcome: 'missed', calledAt },
                at,
              ),
            idOf(what.counter),
            { paper: { from: calledAt, to: calledAt + MINUTE } },
          )
        }
        case 'change-service':
          return desk.ticket(await ticketIn(what.which, 'waiting', 'called', 'serving'), (situation, actor) =>
            decide.changeService(situation, actor, what.service),
          )
        case 'transfer': {
          const to = destinationOf(what.to)
          return desk.ticket(
            await ticketIn(what.which, 'waiting', 'called', 'serving'),
            (situation, actor) => decide.transfer(situation, actor, to),
            undefined,
            'staffId' in to ? to : {},
          )
        }
        case 'expire':
          now += 3 * MINUTE
          return desk.expire(await ticketAt(idOf(what.counter)))
        case 'add-service':
          return desk.ticket(
            await ticketIn(what.which, 'waiting', 'called', 'serving', 'held'),
            (situation, actor) => decide.addService(situation, actor, what.service, what.order),
          )
        case 'hold-overdue':
          return desk.ticket(await ticketIn(what.which, 'held'), (situation, _actor, at) =>
            decide.markOverdue(situation, at),
          )
        case 'correct-times':
          return desk.ticket(await ticketIn(what.which, 'completed', 'serving'), (situation, actor, at) =>
            decide.correctTimes(
              situation,
              actor,
              { startedAt: situation.leg?.calledAt ?? 0 },
              'forgotten',
              at,
            ),
          )
        case 'send-home':
          return desk.site((situation, at) => decide.sendHome(situation, siteWith().name, at))
        case 'ask-help':
          return desk.askHelp(what.kiosk)
        case 'answer-help': {
          const from = what.counter === null ? undefined : idOf(what.counter)
          return desk.help(
            await helpIn(what.which),
            (situation, actor) => decide.answerHelp(situation, actor, from ?? null),
            from,
          )
        }
        case 'escalate-help':
          return desk.help(await helpIn(what.which), (situation, _actor, at) =>
            decide.escalateHelp(situation, at),
          )
        case 'finish-help':
          return desk.help(await helpIn(what.which), decide.finishHelp)
        case 'take-back-help':
          return desk.help(await helpIn(what.which), (situation) =>
            decide.takeBackHelp(situation, situation.help?.kiosk ?? ''),
          )
        // A counter comes or goes, unless somebody is at it.
        case 'settings': {
          const { accounts, site } = (await currentHall(database.query, siteId)) ?? raise(siteId)
          const counters = hallOf(siteId).counters.slice(0, what.counters)
          const how = { now, actor: 'operator:test', at: null }
          await applyHall(database, { site: { ...site, counters }, accounts }, how)
          return null
        }
        case 'wait':
          now += what.by
          return null
        case 'clock-back': {
          now -= what.by
          await holdIfClockRanBack(database, now)
          await confirmClock(database, siteId, now, businessDay(now, 'Asia/Shanghai'), {
            principal: 'staff:boss',
          })
          return null
        }
        default:
          return what
      }
    }
    return {
      siteId,
      database,
      /** The outcome; 'refused' when the rules said no. */
      say: async (what: Command): Promise<Committed | 'refused' | null> => {
        try {
          return await carryOut(what)
        } catch (error) {
          if (error instanceof Refusal || error instanceof InUse || error instanceof KeyReused)
            return 'refused'
          throw error
        }
      },
      boards: async () => {
        const boards = await readBoards(database, siteId)
        if (!boards) throw new Error('the hall has gone')
        return boards
      },
      after: (seq: number): Promise<StaffEvent[]> => readEvents(database, siteId, seq),
    }
  }

  it('[FEED2] a screen that comes back gets the rest, or a snapshot when the rest is not known', async () => {
    const hall = await newDay()
    const issue = () => hall.say({ do: 'issue', service: 's1', care: false })
    await issue()
    const feed = await Feed.open(hall.database, hall.siteId, () => undefined)
    if (!feed) throw new Error('the hall has gone')
    const rest = (seq: number) => feed.since(seq)?.map(({ staff }) => staff.seq) ?? null
    expect(rest(1)).toEqual([])
    for (let at = 0; at < 3; at++) await issue()
    await feed.read()
    expect([rest(4), rest(3), rest(1)]).toEqual([[], [4], [2, 3, 4]])
    // From before this feed's memory, and from a log that had come further.
    expect([rest(0), rest(5)]).toEqual([null, null])
    for (const { public: told, staff } of feed.since(1) ?? []) expect(told).toEqual(toPublicEvent(staff))
    expect(feed.staff).toEqual((await hall.boards()).staff)
    expect(feed.public).toEqual((await hall.boards()).public)
    expect(await Feed.open(hall.database, 'nowhere', () => undefined)).toBeNull()
  })

  it('[FEED1] [BOARD1] [BOARD2] [ISSUE1] an old snapshot and the events after it are a fresh snapshot', async () => {
    const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
    console.info(`${mode}: SEED=${seed}`)
    const seen = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(day, async (commands) => {
        const hall = await newDay()
        const snapshots = [await hall.boards()]
        let events: StaffEvent[] = []
        let { staff, public: board } = snapshots[0]!
        for (const [at, what] of commands.entries()) {
          const said = await hall.say(what)
          const fresh = await hall.after(staff.seq)
          const issued = what.do === 'issue' || (what.do === 'bring' && fresh[0]?.type === 'ticket:issued')
          if (issued && said && said !== 'refused') {
            expect(said.ahead).toBe(aheadOf(legOf(said), staff))
          }
          for (const event of fresh) {
            seen.set(event.type, (seen.get(event.type) ?? 0) + 1)
            staff = applyStaffEvent(staff, event)
            board = applyEvent(board, toPublicEvent(event))
          }
          events = [...events, ...fresh]
          // A refused command leaves nothing behind, and the hint carries the event as the log has it.
          if (said === 'refused') expect(fresh).toEqual([])
          else if (said) expect(said.event ? [said.event] : []).toEqual(fresh)
          // Reading both boards is the slow part; a mistake stays to be seen at the next look.
          if (at % 3 !== 0 && at !== commands.length - 1) continue
          const now = await hall.boards()
          expect(staff).toEqual(now.staff)
          expect(board).toEqual(now.public)
          snapshots.push(now)
        }
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
        // Whenever a screen began, it ends with the same board.
        const last = snapshots.at(-1)!
        for (const start of snapshots) {
          const rest = events.filter(({ seq }) => seq > start.staff.seq)
          expect(rest.reduce(applyStaffEvent, start.staff)).toEqual(last.staff)
          expect(rest.map(toPublicEvent).reduce(applyEvent, start.public)).toEqual(last.public)
        }
      }),
      { numRuns: RUNS, seed, examples: [[FULL_DAY]], endOnFailure: process.env.SHRINK === undefined },
    )
    expect([...seen.keys()].sort()).toEqual([...EVENT_TYPES].sort())
  }, 180_000)
})
