import type { SiteView } from '#protocol/api.ts'
import type { Call } from '#protocol/board.ts'
import type { Place } from '#protocol/device.ts'

/** What a screen is set up for, as its address says: `#zone=east`, `#counter=c2`, `#rate=c2`, `#screen=55`. */
export interface Wanted {
  zone: string | null
  /** A counter's own sign. [SIGN1] */
  counter: string | null
  /** The tablet at this counter, which asks for ratings. [RATE8] */
  rate: string | null
  /** The diagonal of this screen, inches, where it differs from the hall's. */
  screen: number | null
}

/** Reads what stands behind the `#` of the address. What is not understood is not there. */
export function wantedOf(hash: string): Wanted {
  const said = new URLSearchParams(hash.replace(/^#/, ''))
  const screen = Number(said.get('screen'))
  return {
    zone: said.get('zone') || null,
    counter: said.get('counter') || null,
    rate: said.get('rate') || null,
    screen: screen >= 10 && screen <= 200 ? screen : null,
  }
}

/** Where a supervisor has placed a screen, it belongs, whatever its address says; '' is the whole hall. [PAIR5] */
export function wantedAt(place: Place | null, asked: Wanted): Wanted {
  if (place === null) return asked
  const { zone = '', counter = null, rate = null } = place
  return { zone, counter, rate, screen: asked.screen }
}

/** A part of the hall, as a screen shows it. */
export interface Part {
  id: string
  name: SiteView['name']
  lanes: Set<string>
  counters: Set<string>
}

/**
 * The zone of that id; null when the hall has none. [WALL9] A zone that names only lanes has the counters that serve them
 * first; one that names only counters has the lanes they serve first.
 */
export function partOf(site: SiteView, zoneId: string | null): Part | null {
  const zone = site.display.zones.find(({ id }) => id === zoneId)
  if (!zone) return null
  const { id, name } = zone
  const primary = site.counters.map((counter) => ({
    id: counter.id,
    lanes: counter.lanes.filter(({ rank }) => rank === 'primary').map(({ laneId }) => laneId),
  }))
  const lanes =
    zone.lanes.length > 0
      ? zone.lanes
      : primary.filter((counter) => zone.counters.includes(counter.id)).flatMap((counter) => counter.lanes)
  const counters =
    zone.counters.length > 0
      ? zone.counters
      : primary
          .filter((counter) => counter.lanes.some((laneId) => zone.lanes.includes(laneId)))
          .map((counter) => counter.id)
  return { id, name, lanes: new Set(lanes), counters: new Set(counters) }
}

/** Whether a call belongs on a screen: to its counters, or of its lanes, whose residents wait in front of it. */
export function concerns(part: Part | null, { counterId, laneId }: Call): boolean {
  return part === null || part.counters.has(counterId) || part.lanes.has(laneId)
}

/** Where this screen's zone is kept; the empty text is the whole hall. */
const KEPT = 'nuanhao.display.zone'

/** The zone chosen at the set-up of this screen; '' for the whole hall, null while nothing was chosen. */
export function chosenZone(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

export function chooseZone(zone: string): void {
  try {
    localStorage.setItem(KEPT, zone)
  } catch {
    // Without storage it is asked again at the next start.
  }
}
