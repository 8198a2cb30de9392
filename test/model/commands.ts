import fc from 'fast-check'
import { atCounter, isDayOver, isOpen, type KeptLeg, midnightBefore } from './books.ts'
import { KIOSKS, PEOPLE, type Person, PLAN, type Who } from './hall-plan.ts'
import type { Model } from './model.ts'
import { freeTime } from './paper.ts'
import type { Request, Verb } from './question.ts'
import type { ChoreName } from './real.ts'
import type { Walk } from './walk.ts'

/**
 * One step of a walk. Which hall it meets is not known when it is drawn, so it says where to aim: at what the verb may
 * well be said of, or at anything.
 */
type Step = fc.AsyncCommand<object, Walk>

/** Where a drawn request aims. */
interface Aim {
  /** At something it may be said of, by somebody who may say it; else at anything, by anybody. */
  sure: boolean
  pick: number
  by: number
  /** Passes before, ms. */
  tick: number
  /** Details of some verbs. */
  detail: number
  /** `If-Match`: 0 none, 1 the right version, 2 a wrong one. */
  match: 0 | 1 | 2
}

const STAFF = Object.keys(PEOPLE) as Person[]
const ANYBODY: Who[] = [...STAFF, ...STAFF, 'kiosk-1']
const OPEN = ['waiting', 'called', 'serving', 'held', 'missed']

/** States of a ticket in which each verb succeeds. */
const SAID_OF: Partial<Record<Verb, string[]>> = {
  call: ['waiting'],
  recall: ['called'],
  start: ['called'],
  complete: ['called', 'serving'],
  'no-show': ['called'],
  rejoin: ['missed'],
  hold: ['called', 'serving'],
  resume: ['held'],
  'resume-here': ['held'],
  'put-back': ['called', 'serving'],
  transfer: ['waiting', 'called', 'serving'],
  'change-service': ['waiting', 'called', 'serving'],
  'add-service': ['waiting', 'called', 'serving', 'held'],
  'correct-times': ['serving', 'completed'],
  record: ['waiting', 'held', 'missed'],
  skill: ['waiting'],
  cancel: ['waiting', 'held', 'missed'],
  care: ['waiting'],
}

/** What brings a ticket where a verb may be said of it. */
const BEFORE: Partial<Record<Verb, Verb>> = {
  call: 'issue',
  recall: 'call-next',
  start: 'call-next',
  complete: 'call-next',
  'no-show': 'call-next',
  rejoin: 'no-show',
  hold: 'call-next',
  resume: 'hold',
  'resume-here': 'hold',
  'put-back': 'call-next',
  transfer: 'issue',
  'change-service': 'issue',
  'add-service': 'issue',
  'correct-times': 'start',
  record: 'issue',
  cancel: 'issue',
  care: 'issue',
  skill: 'issue',
}

/** How often each verb is drawn. */
const WEIGHTS: Record<Verb, number> = {
  issue: 24,
  'issue-offline': 8,
  open: 6,
  pause: 2,
  close: 2,
  'call-next': 16,
  call: 4,
  recall: 4,
  start: 5,
  complete: 4,
  'no-show': 5,
  rejoin: 10,
  hold: 8,
  resume: 5,
  'resume-here': 8,
  'put-back': 3,
  transfer: 5,
  'change-service': 4,
  'add-service': 4,
  'correct-times': 8,
  record: 10,
  skill: 3,
  'send-home': 3,
  cancel: 3,
  care: 4,
  undo: 7,
}
export const VERBS = Object.keys(WEIGHTS) as Verb[]

const aim: fc.Arbitrary<Aim> = fc.record({
  sure: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  pick: fc.nat(999),
  by: fc.nat(999),
  tick: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(6_000) }),
  detail: fc.nat(999),
  match: fc.oneof(
    { weight: 8, arbitrary: fc.constant(0 as const) },
    { weight: 1, arbitrary: fc.constant(1 as const) },
    { weight: 1, arbitrary: fc.constant(2 as const) },
  ),
})
const verb: fc.Arbitrary<Verb> = fc.oneof(
  ...VERBS.map((one) => ({ weight: WEIGHTS[one], arbitrary: fc.constant(one) })),
)
const say = fc.record({ verb, aim })

/** All that may happen in a hall. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 84, arbitrary: say.map(({ verb, aim }) => command(`${verb} ${shown(aim)}`, saying(verb, aim))) },
  { weight: 9, arbitrary: passing() },
  { weight: 6, arbitrary: fc.record({ pick: fc.nat(4), altered: fc.boolean() }).map(again) },
  { weight: 8, arbitrary: fc.record({ first: say, second: say, meet: fc.nat(3) }).map(racing) },
  {
    weight: 5,
    arbitrary: fc.record({ aim, again: fc.nat(19), atOnce: fc.boolean() }).map(unheard),
  },
  { weight: 6, arbitrary: fc.constantFrom<ChoreName>('expire-calls', 'old-holds', 'close-day').map(chore) },
  { weight: 1, arbitrary: fc.record({ rest: fc.nat(20 * 60_000), homeward: fc.boolean() }).map(evening) },
  { weight: 1, arbitrary: fc.constant(0).map(() => command('reconcile', (walk) => walk.reconcile())) },
)

function command(name: string, run: (walk: Walk) => Promise<void>): Step {
  return { check: () => true, run: (_, walk) => run(walk), toString: () => name }
}

function chore(name: ChoreName): Step {
  return command(name, (walk) => walk.chore(name))
}

function shown({ sure, pick, by, tick, detail, match }: Aim): string {
  return `${sure ? 'sure' : 'any'} ${pick} ${by} +${tick} ${detail} ${match}`
}

function saying(verb: Verb, aim: Aim): (walk: Walk) => Promise<void> {
  return async (walk) => {
    walk.tick(aim.tick)
    await walk.ask(request(walk.model, verb, aim, walk.key()))
  }
}

/** Time passes: a little, a lot, over closing and midnight; or the machine's clock runs back by seconds. */
function passing(): fc.Arbitrary<Step> {
  const minute = 60_000
  const by = (ms: number) => command(`clock +${ms}`, (walk) => walk.pass(ms))
  return fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 4 * minute }).map(by) },
    { weight: 2, arbitrary: fc.integer({ min: 4 * minute, max: 30 * minute }).map(by) },
    { weight: 1, arbitrary: fc.integer({ min: 30 * minute, max: 90 * minute }).map(by) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 5_000 }).map(back) },
    { weight: 1, arbitrary: fc.nat(20 * minute).map(untilClosing) },
    { weight: 1, arbitrary: fc.nat(20 * minute).map(untilMidnight) },
    { weight: 5, arbitrary: fc.nat(20 * minute).map(untilOpen) },
  )
}

/** Within the minute, so that it is never on two sides of closing. */
function back(ms: number): Step {
  return command(`clock back ${ms}`, (walk) => walk.pass(-Math.min(ms, walk.model.now % 60_000)))
}

/** To a moment after the hall has closed, for a break or for the day. */
function untilClosing(rest: number): Step {
  return command(`until closed + ${rest}`, (walk) =>
    walk.pass(minutesUntil(walk.model, (at) => !isOpen(at)) * 60_000 + rest),
  )
}

/** To a moment after the hall has opened; at once when it is open. */
function untilOpen(rest: number): Step {
  return command(`until open + ${rest}`, async (walk) => {
    const minutes = minutesUntil(walk.model, isOpen)
    if (minutes > 0) await walk.pass(minutes * 60_000 + rest)
  })
}

/** The day ends: what is over ends by itself, somebody decides about the others, and the next morning comes. */
function evening({ rest, homeward }: { rest: number; homeward: boolean }): Step {
  return command(`evening + ${rest}${homeward ? '' : ', nobody is sent home'}`, async (walk) => {
    await walk.pass(minutesUntil(walk.model, isDayOver) * 60_000 + rest)
    await walk.chore('close-day')
    if (homeward) await walk.ask({ verb: 'send-home', by: 'boss', key: walk.key() })
    await walk.chore('close-day')
    await walk.pass(minutesUntil(walk.model, isOpen) * 60_000)
  })
}

function untilMidnight(rest: number): Step {
  const day = 24 * 3_600_000
  const zone = 8 * 3_600_000
  return command(`until midnight + ${rest}`, async (walk) => {
    await walk.pass(day - ((walk.model.now + zone) % day) + rest - 60_000)
  })
}

function minutesUntil({ now }: Model, holds: (at: number) => boolean): number {
  let minutes = 0
  while (!holds(now + minutes * 60_000)) minutes += 1
  return minutes
}

/** A client that heard no answer asks once more; or a program mixes up its keys. */
function again({ pick, altered }: { pick: number; altered: boolean }): Step {
  return command(`again ${pick}${altered ? ' altered' : ''}`, async (walk) => {
    const before = walk.asked.at(-1 - pick)
    if (!before) return
    const { altered: _, ...same } = before
    await walk.ask(altered ? { ...same, altered: true } : before, altered ? 'again, altered' : 'again')
  })
}

interface Two {
  first: { verb: Verb; aim: Aim }
  second: { verb: Verb; aim: Aim }
  meet: number
}

/** Two at once: anything; two of one ticket or counter; or one pressed twice. */
function racing({ first, second, meet }: Two): Step {
  const name = `race ${first.verb} ${shown(first.aim)} | ${second.verb} ${shown(second.aim)} | ${meet}`
  return command(name, async (walk) => {
    const one = request(walk.model, first.verb, first.aim, walk.key())
    const other = request(walk.model, second.verb, second.aim, walk.key())
    const { ticketId, counterId } = one
    const met = {
      ...other,
      ...(other.ticketId !== undefined && ticketId !== undefined && { ticketId }),
      ...(other.counterId !== undefined && counterId !== undefined && { counterId }),
    }
    await walk.race(one, meet === 0 ? other : meet === 1 ? one : { ...met, by: bySame(one, met) })
  })
}

/** Of two at one place, both are said by somebody who may. */
function bySame(one: Request, other: Request): Who {
  if (one.by === 'phone' || other.by === 'phone') return other.by
  return PEOPLE[one.by as Person] ? one.by : other.by
}

/** The request an aim means in the hall as it stands. */
function request(model: Model, verb: Verb, aim: Aim, key: string): Request {
  switch (verb) {
    case 'issue':
      return { verb, key, ...wishes(aim) }
    case 'issue-offline':
      return offline(model, aim, wishes(aim), key)
    case 'send-home':
      return { verb, by: aim.sure ? 'boss' : among(ANYBODY, aim.by), key }
    case 'open':
    case 'pause':
    case 'close':
    case 'call-next':
    case 'undo':
      return atACounter(model, verb, aim, key)
    default:
      return ofATicket(model, verb, aim, key)
  }
}

/** What a resident takes a number for: mostly one matter, now and then several, with care or a skill. */
function wishes({
  sure,
  pick,
  by,
  detail,
}: Aim): Pick<Request, 'by' | 'serviceId' | 'care'> & Partial<Request> {
  const services = [...PLAN.services.map(({ id }) => id), ...(sure ? [] : ['nothing'])]
  // One lane has the most, so that there is somebody to stand behind.
  const from = sure && by % 2 === 0 ? 0 : pick % services.length
  const rest = [...services.slice(from + 1), ...services.slice(0, from), ...(sure ? [] : services)]
  const more = rest.slice(0, Math.max(0, (detail % 9) - 5))
  return {
    by: sure ? among<Who>(['kiosk-1', 'kiosk-2', 'ann'], by) : among(ANYBODY, by),
    serviceId: among(services, from),
    care: detail % 4 === 0,
    ...(detail % 8 === 0 && { need: 'pregnant' as const }),
    ...(more.length > 0 && { more, order: detail % 2 === 0 ? ('sequence' as const) : ('any' as const) }),
    ...(detail % 7 === 0 && { skill: sure ? 'signs' : 'dialect' }),
  }
}

/** What a kiosk gave out by itself some time before: its next number, or any. */
function offline(
  model: Model,
  { sure, pick, by, detail }: Aim,
  { serviceId, more, order, care }: Partial<Request>,
  key: string,
): Request {
  const kiosk = sure ? among<Who>(['kiosk-1', 'kiosk-2'], by) : among<Who>(['kiosk-1', 'kiosk-2', 'ann'], by)
  const any = ['K1-01', 'K2-02', 'K9-01', model.nextOwn(kiosk)]
  const ago = sure ? detail * 1_500 : among([0, -3_600_000, 26 * 3_600_000], detail)
  return {
    ...{ verb: 'issue-offline', by: kiosk, key, at: model.now - ago },
    number: sure ? model.nextOwn(kiosk) : among(any, pick),
    ...{ serviceId: serviceId ?? 'permit', care: care ?? false },
    ...(more && { more }),
    ...(order && { order }),
  }
}

/** A kiosk hears no answer to an issue, gives out a number of its own and brings that with the same key: soon after, or at once. */
function unheard({ aim, again, atOnce }: { aim: Aim; again: number; atOnce: boolean }): Step {
  const name = `unheard ${shown(aim)} ${again}${atOnce ? ' at once' : ''}`
  return command(name, async (walk) => {
    const wished: Request = { verb: 'issue', key: walk.key(), ...wishes({ ...aim, sure: true }) }
    const fresh = { ...wished, by: among<Who>(['kiosk-1', 'kiosk-2'], aim.by) }
    const earlier = walk.asked.filter(({ verb, by }) => verb === 'issue' && by in KIOSKS)
    const before =
      atOnce || earlier.length === 0 ? fresh : (earlier.at(-1 - (again % earlier.length)) ?? fresh)
    const { number = '', ...rest } = offline(walk.model, { ...aim, sure: true, by: 0 }, before, before.key)
    const own = { ...rest, by: before.by, number: aim.sure ? walk.model.nextOwn(before.by) : number }
    if (atOnce) return walk.race(before, own)
    if (before === fresh) await walk.ask(before)
    walk.tick(aim.tick)
    await walk.ask(own, 'unheard')
  })
}

function atACounter(model: Model, verb: Verb, aim: Aim, key: string): Request {
  const free = ({ id }: { id: string }) => model.legAt(id) === null
  const apt = model.counters.filter((counter) => {
    if (verb === 'open') return counter.status !== 'open'
    if (verb === 'undo') return true
    return free(counter) && counter.status === 'open'
  })
  const counter = among(aim.sure && apt.length > 0 ? apt : model.counters, aim.pick)
  const { id: counterId, staffId, version } = counter
  const usual = STAFF.find((name) => PEOPLE[name].counterId === counterId) ?? 'boss'
  const by = aim.sure ? ((staffId ?? usual) as Who) : among(ANYBODY, aim.by)
  const matched = ['open', 'pause', 'close'].includes(verb) ? matching(aim, version) : {}
  const takeOver = verb === 'open' && aim.detail % 3 === 0 ? { takeOver: true as const } : {}
  const last = model.last[counterId]?.seq ?? 1
  const meant = verb === 'undo' && aim.detail % 3 === 0 ? { seq: last - (aim.sure ? 0 : 1) || 1 } : {}
  return { verb, by, key, counterId, ...matched, ...takeOver, ...meant }
}

function ofATicket(model: Model, verb: Verb, aim: Aim, key: string): Request {
  const said = SAID_OF[verb] ?? OPEN
  const all = [...new Set(model.legs.map(({ ticketId }) => ticketId))].map((id) => model.legOf(id))
  const legs = all.filter((leg): leg is KeptLeg => leg !== null)
  const apt = legs.filter(({ state }) => said.includes(state))
  const open = legs.filter(({ state }) => OPEN.includes(state))
  const from = aim.sure && apt.length > 0 ? apt : open.length > 0 && aim.detail % 3 > 0 ? open : legs
  // Nobody it could be said of: what must come before is said, so that there will be.
  const before = BEFORE[verb]
  if (aim.sure && apt.length === 0 && before && aim.detail % 5 > 0) return request(model, before, aim, key)
  const leg = from.length > 0 ? among(from, aim.pick) : null
  const at = leg && atCounter(leg) ? model.counters.find(({ id }) => id === leg.counterId) : undefined
  const by = aim.sure ? sayer(verb, aim, at?.staffId ?? null) : among(ANYBODY, aim.by)
  return {
    ...{ verb, by, key, ticketId: leg?.ticketId ?? 'T0' },
    ...matching(aim, leg?.version ?? 1),
    ...details(model, verb, leg, by, aim),
  }
}

function sayer(verb: Verb, aim: Aim, operator: string | null): Who {
  if (verb === 'call' || (verb === 'resume-here' && aim.by % 3 > 0)) return 'boss'
  if (verb === 'rejoin') return among<Who>(['phone', 'kiosk-1', 'ann'], aim.by)
  if (verb === 'cancel') return among<Who>(['phone', 'boss', 'bo'], aim.by)
  return (operator as Who | null) ?? among(STAFF, aim.by)
}

function details(model: Model, verb: Verb, leg: KeptLeg | null, by: Who, aim: Aim): Partial<Request> {
  const { detail, sure } = aim
  switch (verb) {
    case 'call':
    case 'resume-here': {
      const free = model.counters.filter(({ id, status }) => status === 'open' && model.legAt(id) === null)
      const theirs = free.filter(({ staffId }) => by === 'boss' || staffId === by)
      const there = theirs.filter(({ id }) => id === leg?.counterId)
      const mine = verb === 'resume-here' && there.length > 0 ? there : theirs
      const from = sure && mine.length > 0 ? mine : sure && free.length > 0 ? free : model.counters
      return { counterId: among(from, detail).id }
    }
    case 'hold':
      return { kind: among(['fetching', 'papers-kept', 'another-step'] as const, detail) }
    case 'transfer':
      return { to: among(destinations(model, sure), detail), ...(detail % 5 === 0 && { note: '材料已核' }) }
    case 'change-service':
      return {
        serviceId: among([...PLAN.services.map(({ id }) => id), ...(sure ? [] : ['nothing'])], detail),
      }
    case 'add-service':
      return {
        serviceId: among([...PLAN.services.map(({ id }) => id), ...(sure ? [] : ['nothing'])], detail),
        ...(detail % 2 === 0 && { order: 'any' }),
      }
    case 'correct-times':
      return times(leg, model.at(), aim)
    case 'record':
      return paperCall(model, leg, by, aim)
    case 'care':
      return { care: sure ? leg?.credit === 0 : detail % 2 === 0 }
    case 'skill':
      return {
        skill: sure ? (leg?.skill === null ? 'signs' : null) : among(['signs', null, 'dialect'], detail),
      }
    default:
      return {}
  }
}

function destinations({ counters }: Model, sure: boolean): NonNullable<Request['to']>[] {
  const open = counters.filter(({ status }) => status === 'open' || !sure)
  const there = STAFF.filter((name) => counters.some(({ staffId }) => staffId === name) || !sure)
  return [
    ...PLAN.lanes.map(({ id }) => ({ laneId: id })),
    ...open.map(({ id }) => ({ counterId: id })),
    ...there.map((staffId) => ({ staffId })),
    ...(sure ? [] : [{ laneId: 'nowhere' }, { counterId: 'nowhere' }, { staffId: 'nobody' }]),
  ]
}

/** Times between the call and now, in order when it is sure. */
function times(leg: KeptLeg | null, now: number, { sure, pick, detail }: Aim): Partial<Request> {
  const from = leg?.calledAt ?? now
  const to = leg?.endedAt ?? now
  const between = (part: number) =>
    from + Math.floor(((to - from) * part) / 1_000) + (sure ? 0 : detail - 700)
  const [early, late] = pick < detail ? [pick, detail] : [detail, pick]
  const ended = leg?.state === 'completed' || !sure ? { endedAt: between(sure ? late : early) } : {}
  if (detail % 3 === 0 && 'endedAt' in ended) return ended
  return { startedAt: between(sure ? early : late), ...(detail % 3 === 1 && ended) }
}

/** A call within the free time of a counter since the leg is as it is, at times written to the minute; or any nonsense. */
function paperCall(
  model: Model,
  leg: KeptLeg | null,
  by: Who,
  { sure, pick, detail }: Aim,
): Partial<Request> {
  const theirs = model.counters.filter(({ staffId }) => by === 'boss' || staffId === null || staffId === by)
  const counterId = among(sure && theirs.length > 0 ? theirs : model.counters, detail).id
  const outcome = detail % 4 === 0 ? 'missed' : 'completed'
  const now = model.at()
  const since = Math.max(leg?.history.at(-1)?.from ?? now, midnightBefore(now))
  const free = freeTime(model, counterId, since)
  const [from, to] = sure && free.length > 0 ? among(free, pick) : [since - 60_000, now]
  const written = (part: number) => {
    const at = from + Math.floor(((to - from) * part) / 1_000) + (sure ? 0 : (detail - 500) * 100)
    return detail % 3 === 0 ? at - (at % 60_000) : at
  }
  const [early, , late] = [pick, detail, (pick + detail) % 1_000].sort((a, b) => a - b)
  const startedAt = detail % 5 > 0 && outcome === 'completed' ? { startedAt: written(detail) } : {}
  const ended = outcome === 'completed' || detail % 8 === 0 ? { endedAt: written(late ?? 0) } : {}
  return { counterId, outcome, calledAt: written(early ?? 0), ...startedAt, ...ended }
}

function matching({ match }: Aim, version: number): { version?: number } {
  if (match === 0) return {}
  return { version: match === 1 ? version : version + 1 }
}

function among<T>(items: readonly T[], pick: number): T {
  const item = items[pick % items.length]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}
