import { isDeepStrictEqual } from 'node:util'
import type { EventType } from '#domain/change.ts'
import type { Leg } from '#domain/leg.ts'
import type { Site } from '#domain/site.ts'
import { AT_COUNTER, allows, isFinal, type LegState, type Verb } from '#domain/transition.ts'
import { nextLeg } from '#domain/turn.ts'
import type { StaffEvent } from '#protocol/events.ts'

/** An event of the log, and who caused it. */
export interface LogEntry extends StaffEvent {
  /** Principal, as the audit has it. */
  actor: string
}

/** A row of a leg's history. Times in ms; `to` is null while it lasts. */
export interface Interval {
  legId: string
  seq: number
  state: LegState
  from: number
  to: number | null
  counterId: string | null
}

/** All that a database keeps of what happened at one site. */
export interface Log {
  site: Site
  entries: LogEntry[]
  intervals: Interval[]
  /** The legs' rows as they now stand. */
  legs: Leg[]
  /** Business day each ticket's number belongs to, by ticket id. */
  days: Record<string, string>
}

/** What a client was told in answer to a command. */
export interface Told {
  /** The command's key: the same key must always be told the same. */
  key: string
  verb: 'issue' | 'call-next' | 'recall' | 'start' | 'complete' | 'no-show'
  /** null when nobody waited. */
  ticket: { id: string; number: string } | null
  /** The whole leg, where staff were told. */
  leg: Leg | null
}

export type Rule =
  | 'seq-gap'
  | 'clock-back'
  | 'number-twice'
  | 'number-gap'
  | 'turn'
  | 'transition'
  | 'version'
  | 'called-twice'
  | 'ticket-at-two'
  | 'counter-with-two'
  | 'order'
  | 'interval'
  | 'table'
  | 'lost'
  | 'unasked'
  | 'two-answers'
  | 'one-fact-two-keys'

export interface Violation {
  rule: Rule
  /** The event it was found at; null when it is about no single event. */
  seq: number | null
  detail: string
}

const VERBS: Partial<Record<EventType, Verb>> = {
  'ticket:called': 'call',
  'ticket:recalled': 'recall',
  'ticket:started': 'start',
  'ticket:completed': 'complete',
  'ticket:missed': 'no-show',
}

const atCounter = ({ state }: Leg) => (AT_COUNTER as readonly LegState[]).includes(state)

/**
 * Finds whatever must never happen, by living through the log once more with a model of its own.
 *
 * @param told what clients were told; null when no client was watched. Every command must have been asked until it was
 * answered, because an event that nobody was told of counts as done twice.
 */
export function checkLog(log: Log, told: readonly Told[] | null): Violation[] {
  const replay = new Replay(log)
  for (const entry of log.entries) replay.take(entry)
  return [...replay.violations, ...replay.compareRows(log), ...(told ? compareTold(log, told) : [])]
}

/** The hall as the log says it was, one event after another. */
class Replay {
  readonly violations: Violation[] = []
  readonly #site: Site
  readonly #days: Log['days']
  /** Every leg there ever was, as of the last event. */
  readonly #legs = new Map<string, Leg>()
  /** Of those, the ones still of the hall's day: few, so that each call can look at all of them. */
  readonly #open = new Map<string, Leg>()
  readonly #staff = new Map<string, string | null>()
  readonly #history = new Map<string, Interval[]>()
  readonly #numbers = new Set<string>()
  readonly #sequences = new Map<string, number>()
  readonly #calledStints = new Set<string>()
  #seq = 0
  #at = 0
  #entry = 0

  constructor({ site, days }: Log) {
    this.#site = site
    this.#days = days
  }

  take(entry: LogEntry): void {
    const { seq, at, type, legs, counters } = entry
    if (seq !== this.#seq + 1) this.#found('seq-gap', seq, `after ${this.#seq}`)
    if (at < this.#at) this.#found('clock-back', seq, `${at} after ${this.#at}`)
    this.#seq = seq
    this.#at = at
    for (const { id, staffId } of counters) this.#staff.set(id, staffId)
    if (type === 'site:clock-confirmed') this.#shift(entry)
    else
      for (const leg of legs) {
        if (type === 'ticket:issued') this.#issued(entry, leg)
        else this.#moved(entry, leg)
        this.#keep(entry, leg)
      }
  }

  #issued({ seq, at, day }: LogEntry, leg: Leg): void {
    const { number, laneId } = leg
    if (this.#legs.has(leg.id) || leg.state !== 'waiting' || leg.version !== 1) {
      this.#found('transition', seq, `${number} is issued as ${leg.state}, version ${leg.version}`)
    }
    if (leg.arrivedAt !== at || leg.v !== leg.arrivedAt - leg.credit || leg.n <= this.#entry) {
      this.#found('turn', seq, `${number} enters at (${leg.v}, ${leg.n}) after entry ${this.#entry}`)
    }
    this.#entry = Math.max(this.#entry, leg.n)
    const ticketDay = this.#days[leg.ticketId] ?? day
    const name = `${ticketDay} ${number}`
    if (this.#numbers.has(name)) this.#found('number-twice', seq, name)
    this.#numbers.add(name)
    const lane = `${ticketDay} ${laneId}`
    const expected = (this.#sequences.get(lane) ?? 0) + 1
    if (Number(number.slice(1)) > expected) this.#found('number-gap', seq, `${name}, expected ${expected}`)
    this.#sequences.set(lane, Math.max(expected, Number(number.slice(1))))
  }

  #moved(entry: LogEntry, leg: Leg): void {
    const { seq, type } = entry
    const before = this.#legs.get(leg.id)
    const verb = VERBS[type]
    if (!before || !verb) {
      this.#found('transition', seq, `${type} of ${leg.number}`)
      return
    }
    if (!allows(verb, before.state)) {
      this.#found('transition', seq, `${verb} of ${leg.number}, which was ${before.state}`)
    }
    if (leg.version !== before.version + 1) {
      this.#found('version', seq, `${leg.number}: ${leg.version} after ${before.version}`)
    }
    if (before.v !== leg.v || before.n !== leg.n || before.ticketId !== leg.ticketId) {
      this.#found('turn', seq, `${leg.number} moved from (${before.v}, ${before.n}) to (${leg.v}, ${leg.n})`)
    }
    if (type === 'ticket:called') this.#called(entry, leg)
    else if (before.counterId !== leg.counterId) {
      this.#found('ticket-at-two', seq, `${leg.number}: at ${before.counterId}, then at ${leg.counterId}`)
    }
  }

  #called({ seq, at }: LogEntry, leg: Leg): void {
    const counter = this.#site.counters.find(({ id }) => id === leg.counterId)
    if (!counter) {
      this.#found('transition', seq, `${leg.number} is called to no counter of the site`)
      return
    }
    const stint = `${leg.id}-${leg.stint}`
    if (this.#calledStints.has(stint)) this.#found('called-twice', seq, `${leg.number} to ${counter.id}`)
    this.#calledStints.add(stint)
    const legs = [...this.#open.values()]
    for (const other of legs.filter(atCounter)) {
      if (other.counterId === counter.id) {
        this.#found('counter-with-two', seq, `${leg.number} at ${counter.id}, where ${other.number} is`)
      }
      if (other.ticketId === leg.ticketId) {
        this.#found('ticket-at-two', seq, `${leg.number} to ${counter.id}, but it is at ${other.counterId}`)
      }
    }
    // Nobody at a test site has skills; the log would not say.
    const asking = { counterId: counter.id, staffId: this.#staff.get(counter.id) ?? null, skills: [] }
    const due = nextLeg({ ...asking, lanes: counter.lanes }, legs, at)
    if (due?.id !== leg.id) {
      this.#found('order', seq, `${counter.id} called ${leg.number}; due was ${due?.number ?? 'nobody'}`)
    }
  }

  /** Writes down what became of the leg. */
  #keep({ seq, at }: LogEntry, leg: Leg): void {
    const before = this.#legs.get(leg.id)
    this.#legs.set(leg.id, leg)
    if (isFinal(leg.state)) this.#open.delete(leg.id)
    else this.#open.set(leg.id, leg)
    if (before?.state === leg.state) return
    const history = this.#history.get(leg.id) ?? []
    const last = history.at(-1)
    if (last) last.to = at
    const to = isFinal(leg.state) ? at : null
    history.push({ legId: leg.id, seq, state: leg.state, from: at, to, counterId: leg.counterId })
    this.#history.set(leg.id, history)
  }

  /** A confirmed clock moves the open legs, and their history with them. */
  #shift({ legs, by = 0 }: LogEntry): void {
    for (const leg of legs) {
      this.#legs.set(leg.id, leg)
      this.#open.set(leg.id, leg)
      for (const interval of this.#history.get(leg.id) ?? []) {
        interval.from += by
        if (interval.to !== null) interval.to += by
      }
    }
  }

  /** What the tables say must be what the log says. */
  compareRows({ legs, intervals }: Log): Violation[] {
    const found: Violation[] = []
    const rows = new Map(legs.map((leg) => [leg.id, leg]))
    for (const [id, leg] of this.#legs) {
      if (!isDeepStrictEqual(rows.get(id), leg)) {
        found.push({ rule: 'table', seq: null, detail: `${leg.number} is not as the log left it` })
      }
    }
    for (const { id, number } of legs) {
      if (!this.#legs.has(id)) found.push({ rule: 'table', seq: null, detail: `${number} is in no event` })
    }
    const histories = new Map<string, Interval[]>()
    for (const interval of intervals) {
      histories.set(interval.legId, [...(histories.get(interval.legId) ?? []), interval])
    }
    for (const [id, { number }] of this.#legs) {
      const history = (histories.get(id) ?? []).toSorted((a, b) => a.seq - b.seq)
      const expected = this.#history.get(id) ?? []
      const wrong = expected.find((interval, index) => !isDeepStrictEqual(history[index], interval))
      if (!wrong && history.length === expected.length) continue
      const detail = `${number}: ${wrong?.state ?? 'one too many'} since event ${wrong?.seq ?? history.at(-1)?.seq}`
      found.push({ rule: 'interval', seq: wrong?.seq ?? null, detail })
    }
    return found
  }

  #found(rule: Rule, seq: number, detail: string): void {
    this.violations.push({ rule, seq, detail })
  }
}

/** What clients were told must be in the log, and what clients caused must have been told, once. */
function compareTold({ entries }: Log, told: readonly Told[]): Violation[] {
  const found: Violation[] = []
  const report = (rule: Rule, seq: number | null, detail: string) => found.push({ rule, seq, detail })
  const facts = new Map<string, { entry: LogEntry; leg: Leg }>()
  for (const entry of entries) {
    for (const leg of entry.legs) facts.set(`${leg.ticketId} ${leg.version}`, { entry, leg })
  }
  const answers = new Map<string, Told>()
  const keyOf = new Map<string, string>()
  for (const one of told) {
    const first = answers.get(one.key)
    if (first) {
      if (!isDeepStrictEqual(first, one)) {
        report(
          'two-answers',
          null,
          `${one.verb}: ${first.ticket?.number ?? null}, then ${one.ticket?.number ?? null}`,
        )
      }
      continue
    }
    answers.set(one.key, one)
    if (!one.ticket) continue
    const name = `${one.ticket.id} ${one.leg?.version ?? 1}`
    const fact = facts.get(name)
    const kept = fact?.leg.number === one.ticket.number && (!one.leg || isDeepStrictEqual(fact.leg, one.leg))
    if (!kept) report('lost', fact?.entry.seq ?? null, `${one.verb} of ${one.ticket.number} was acknowledged`)
    const other = keyOf.get(name)
    if (other !== undefined) {
      report('one-fact-two-keys', fact?.entry.seq ?? null, `${one.verb} of ${one.ticket.number}`)
    }
    keyOf.set(name, one.key)
  }
  for (const [name, { entry, leg }] of facts) {
    if (/^(device|staff):/.test(entry.actor) && !keyOf.has(name)) {
      report('unasked', entry.seq, `${entry.type} of ${leg.number} by ${entry.actor.split(':')[0]}`)
    }
  }
  return found
}
