import {
  atCounter,
  type Counter,
  dayOf,
  type Fact,
  inTurn,
  isBusy,
  isDayOver,
  isOpen,
  type KeptLeg,
  type Leg,
  view,
} from './books.ts'
import { correct } from './corrections.ts'
import { type Answer, called, NOBODY, No } from './desk.ts'
import { PEOPLE, type Person, PLAN, type Who } from './hall-plan.ts'
import { Kiosks, type ServicePlan } from './kiosks.ts'
import { entered, isEntered } from './paper.ts'
import type { Destination, Order, Request, Verb } from './question.ts'

const MATTERS = 6
/** Which of several legs of a visit is meant rather than another. */
const RANKS: Record<string, number> = { called: 0, serving: 0, held: 1, waiting: 2, missed: 4 }
/** Verbs that mean a leg in one state, if there is one. */
const PREFER: Partial<Record<Verb, string>> = { rejoin: 'missed', resume: 'held', 'resume-here': 'held' }

/** A hall as docs/SPEC.md says it is, kept in memory: written once more, simply, and sharing no rule with the real one. */
export class Model extends Kiosks {
  #answers: Record<string, { asked: string; answer: Answer }> = {}

  clone(): Model {
    const copy = new Model(this.now)
    const { clock, day, seq, entry, legs, counters, sequences, issued, last, ticketsMade, legsMade } = this
    const books = { clock, day, seq, entry, legs, counters, sequences, issued, last, ticketsMade, legsMade }
    const { heardAt, absences, numbers } = this
    Object.assign(copy, structuredClone({ ...books, heardAt, absences, numbers }))
    copy.#answers = structuredClone(this.#answers)
    return copy
  }

  /** Of several legs of a visit the one that is meant, at best one that is `prefer`. [VISIT3] */
  legOf(ticketId: string | undefined, prefer?: string, counterId?: string): KeptLeg | null {
    const lanes = PLAN.counters.find(({ id }) => id === counterId)?.lanes.map(({ laneId }) => laneId)
    const places = (leg: KeptLeg) => [
      leg.state === prefer ? 0 : 1,
      leg.state === 'waiting' && lanes?.includes(leg.laneId) ? 0 : 1,
      rankOf(leg),
      leg.state === 'waiting' ? leg.n : -leg.n,
    ]
    const legs = this.legs.filter((leg) => leg.ticketId === ticketId)
    return legs.sort((a, b) => compareLists(places(a), places(b)))[0] ?? null
  }

  /** What must come of a request: the answer, and the events it makes. */
  take(request: Request): { answer: Answer; facts: Fact[] } {
    const answer = this.#answer(request)
    return { answer, facts: this.facts.splice(0) }
  }

  /** What a chore has to do, by the leg or counter it does it to, in any order. */
  due(chore: 'expire-calls' | 'old-holds' | 'close-day'): Map<string, () => Fact[]> {
    const { now } = this
    const legs = (what: (leg: KeptLeg) => boolean, type: string, patch: Partial<Leg>) =>
      this.legs.filter(what).map((leg) => [leg.id, () => this.#done(type, leg, patch)] as const)
    if (chore === 'expire-calls') {
      const late = ({ state, calledAt, againAt }: KeptLeg) =>
        state === 'called' && now - Math.max(calledAt ?? 0, againAt ?? 0) >= PLAN.callTimeout
      return new Map(legs(late, 'ticket:missed', { state: 'missed' }))
    }
    if (chore === 'old-holds') {
      const old = ({ state, heldAt, holdOverdue }: KeptLeg) =>
        state === 'held' && !holdOverdue && now - (heldAt ?? 0) >= PLAN.holdWithin
      return new Map(legs(old, 'ticket:hold-overdue', { holdOverdue: true }))
    }
    const gone = ({ state, endedAt, arrivedAt }: KeptLeg) =>
      state === 'missed' &&
      now - (endedAt ?? 0) > PLAN.rejoinWithin &&
      (isDayOver(now) || isOfEarlierDay(arrivedAt, now))
    const inside = this.legs.some(({ state }) => ['waiting', 'called', 'serving', 'held'].includes(state))
    const forgotten = this.counters.filter(({ status }) => status !== 'closed' && isDayOver(now) && !inside)
    return new Map([
      ...legs(gone, 'ticket:expired', { state: 'expired' }),
      ...forgotten.map((counter) => [counter.id, () => this.#closes(counter)] as const),
    ])
  }

  #done(type: string, leg: KeptLeg, patch: Partial<Leg>): Fact[] {
    this.commit(type, [[leg, () => patch]])
    return this.facts.splice(0)
  }

  #closes(counter: Counter): Fact[] {
    this.sits(counter, 'counter:closed', 'closed', null)
    return this.facts.splice(0)
  }

  #answer(request: Request): Answer {
    const { verb, by, key, ticketId, counterId } = request
    if (!allowed(verb, by)) return { refused: 'forbidden' }
    if (ticketId !== undefined && !this.legOf(ticketId)) return { refused: 'unknown-ticket' }
    if (counterId !== undefined && !this.counters.some(({ id }) => id === counterId)) {
      return { refused: 'unknown-counter' }
    }
    const name = `${by === 'phone' ? ticketId : by} ${key}`
    const asked = JSON.stringify(request)
    if (verb === 'issue-offline') this.hears(by)
    const seen = this.#answers[name]
    if (seen?.asked === asked) return structuredClone(seen.answer)
    const unheard = verb === 'issue-offline' ? this.#issuedFirst(seen) : null
    if (seen && !unheard) return { refused: 'key-reused' }
    const drawn = this.entry
    try {
      const answer = verb === 'issue-offline' ? this.issueOffline(request, unheard) : this.#do(request)
      this.#answers[name] = { asked, answer }
      return structuredClone(answer)
    } catch (error) {
      if (!(error instanceof No)) throw error
      this.entry = drawn
      return { refused: error.message }
    }
  }

  /** The ticket that an ordinary issue with the same key began. [OFFLINE8] */
  #issuedFirst(seen: { asked: string; answer: Answer } | undefined): KeptLeg | null {
    if (!seen || (JSON.parse(seen.asked) as Request).verb !== 'issue') return null
    return 'leg' in seen.answer ? this.legOf(seen.answer.leg?.ticketId) : null
  }

  #do(request: Request): Answer {
    const { verb, by, counterId = '', version } = request
    switch (verb) {
      case 'issue':
        return this.#issue(request)
      case 'send-home':
        return this.#sendHome()
      case 'open':
      case 'pause':
      case 'close':
        return this.change(verb, this.counterNamed(counterId), by, request.takeOver ?? false, version)
      case 'call-next':
        return this.callNext(this.free(counterId, by))
      case 'undo':
        return this.undo(this.operated(counterId, by), request.seq)
      default:
        return this.#ofTicket(request)
    }
  }

  // — tickets —

  /** [ISSUE1] [VISIT1] [SKILL1] [QUOTA1] */
  #issue({ serviceId = '', more = [], order = 'sequence', care, need, skill = null }: Request): Answer {
    const services = [serviceId, ...more].map(service)
    const [first] = services
    if (!first) throw new No('unknown-service')
    if (new Set(services).size < services.length) throw new No('already-in-visit')
    if (services.length > MATTERS) throw new No('too-many-matters')
    if (skill !== null) this.#knows(skill)
    if (!isOpen(this.at())) throw new No('site-closed')
    this.#takeQuotas(services.map(({ id }) => id))
    const lane = `${this.today()} ${first.laneId}`
    this.sequences[lane] = (this.sequences[lane] ?? 0) + 1
    const number = `${first.laneId.toUpperCase()}${String(this.sequences[lane]).padStart(3, '0')}`
    const headStart = (need && PLAN.careCredits[need]) ?? PLAN.careCredit
    const common = { number, arrivedAt: this.at(), credit: care ? headStart : 0, skill }
    return this.begins('ticket:issued', services, order, common)
  }

  #takeQuotas(serviceIds: string[]): void {
    const limited = PLAN.services.filter(({ id, quota }) => quota !== null && serviceIds.includes(id))
    const name = (id: string) => `${this.today()} ${id}`
    if (limited.some(({ id, quota }) => (this.issued[name(id)] ?? 0) >= (quota ?? 0)))
      throw new No('quota-reached')
    this.countQuotas(serviceIds)
  }

  #ofTicket(request: Request): Answer {
    const { verb, by, ticketId, counterId, version } = request
    const leg = this.legOf(ticketId, PREFER[verb], counterId)
    if (!leg) throw new No('unknown-ticket')
    if (version !== undefined && version !== leg.version) throw new No('stale')
    switch (verb) {
      case 'call':
        return this.#callSpecific(leg, this.free(counterId ?? '', by))
      case 'recall':
        this.here(leg, by, ['called'], 'not-called')
        if (leg.calls >= PLAN.maxCalls) return this.move('ticket:missed', leg, { state: 'missed' })
        return this.move('ticket:recalled', leg, { calls: leg.calls + 1 })
      case 'start':
        this.here(leg, by, ['called'], 'not-called')
        return this.move('ticket:started', leg, { state: 'serving' })
      case 'complete':
        return this.#complete(leg, by)
      case 'no-show':
        this.here(leg, by, ['called'], 'not-called')
        return this.move('ticket:missed', leg, { state: 'missed' })
      case 'hold':
        this.here(leg, by, ['called', 'serving'], 'not-at-counter')
        return this.#hold(leg, request.kind ?? 'fetching')
      case 'put-back':
        this.here(leg, by, ['called', 'serving'], 'not-at-counter')
        return this.move('ticket:put-back', leg, { ...this.enters(leg), counterId: null })
      case 'rejoin':
        return this.#rejoin(leg)
      case 'resume':
      case 'resume-here':
        return this.#resume(leg, by, counterId ?? null)
      case 'transfer':
        return this.#transfer(leg, by, request.to ?? { laneId: '' }, request.note !== undefined)
      case 'change-service':
        return this.#changeService(leg, by, request.serviceId ?? '')
      case 'add-service':
        return this.#addService(leg, by, request.serviceId ?? '', request.order ?? 'sequence')
      case 'correct-times':
        return this.#correctTimes(leg, by, request)
      case 'record':
        return this.#record(leg, by, request)
      case 'cancel':
        return this.#cancel(leg)
      case 'care':
        return this.#care(leg, request.care ?? false)
      case 'skill':
        return this.#skill(leg, request.skill ?? null)
      default:
        throw new Error(`${verb} is not said of a ticket`)
    }
  }

  /** [CALL5] */
  #callSpecific(leg: KeptLeg, counter: Counter): Answer {
    this.needs(leg, ['waiting'], 'not-waiting')
    if (this.isElsewhere(leg)) throw new No('ticket-busy')
    return this.move('ticket:called', leg, called(counter), 'called-specific')
  }

  /** [SERVE2] */
  #complete(leg: KeptLeg, by: Who): Answer {
    this.here(leg, by, ['called', 'serving'], 'not-serving')
    return this.#completes('ticket:completed', leg, { state: 'completed' })
  }

  /** [PAPER1] */
  #record(
    leg: KeptLeg,
    by: Who,
    { counterId = '', outcome = 'missed', calledAt = 0, ...rest }: Request,
  ): Answer {
    if (isEntered(leg, counterId, calledAt)) throw new No('already-recorded')
    this.needs(leg, ['waiting', 'held', 'missed'], 'wrong-state')
    this.operated(counterId, by)
    const { startedAt, endedAt } = rest
    const right = entered(this, leg, counterId, { outcome, calledAt, startedAt, endedAt })
    if (typeof right === 'string') throw new No(right)
    if (outcome === 'missed') return this.move('ticket:recorded', leg, right.leg, 'on-paper')
    return this.#completes('ticket:recorded', leg, right.leg, right.over)
  }

  /** [VISIT1] [HOLD4] `over`: when it was, if not now. */
  #completes(type: string, leg: KeptLeg, done: Partial<KeptLeg>, over?: number): Answer {
    const [serviceId, ...next] = leg.next
    const others = this.openLegs(leg.ticketId).filter((other) => other !== leg)
    const last = serviceId === undefined && others.every(({ hold }) => hold === 'another-step')
    const back = (last ? others : []).map((other): [KeptLeg, () => Partial<Leg>, since?: number] => [
      other,
      () => ({ ...this.enters(other), counterId: null }),
      ...(over === undefined ? ([] as const) : ([Math.max(over, other.heldAt ?? 0)] as const)),
    ])
    this.commit(type, [[leg, () => done], ...back], {
      ...(over !== undefined && { since: over, exception: 'on-paper' }),
      created: () => (serviceId === undefined ? [] : [this.#nextStep(leg, serviceId, next)]),
    })
    return { leg: view(leg) }
  }

  /** [HOLD1] [HOLD4] */
  #hold(leg: KeptLeg, kind: string): Answer {
    const [step, ...next] = kind === 'another-step' ? leg.next : []
    const rest = step === undefined ? {} : { next }
    this.commit('ticket:held', [[leg, () => ({ state: 'held', hold: kind, ...rest })]], {
      created: () => (step === undefined ? [] : [this.#nextStep(leg, step, [])]),
    })
    return { leg: view(leg) }
  }

  #nextStep(leg: KeptLeg, serviceId: string, next: string[]): KeptLeg {
    return this.goesOn(leg, { laneId: service(serviceId).laneId, serviceId, next })
  }

  /** [REJOIN1] [REJOIN2] [VISIT4] */
  #rejoin(leg: KeptLeg): Answer {
    this.needs(leg, ['missed'], 'not-missed')
    const others = this.openLegs(leg.ticketId).filter((other) => other !== leg)
    const inTime = [leg, ...others].filter(
      ({ state, endedAt }) => state === 'missed' && this.at() - (endedAt ?? 0) <= PLAN.rejoinWithin,
    )
    const [first] = inTime
    if (!first) throw new No('too-late-to-rejoin')
    this.commit(
      'ticket:rejoined',
      inTime.map((missed) => [missed, () => this.#rejoins(missed)]),
    )
    return { leg: view(first) }
  }

  #rejoins(leg: KeptLeg): Partial<Leg> {
    const inLane = this.legs.filter(({ state, laneId }) => state === 'waiting' && laneId === leg.laneId)
    const behind = inLane.sort(inTurn).slice(0, 3).at(-1)
    return { ...this.enters(leg), v: Math.max(leg.v, behind?.v ?? leg.v), counterId: null }
  }

  /** [HOLD2] */
  #resume(leg: KeptLeg, by: Who, here: string | null): Answer {
    this.needs(leg, ['held'], 'not-held')
    const kept = leg.hold === 'papers-kept'
    if (here === null) {
      const bound = kept ? { assignedCounterId: leg.counterId, papers: true } : {}
      return this.move('ticket:resumed', leg, { ...this.enters(leg), counterId: null, ...bound })
    }
    const counter = this.free(here, by)
    if (this.isElsewhere(leg)) throw new No('ticket-busy')
    if (kept && leg.counterId !== here) throw new No('papers-elsewhere')
    return this.move('ticket:resumed', leg, called(counter), 'resumed-here')
  }

  /** [TRANSFER1] [TRANSFER2] */
  #transfer(leg: KeptLeg, by: Who, to: Destination, noted: boolean): Answer {
    this.movable(leg, by)
    const place = this.#placeOf(leg, to)
    const keys = ['laneId', 'assignedCounterId', 'assignedStaffId'] as const
    if (leg.state === 'waiting' && keys.every((key) => place[key] === leg[key])) throw new No('same-place')
    if (place.assignedCounterId !== null && this.counterNamed(place.assignedCounterId).status !== 'open') {
      throw new No('counter-closed')
    }
    if (place.assignedStaffId !== null && !this.sitsSomewhere(place.assignedStaffId))
      throw new No('staff-away')
    const { serviceId, next } = leg
    return this.passOn(leg, { ...place, serviceId, next, noted: leg.noted || noted })
  }

  #placeOf(leg: KeptLeg, to: Destination) {
    if ('laneId' in to) {
      if (!PLAN.lanes.some(({ id }) => id === to.laneId)) throw new No('unknown-lane')
      return { ...NOBODY, laneId: to.laneId }
    }
    const counterId = 'counterId' in to ? to.counterId : this.#counterOf(to.staffId)
    const lanes = PLAN.counters.find(({ id }) => id === counterId)?.lanes
    if (!lanes) throw new No('counterId' in to ? 'unknown-counter' : 'unknown-staff')
    const laneId = lanes.find((lane) => lane.laneId === leg.laneId)?.laneId ?? lanes[0]?.laneId ?? ''
    if ('counterId' in to) return { ...NOBODY, laneId, assignedCounterId: to.counterId }
    return { ...NOBODY, laneId, assignedStaffId: to.staffId }
  }

  /** Where a person sits, or usually sits. */
  #counterOf(staffId: string): string | null {
    const sitsAt = this.counters.find((counter) => counter.staffId === staffId)?.id
    return sitsAt ?? PEOPLE[staffId as Person]?.counterId ?? null
  }

  /** [CHANGE1] */
  #changeService(leg: KeptLeg, by: Who, serviceId: string): Answer {
    this.movable(leg, by)
    const { laneId } = service(serviceId)
    if (this.#matters(leg).includes(serviceId)) throw new No('already-in-visit')
    this.#takeQuotas([serviceId])
    if (laneId === leg.laneId) return this.move('ticket:changed', leg, { serviceId })
    return this.passOn(leg, { ...NOBODY, laneId, serviceId, next: leg.next })
  }

  /** [VISIT2] */
  #addService(leg: KeptLeg, by: Who, serviceId: string, order: Order): Answer {
    this.needs(leg, ['waiting', 'called', 'serving', 'held'], 'wrong-state')
    if (atCounter(leg)) this.operated(leg.counterId ?? '', by)
    const { laneId } = service(serviceId)
    const matters = this.#matters(leg)
    if (matters.includes(serviceId)) throw new No('already-in-visit')
    if (matters.length >= MATTERS) throw new No('too-many-matters')
    this.#takeQuotas([serviceId])
    const later = order === 'sequence'
    this.commit('ticket:extended', [[leg, () => (later ? { next: [...leg.next, serviceId] } : {})]], {
      created: () => (later ? [] : [this.goesOn(leg, { laneId, serviceId })]),
    })
    return { leg: view(leg) }
  }

  #matters({ ticketId, id }: KeptLeg): string[] {
    const legs = [this.leg(id), ...this.openLegs(ticketId).filter((leg) => leg.id !== id)]
    return legs.flatMap(({ serviceId, next }) => [serviceId, ...next])
  }

  /** [TIMES1] */
  #correctTimes(leg: KeptLeg, by: Who, { startedAt, endedAt }: Request): Answer {
    this.needs(leg, ['serving', 'completed'], 'wrong-state')
    this.operated(leg.counterId ?? '', by)
    const right = correct(this, leg, { startedAt, endedAt })
    if (!right) throw new No('times-out-of-order')
    leg.history = right.history
    return this.move('ticket:corrected', leg, right.times)
  }

  /** [CANCEL1] [VISIT4] */
  #cancel(leg: KeptLeg): Answer {
    const visit = [leg, ...this.openLegs(leg.ticketId).filter((other) => other !== leg)]
    for (const one of visit) this.needs(one, ['waiting', 'held', 'missed'], 'wrong-state')
    this.commit(
      'ticket:cancelled',
      visit.map((one) => [one, () => ({ state: 'cancelled' })]),
    )
    return { leg: view(leg) }
  }

  /** [CARE1] */
  #care(leg: KeptLeg, care: boolean): Answer {
    const credit = care ? PLAN.careCredit : 0
    const legs = this.#waitingOf(leg).filter((one) => (care ? one.credit === 0 : one.credit > 0))
    return this.#placeAnew(legs, ({ arrivedAt }) => ({ credit, v: arrivedAt - credit }))
  }

  /** [SKILL1] */
  #skill(leg: KeptLeg, skill: string | null): Answer {
    if (skill !== null) this.#knows(skill)
    return this.#placeAnew(
      this.#waitingOf(leg).filter((one) => one.skill !== skill),
      () => ({ skill }),
    )
  }

  #placeAnew(legs: KeptLeg[], patch: (leg: KeptLeg) => Partial<Leg>): Answer {
    const [first] = legs
    if (!first) throw new No('same-place')
    this.commit(
      'ticket:changed',
      legs.map((leg) => [leg, () => ({ ...this.enters(leg), ...patch(leg) })]),
    )
    return { leg: view(first) }
  }

  #waitingOf(leg: KeptLeg): KeptLeg[] {
    const others = this.openLegs(leg.ticketId).filter((other) => other !== leg)
    const waiting = [leg, ...others].filter(({ state }) => state === 'waiting')
    if (waiting.length === 0) throw new No('not-waiting')
    return waiting
  }

  #knows(skill: string): void {
    if (!PLAN.skills.some(({ id }) => id === skill)) throw new No('unknown-skill')
  }

  /** [CLOSE2] */
  #sendHome(): Answer {
    const at = this.at()
    const inside = this.legs.filter(({ state }) => ['waiting', 'held', 'missed'].includes(state))
    const going = inside.filter(({ arrivedAt }) => isDayOver(at) || isOfEarlierDay(arrivedAt, at))
    if (going.length === 0) throw new No(isDayOver(at) || inside.length === 0 ? 'nobody-inside' : 'site-open')
    const moves = going.sort((a, b) => a.n - b.n).map((leg) => [leg, () => ({ state: 'expired' })] as const)
    this.commit(
      'ticket:expired',
      moves.map(([leg, patch]) => [leg, patch]),
    )
    return { seq: this.seq }
  }
}

function service(id: string): ServicePlan {
  const found = PLAN.services.find((one) => one.id === id)
  if (!found) throw new No('unknown-service')
  return found
}

function isOfEarlierDay(arrivedAt: number, now: number): boolean {
  return dayOf(arrivedAt) < dayOf(now)
}

function rankOf(leg: KeptLeg): number {
  if (leg.state === 'held' && !isBusy(leg)) return 3
  return RANKS[leg.state] ?? 5
}

function compareLists(a: number[], b: number[]): number {
  const at = a.findIndex((one, index) => one !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

function allowed(verb: Verb, by: Who): boolean {
  if (verb === 'issue-offline') return by === 'kiosk-1' || by === 'kiosk-2'
  if (by === 'boss') return true
  if (by === 'phone') return verb === 'rejoin' || verb === 'cancel'
  if (by === 'kiosk-1' || by === 'kiosk-2') return verb === 'issue' || verb === 'rejoin'
  return verb !== 'call' && verb !== 'send-home'
}
