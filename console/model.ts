import type { SessionView, SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'

export type Leg = StaffBoard['legs'][string]
export type Counter = StaffBoard['counters'][string]

export type Action = 'open' | 'pause' | 'close' | 'next' | 'recall' | 'start' | 'complete' | 'no-show'

/** What lies before the clerk. A state owns its leg. */
export type Desk =
  | { state: 'taken'; counter: Counter }
  | { state: 'closed'; counter: Counter }
  | { state: 'paused'; counter: Counter }
  | { state: 'idle'; counter: Counter }
  | { state: 'called'; counter: Counter; leg: Leg }
  | { state: 'serving'; counter: Counter; leg: Leg }

/** Who sits there, as far as the desk cares. */
export type Person = Pick<SessionView, 'accountId' | 'may'>

/** The desk of a counter; null when the site has no such counter. [CONSOLE1] */
export function deskOf(board: StaffBoard, counterId: string, person: Person): Desk | null {
  const counter = board.counters[counterId]
  if (!counter) return null
  const somebodyElse =
    counter.status !== 'closed' && counter.staffId !== null && counter.staffId !== person.accountId
  if (somebodyElse && !supervises(person)) return { state: 'taken', counter }
  const leg = legAt(board, counterId)
  if (leg) return { state: leg.state === 'serving' ? 'serving' : 'called', counter, leg }
  if (counter.status === 'open') return { state: 'idle', counter }
  return { state: counter.status, counter }
}

/** Whether somebody has a place at a counter or at the reception. [SHIFT6] */
export function worksHere({ may }: Pick<SessionView, 'may'>): boolean {
  return may.includes('operate-counter') || may.includes('issue')
}

/** Whether somebody may also work where a colleague sits. */
export function supervises({ may }: Pick<SessionView, 'may'>): boolean {
  return may.includes('operate-any-counter')
}

/** The leg called or served at a counter. */
export function legAt(board: StaffBoard, counterId: string): Leg | null {
  const legs = Object.values(board.legs)
  return (
    legs.find((leg) => leg.counterId === counterId && (leg.state === 'called' || leg.state === 'serving')) ??
    null
  )
}

/** The actions each state allows, the obvious one first. [CONSOLE2] */
const POSSIBLE: Record<Desk['state'], readonly Action[]> = {
  taken: [],
  closed: ['open'],
  paused: ['open', 'close'],
  idle: ['next', 'pause', 'close'],
  called: ['start', 'recall', 'no-show', 'complete'],
  serving: ['complete'],
}

export function possibleActions(desk: Desk): readonly Action[] {
  return POSSIBLE[desk.state]
}

/** The one obvious thing to do; null at a counter that is somebody else's. */
export function primaryAction(desk: Desk): Action | null {
  return POSSIBLE[desk.state][0] ?? null
}

/** A command to a counter, or to the ticket at it as it was seen. */
export type Command =
  | { action: 'open' | 'pause' | 'close' | 'next'; counterId: string }
  | {
      action: 'recall' | 'start' | 'complete' | 'no-show'
      ticketId: string
      legId: string
      version: number
    }

/**
 * The command of an action; null when the desk does not allow it now. A ticket command says the leg and the version it was
 * decided on, so one that has changed since refuses it. [CONSOLE3]
 */
export function commandOf(action: Action, desk: Desk): Command | null {
  if (!possibleActions(desk).includes(action)) return null
  switch (action) {
    case 'open':
    case 'pause':
    case 'close':
    case 'next':
      return { action, counterId: desk.counter.id }
    case 'recall':
    case 'start':
    case 'complete':
    case 'no-show': {
      if (desk.state !== 'called' && desk.state !== 'serving') return null
      return { action, ticketId: desk.leg.ticketId, legId: desk.leg.id, version: desk.leg.version }
    }
  }
}

/** Changes whenever what lies on the desk does. */
export function deskMark(desk: Desk): string {
  const leg = desk.state === 'called' || desk.state === 'serving' ? `${desk.leg.id}.${desk.leg.version}` : ''
  return `${desk.counter.id} ${desk.state} ${leg}`
}

/** States of a leg that is on the board. */
const ON_BOARD: readonly (Leg['state'] | undefined)[] = ['waiting', 'called', 'serving', 'held', 'missed']

/** Whether the live board shows what a command's answer said, so that the buttons are those of the new state. */
export function shows(
  board: StaffBoard,
  answered: Pick<Leg, 'id' | 'version'> & { state?: Leg['state'] },
): boolean {
  const leg = board.legs[answered.id]
  // A leg that is done leaves the board; one that an undo brings back comes to it.
  return leg === undefined ? !ON_BOARD.includes(answered.state) : leg.version >= answered.version
}

export interface LaneAtCounter {
  id: string
  letter: string
  name: SiteView['lanes'][number]['name']
  rank: 'primary' | 'secondary'
  waiting: number
}

/** The lanes a counter serves, primary first, with how many wait in each. [CONSOLE4] */
export function lanesOf(site: SiteView, board: StaffBoard, counterId: string): LaneAtCounter[] {
  const served = site.counters.find(({ id }) => id === counterId)?.lanes ?? []
  const waiting = Object.values(board.legs).filter(({ state }) => state === 'waiting')
  return [...served]
    .sort((a, b) => (a.rank === b.rank ? 0 : a.rank === 'primary' ? -1 : 1))
    .flatMap(({ laneId, rank }) => {
      const lane = site.lanes.find(({ id }) => id === laneId)
      if (!lane) return []
      const count = waiting.filter((leg) => leg.laneId === laneId).length
      return [{ id: laneId, letter: lane.letter, name: lane.name, rank, waiting: count }]
    })
}

export interface WaitingRow {
  leg: Leg
  /** Place from 1, among those who can be called here; null while this one cannot. */
  place: number | null
  /** Counts earlier than its arrival because of care. Staff only. */
  care: boolean
  /** In a lane this counter takes from only when its own lanes are empty. */
  later: boolean
  /** Only this counter, or this person, may take it. */
  promised: boolean
  /** Why it is not called here now. */
  barred: Barred | null
}

/** Another matter of the same ticket is at a counter or held, or the person here lacks a skill that it needs. */
export type Barred = { why: 'at-counter'; number: string } | { why: 'held' } | { why: 'skill' }

/**
 * Who waits for this counter, in the order they are called: by (v, n), and after them the legs of secondary lanes that
 * have not joined. [CONSOLE5] The first row with a place is who `next` would call; the server has the last word. Who cannot be
 * called now stands at their turn without a place. [CONSOLE20]
 *
 * @param now ms on the server's clock
 */
export function waitingFor(
  site: SiteView,
  board: StaffBoard,
  counterId: string,
  person: Person,
  now: number,
): WaitingRow[] {
  const served = site.counters.find(({ id }) => id === counterId)?.lanes ?? []
  const legs = Object.values(board.legs)
  const barredOf = barring(site, board, counterId)
  const byLane = served.map(({ laneId, rank, threshold }) => {
    const waiting = legs.filter(
      (leg) =>
        leg.state === 'waiting' &&
        leg.laneId === laneId &&
        (leg.assignedCounterId === null || leg.assignedCounterId === counterId) &&
        (leg.assignedStaffId === null || leg.assignedStaffId === person.accountId),
    )
    const callable = waiting.filter((leg) => barredOf(leg) === null)
    const head = callable.reduce((least, leg) => Math.min(least, leg.v), Number.POSITIVE_INFINITY)
    const joined = rank === 'primary' || (threshold !== null && now - head >= threshold)
    return { waiting, callable, joined }
  })
  // With no joined lane to take from, the others are all there is.
  const someJoined = byLane.some(({ callable, joined }) => joined && callable.length > 0)
  let place = 0
  return byLane
    .flatMap(({ waiting, joined }) => waiting.map((leg) => ({ leg, later: someJoined && !joined })))
    .sort((a, b) => Number(a.later) - Number(b.later) || a.leg.v - b.leg.v || a.leg.n - b.leg.n)
    .map(({ leg, later }) => {
      const barred = barredOf(leg)
      if (barred === null) place += 1
      return {
        leg,
        place: barred === null ? place : null,
        care: leg.credit > 0,
        later,
        promised: leg.assignedCounterId !== null || leg.assignedStaffId !== null,
        barred,
      }
    })
}

/** Why a waiting leg is not called to this counter now. At a counter without a person nobody's skills are known. */
function barring(site: SiteView, board: StaffBoard, counterId: string): (leg: Leg) => Barred | null {
  const counter = board.counters[counterId]
  const busy = new Map<string, Barred>()
  for (const { ticketId, state, hold, counterId: at } of Object.values(board.legs)) {
    const number = site.counters.find(({ id }) => id === at)?.number ?? ''
    if (state === 'called' || state === 'serving') busy.set(ticketId, { why: 'at-counter', number })
    // What is held until another step is done leaves the ticket free for that step.
    else if (state === 'held' && hold !== 'another-step' && !busy.has(ticketId))
      busy.set(ticketId, { why: 'held' })
  }
  return ({ ticketId, skill }) => {
    const lacking = skill !== null && counter?.staffId != null && !counter.skills.includes(skill)
    return busy.get(ticketId) ?? (lacking ? { why: 'skill' } : null)
  }
}

/** Whether the counter of this number is open with nobody at it: tickets may be offered to it first. */
export function isFree(board: StaffBoard, number: string): boolean {
  const counter = Object.values(board.counters).find((each) => each.number === number)
  return counter?.status === 'open' && legAt(board, counter.id) === null
}

/** How a ticket that has been called as often as the hall calls is called once more: not at all. [CONSOLE22] */
export function isLastCall(leg: Leg, site: SiteView): boolean {
  return site.rules !== undefined && leg.calls >= site.rules.maxCalls
}

export interface OtherCounter {
  id: string
  number: string
  status: Counter['status']
  leg: Leg | null
}

/** Every counter of the hall in the order of the settings, with what lies on it. [CONSOLE6] */
export function countersOf(site: SiteView, board: StaffBoard): OtherCounter[] {
  return site.counters.map(({ id, number }) => ({
    id,
    number,
    status: board.counters[id]?.status ?? 'closed',
    leg: legAt(board, id),
  }))
}

/** Whole minutes from a moment to now, never negative: clocks of two machines differ a little. */
export function minutesSince(at: number, now: number): number {
  return Math.max(0, Math.floor((now - at) / 60_000))
}

/**
 * The counter a console is for: the one asked for by the link, else the one chosen before, else the account's own.
 * [CONSOLE7] Null: the person chooses. A counter the site does not have counts as none.
 */
export function preferredCounter(
  site: SiteView,
  wished: { link: string | null; chosen: string | null; own: string | null },
): string | null {
  const known = (id: string | null) => site.counters.some((counter) => counter.id === id)
  return [wished.chosen, wished.link, wished.own].find(known) ?? null
}

/** `4:05`, `1:04:05`: from a moment to now. */
export function stopwatch(from: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - from) / 1_000))
  const two = (n: number) => String(n).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
