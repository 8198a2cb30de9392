import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { dayAt } from '#ui/hours.ts'
import { type Leg, legAt, type Person, waitingFor } from '../model.ts'
import { heldFor, missedFor } from '../set-aside.ts'

type Text = SiteView['name']

/** Somebody on the list. */
export interface ListRow {
  number: string
  service: Text
  state: 'waiting' | 'held' | 'missed'
  /** ms; null where it was not kept. */
  arrivedAt: number | null
  /** Something is to be prepared, or whoever serves it needs a skill. It does not say what, and is not kept. */
  ask: boolean
}

/** What a counter needs to go on without the server: who was there when it was last heard, in the order of the turn. */
export interface LastList {
  siteName: Text
  timeZone: string
  practice: boolean
  /** Server time of the last word, ms. */
  asOf: number
  /** What is written above the window. */
  counter: string
  /** The number that lay at the counter. */
  desk: string | null
  /** Who waits for this counter as it would call them, then who is held, then who was missed. */
  here: readonly ListRow[]
  /** The whole hall, each lane in its order. Lanes without anybody are not there. */
  lanes: readonly { letter: string; name: Text; rows: readonly ListRow[] }[]
}

/** The list as the board stands. [PAPER7] */
export function lastListOf(
  site: SiteView,
  board: StaffBoard,
  counterId: string,
  person: Person,
  asOf: number,
): LastList {
  const rowOf = rowIn(site)
  const legs = Object.values(board.legs)
  const inLane = (laneId: string, state: ListRow['state']) =>
    legs.filter((leg) => leg.laneId === laneId && leg.state === state)
  const lanes = site.lanes.map(({ id, letter, name }) => ({
    letter,
    name,
    rows: [
      ...inLane(id, 'waiting').sort((a, b) => a.v - b.v || a.n - b.n),
      ...inLane(id, 'held').sort((a, b) => (a.heldAt ?? 0) - (b.heldAt ?? 0)),
      ...inLane(id, 'missed').sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0)),
    ].map(rowOf),
  }))
  return {
    siteName: site.name,
    timeZone: site.timeZone,
    practice: site.practice,
    asOf,
    counter: site.counters.find(({ id }) => id === counterId)?.number ?? '',
    desk: legAt(board, counterId)?.number ?? null,
    here: [
      ...waitingFor(site, board, counterId, person, asOf),
      ...heldFor(site, board, counterId, person, asOf),
      ...missedFor(site, board, counterId, person, asOf),
    ].map(({ leg }) => rowOf(leg)),
    lanes: lanes.filter(({ rows }) => rows.length > 0),
  }
}

function rowIn({ services }: SiteView): (leg: Leg) => ListRow {
  const names = new Map(services.map(({ id, name }) => [id, name]))
  return ({ number, serviceId, state, arrivedAt, prepare, skill }) => ({
    number,
    service: names.get(serviceId) ?? { 'zh-CN': serviceId, en: serviceId },
    state: state === 'held' || state === 'missed' ? state : 'waiting',
    arrivedAt,
    ask: prepare || skill !== null,
  })
}

/** Numbers, services and order: all of a list that a browser keeps. [PAPER8] */
export function keptText({ here, lanes, ...rest }: LastList): string {
  const only = ({ number, service, state }: ListRow) => ({ number, service, state })
  return JSON.stringify({
    ...rest,
    here: here.map(only),
    lanes: lanes.map(({ letter, name, rows }) => ({ letter, name, rows: rows.map(only) })),
  })
}

/** The list that was kept; null when there is none, it is of another business day, or cannot be read. [PAPER8] */
export function listOf(text: string | null, now: number): LastList | null {
  if (text === null) return null
  try {
    const { here, lanes, ...rest } = JSON.parse(text) as LastList
    if (dayAt(rest.asOf, rest) !== dayAt(now, rest)) return null
    const whole = (row: ListRow): ListRow => ({ ...row, arrivedAt: null, ask: false })
    return {
      ...rest,
      here: here.map(whole),
      lanes: lanes.map((lane) => ({ ...lane, rows: lane.rows.map(whole) })),
    }
  } catch {
    return null
  }
}

/** A silence shorter than this is not asked about, ms. */
const WORTH_ASKING = 60_000

/** How long this console has been out of touch, by the list that was kept; null when that is not worth asking about. [PAPER10] */
export function silenceUntil(text: string | null, now: number): { from: number; to: number } | null {
  const list = listOf(text, now)
  return list && now - list.asOf >= WORTH_ASKING ? { from: list.asOf, to: now } : null
}
