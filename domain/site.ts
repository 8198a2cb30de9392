import type { WeeklyHours } from './calendar.ts'
import type { Counter, Leg } from './leg.ts'
import type { ServedLane } from './turn.ts'

/** A text in both languages of the hall; Chinese first. */
export interface Localised {
  'zh-CN': string
  en: string
}

export interface Service {
  id: string
  laneId: string
  name: Localised
  department: Localised
  /** What a resident brings. */
  materials: Localised[]
  /** Mean minutes at the counter, for the wait estimate. */
  minutes: number
}

export interface Lane {
  id: string
  name: Localised
  /** Letter of its numbers. */
  letter: string
}

export interface CounterSetting {
  id: string
  number: string
  name: Localised
  lanes: ServedLane[]
}

/** How a site is set up. `revision` grows with every change of settings. */
export interface Site {
  id: string
  revision: number
  name: Localised
  timeZone: string
  hours: WeeklyHours
  /** Head start of care, ms. */
  careCredit: number
  /** A wait past this is flagged, ms. */
  hardCap: number
  /** After this many calls a clerk is offered no-show. */
  maxCalls: number
  /** A call nobody answers is missed after this, ms. */
  callTimeout: number
  /** How long after a no-show a ticket may rejoin, ms. */
  rejoinWithin: number
  services: Service[]
  lanes: Lane[]
  counters: CounterSetting[]
}

/** What a command finds when it reads: enough to decide, no more. */
export interface Situation {
  site: Site
  /** Time of the site's last event, ms. The site's clock never runs back behind it. */
  clock: number
  /** The machine's clock was found behind the log at start; no tickets until staff confirm the time. */
  clockHeld: boolean
  counter: Counter | null
  /** The leg called or served at that counter. */
  atCounter: Leg | null
  leg: Leg | null
  /** When the leg's present state began, ms: of a missed leg, when it was missed. */
  since: number | null
  /** The last action at the counter, if it can still be taken back as far as the log knows. */
  last: { seq: number; at: number; type: string; untouched: boolean } | null
}
