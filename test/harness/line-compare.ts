import type { LineConnection } from '#line/connection.ts'
import { jobId, LaneQueue } from '#line/lane-queue.ts'
import type { Database } from '#store/database.ts'
import { waitingInLane } from '#store/tickets.ts'
import { GRAND_SITE } from './grand-hall.ts'

/** Looks at the line from outside, over a connection of its own. */
export class LineView {
  readonly #database: Database
  readonly #lanes: { laneId: string; queue: LaneQueue }[]

  constructor(database: Database, connection: LineConnection) {
    this.#database = database
    this.#lanes = GRAND_SITE.lanes.map(({ id }) => ({
      laneId: id,
      queue: new LaneQueue(connection, GRAND_SITE.id, id, () => undefined),
    }))
  }

  /** What the line lacks, has too much, or left taken out, as `lane what stint`. Empty: the line is whole. */
  async differences(): Promise<Set<string>> {
    const found = new Set<string>()
    for (const { laneId, queue } of this.#lanes) {
      const { waiting, active } = await queue.contents()
      const stints = new Set((await waitingInLane(this.#database, GRAND_SITE.id, laneId)).map(jobId))
      const inLine = new Set(waiting)
      for (const id of stints) if (!inLine.has(id)) found.add(`${laneId} lacks ${id}`)
      for (const id of inLine) if (!stints.has(id)) found.add(`${laneId} has stray ${id}`)
      for (const { id } of active) found.add(`${laneId} has taken out ${id}`)
    }
    return found
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map(({ queue }) => queue.close()))
  }
}
