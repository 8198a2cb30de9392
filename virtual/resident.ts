import { ACCOMMODATIONS, CARE_NEEDS } from '#domain/care.ts'
import type { IssueRequest, SiteView } from '#protocol/api.ts'
import type { Random } from './random.ts'

/** What comes between at the counter. */
export type Errand =
  | { kind: 'fetching' }
  | { kind: 'another-matter'; serviceId: string }
  | { kind: 'other-lane'; laneId: string }

/** A virtual resident: what they come for, and what they will do. All drawn when they come; durations in ms. */
export interface Resident {
  request: IssueRequest
  /** Who still waits after this gives up. */
  patience: number
  /** Who gives up says so; the others just go, and miss their call. */
  says: boolean
  /** Who still waits after this asks why. */
  asksAfter: number
  /** From the call to the window. */
  walk: number
  /** Calls they do not hear; at the next they come. */
  deafTo: number
  /** After a missed call they come back this much later; null: they do not. */
  backAfter: number | null
  /** At the counter. */
  stay: number
  errand: Errand | null
  /** Fetching a paper takes this long. */
  fetch: number
  /** Finds the kiosk hard, and asks for help there. */
  asksHelp: boolean
}

const SECOND = 1_000
const MINUTE = 60_000
const NEVER = 99

type Hall = Pick<SiteView, 'services' | 'lanes' | 'full' | 'careBy'>

/** Who comes through the door. `speed`: how many times as fast as a real resident. */
export function residentFor(hall: Hall, speed: number, random: Random): Resident {
  const { between, chance, pick } = random
  const seconds = (low: number, high: number) => Math.round((between(low, high) * SECOND) / speed)
  const minutes = (low: number, high: number) => seconds(low * 60, high * 60)
  const free = hall.services.filter(({ id }) => !hall.full.includes(id))
  const service = pick(free.length > 0 ? free : hall.services)
  const others = hall.services.filter(({ id }) => id !== service.id)
  const gone = chance(0.05)
  return {
    request: {
      serviceId: service.id,
      ...(others.length > 0 &&
        chance(0.1) && { more: [pick(others).id], order: chance(0.5) ? 'sequence' : 'any' }),
      ...(hall.careBy.includes('declared') &&
        chance(0.15) && { care: chance(0.6) ? { need: pick(CARE_NEEDS) } : {} }),
      ...(chance(0.12) && { accommodations: [pick(ACCOMMODATIONS)] }),
      ...(service.materials.length > 0 && chance(0.6) && { materials: [materialsOf(service, random)] }),
      language: chance(0.12) ? 'en' : 'zh-CN',
    },
    patience: minutes(chance(0.25) ? 8 : 30, 60),
    says: chance(0.6),
    asksAfter: minutes(6, 20),
    walk: seconds(8, 45),
    deafTo: gone ? NEVER : chance(0.1) ? between(1, NEVER) : 0,
    backAfter: chance(0.7) ? minutes(1, 12) : null,
    stay: Math.round((service.minutes * MINUTE * (0.4 + 1.2 * random.next())) / speed),
    errand: errandOf(hall, service, random),
    fetch: minutes(2, 8),
    asksHelp: chance(0.08),
  }
}

/** Somebody who took a number without us, or whom we do not remember: they come and are served. */
export function strangerFor(
  speed: number,
  random: Random,
): Pick<Resident, 'walk' | 'deafTo' | 'stay' | 'errand'> {
  const walk = (random.between(8, 30) * SECOND) / speed
  return { walk, deafTo: 0, stay: (random.between(3, 8) * MINUTE) / speed, errand: null }
}

function materialsOf({ id, materials }: Hall['services'][number], { chance, pick }: Random) {
  const names = materials.map((material) => material['zh-CN'])
  const missing = chance(0.25) ? [pick(names)] : []
  return { serviceId: id, here: names.filter((name) => !missing.includes(name)), missing }
}

function errandOf(hall: Hall, service: Hall['services'][number], { next, pick }: Random): Errand | null {
  const drawn = next()
  if (drawn < 0.06) return { kind: 'fetching' }
  const others = hall.services.filter(({ id }) => id !== service.id)
  if (drawn < 0.11 && others.length > 0) return { kind: 'another-matter', serviceId: pick(others).id }
  const lanes = hall.lanes.filter(({ id }) => id !== service.laneId)
  if (drawn < 0.15 && lanes.length > 0) return { kind: 'other-lane', laneId: pick(lanes).id }
  return null
}
