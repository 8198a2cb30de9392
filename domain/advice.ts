import type { Counter, Leg, OverviewLeg } from './leg.ts'
import type { Site } from './site.ts'

/** What a hall looks like now, as far as advice needs it. */
export interface HallNow {
  site: Pick<Site, 'lanes' | 'counters' | 'hardCap' | 'holdWithin'>
  /** By counter id. */
  counters: Readonly<Record<string, Pick<Counter, 'status' | 'staffId' | 'skills'>>>
  /** Open legs. Not everybody who looks is told what they need and why they are held. [ROLE7] */
  legs: readonly (OverviewLeg & Partial<Pick<Leg, 'skill' | 'hold'>>)[]
}

/** What would help a lane most. Facts only: screens own the words. */
export type Advice =
  /** A counter set up for the lane: paused ones have a person there already. */
  | { advice: 'open-counter'; counterId: string; status: 'paused' | 'closed'; rank: 'primary' | 'secondary' }
  /** An open counter that does not serve the lane; `perCounter` is how many wait there for each open counter. */
  | { advice: 'add-lane'; counterId: string; perCounter: number }
  | { advice: 'all-open' }

/** A lane as it stands. Times in ms. */
export interface LaneNow {
  laneId: string
  waiting: number
  /** Of whoever could be called, since their arrival; null when nobody waits. */
  longest: number | null
  /** Who has waited past the hard cap, longest first. [CAP1] */
  overCap: { number: string; waited: number }[]
  /** Open counters that serve it. */
  open: string[]
  /** Somebody waits and no open counter serves it. [CAP2] */
  unserved: boolean
  /** Most useful first; empty while nothing is amiss. [ADVICE1] */
  advice: Advice[]
}

/** A waiting ticket nobody at an open counter may take. [CAP3] */
export type Stuck = { number: string; laneId: string; waited: number } & (
  | { why: 'skill-missing'; skill: string; pausedCounterId: string | null }
  | { why: 'counter-not-open'; counterId: string }
  | { why: 'person-away' }
)

/** Every lane of the hall, in the order of the settings. `now` in ms. [CAP1] [CAP2] [ADVICE1] */
export function lanesNow({ site, counters, legs }: HallNow, now: number): LaneNow[] {
  const isOpen = (id: string) => counters[id]?.status === 'open'
  const atCounter = new Set(
    legs.filter(({ state }) => state !== 'waiting' && state !== 'missed').map(({ ticketId }) => ticketId),
  )
  const waitingIn = (laneId: string) => legs.filter((leg) => leg.state === 'waiting' && leg.laneId === laneId)
  const servedBy = (laneId: string) =>
    site.counters.filter(({ lanes }) => lanes.some((lane) => lane.laneId === laneId))

  return site.lanes.map(({ id: laneId }) => {
    const waiting = waitingIn(laneId)
    const waits = waiting
      // Whoever is at a counter with another matter is not kept waiting for this one.
      .filter(({ ticketId }) => !atCounter.has(ticketId))
      .map(({ number, arrivedAt }) => ({ number, waited: now - arrivedAt }))
      .sort((a, b) => b.waited - a.waited)
    const overCap = waits.filter(({ waited }) => waited > site.hardCap)
    const open = servedBy(laneId)
      .map(({ id }) => id)
      .filter(isOpen)
    const unserved = waiting.length > 0 && open.length === 0
    return {
      laneId,
      waiting: waiting.length,
      longest: waits[0]?.waited ?? null,
      overCap,
      open,
      unserved,
      advice: unserved || overCap.length > 0 ? adviceFor(laneId) : [],
    }
  })

  function adviceFor(laneId: string): Advice[] {
    const openable = servedBy(laneId).flatMap(({ id: counterId, lanes }): OpenCounter[] => {
      const status = counters[counterId]?.status
      const rank = lanes.find((lane) => lane.laneId === laneId)?.rank
      if (!rank || !status || status === 'open') return []
      return [{ advice: 'open-counter', counterId, status, rank }]
    })
    // A sort keeps what is equal in the order of the settings.
    if (openable.length > 0) return openable.sort((a, b) => usefulness(a) - usefulness(b))
    const others = site.counters
      .filter(({ id, lanes }) => isOpen(id) && !lanes.some((lane) => lane.laneId === laneId))
      .map(({ id, lanes }) => ({ advice: 'add-lane' as const, counterId: id, perCounter: load(lanes) }))
      .sort((a, b) => a.perCounter - b.perCounter)
    return others[0] ? [others[0]] : [{ advice: 'all-open' }]
  }

  /** How many wait in a counter's lanes for each open counter that shares them. */
  function load(lanes: readonly { laneId: string }[]): number {
    const shares = lanes.map(({ laneId }) => {
      const sharing = servedBy(laneId).filter(({ id }) => isOpen(id)).length
      return waitingIn(laneId).length / Math.max(sharing, 1)
    })
    return shares.reduce((sum, share) => sum + share, 0)
  }
}

type OpenCounter = Extract<Advice, { advice: 'open-counter' }>

/** The lane's own counters first, and of those the ones where somebody sits. */
function usefulness({ rank, status }: OpenCounter): number {
  return (rank === 'primary' ? 0 : 2) + (status === 'paused' ? 0 : 1)
}

/** Waiting tickets of served lanes that wait for a counter, a person or a skill that is not there; longest first. [CAP3] */
export function stuckNow({ site, counters, legs }: HallNow, now: number): Stuck[] {
  const sitting = site.counters.flatMap(({ id, lanes }) => {
    const counter = counters[id]
    return counter ? [{ id, lanes, ...counter }] : []
  })
  const open = sitting.filter(({ status }) => status === 'open')
  const stuck = legs.flatMap((leg): Stuck[] => {
    if (leg.state !== 'waiting') return []
    const { number, laneId, skill = null, assignedCounterId: counterId, assignedStaffId: staffId } = leg
    const it = { number, laneId, waited: now - leg.arrivedAt }
    if (counterId !== null && !open.some(({ id }) => id === counterId)) {
      return [{ ...it, why: 'counter-not-open', counterId }]
    }
    if (staffId !== null && !open.some((counter) => counter.staffId === staffId)) {
      return [{ ...it, why: 'person-away' }]
    }
    const serving = (counter: (typeof sitting)[number]) =>
      counter.lanes.some((lane) => lane.laneId === laneId)
    if (skill === null || !open.some(serving)) return []
    const skilled = (counter: (typeof sitting)[number]) => serving(counter) && counter.skills.includes(skill)
    if (open.some(skilled)) return []
    const paused = sitting.find((counter) => counter.status === 'paused' && skilled(counter))
    return [{ ...it, why: 'skill-missing', skill, pausedCounterId: paused?.id ?? null }]
  })
  return stuck.sort((a, b) => b.waited - a.waited)
}

/** A held ticket. `old`: held longer than the site allows. */
export interface HeldNow {
  number: string
  /** null: whoever looks is not told. */
  kind: Leg['hold']
  counterId: string | null
  /** ms */
  held: number
  old: boolean
}

/** Held tickets, longest first. [CAP4] */
export function heldNow({ site, legs }: HallNow, now: number): HeldNow[] {
  return legs
    .flatMap(({ number, state, hold: kind = null, heldAt, counterId, assignedCounterId }): HeldNow[] => {
      if (state !== 'held' || heldAt === null) return []
      const held = now - heldAt
      return [{ number, kind, counterId: counterId ?? assignedCounterId, held, old: held > site.holdWithin }]
    })
    .sort((a, b) => b.held - a.held)
}
