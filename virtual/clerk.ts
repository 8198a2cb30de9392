import type { Counter, Leg } from '#domain/leg.ts'
import type { Resident } from './resident.ts'

/** What a virtual clerk does, each a verb of the API. */
export type Deed =
  | { do: 'open' | 'close' | 'call-next' | 'recall' | 'start' | 'complete' | 'no-show' }
  | { do: 'hold'; kind: 'fetching' }
  | { do: 'transfer'; laneId: string }
  | { do: 'add-service'; serviceId: string }

/** How a clerk works; durations in ms. */
export interface Habits {
  /** Between one resident and the next. */
  breath: number
  /** A call is given this long before it is repeated or given up. */
  listens: number
  /** A counter that somebody left is free for this long before a virtual clerk sits down there. */
  away: number
  /** Calls before it is a no-show. */
  calls: number
}

/** Habits of people so many times as fast as real ones. */
export function habitsAt(speed: number): Habits {
  return { breath: 12_000 / speed, listens: 60_000 / speed, away: 120_000 / speed, calls: 2 }
}

/** A counter as its virtual clerk sees it. Moments in ms. */
export interface Desk {
  counter: Pick<Counter, 'status' | 'staffId'>
  /** The clerk's own account. */
  me: string
  /** The counter was left by a person, then; null: by none. */
  leftAt: number | null
  /** When the clerk did something here last. */
  lastAt: number
  /** Who is called or served here, and what they will do. */
  leg: Pick<Leg, 'state' | 'calls' | 'calledAt' | 'startedAt'> | null
  resident: Pick<Resident, 'walk' | 'deafTo' | 'stay' | 'errand'> | null
  /** What came between is done. */
  errandDone: boolean
  /** Whether numbers are given out now. */
  open: boolean
  /** How many wait in the lanes of this counter. */
  waiting: number
  /** How many are inside at all. */
  inside: number
}

/**
 * What the clerk does next, and when; null: nothing until something changes. A counter where somebody else sits is
 * theirs alone. [PRACTICE4]
 */
export function nextDeed(desk: Desk, habits: Habits): { at: number; deed: Deed } | null {
  const { counter, me, leftAt, lastAt, leg, open, waiting, inside } = desk
  const soon = lastAt + habits.breath
  if (counter.status === 'closed' || counter.staffId === null) {
    if (!open && waiting === 0) return null
    return { at: leftAt === null ? soon : Math.max(leftAt + habits.away, soon), deed: { do: 'open' } }
  }
  if (counter.staffId !== me) return null
  if (counter.status === 'paused') return { at: soon, deed: { do: 'open' } }
  if (leg && desk.resident) return withResident(desk, leg, desk.resident, habits)
  if (waiting > 0) return { at: soon, deed: { do: 'call-next' } }
  return !open && inside === 0 ? { at: soon, deed: { do: 'close' } } : null
}

function withResident(
  { lastAt, errandDone }: Desk,
  { state, calls, calledAt, startedAt }: NonNullable<Desk['leg']>,
  { walk, deafTo, stay, errand }: NonNullable<Desk['resident']>,
  { listens, calls: most }: Habits,
): { at: number; deed: Deed } {
  if (state === 'called') {
    const called = calledAt ?? lastAt
    if (calls > deafTo) return { at: called + walk, deed: { do: 'start' } }
    return { at: called + listens, deed: { do: calls < most ? 'recall' : 'no-show' } }
  }
  const started = startedAt ?? lastAt
  if (!errand || errandDone) return { at: started + stay, deed: { do: 'complete' } }
  const at = started + stay / 2
  if (errand.kind === 'fetching') return { at, deed: { do: 'hold', kind: 'fetching' } }
  if (errand.kind === 'other-lane') return { at, deed: { do: 'transfer', laneId: errand.laneId } }
  return { at, deed: { do: 'add-service', serviceId: errand.serviceId } }
}
