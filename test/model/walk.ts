import type { StaffEvent } from '#protocol/events.ts'
import type { Fact } from './books.ts'
import type { Answer } from './desk.ts'
import { Guarantee } from './guarantee.ts'
import { OPENING, PEOPLE } from './hall-plan.ts'
import {
  brokenRules,
  compareBoards,
  compareEvents,
  compareHistories,
  compareLine,
  differences,
  namesIn,
} from './invariants.ts'
import { Model } from './model.ts'
import type { Ground } from './parts.ts'
import type { Request } from './question.ts'
import { type ChoreName, Real, type Told } from './real.ts'
import type { Tally } from './tally.ts'

/** The rules that tables break by themselves are looked at every so many steps, and at the end. */
const RULES_EVERY = 3

/** Thrown when hall and model part. */
export class Parted extends Error {
  constructor(found: string[], trail: string[]) {
    super([...found.slice(0, 12), '', 'the walk:', ...trail].join('\n'))
    this.name = 'Parted'
  }
}

/** A hall and its model, walked through together. After every step they must agree and no rule may be broken. */
export class Walk {
  model: Model
  readonly real: Real
  /** What was asked so far, the latest last. */
  readonly asked: Request[] = []
  readonly #tally: Tally
  readonly #guarantee = new Guarantee()
  readonly #trail: string[] = []
  #keys = 0
  /** Commands so far, also those that ask nothing. */
  #steps = 0

  private constructor(real: Real, tally: Tally) {
    this.real = real
    this.model = new Model(OPENING)
    this.#tally = tally
  }

  /** Begins in the morning, as people sit down. */
  static async begin(ground: Ground, tally: Tally): Promise<Walk> {
    const walk = new Walk(await Real.found(ground, OPENING), tally)
    for (const by of ['ann', 'bo', 'cui'] as const) {
      await walk.ask({ verb: 'open', by, counterId: PEOPLE[by].counterId, key: walk.key() })
    }
    return walk
  }

  /** A key nobody has used. */
  key(): string {
    this.#keys += 1
    return `key-${String(this.#keys).padStart(5, '0')}`
  }

  /** Lets time pass, or run back a little on the machine, ms. */
  tick(by: number): void {
    this.model.now += by
    this.real.clock.now = this.model.now
  }

  /** Moves the machine's clock. */
  async pass(by: number): Promise<void> {
    this.#steps += 1
    this.tick(by)
    this.#trail.push(`clock ${by < 0 ? by : `+${by}`} ms, ${new Date(this.model.now).toISOString()}`)
  }

  /** Asks one thing. `as` is what it counts as. */
  async ask(request: Request, as: string = request.verb): Promise<void> {
    this.#steps += 1
    const told = await this.real.ask(request)
    this.#trail.push(`${said(request)} → ${brief(told)}`)
    this.asked.push(request)
    const { answer, facts } = this.model.take(request)
    const events = await this.real.news()
    const names = namesIn(events, facts, this.real)
    const wrong = this.#compare([{ request, told, answer }], events, facts, names)
    if (wrong.length > 0) this.#part([said(request), ...wrong])
    this.#tally.count(as, 'refused' in told ? told.refused : null)
    await this.#after(events, names)
  }

  /** Asks two things at once: what comes of it must be what comes of one after the other, whichever was first. */
  async race(first: Request, second: Request): Promise<void> {
    this.#steps += 1
    const both = [first, second]
    const told = await Promise.all(both.map((request, server) => this.real.ask(request, server)))
    this.#trail.push(
      `at once: ${both.map((request, at) => `${said(request)} → ${brief(told[at])}`).join(' | ')}`,
    )
    this.asked.push(...both)
    const events = await this.real.news()
    const tried = [
      [0, 1],
      [1, 0],
    ].map((order) => {
      const model = this.model.clone()
      const taken = order.map((at) => {
        const request = both[at] ?? first
        return { request, told: told[at] as Told, ...model.take(request) }
      })
      const facts = taken.flatMap((one) => one.facts)
      const names = namesIn(events, facts, this.real)
      return { model, names, wrong: this.#compare(taken, events, facts, names) }
    })
    const held = tried.find(({ wrong }) => wrong.length === 0)
    if (!held) {
      const orders = tried.flatMap(({ wrong }, at) => [
        `as ${at === 0 ? 'first' : 'second'} first:`,
        ...wrong,
      ])
      this.#part([`at once ${both.map(said).join(' | ')}`, ...orders])
      return
    }
    this.model = held.model
    told.forEach((one, at) => {
      this.#tally.count(both[at]?.verb ?? '', 'refused' in one ? one.refused : null)
    })
    const lost = told.filter((one) => 'refused' in one).length
    this.#tally.count('race', lost === 1 ? 'one was refused' : null)
    await this.#after(events, held.names)
    // What the line hears of two servers may come the other way round; the reconciler mends that, and later steps count on it.
    await this.real.reconcile()
  }

  /** A chore does what is due, once each, in whatever order. */
  async chore(name: ChoreName): Promise<void> {
    this.#steps += 1
    const due = this.model.due(name)
    await this.real.run(name)
    const events = await this.real.news()
    this.#trail.push(`${name} → ${events.length}`)
    const facts: Fact[] = []
    for (const { legs, counters } of events) {
      const id = this.real.inModelsWords(counters[0]?.id ?? legs[0]?.id ?? '')
      facts.push(...(due.get(id)?.() ?? []))
      due.delete(id)
    }
    const wrong = this.#compare([], events, facts, new Map())
    for (const id of due.keys()) wrong.push(`${id} was left out`)
    if (wrong.length > 0) this.#part([name, ...wrong])
    this.#tally.count(name, events.length > 0 ? null : 'nothing was due')
    await this.#after(events, new Map())
  }

  async reconcile(): Promise<void> {
    this.#steps += 1
    this.#trail.push('reconcile')
    const away = this.real.processes.some((process) => process.wasAway())
    // The line is kept in step with every command; only one that was away may need mending.
    const before = away ? [] : await compareLine(this.model, this.real)
    await this.real.reconcile()
    const found = [...before, ...(await compareLine(this.model, this.real))]
    if (found.length > 0) this.#part(found)
    this.#tally.count('reconcile', null)
  }

  /** The rest of what must hold, when the walk is over. */
  async end(): Promise<void> {
    await this.reconcile()
    const found = [...(await this.#brokenRules()), ...(await compareHistories(this.model, this.real))]
    if (found.length > 0) this.#part(found)
    this.#tally.walked(this.#steps)
  }

  #brokenRules(): Promise<string[]> {
    return brokenRules(this.real.process.hall.database, this.real.siteId)
  }

  #compare(
    answers: { request: Request; told: Told; answer: Answer }[],
    events: readonly StaffEvent[],
    facts: readonly Fact[],
    names: Map<string, string>,
  ): string[] {
    return [
      ...answers.flatMap(({ request, told, answer }) =>
        compareAnswer(request, answer, this.real.inModelsWords(told, names)),
      ),
      ...compareEvents(this.real.inModelsWords(events, names), facts),
    ]
  }

  async #after(events: readonly StaffEvent[], names: Map<string, string>): Promise<void> {
    this.real.name(names)
    const found = [
      ...this.real.inModelsWords(events).flatMap((event) => this.#guarantee.take(event)),
      ...(this.#steps % RULES_EVERY === 0 ? await this.#brokenRules() : []),
      ...(await compareBoards(this.model, this.real)),
    ]
    if (found.length > 0) this.#part(found)
  }

  #part(found: string[]): void {
    throw new Parted(found, this.#trail)
  }
}

/** What the asker was told must be what the model says; who is no member of staff is told less. */
function compareAnswer({ by, verb }: Request, answer: Answer, told: Told): string[] {
  if ('refused' in answer || 'refused' in told) return differences('answer', answer, told)
  if ('counter' in answer)
    return differences('answer', answer.counter, 'counter' in told ? told.counter : null)
  if ('seq' in answer) return differences('answer', answer, told)
  const ticket = 'ticket' in told ? told.ticket : null
  const { leg } = answer
  if (leg === null) return ticket === null ? [] : [`answer is ${JSON.stringify(ticket)}, should be nobody`]
  const isPublic = verb === 'issue' || by === 'kiosk-1' || by === 'kiosk-2' || by === 'phone'
  if (!isPublic) return differences('answer', leg, ticket)
  const {
    ticketId: id,
    number,
    state,
    serviceId,
    laneId,
    counterId,
    callId,
    version,
    arrivedAt: issuedAt,
  } = leg
  const known = { id, number, state, serviceId, laneId, counterId, callId, version, issuedAt }
  return differences('answer', known, ticket)
}

function said({ verb, by, key, ...rest }: Request): string {
  const details = Object.entries(rest).map(([what, value]) => `${what}=${JSON.stringify(value)}`)
  return [verb, `by ${by}`, ...details, key].join(' ')
}

function brief(told: Told | undefined): string {
  if (!told) return 'nothing'
  if ('refused' in told) return told.refused
  if ('counter' in told) return String(told.counter.status)
  if ('seq' in told) return `event ${told.seq}`
  return told.ticket ? `${told.ticket.number} ${told.ticket.state}` : 'nobody'
}
