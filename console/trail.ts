import type { StaffEvent } from '#protocol/events.ts'
import type { Leg } from './model.ts'
import { RECENT_DONE } from './times.ts'

/** Undo takes back a counter's last action within this, ms. */
export const UNDO_WITHIN = 60_000

/** What of the log this counter's desk remembers. */
export interface Trail {
  /** Number of the last event it knows. */
  seq: number
  /** What this counter did last, if it may still be taken back. */
  last: Done | null
  /** Tickets that were called out of turn, by leg id, while they are at a counter. */
  exceptions: Readonly<Record<string, 'called-specific' | 'resumed-here'>>
  /** Legs that were completed here, the latest first. */
  completed: readonly Leg[]
  /** How many were promised to this counter when it last paused or closed, and wait for anybody since. */
  released: number
}

/** Something that was done at this counter. */
export interface Done {
  /** Number of its event: an undo names it, so that nothing else is taken back in its place. */
  seq: number
  type: DoneType
  number: string
  ticketId: string
  /** ms on the server's clock */
  at: number
  /** The legs it moved: when one of them moves again, it can no longer be taken back. */
  legs: readonly string[]
}

/** The events that are a counter's action on a ticket. */
export const DONE = [
  'ticket:called',
  'ticket:recalled',
  'ticket:started',
  'ticket:completed',
  'ticket:missed',
  'ticket:held',
  'ticket:resumed',
  'ticket:put-back',
  'ticket:transferred',
  'ticket:extended',
  'ticket:recorded',
] as const
export type DoneType = (typeof DONE)[number]

/**
 * The trail after an event. What a counter did stays its last action until it does something else, a ticket of it moves,
 * or it was taken back. [CONSOLE13] After a gap nothing is known of what came before.
 */
export function trailAfter(before: Trail | null, event: StaffEvent, counterId: string): Trail {
  if (before !== null && event.seq <= before.seq) return before
  const known = before !== null && event.seq === before.seq + 1 ? before : null
  const { seq } = event
  return {
    seq,
    last: lastAfter(known?.last ?? null, event, counterId),
    exceptions: markedAfter(known, event),
    completed: completedAfter(known?.completed ?? [], event, counterId),
    released: releasedAfter(known?.released ?? 0, event, counterId),
  }
}

function lastAfter(last: Done | null, event: StaffEvent, counterId: string): Done | null {
  const done = DONE.find((type) => type === event.type)
  const [moved] = event.legs
  if (done && moved && counterOf(event) === counterId) {
    const { number, ticketId } = moved
    return {
      seq: event.seq,
      type: done,
      number,
      ticketId,
      at: event.at,
      legs: event.legs.map(({ id }) => id),
    }
  }
  const changed = event.counters.some(({ id }) => id === counterId)
  const touched = event.legs.some(({ id }) => last?.legs.includes(id))
  return changed || touched ? null : last
}

/** The counter at which a ticket was moved: where it came to, or else where it was. */
function counterOf({ legs, from }: StaffEvent): string | null {
  return legs[0]?.counterId ?? from[0]?.counterId ?? null
}

function markedAfter(before: Trail | null, { legs, exception }: StaffEvent): Trail['exceptions'] {
  const marks = { ...before?.exceptions }
  for (const { id, state } of legs) {
    if (state !== 'called' && state !== 'serving') delete marks[id]
    else if (exception === 'called-specific' || exception === 'resumed-here') marks[id] = exception
  }
  return marks
}

function completedAfter(before: readonly Leg[], event: StaffEvent, counterId: string): readonly Leg[] {
  const moved = new Map(event.legs.map((leg) => [leg.id, leg]))
  // A correction changes one, an undo takes one back.
  const kept = before.map((leg) => moved.get(leg.id) ?? leg).filter(({ state }) => state === 'completed')
  const [leg] = event.legs
  const ends = event.type === 'ticket:completed' || event.type === 'ticket:recorded'
  const here = ends && leg?.state === 'completed' && leg.counterId === counterId
  return (here ? [leg, ...kept] : kept).slice(0, RECENT_DONE)
}

/** A counter that pauses or closes gives back who waited for it alone; it is said until it is open again. [CONSOLE24] */
function releasedAfter(before: number, { type, counters, legs }: StaffEvent, counterId: string): number {
  if (!counters.some(({ id }) => id === counterId)) return before
  return type === 'counter:paused' || type === 'counter:closed' ? legs.length : 0
}

/**
 * What can be taken back now and for how many seconds more; null when nothing can. [CONSOLE13]
 *
 * @param seq of the board: a trail that is behind it does not know what was last
 * @param now ms on the server's clock
 */
export function undoable(trail: Trail | null, seq: number, now: number): (Done & { seconds: number }) | null {
  if (trail === null || trail.seq !== seq || trail.last === null) return null
  const seconds = Math.ceil((trail.last.at + UNDO_WITHIN - now) / 1_000)
  return seconds > 0 ? { ...trail.last, seconds: Math.min(seconds, UNDO_WITHIN / 1_000) } : null
}
