import type { Exception } from './change.ts'
import type { HelpCall } from './help.ts'
import { HOLD_KINDS, type HoldKind } from './leg.ts'
import { isLow, LEVELS, type Level } from './rating.ts'
import type { Localised, Site } from './site.ts'
import { isFinal, type LegState } from './transition.ts'

// — what the log has of a day. Times are ms since the epoch on the site's clock. —

/** A stay in one state. What was undone is not among them. */
export interface LoggedInterval {
  state: LegState
  from: number
  /** null: it lasts. */
  to: number | null
  /** Of a hold. */
  hold: HoldKind | null
  /** It began by a person's decision, not by a chore. */
  byStaff: boolean
}

/** A leg of a ticket of the day. */
export interface LoggedLeg {
  id: string
  ticketId: string
  number: string
  laneId: string
  serviceId: string
  state: LegState
  /** Of the ticket; a leg that goes on from another keeps it. */
  arrivedAt: number
  /** It had a head start. */
  care: boolean
  /** Its latest call was made on paper. */
  onPaper: boolean
  /** In order. */
  intervals: LoggedInterval[]
}

export interface LoggedException {
  at: number
  kind: Exception
  number: string
  counterId: string | null
  /** A key of the console, or what the supervisor wrote. */
  reason: string | null
  /** It was taken back: shown, not counted. */
  undone: boolean
}

/** A rating of a matter that is done. */
export interface LoggedRating {
  serviceId: string
  level: Level
  /** A supervisor has read it. */
  read: boolean
}

/** A call for help from a kiosk. */
export type LoggedHelp = Pick<HelpCall, 'state' | 'askedAt' | 'escalatedAt' | 'answeredAt'>

export interface DayLog {
  day: string
  /** When it was read, or the end of that day: what lasts, lasts until then. */
  at: number
  legs: LoggedLeg[]
  /** When which counter was open. */
  open: { counterId: string; from: number; to: number }[]
  exceptions: LoggedException[]
  ratings: LoggedRating[]
  /** Suggestions, and how many of them a supervisor has read. */
  suggestions: { count: number; read: number }
  help: LoggedHelp[]
}

// — what the report says of it. Durations in ms. —

/** Of a set of durations. Median and P90 are by nearest rank: the least that a half, nine tenths, do not exceed. [REPORT3] */
export interface Spread {
  count: number
  median: number | null
  p90: number | null
  longest: number | null
}

export interface Waits extends Spread {
  overCap: number
}

/** Waits of a class: in whole minutes and without the longest, so that no single wait can be recognised. [REPORT8] */
export type ClassWaits = Omit<Waits, 'longest'>

export interface ServiceDay {
  serviceId: string
  name: Localised
  /** Matters completed. */
  served: number
  waits: Waits
  /** How many waits kept the wait the hall promises; null without a promise. */
  target: { wait: number; within: number; of: number } | null
  /** Time at the counter. */
  serving: Spread
}

/** Part of why a wait was long. Minutes of different facts never overlap. [REPORT6] */
export type LateFact =
  /** No open counter served the lane. */
  | { fact: 'unserved'; ms: number }
  /** It waited again after a call it missed. */
  | { fact: 'missed'; ms: number; calls: number }
  /** It waited again after a hold. */
  | { fact: 'held'; ms: number }
  /** Others of its lane came later and were called before it. */
  | { fact: 'overtaken'; count: number }
  /** So many came to its lane while it waited, and so much time of open counters there was. */
  | { fact: 'demand'; arrivals: number; counterTime: number }

/** A wait past the hard cap. It does not say of which class. */
export interface Late {
  number: string
  serviceId: string
  wait: number
  /** `left`: it ended without a call that was answered. */
  ended: 'called' | 'left' | 'waiting'
  why: LateFact[]
}

/** How many rated, of whom. Levels are null where they are too few to be shown apart. [RATE5] */
export interface Ratings {
  /** Matters completed. */
  done: number
  rated: number
  levels: Record<Level, number> | null
}

/** With the number above the window instead of the counter's id; null when it is gone. */
export type ReportedException = Omit<LoggedException, 'counterId'> & { counter: string | null }

/** A business day in figures. No person is in it, and no ticket's class. */
export interface DayReport {
  siteId: string
  day: string
  /** When it was made, or the end of that day. */
  at: number
  hardCap: number
  /** Every ticket of the day is in one of the five below. [REPORT1] */
  issued: number
  served: number
  cancelled: number
  /** Ended by a person's decision at the end of the day. */
  sentHome: number
  /** Missed a call and did not come back. */
  notBack: number
  inside: number
  /** Calls nobody answered, and how many of them were followed by a rejoin. */
  missedCalls: number
  rejoined: number
  waits: Waits
  classes: {
    /** Tickets with care; null: not told. [ROLE7] */
    care: number | null
    /** null: too few to be shown apart. */
    waits: { ordinary: ClassWaits; care: ClassWaits } | null
  }
  /** Waits that ended without a call that was answered. */
  left: Waits
  serving: Spread
  services: ServiceDay[]
  exceptions: ReportedException[]
  /** Calls made on paper, and by the times that were written: the waits for them and the time at the counter. [PAPER5] */
  paper: { calls: number; waits: Waits; serving: Spread }
  holds: {
    count: number
    total: number
    longest: number | null
    old: number
    kinds: Record<HoldKind, number>
  }
  ratings: Ratings & {
    services: (Ratings & { serviceId: string; name: Localised })[]
    /** Low ratings, and how many of them no supervisor has read yet. */
    low: number
    lowUnread: number
  }
  suggestions: DayLog['suggestions']
  /** Calls for help from kiosks: how soon somebody went, how many had to be escalated, and how many nobody answered before they were taken back. */
  help: { asked: number; answered: Spread; escalated: number; takenBack: number }
  /** Longest first. */
  late: Late[]
}

const MINUTE = 60_000
/** Classes with fewer waits are not shown apart. [REPORT8] */
export const CLASS_LEAST = 5

/** Fewer ratings are not shown by level. [RATE5] */
export const RATED_LEAST = 5

type Rules = Pick<Site, 'id' | 'services' | 'counters' | 'hardCap' | 'holdWithin'>

/** The report of a day from its log. Settings are those in force when it is made. */
export function dayReport(log: DayLog, site: Rules): DayReport {
  const { day, at, legs } = log
  const waits = waitsOf(legs, at)
  const called = waits.filter(({ ended }) => ended === 'called')
  const intervals = legs.flatMap((leg) => leg.intervals)
  const numberOf = new Map(site.counters.map(({ id, number }) => [id, number]))
  return {
    siteId: site.id,
    day,
    at,
    hardCap: site.hardCap,
    ...outcomes(legs),
    missedCalls: intervals.filter(({ state }) => state === 'missed').length,
    rejoined: legs.flatMap(waitsAfter('missed')).length,
    waits: waitFigures(called, site.hardCap),
    classes: classFigures(legs, called, site.hardCap),
    left: waitFigures(
      waits.filter(({ ended }) => ended === 'left'),
      site.hardCap,
    ),
    serving: spread(legs.flatMap((leg) => servingTime(leg, at))),
    services: services(legs, called, site, at),
    exceptions: log.exceptions.map(({ counterId, ...one }) => ({
      ...one,
      counter: counterId === null ? null : (numberOf.get(counterId) ?? null),
    })),
    paper: {
      calls: log.exceptions.filter(({ kind, undone }) => kind === 'on-paper' && !undone).length,
      waits: waitFigures(
        called.filter(({ leg }) => leg.onPaper),
        site.hardCap,
      ),
      serving: spread(legs.filter(({ onPaper }) => onPaper).flatMap((leg) => servingTime(leg, at))),
    },
    holds: holds(intervals, site.holdWithin, at),
    ratings: ratings(log, site),
    suggestions: log.suggestions,
    help: helpFigures(log.help),
    late: waits
      .filter(({ wait }) => wait > site.hardCap)
      .sort((a, b) => b.wait - a.wait)
      .map((wait) => late(wait, log, site)),
  }
}

/**
 * The report for who is told nothing of single numbers: out of turn without a reason, and how many had care, and their waits, only of a
 * day that is over and had enough of each. While it goes on one could see at which number they grow. [ROLE7]
 */
export function withoutClass(report: DayReport, over: boolean): DayReport {
  const { classes, exceptions } = report
  return {
    ...report,
    classes: over && classes.waits ? classes : { care: null, waits: null },
    exceptions: exceptions.map((one) => ({ ...one, reason: null })),
  }
}

/** Each ticket once, by what became of it. [REPORT1] */
function outcomes(
  legs: readonly LoggedLeg[],
): Pick<DayReport, 'issued' | 'served' | 'cancelled' | 'sentHome' | 'notBack' | 'inside'> {
  const tickets = new Map<string, LoggedLeg[]>()
  for (const leg of legs) tickets.set(leg.ticketId, [...(tickets.get(leg.ticketId) ?? []), leg])
  const counts = { issued: tickets.size, served: 0, cancelled: 0, sentHome: 0, notBack: 0, inside: 0 }
  for (const visit of tickets.values()) counts[outcome(visit)]++
  return counts
}

function outcome(visit: readonly LoggedLeg[]): 'served' | 'cancelled' | 'sentHome' | 'notBack' | 'inside' {
  const open = visit.filter(({ state }) => !isFinal(state))
  if (open.some(({ state }) => state !== 'missed')) return 'inside'
  if (visit.some(({ state }) => state === 'completed')) return 'served'
  if (open.length > 0) return 'notBack'
  const expired = visit.filter(({ state }) => state === 'expired')
  if (expired.length === 0) return 'cancelled'
  return expired.some(({ intervals }) => intervals.at(-1)?.byStaff) ? 'sentHome' : 'notBack'
}

/** A wait: all the time a leg stood waiting, with that of the legs it was transferred from before any call. [REPORT2] */
interface Wait {
  leg: LoggedLeg
  /** The waiting itself, and what came just before each part of it. */
  parts: { from: number; to: number; after: 'missed' | 'held' | null }[]
  wait: number
  ended: Late['ended']
}

function waitsOf(legs: readonly LoggedLeg[], at: number): Wait[] {
  const movedOn = new Map(
    legs
      .filter((leg) => leg.state === 'transferred' && !answered(leg))
      .map((leg) => [`${leg.ticketId} ${leg.intervals.at(-1)?.from}`, leg]),
  )
  const before = (leg: LoggedLeg) => movedOn.get(`${leg.ticketId} ${leg.intervals[0]?.from}`)
  const parts = (leg: LoggedLeg): Wait['parts'] => {
    const earlier = before(leg)
    return [
      ...(earlier && earlier !== leg ? parts(earlier) : []),
      ...leg.intervals.flatMap(({ state, from, to }, index): Wait['parts'] => {
        if (state !== 'waiting') return []
        const previous = leg.intervals[index - 1]?.state
        const after = previous === 'missed' || previous === 'held' ? previous : null
        return [{ from, to: to ?? Math.max(at, from), after }]
      }),
    ]
  }
  return legs
    .filter((leg) => leg.state !== 'transferred' || answered(leg))
    .map((leg) => {
      const waited = parts(leg)
      const wait = waited.reduce((sum, { from, to }) => sum + to - from, 0)
      return { leg, parts: waited, wait, ended: endOf(leg) }
    })
}

/** Missed counts as left until the resident is back. */
function endOf(leg: LoggedLeg): Late['ended'] {
  if (leg.state !== 'waiting' && answered(leg)) return 'called'
  return leg.state === 'missed' || isFinal(leg.state) ? 'left' : 'waiting'
}

/** The resident came when called: they were not missed, put back or sent home instead. */
function answered({ intervals }: LoggedLeg): boolean {
  return intervals.some(({ state }, index) => {
    const then = intervals[index + 1]?.state
    return state === 'called' && then !== undefined && !['missed', 'waiting', 'expired'].includes(then)
  })
}

function waitsAfter(state: LegState) {
  return ({ intervals }: LoggedLeg): LoggedInterval[] =>
    intervals.filter((one, index) => one.state === 'waiting' && intervals[index - 1]?.state === state)
}

/** [REPORT3] */
export function spread(durations: readonly number[]): Spread {
  const sorted = durations.toSorted((a, b) => a - b)
  const rank = (tenths: number) => sorted[Math.max(Math.ceil((tenths * sorted.length) / 10), 1) - 1] ?? null
  return { count: sorted.length, median: rank(5), p90: rank(9), longest: sorted.at(-1) ?? null }
}

function waitFigures(waits: readonly Wait[], hardCap: number): Waits {
  return {
    ...spread(waits.map(({ wait }) => wait)),
    overCap: waits.filter(({ wait }) => wait > hardCap).length,
  }
}

/** [REPORT8] */
function classFigures(
  legs: readonly LoggedLeg[],
  waits: readonly Wait[],
  hardCap: number,
): DayReport['classes'] {
  const care = new Set(legs.filter((leg) => leg.care).map(({ ticketId }) => ticketId)).size
  const figures = (which: boolean): ClassWaits => {
    const {
      longest: _,
      median,
      p90,
      ...rest
    } = waitFigures(
      waits.filter(({ leg }) => leg.care === which),
      hardCap,
    )
    return { ...rest, median: wholeMinutes(median), p90: wholeMinutes(p90) }
  }
  const apart = { ordinary: figures(false), care: figures(true) }
  const few = Math.min(apart.ordinary.count, apart.care.count) < CLASS_LEAST
  return { care, waits: few ? null : apart }
}

function wholeMinutes(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / MINUTE) * MINUTE
}

function services(legs: readonly LoggedLeg[], waits: readonly Wait[], site: Rules, at: number): ServiceDay[] {
  const asked = new Set(legs.map(({ serviceId }) => serviceId))
  const known = site.services.map(({ id }) => id)
  // A service that was taken off the list since is shown by its id.
  const ids = [
    ...known.filter((id) => asked.has(id)),
    ...[...asked].filter((id) => !known.includes(id)).sort(),
  ]
  return ids.map((serviceId) => {
    const service = site.services.find(({ id }) => id === serviceId)
    const own = waits.filter(({ leg }) => leg.serviceId === serviceId)
    const ownLegs = legs.filter((leg) => leg.serviceId === serviceId)
    const promised = service?.targetWait ?? null
    return {
      serviceId,
      name: service?.name ?? { 'zh-CN': serviceId, en: serviceId },
      served: ownLegs.filter(({ state }) => state === 'completed').length,
      waits: waitFigures(own, site.hardCap),
      target:
        promised === null
          ? null
          : { wait: promised, within: own.filter(({ wait }) => wait <= promised).length, of: own.length },
      serving: spread(ownLegs.flatMap((leg) => servingTime(leg, at))),
    }
  })
}

/** Time a completed leg spent being served; none when it was completed without a start. [REPORT4] */
function servingTime({ state, intervals }: LoggedLeg, at: number): number[] {
  const served = intervals.filter((one) => one.state === 'serving')
  if (state !== 'completed' || served.length === 0) return []
  return [served.reduce((sum, { from, to }) => sum + (to ?? at) - from, 0)]
}

function holds(intervals: readonly LoggedInterval[], holdWithin: number, at: number): DayReport['holds'] {
  const held = intervals.filter(({ state }) => state === 'held')
  const lengths = held.map(({ from, to }) => (to ?? at) - from)
  const kinds = Object.fromEntries(HOLD_KINDS.map((kind) => [kind, 0])) as Record<HoldKind, number>
  for (const { hold } of held) if (hold) kinds[hold]++
  return {
    count: held.length,
    total: lengths.reduce((sum, length) => sum + length, 0),
    longest: spread(lengths).longest,
    old: lengths.filter((length) => length > holdWithin).length,
    kinds,
  }
}

/** Who did not rate is in `done` only. Fewer than five are not told apart, nor left over when the others are. [RATE5] */
function ratings({ legs, ratings: given }: DayLog, site: Rules): DayReport['ratings'] {
  const completed = legs.filter(({ state }) => state === 'completed')
  const figures = (done: number, own: readonly LoggedRating[]): Ratings => ({
    done,
    rated: own.length,
    levels: own.length < RATED_LEAST ? null : levelsOf(own),
  })
  const asked = new Set(completed.map(({ serviceId }) => serviceId))
  const names = new Map(site.services.map(({ id, name }) => [id, name]))
  const ids = [
    ...[...names.keys()].filter((id) => asked.has(id)),
    ...[...asked].filter((id) => !names.has(id)).sort(),
  ]
  const each = ids.map((serviceId) => ({
    serviceId,
    name: names.get(serviceId) ?? { 'zh-CN': serviceId, en: serviceId },
    ...figures(
      completed.filter((leg) => leg.serviceId === serviceId).length,
      given.filter((rating) => rating.serviceId === serviceId),
    ),
  }))
  const all = figures(completed.length, given)
  const hidden = each.filter(({ levels }) => levels === null).reduce((sum, { rated }) => sum + rated, 0)
  const low = given.filter(({ level }) => isLow(level))
  return {
    ...all,
    ...(hidden > 0 && hidden < RATED_LEAST && { levels: null }),
    services: each,
    low: low.length,
    lowUnread: low.filter(({ read }) => !read).length,
  }
}

/** [HELP12] */
function helpFigures(calls: readonly LoggedHelp[]): DayReport['help'] {
  return {
    asked: calls.length,
    answered: spread(
      calls.flatMap(({ askedAt, answeredAt }) => (answeredAt === null ? [] : answeredAt - askedAt)),
    ),
    escalated: calls.filter(({ escalatedAt }) => escalatedAt !== null).length,
    takenBack: calls.filter(({ state, answeredAt }) => state === 'taken-back' && answeredAt === null).length,
  }
}

function levelsOf(given: readonly LoggedRating[]): Record<Level, number> {
  const counts = LEVELS.map((level) => [level, given.filter((one) => one.level === level).length])
  return Object.fromEntries(counts) as Record<Level, number>
}

/** Why a wait went past the cap. [REPORT6] */
function late({ leg, parts, wait, ended }: Wait, { legs, open }: DayLog, site: Rules): Late {
  const { laneId, number, serviceId } = leg
  const serves = site.counters.filter(({ lanes }) => lanes.some((lane) => lane.laneId === laneId))
  const spans = open.filter(({ counterId }) => serves.some(({ id }) => id === counterId))
  const total = (which: Wait['parts']) => which.reduce((sum, { from, to }) => sum + to - from, 0)

  const first = parts.filter(({ after }) => after === null)
  const unserved = total(first) - first.reduce((sum, part) => sum + covered(part, spans), 0)
  const missed = total(parts.filter(({ after }) => after === 'missed'))
  const held = total(parts.filter(({ after }) => after === 'held'))
  const others = legs.filter((other) => other.laneId === laneId && other.ticketId !== leg.ticketId)
  const overtaken = others.filter(
    (other) =>
      other.arrivedAt > leg.arrivedAt &&
      other.intervals.some(({ state, from }) => state === 'called' && within(from, parts)),
  ).length

  const why: LateFact[] = []
  if (unserved >= MINUTE) why.push({ fact: 'unserved', ms: unserved })
  const calls = leg.intervals.filter(({ state }) => state === 'missed').length
  if (missed >= MINUTE) why.push({ fact: 'missed', ms: missed, calls })
  if (held >= MINUTE) why.push({ fact: 'held', ms: held })
  if (overtaken > 0) why.push({ fact: 'overtaken', count: overtaken })
  if (wait - unserved - missed - held > site.hardCap || why.length === 0) {
    const arrivals = others.filter((other) => within(cameAt(other), parts)).length
    const counterTime = parts.reduce(
      (sum, part) => sum + spans.reduce((time, span) => time + overlap(part, span), 0),
      0,
    )
    why.push({ fact: 'demand', arrivals, counterTime })
  }
  return { number, serviceId, wait, ended, why }
}

/** When a leg came to its lane. */
function cameAt({ intervals }: LoggedLeg): number {
  return intervals[0]?.from ?? 0
}

function within(moment: number, parts: readonly { from: number; to: number }[]): boolean {
  return parts.some(({ from, to }) => from <= moment && moment < to)
}

interface Span {
  from: number
  to: number
}

function overlap(a: Span, b: Span): number {
  return Math.max(Math.min(a.to, b.to) - Math.max(a.from, b.from), 0)
}

/** How much of `part` at least one of the spans covers. */
function covered(part: Span, spans: readonly Span[]): number {
  let reached = part.from
  let sum = 0
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const begin = Math.max(from, reached)
    const end = Math.min(to, part.to)
    if (end <= begin) continue
    sum += end - begin
    reached = end
  }
  return sum
}
