import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { type Desk, type Leg, minutesSince, type Person, supervises } from './model.ts'

export interface HeldRow {
  leg: Leg
  /** ms; null only if the server does not say */
  since: number | null
  minutes: number
  /** Longer than the site allows, as the server has said. */
  old: boolean
  /** Where papers are kept: what is written above the window; null unless they are at another counter. */
  elsewhere: string | null
}

/**
 * Held tickets that may come back to this counter, the longest held first: of the lanes it serves, and those it held
 * itself. A supervisor sees all. [CONSOLE14]
 */
export function heldFor(
  site: SiteView,
  board: StaffBoard,
  counterId: string,
  person: Person,
  now: number,
): HeldRow[] {
  return asideOf(site, board, counterId, person, 'held')
    .sort((a, b) => (a.heldAt ?? 0) - (b.heldAt ?? 0))
    .map((leg) => {
      const minutes = minutesSince(leg.heldAt ?? now, now)
      const kept = leg.hold === 'papers-kept' && leg.counterId !== counterId
      return {
        leg,
        since: leg.heldAt,
        minutes,
        old: leg.holdOverdue,
        elsewhere: kept ? (site.counters.find(({ id }) => id === leg.counterId)?.number ?? '') : null,
      }
    })
}

export interface MissedRow {
  leg: Leg
  minutes: number
}

/** Missed tickets of this counter's lanes, the latest first: who comes back has most likely just been missed. [CONSOLE14] */
export function missedFor(
  site: SiteView,
  board: StaffBoard,
  counterId: string,
  person: Person,
  now: number,
): MissedRow[] {
  return asideOf(site, board, counterId, person, 'missed')
    .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))
    .map((leg) => ({ leg, minutes: minutesSince(leg.endedAt ?? now, now) }))
}

function asideOf(
  site: SiteView,
  board: StaffBoard,
  counterId: string,
  person: Person,
  state: 'held' | 'missed',
): Leg[] {
  const served = site.counters.find(({ id }) => id === counterId)?.lanes ?? []
  return Object.values(board.legs).filter(
    (leg) =>
      leg.state === state &&
      (supervises(person) ||
        leg.counterId === counterId ||
        served.some(({ laneId }) => laneId === leg.laneId)),
  )
}

/** Why a held ticket cannot be called to this counter now; null when it can. [CONSOLE14] */
export function keptFromHere({ elsewhere }: HeldRow, desk: Desk): 'papers-elsewhere' | 'not-free' | null {
  if (elsewhere !== null) return 'papers-elsewhere'
  return desk.state === 'idle' ? null : 'not-free'
}
