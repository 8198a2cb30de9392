import { PLAN } from './hall-plan.ts'

/** One state of a leg. Times in ms; `to` is null while it lasts. */
export interface Span {
  state: string
  from: number
  to: number | null
  seq: number
  counterId: string | null
}

export interface Leg {
  id: string
  ticketId: string
  number: string
  laneId: string
  serviceId: string
  state: string
  version: number
  arrivedAt: number
  credit: number
  v: number
  n: number
  stint: number
  counterId: string | null
  assignedCounterId: string | null
  assignedStaffId: string | null
  skill: string | null
  calls: number
  callId: number | null
  callCounterId: string | null
  calledAt: number | null
  startedAt: number | null
  endedAt: number | null
  onPaper: boolean
  hold: string | null
  heldAt: number | null
  holdOverdue: boolean
  papers: boolean
  noted: boolean
  next: string[]
}

/** A leg with what no screen sees of it. */
export interface KeptLeg extends Leg {
  history: Span[]
  /** When an undo brought its call back. */
  againAt: number | null
  /** The business day its present stint began on. */
  stintDay: string
}

export interface Counter {
  id: string
  status: 'open' | 'paused' | 'closed'
  staffId: string | null
  skills: readonly string[]
  since: number
  version: number
}

/** What an event must say. */
export interface Fact {
  type: string
  seq: number
  at: number
  day: string
  legs: Leg[]
  counters: Counter[]
  exception: string | null
}

/** What a counter did last. */
export interface Last {
  seq: number
  at: number
  /** What an undo puts back; null when this cannot be undone. */
  before: KeptLeg[] | null
  created: string[]
}

const DAY = 24 * 3_600_000
/** The hall is this far ahead of UTC, ms; it has no summer time. */
const ZONE = 8 * 3_600_000

const ENDED = ['completed', 'missed', 'transferred', 'cancelled', 'expired']
const FINAL = ['completed', 'transferred', 'cancelled', 'expired']
/** After these a counter has done nothing: they happen elsewhere. */
const NOT_AT_COUNTER = [
  'rejoined',
  'changed',
  'cancelled',
  'expired',
  'corrected',
  'hold-overdue',
  'renumbered',
]

/** What stands in a hall's books, and how it is written down. */
export class Books {
  /** The machine's clock, ms. */
  now: number
  /** Time of the last event: the site's clock never runs back behind it. */
  clock = 0
  day = ''
  seq = 0
  entry = 0
  legs: KeptLeg[] = []
  counters: Counter[] = PLAN.counters.map(({ id }) => ({
    ...{ id, status: 'closed', staffId: null, skills: [], since: 0, version: 1 },
  }))
  /** Last number given out, by day and lane. */
  sequences: Record<string, number> = {}
  /** Numbers given out for services with a quota, by day and service. */
  issued: Record<string, number> = {}
  last: Record<string, Last> = {}
  ticketsMade = 0
  legsMade = 0
  /** Written down since they were last taken. */
  protected facts: Fact[] = []

  constructor(now: number) {
    this.now = now
  }

  /** The site's clock, ms. [CLOCK3] */
  at(): number {
    return Math.max(this.now, this.clock)
  }

  today(): string {
    const day = dayOf(this.at())
    return day > this.day ? day : this.day
  }

  leg(id: string): KeptLeg {
    const leg = this.legs.find((one) => one.id === id)
    if (!leg) throw new Error(`there is no leg ${id}`)
    return leg
  }

  legAt(counterId: string): KeptLeg | null {
    return this.legs.find((leg) => leg.counterId === counterId && atCounter(leg)) ?? null
  }

  /** The legs of a visit that are not done. */
  openLegs(ticketId: string): KeptLeg[] {
    return this.legs.filter((leg) => leg.ticketId === ticketId && !isOver(leg)).sort((a, b) => a.n - b.n)
  }

  /** A ticket that is called, served or held with another matter. [TURN4] */
  isElsewhere({ ticketId, id }: Leg): boolean {
    return this.legs.some((leg) => leg.ticketId === ticketId && leg.id !== id && isBusy(leg))
  }

  protected draw(): number {
    this.entry += 1
    return this.entry
  }

  protected newLeg(
    rest: Pick<Leg, 'ticketId' | 'number' | 'laneId' | 'serviceId' | 'arrivedAt' | 'credit'> & Partial<Leg>,
  ): KeptLeg {
    this.legsMade += 1
    const nowhere = { counterId: null, assignedCounterId: null, assignedStaffId: null, skill: null }
    const never = { callId: null, callCounterId: null, calledAt: null, startedAt: null, endedAt: null }
    return {
      ...{ id: `L${this.legsMade}`, state: 'waiting', version: 1, stint: 1, n: this.draw(), calls: 0 },
      ...{
        ...nowhere,
        ...never,
        onPaper: false,
        hold: null,
        heldAt: null,
        holdOverdue: false,
        papers: false,
        noted: false,
        prepare: false,
        waitsUntil: null,
      },
      ...{ next: [], history: [], againAt: null, stintDay: this.today() },
      v: rest.arrivedAt - rest.credit,
      ...rest,
    }
  }

  /** Waits (again): another stint, with a new entry number. */
  protected enters(leg: KeptLeg) {
    leg.stintDay = this.today()
    return { state: 'waiting', stint: leg.stint + 1, n: this.draw() }
  }

  /**
   * Moves legs and begins others, and writes one event of it. `moves` are made one after another: a leg, what becomes of it,
   * and since when if not since now, ms.
   */
  protected commit(
    type: string,
    moves: [KeptLeg, () => Partial<KeptLeg>, since?: number][],
    given: { created?: () => KeptLeg[]; since?: number; counter?: Counter; exception?: string | null } = {},
  ): void {
    const at = this.at()
    const seq = this.seq + 1
    const before = moves.map(([leg]) => structuredClone(leg))
    for (const [leg, patch, since] of moves) change(leg, patch(), since ?? at, seq)
    const created = given.created?.() ?? []
    for (const leg of created) {
      leg.history = [{ state: 'waiting', from: given.since ?? at, to: null, seq, counterId: null }]
      this.legs.push(leg)
    }
    const { counter, exception = null } = given
    this.say(type, [...moves.map(([leg]) => leg), ...created], counter ? [counter] : [], exception)
    const done = { seq, at, created: created.map(({ id }) => id) }
    if (counter) {
      this.last[counter.id] = { ...done, before: null }
      return
    }
    if (NOT_AT_COUNTER.some((what) => type === `ticket:${what}`)) return
    const where = moves
      .map(([leg], at) => leg.counterId ?? before[at]?.counterId ?? null)
      .find((id) => id !== null)
    if (where) this.last[where] = { ...done, before }
  }

  protected say(type: string, legs: Leg[], counters: Counter[], exception: string | null): void {
    const at = this.at()
    this.day = this.today()
    this.seq += 1
    this.clock = at
    const said = { legs: legs.map(view), counters: counters.map((counter) => ({ ...counter })) }
    this.facts.push({ type, seq: this.seq, at, day: this.day, ...said, exception })
  }
}

/** What of a leg screens of staff see. */
export function view({ history: _h, againAt: _a, stintDay: _s, ...leg }: Leg & Partial<KeptLeg>): Leg {
  return { ...leg }
}

export function inTurn(a: Leg, b: Leg): number {
  return a.v - b.v || a.n - b.n
}

export function isOver({ state }: Leg): boolean {
  return FINAL.includes(state)
}

export function atCounter({ state }: Leg): boolean {
  return state === 'called' || state === 'serving'
}

/** Whether a leg has its ticket to itself; one that is held until another step is done has not. [HOLD4] */
export function isBusy(leg: Leg): boolean {
  return atCounter(leg) || (leg.state === 'held' && leg.hold !== 'another-step')
}

/** The local day of a moment. [DAY1] */
export function dayOf(at: number): string {
  return new Date(at + ZONE).toISOString().slice(0, 10)
}

/** When the local day of a moment began, ms. */
export function midnightBefore(at: number): number {
  return at - ((at + ZONE) % DAY)
}

/** Whether the hall takes new tickets at a moment. [DAY3] */
export function isOpen(at: number): boolean {
  const { openings, minutes } = hoursOf(at)
  return openings.some(({ from, to }) => from <= minutes && minutes < to)
}

/** Whether the hall opens no more on that day. [CLOSE1] */
export function isDayOver(at: number): boolean {
  const { openings, minutes } = hoursOf(at)
  return openings.every(({ to }) => to <= minutes)
}

function hoursOf(at: number) {
  const local = at + ZONE
  // The epoch was a Thursday.
  const weekday = (Math.floor(local / DAY) + 3) % 7
  return { openings: PLAN.hours[weekday] ?? [], minutes: Math.floor((local % DAY) / 60_000) }
}

function change(leg: KeptLeg, patch: Partial<KeptLeg>, at: number, seq: number): void {
  const { state, calls } = leg
  Object.assign(leg, patch)
  leg.version += 1
  // With the history is said all that became of it.
  if (patch.history) return
  if (leg.state === 'called' && (state !== 'called' || leg.calls !== calls)) {
    Object.assign(leg, {
      callId: seq,
      calledAt: at,
      callCounterId: leg.counterId,
      againAt: null,
      onPaper: false,
    })
  }
  if (leg.state === 'serving' && state !== 'serving') leg.startedAt = at
  if (leg.state === 'held' && state !== 'held') leg.heldAt = at
  if (leg.state !== 'held') Object.assign(leg, { hold: null, holdOverdue: false })
  if (leg.state === state) return
  leg.endedAt = ENDED.includes(leg.state) ? at : null
  const last = leg.history.at(-1)
  if (last) last.to = at
  leg.history.push({ state: leg.state, from: at, to: isOver(leg) ? at : null, seq, counterId: leg.counterId })
}
