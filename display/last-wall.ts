import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'

/** The wall as it last was, for a page that begins anew: a tab that crashed, a power cut. [WALL15] */
export interface LastWall {
  site: SiteView
  board: PublicBoard
  /** Server time of the last word, ms. */
  heard: number
}

const KEPT = 'nuanhao.display.last'
/** How often it is written at most, ms. */
const EVERY = 2_000

/** The last wall of that site; null when none was kept, or by a program with other settings. */
export function lastWall(siteId: string, storage: Pick<Storage, 'getItem'> = localStorage): LastWall | null {
  try {
    const found = JSON.parse(storage.getItem(KEPT) ?? 'null') as LastWall | null
    const whole = found?.site.id === siteId && found.board.siteId === siteId && found.heard > 0
    return whole && found.site.display && Array.isArray(found.board.calls) ? found : null
  } catch {
    return null
  }
}

/** Keeps walls as they come: the first at once, then the newest of each while. What is in it everybody in the hall sees anyway. */
export function keepWalls(storage: Pick<Storage, 'setItem'> = localStorage): {
  keep(wall: LastWall): void
  /** What is not written yet is written now: the page is going. */
  flush(): void
  stop(): void
} {
  let next: LastWall | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    timer = undefined
    if (!next) return
    timer = setTimeout(write, EVERY)
    try {
      storage.setItem(KEPT, JSON.stringify(next))
    } catch {
      // A locked-down browser keeps nothing: the wall comes with the first word of the server.
    }
    next = null
  }
  return {
    keep(wall) {
      next = wall
      if (timer === undefined) write()
    },
    flush() {
      clearTimeout(timer)
      write()
    },
    stop() {
      this.flush()
      clearTimeout(timer)
    },
  }
}
