import type { DayReport, SiteView } from '#protocol/api.ts'
import type { OverviewBoard } from '#protocol/board.ts'
import type { HallNow, LaneNow } from '#ui/hall-now.ts'
import { language } from '#ui/i18n.ts'
import { t } from './words.ts'

type Leg = OverviewBoard['legs'][string]
type Lane = SiteView['lanes'][number]

/** The hall in five figures. Times in ms; null is not known, or nobody. [MANAGE1] */
export interface Figures {
  waiting: number
  atCounter: number
  longest: number | null
  overCap: number
  /** Care's share of today's tickets, 0 to 1. */
  care: number | null
}

export function figuresOf(board: OverviewBoard, { lanes }: HallNow, today: DayReport | null): Figures {
  const waits = lanes.flatMap(({ longest }) => longest ?? [])
  return {
    waiting: lanes.reduce((sum, { waiting }) => sum + waiting, 0),
    atCounter: Object.values(board.legs).filter(atCounter).length,
    longest: waits.length > 0 ? Math.max(...waits) : null,
    overCap: lanes.reduce((sum, { overCap }) => sum + overCap.length, 0),
    care: today && today.issued > 0 ? careShare(today) : null,
  }
}

/** Care's share of a day's tickets, 0 to 1; null: not told. */
function careShare({ issued, classes: { care } }: DayReport): number | null {
  return care === null ? null : care / issued
}

function atCounter({ state }: Leg): boolean {
  return state === 'called' || state === 'serving'
}

/** How a lane stands, worst first. */
export type LaneState = 'unserved' | 'over-cap' | 'past-target' | 'in-time' | 'empty'

/** A lane for its card. [MANAGE2] */
export interface LaneCard {
  lane: Lane
  now: LaneNow
  state: LaneState
  /** The shortest wait promised for a service of the lane, ms. */
  target: number | null
  /** How many have waited longer than promised for their service. */
  pastTarget: number
  /** Numbers of the open counters that serve it. */
  open: string[]
  /** Places on the bar, 0 to 1. `target` and `longest` may be missing. */
  bar: { longest: number; cap: number | null; target: number | null }
}

export function laneCards(site: SiteView, board: OverviewBoard, hall: HallNow, now: number): LaneCard[] {
  const legs = Object.values(board.legs)
  const cap = site.rules?.hardCap ?? null
  const promised = new Map(site.services.map(({ id, targetWait }) => [id, targetWait]))
  const numberOf = new Map(site.counters.map(({ id, number }) => [id, number]))
  return site.lanes.flatMap((lane) => {
    const lanes = hall.lanes.find(({ laneId }) => laneId === lane.id)
    if (!lanes) return []
    const targets = site.services
      .filter(({ laneId }) => laneId === lane.id)
      .flatMap(({ targetWait }) => targetWait ?? [])
    const target = targets.length > 0 ? Math.min(...targets) : null
    const pastTarget = legs.filter(({ state, laneId, serviceId, arrivedAt }) => {
      const wait = promised.get(serviceId) ?? null
      return state === 'waiting' && laneId === lane.id && wait !== null && now - arrivedAt > wait
    }).length
    const { longest } = lanes
    // The cap stands at four fifths until somebody has waited longer than the whole bar.
    const scale = Math.max((cap ?? target ?? 1) * 1.25, longest ?? 0)
    return {
      lane,
      now: lanes,
      state: stateOf(lanes, pastTarget),
      target,
      pastTarget,
      open: lanes.open.flatMap((id) => numberOf.get(id) ?? []),
      bar: {
        longest: Math.max(longest ?? 0, 0) / scale,
        cap: cap === null ? null : cap / scale,
        target: target === null ? null : target / scale,
      },
    }
  })
}

function stateOf({ unserved, overCap, waiting }: LaneNow, pastTarget: number): LaneState {
  if (unserved) return 'unserved'
  if (overCap.length > 0) return 'over-cap'
  if (pastTarget > 0) return 'past-target'
  return waiting > 0 ? 'in-time' : 'empty'
}

/** A counter for its card. [MANAGE3] */
export interface CounterCard {
  id: string
  number: string
  status: 'open' | 'paused' | 'closed'
  /** What lies there: called, or being served, and since when, ms. */
  ticket: { number: string; state: 'called' | 'serving'; since: number } | null
  /** Letters of the lanes it is there for, and of those it helps with. */
  primary: string[]
  secondary: string[]
}

export function counterCards(site: SiteView, board: OverviewBoard): CounterCard[] {
  const legs = Object.values(board.legs)
  const letterOf = new Map(site.lanes.map(({ id, letter }) => [id, letter]))
  return site.counters.map(({ id, number, lanes }) => {
    const leg = legs.find((one) => one.counterId === id && atCounter(one))
    const letters = (rank: 'primary' | 'secondary') =>
      lanes.filter((lane) => lane.rank === rank).flatMap(({ laneId }) => letterOf.get(laneId) ?? [])
    const serving = leg?.state === 'serving'
    const since = leg ? (serving ? leg.startedAt : leg.calledAt) : null
    return {
      id,
      number,
      status: board.counters[id]?.status ?? 'closed',
      ticket:
        leg && since !== null ? { number: leg.number, state: serving ? 'serving' : 'called', since } : null,
      primary: letters('primary'),
      secondary: letters('secondary'),
    }
  })
}

/** Whole minutes, never negative. */
export function minutesOf(ms: number): number {
  return Math.max(Math.floor(ms / 60_000), 0)
}

/** A share in whole per cent; less than one but not none is one. */
export function percent(share: number): number {
  return share > 0 ? Math.max(Math.round(share * 100), 1) : 0
}

/** Exceptions to the order, latest first; `counted` leaves out what was undone. */
export function exceptionsOf(today: DayReport): { items: DayReport['exceptions']; counted: number } {
  return {
    items: [...today.exceptions].reverse(),
    counted: today.exceptions.filter(({ undone }) => !undone).length,
  }
}

/** A length in whole minutes; a dash when there is none. */
export function minutesText(ms: number | null): string {
  return ms === null ? t('unknown') : String(minutesOf(ms))
}

/** `2026年3月2日星期一` / `Monday 2 March 2026`: a day of the calendar, in no zone. */
export function dayWords(day: string): string {
  const options = {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    timeZone: 'UTC',
  } as const
  const spoken = language.value === 'en' ? 'en-GB' : language.value
  return new Intl.DateTimeFormat(spoken, options).format(Date.parse(`${day}T00:00:00Z`))
}
