import { expectedWait, type Wait } from '#domain/wait.ts'
import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'

/**
 * How long somebody who joins a lane now may expect to wait, from what the hall may know: how many wait, which counters
 * that serve it are open, which are free, and the mean of its services. Null: no open counter serves it.
 */
export function waitToJoin(
  site: Pick<SiteView, 'services' | 'counters'>,
  board: Pick<PublicBoard, 'waiting' | 'counters'>,
  laneId: string,
): Wait | null {
  const minutes = site.services
    .filter((service) => service.laneId === laneId)
    .map((service) => service.minutes)
  if (minutes.length === 0) return null
  const open = site.counters.filter(
    ({ id, lanes }) =>
      board.counters[id]?.status === 'open' && lanes.some((served) => served.laneId === laneId),
  )
  const free = open.filter(({ id }) => board.counters[id]?.number === null).length
  const mean = minutes.reduce((sum, each) => sum + each, 0) / minutes.length
  return expectedWait(board.waiting[laneId] ?? 0, open.length, free, mean)
}
