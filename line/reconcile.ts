import { dayStart } from '#domain/calendar.ts'
import type { Leg } from '#domain/leg.ts'
import type { Site } from '#domain/site.ts'
import { laneOf, queueName } from '#domain/turn.ts'
import { dayOf, readSite, siteIds } from '#store/sites.ts'
import { waitingByQueue, waitingInLane } from '#store/tickets.ts'
import type { Hall } from './hall.ts'
import { jobId } from './lane-queue.ts'

/** A proposal is settled within milliseconds; one older than this was left behind, ms. */
const GRACE = 2_000

/**
 * Makes the line what it should be: a pure function of the waiting legs. [LINE2] The line is read first, then SQL: a
 * stint that is in the line but not waiting in SQL is done for good, because stints never come back.
 *
 * @param thorough also compare lanes whose counts already agree
 */
export async function reconcile(hall: Hall, thorough: boolean): Promise<void> {
  for (const siteId of await siteIds(hall.database)) await reconcileSite(hall, siteId, thorough)
}

async function reconcileSite(hall: Hall, siteId: string, thorough: boolean): Promise<void> {
  const site = await readSite(hall.database, siteId)
  if (!site) return
  // Queues of special needs are made on demand: those somebody waits in now, and those this process has used.
  const somebody = await waitingByQueue(hall.database, siteId)
  const queues = new Set([...site.lanes.map(({ id }) => id), ...hall.line.known(siteId), ...somebody.keys()])
  const inLine = new Map<string, { waiting: number; active: number }>()
  for (const queue of queues) inLine.set(queue, await hall.line.lane(siteId, queue).counts())
  const inTruth = await waitingByQueue(hall.database, siteId)
  for (const [queue, { waiting, active }] of inLine) {
    if (thorough || active > 0 || waiting !== (inTruth.get(queue) ?? 0))
      await reconcileQueue(hall, site, queue)
  }
}

async function reconcileQueue(hall: Hall, site: Site, queue: string): Promise<void> {
  const lane = hall.line.lane(site.id, queue)
  const { waiting, active } = await lane.contents()
  const stints = await waitingInQueue(hall, site, queue)
  const wanted = new Set(stints.map(jobId))
  const present = new Set([...waiting, ...active.map(({ id }) => id)])
  const missing = stints.filter((stint) => !present.has(jobId(stint)))
  if (missing.length > 0) {
    await lane.add(missing, dayStart(await dayOf(hall.database, site.id), site.timeZone))
    // Whoever was called before the line had them was looked for there in vain, and is taken out here.
    const still = new Set((await waitingInQueue(hall, site, queue)).map(jobId))
    for (const id of missing.map(jobId).filter((id) => !still.has(id))) await lane.remove(id)
  }
  const strays = waiting.filter((id) => !wanted.has(id))
  for (const id of strays) await lane.remove(id)
  const left = active.filter(({ since }) => Date.now() - since > GRACE)
  for (const { id } of left) await lane.settleLeft(id, wanted.has(id))
  hall.metrics.mended.inc({ what: 'missing' }, missing.length)
  hall.metrics.mended.inc({ what: 'stray' }, strays.length)
  hall.metrics.mended.inc({ what: 'left' }, left.length)
}

async function waitingInQueue(hall: Hall, site: Site, queue: string): Promise<Leg[]> {
  const legs = await waitingInLane(hall.database, site.id, laneOf(queue))
  return legs.filter((leg) => queueName(leg) === queue)
}
