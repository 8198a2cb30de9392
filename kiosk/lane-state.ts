import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'

/** How many wait in a lane. */
export function waitingIn(board: PublicBoard, laneId: string): number {
  return board.waiting[laneId] ?? 0
}

/** Whether any open counter serves a lane: an honest kiosk says when none does. [KIOSK6] */
export function isServed(site: SiteView, board: PublicBoard, laneId: string): boolean {
  return site.counters.some(
    ({ id, lanes }) =>
      board.counters[id]?.status === 'open' && lanes.some((served) => served.laneId === laneId),
  )
}
