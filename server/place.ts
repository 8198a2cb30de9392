import type { Leg } from '#domain/leg.ts'
import { type Why, why } from '#domain/why.ts'
import { waitingInLane } from '#store/tickets.ts'
import type { Parts } from './parts.ts'
import { Fault } from './problem.ts'

/** Where a waiting ticket stands, and why. Refuses `not-waiting`. [WHY1] */
export async function placeOf(leg: Leg & { siteId: string }, { hall }: Parts): Promise<Why> {
  if (leg.state !== 'waiting') throw new Fault('not-waiting', { state: leg.state })
  return why(leg, await waitingInLane(hall.database, leg.siteId, leg.laneId))
}
