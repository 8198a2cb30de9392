import { dayStart } from '#domain/calendar.ts'
import { readSite, siteIds } from '#store/sites.ts'
import { waitingInLane } from '#store/tickets.ts'
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
  const inLine = new Map<string, { waiting: number; active: number }>()
  for (const { id } of site.lanes) inLine.set(id, await hall.line.lane(siteId, id).counts())
  const rows = await hall.database.query<{ lane: string; waiting: number }>(
    `select lane_id as lane, count(*) as waiting from nuanhao.leg
      where site_id = $1 and state = 'waiting' group by lane_id`,
    [siteId],
  )
  const inTruth = new Map(rows.map(({ lane, waiting }) => [lane, waiting]))
  const [{ day } = { day: '' }] = await hall.database.query<{ day: string }>(
    'select day from nuanhao.site where id = $1',
    [siteId],
  )
  if (day === '') return
  const start = dayStart(day, site.timeZone)
  for (const [laneId, { waiting, active }] of inLine) {
    if (thorough || active > 0 || waiting !== (inTruth.get(laneId) ?? 0)) {
      await reconcileLane(hall, siteId, laneId, start)
    }
  }
}

async function reconcileLane(hall: Hall, siteId: string, laneId: string, start: number): Promise<void> {
  const lane = hall.line.lane(siteId, laneId)
  const { waiting, active } = await lane.contents()
  const stints = await waitingInLane(hall.database, siteId, laneId)
  const wanted = new Set(stints.map(jobId))
  const present = new Set([...waiting, ...active.map(({ id }) => id)])
  const missing = stints.filter((stint) => !present.has(jobId(stint)))
  await lane.add(missing, start)
  const strays = waiting.filter((id) => !wanted.has(id))
  for (const id of strays) await lane.remove(id)
  const left = active.filter(({ since }) => Date.now() - since > GRACE)
  for (const { id } of left) await lane.settleLeft(id, wanted.has(id))
  hall.metrics.mended.inc({ what: 'missing' }, missing.length)
  hall.metrics.mended.inc({ what: 'stray' }, strays.length)
  hall.metrics.mended.inc({ what: 'left' }, left.length)
}
