import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { overAt } from '#ui/hall-now.ts'

/** A lane of this counter in which people wait while nobody serves it. */
export interface Unserved {
  letter: string
  waiting: number
}

/** Lanes of a counter that does not call in which people wait and that no open counter serves. [CONSOLE24] */
export function unservedWithout(site: SiteView, board: StaffBoard, counterId: string): readonly Unserved[] {
  const open = site.counters.filter(({ id }) => board.counters[id]?.status === 'open')
  if (open.some(({ id }) => id === counterId)) return []
  const served = new Set(open.flatMap(({ lanes }) => lanes.map(({ laneId }) => laneId)))
  const own = site.counters.find(({ id }) => id === counterId)?.lanes ?? []
  return site.lanes
    .filter(({ id }) => own.some(({ laneId }) => laneId === id) && !served.has(id))
    .map(({ id, letter }) => ({
      letter,
      waiting: Object.values(board.legs).filter((leg) => leg.state === 'waiting' && leg.laneId === id).length,
    }))
    .filter(({ waiting }) => waiting > 0)
}

/**
 * How many residents are still in the hall although its day is over; 0 before that. [CONSOLE25] Those who missed their call are
 * not counted: they have left.
 *
 * @param now ms on the server's clock
 */
export function insideAfterHours(site: SiteView, board: StaffBoard, now: number): number {
  if (!overAt(now, site)) return 0
  const inside = Object.values(board.legs).filter(({ state }) => state !== 'missed')
  return new Set(inside.map(({ ticketId }) => ticketId)).size
}
