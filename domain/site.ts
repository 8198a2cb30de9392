import type { OwnLegs } from './already.ts'
import type { Calendar } from './calendar.ts'
import type { Accommodation, CardRule, CareNeed, CareSource } from './care.ts'
import { DISPLAY_DEFAULTS, type DisplaySettings, type Notice } from './display.ts'
import type { HelpCall } from './help.ts'
import type { Counter, Leg } from './leg.ts'
import type { Localised } from './localised.ts'
import type { Material } from './materials.ts'
import type { Offer } from './offer.ts'
import type { Offline } from './offline.ts'
import type { Past } from './past.ts'
import type { Printer } from './printer.ts'
import type { ServedLane } from './turn.ts'

export type { Localised } from './localised.ts'
export type { Material } from './materials.ts'

export interface Service {
  id: string
  laneId: string
  name: Localised
  department: Localised
  /** What people call it in everyday words. */
  says: Localised[]
  /** What a resident brings. */
  materials: Material[]
  /** Mean minutes at the counter, for the wait estimate. */
  minutes: number
  /** The wait the hall promises, ms; null: none. */
  targetWait: number | null
  /** Working days in which the matter is promised to be settled; 0: at the counter; null: no promise. */
  promisedDays: number | null
  /** What it is and how it goes, in plain language. */
  guide: Localised | null
  /** Most tickets for it in a business day; null: no limit. */
  quota: number | null
}

/** Something a ticket may need of the person who serves it: sign language, a dialect. */
export interface Skill {
  id: string
  name: Localised
  /** Who wants this prepared needs the skill. */
  accommodation?: Accommodation
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

/** A program beside a kiosk that reads cards. The kiosk's browser asks it. */
export interface ReaderService {
  /** Of the kiosk's own machine, or of the hall's network. */
  url: string
  method: 'GET' | 'POST'
  /** What is sent with a POST, `json` or as it is; null: nothing. */
  body: { text: string; json: boolean } | null
  /** Where in its JSON answer the number and the name are, `info.idCode`; without a name null. */
  paths: { number: string; name: string | null }
}

/** How residents may show who they are. */
export interface IdentitySettings {
  /** By a reader that types, as a keyboard does. */
  keyboard: boolean
  service: ReaderService | null
}

/** How a site is set up. `revision` grows with every change of settings. */
export interface Site extends Calendar {
  id: string
  revision: number
  /** Nothing in it is real: a hall to practise in. Said when it is made, and never changed. */
  practice: boolean
  name: Localised
  /** Head start of care, ms. */
  careCredit: number
  /** Head starts of needs for which it is another, ms. Staff can tell those needs by them. */
  careCredits: Partial<Record<CareNeed, number>>
  /** Who may say that a resident is cared for first. */
  careBy: readonly CareSource[]
  /** Cards that grant care. */
  cards: readonly CardRule[]
  /** null: it does not ask who somebody is. */
  identity: IdentitySettings | null
  /** A wait past this is flagged, ms. */
  hardCap: number
  /** The call after this many is a no-show. */
  maxCalls: number
  /** A call nobody answers is missed after this, ms. */
  callTimeout: number
  /** How long after a no-show a ticket may rejoin, ms. */
  rejoinWithin: number
  /** A hold longer than this is old, ms. */
  holdWithin: number
  /** Tickets are offered to free counters in turn, each this long, ms; null: whoever calls gets the next. */
  offerFor: number | null
  services: Service[]
  lanes: Lane[]
  counters: CounterSetting[]
  skills: Skill[]
  /** What the hall tells everybody. */
  notices: Notice[]
  display: DisplaySettings
  /** What prints tickets. */
  printers: Printer[]
}

const MINUTE = 60_000

/** Settings a hall that says nothing of them has. */
export const SITE_DEFAULTS = {
  practice: false,
  days: {},
  careCredit: 30 * MINUTE,
  careCredits: {},
  careBy: ['declared', 'staff'],
  cards: [],
  identity: null,
  hardCap: 45 * MINUTE,
  maxCalls: 3,
  callTimeout: 3 * MINUTE,
  rejoinWithin: 60 * MINUTE,
  holdWithin: 30 * MINUTE,
  offerFor: null,
  skills: [],
  notices: [],
  printers: [],
  display: DISPLAY_DEFAULTS,
} satisfies Partial<Site>

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
  /** The other open legs of its ticket. */
  others: Leg[]
  /** Of a command on the whole site: every leg that waits, is held or missed. */
  inside: Leg[]
  /** Of an issue to whoever shows an identity: what they have already. */
  own: OwnLegs | null
  /** Of a command on a call for help: that call. */
  help: HelpCall | null
  /** Of a command that names a person: the counter they sit at, else the one they usually sit at. */
  colleague: { id: string; counterId: string | null } | null
  /** Where tickets are offered in turn: the free counters the next leg may be called to. */
  offer: Offer | null
  /** Of a call that was made on paper: what the log has of that time. */
  past: Past | null
  /** Of a ticket that a kiosk issued by itself: what the server knows of that, with the ticket in `leg` and `others`. */
  offline?: Offline
  /** The last action at the counter, if it can still be taken back as far as the log knows. */
  last: { seq: number; at: number; type: string; untouched: boolean } | null
}
