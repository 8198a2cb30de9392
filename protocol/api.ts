import type { Calendar } from '#domain/calendar.ts'
import type { Accommodation, CareNeed, CareSource } from '#domain/care.ts'
import type { EventType } from '#domain/change.ts'
import type { PaperCall } from '#domain/decide.ts'
import type { DisplaySettings, Notice } from '#domain/display.ts'
import type { MaskedContact, MaskedIdentity } from '#domain/identity.ts'
import type { Leg } from '#domain/leg.ts'
import type { MaterialCheck } from '#domain/materials.ts'
import type { Level, Rating } from '#domain/rating.ts'
import type { Purpose, RecognisedBy, Revealable } from '#domain/reveal.ts'
import type { CounterSetting, IdentitySettings, Lane, Localised, Service, Site, Skill } from '#domain/site.ts'
import type { Wait } from '#domain/wait.ts'
import type { Why } from '#domain/why.ts'
import type { Action } from './actions.ts'
import type { PublicHelp } from './board.ts'
import type { ErrorKey } from './errors.ts'
import type { PrintAnswer } from './printing.ts'

/** GET /sites/:site. Staff-only settings (credits, caps) are not in it. */
export interface SiteView {
  id: string
  revision: number
  name: Localised
  timeZone: string
  /** Minutes after local midnight, Monday first. */
  hours: Calendar['hours']
  /** Days that differ from their weekday, by `YYYY-MM-DD`. */
  days: Calendar['days']
  /** Whether tickets are issued now. */
  open: boolean
  /** Services whose numbers are all given out today. */
  full: string[]
  /** Kiosks that gave out numbers of their own series today, `K1`, and how far they are here. */
  ownSeries: { kiosk: string; last: number }[]
  /** How long after a missed call a ticket may rejoin, ms. */
  rejoinWithin: number
  careBy: readonly CareSource[]
  /** How residents may show who they are, the service beside a kiosk only for kiosks. Absent: nobody is asked. */
  identity?: IdentitySettings
  skills: Skill[]
  notices: Notice[]
  display: DisplaySettings
  /** Only for staff. */
  rules?: SiteRules
  /** Only for staff: who works here. */
  staff?: { id: string; name: Localised }[]
  /** The machine's clock is behind the log: no tickets until a supervisor confirms the time. */
  clockHeld: boolean
  services: Service[]
  lanes: Lane[]
  counters: CounterSetting[]
  /** Where a phone reaches this server; null when no phone can (no PUBLIC_URL). */
  publicUrl: string | null
  /** Nothing in it is real, and every screen says so. */
  practice: boolean
  /** A demo hall enrols its own screens and says so on them. */
  demo: boolean
}

/** GET /sites/:site/pictures/:picture */
export interface PictureView {
  /** `image/jpeg`, `image/png` or `image/webp` */
  type: string
  /** Base64. */
  data: string
}

/** What staff are told of how the line is run. Times in ms. */
export type SiteRules = Pick<Site, 'careCredit' | 'hardCap' | 'maxCalls' | 'holdWithin' | 'offerFor'>

/** POST /sites/:site/tickets */
export interface IssueRequest {
  serviceId: string
  /** Further matters of the same visit. */
  more?: string[]
  /** One after another, or whichever counter is free first. */
  order?: 'sequence' | 'any'
  /** Present when care is wanted; the need is optional and private. */
  care?: { need?: CareNeed }
  /**
   * A card that was shown: it may grant the care that is wanted, and say who its bearer is. As a pass, where it was shown to
   * this screen (POST /sites/:site/cards), or as it is. Private.
   */
  card?: { pass: string } | CardRequest
  /** A skill the serving person must have. */
  skill?: string
  /** What staff should prepare; private. One that a skill of the hall is for needs that skill too. */
  accommodations?: Accommodation[]
  /** What the resident has with them and what not, by service; private. */
  materials?: (MaterialCheck & { serviceId: string })[]
  contact?: { name?: string; phone?: string }
  language?: 'zh-CN' | 'en'
  /** By staff, whom no kiosk's printer stands beside: its paper too, at the hall's printer or by the browser that asks. */
  paper?: true
}

/** POST /sites/:site/offline-tickets: a ticket that a kiosk issued by itself while it could not reach the server. */
export interface OfflineRequest {
  /** Of the kiosk's own series, `K1-03`. */
  number: string
  /** When, by the kiosk's clock, ms. */
  at: number
  /** The matters of the visit. */
  services: string[]
  order?: 'sequence' | 'any'
  /** Care was wished. Why, a kiosk does not keep. */
  care?: boolean
  language: 'zh-CN' | 'en'
}

/** Answer to it: the ticket as the hall knows it from now on. */
export interface OfflineResponse {
  ticket: PublicTicket
}

/** A ticket as a kiosk may see it: no turn, no class. */
export interface PublicTicket {
  id: string
  number: string
  state: Leg['state']
  serviceId: string
  laneId: string
  counterId: string | null
  callId: number | null
  version: number
  issuedAt: number
}

export interface IssueResponse {
  ticket: PublicTicket
  /** The link in the QR code; null when a phone cannot reach this server. */
  trackUrl: string | null
  ahead: number
  /** null: no counter serves this lane now. */
  wait: Wait | null
  /** Its paper; null when it is issued without a printer. */
  print: PrintAnswer | null
  /** Nothing was issued: whoever has shown this identity has this ticket for it already. */
  already?: true
}

/** POST /sites/:site/cards: what a reader has read. */
export interface CardRequest {
  /** Its number, or the text of a code. */
  number: string
  /** The name on it, if the reader says it. */
  name?: string
}

/** What was held to a reader. */
export type CardResponse =
  /** A ticket of the hall's today. */
  { is: 'ticket'; ticket: PublicTicket } | ({ is: 'card' } & KnownCard)

/** What a screen gets to know of a card: what it is good for, never its number. */
export interface KnownCard {
  /** Stands for the card in requests of this screen, for an hour. */
  pass: string
  /** It grants care here. */
  care: boolean
  /** null: it does not say who its bearer is, or the hall does not ask. */
  identity: MaskedIdentity | null
  /** The open tickets of today of whoever shows it. */
  own: OwnTicket[]
}

export interface OwnTicket extends IssueResponse {
  /** What it is for, now and later in its visit. */
  services: string[]
}

/** GET /sites/:site/visits: the visit that had a number on a day. */
export interface FoundVisits {
  items: { ticketId: string; day: string; number: string; confided: boolean }[]
}

/** POST /sites/:site/visits/:ticket/export and erase: what says that the visit is that of whoever asks. */
export interface ResidentRequest {
  recognisedBy: RecognisedBy
}

/** POST /sites/:site/visits/:ticket/export: rows by table, opened. */
export interface KeptAnswer {
  kept: Record<string, Record<string, unknown>[]>
}

/** POST /tickets/:id/reveal: what is to be shown whole, and what for. */
export interface RevealRequest {
  what: Revealable
  purpose: Purpose
}

/** What was asked for; null: it was not said, or not asked for. */
export interface RevealResponse {
  name: string | null
  number: string | null
  phone: string | null
  need: CareNeed | null
}

/** Answer of every command on a ticket and of call-next (there null: nobody waits). */
export interface TicketResponse {
  ticket: Leg | null
}

/** POST /tickets/:id/record: a call that was made on paper. */
export type RecordRequest = { counterId: string } & PaperCall

/** GET /tickets/:id/why. `credit` and `reason` only for staff. */
export interface WhyResponse extends Why {
  number: string
  /** Head start in ms. */
  credit?: number
  reason?: 'arrival' | 'care' | 'return'
}

/** GET /sites/:site/report?day= */
export type { DayReport } from '#domain/report.ts'

/** POST /setup: makes the first administrator with the code the server printed. */
export interface SetupRequest {
  code: string
  username: string
  password: string
  name: string
}

/** POST /tickets/:id/rating and /counters/:id/rating. What is left out of a change is taken back. */
export interface RatingRequest extends Rating {
  text?: string
}

export interface RatingResponse {
  /** Until when it may be changed, ms. */
  until: number
}

/** What the audit is searched for. A day is `YYYY-MM-DD` of the site. */
export interface AuditQuestion {
  from: string
  to: string
  /** `staff:ID`, or a kind: `staff`. */
  who?: string
  what?: AuditKind
  /** A ticket's. */
  number?: string
  /** Only rows before this one. */
  before?: number
}

export type AuditKind = 'tickets' | 'confided' | 'counters' | 'access' | 'settings' | 'refused' | 'program'

/** A row of the audit as it is shown. */
export interface AuditItem {
  n: number
  at: number
  actor: string
  origin: string
  action: string
  subject: string | null
  /** Of the ticket it is about. */
  number: string | null
  seq: number | null
  result: string
  /** null also where it is about a ticket and whoever asks is told nothing of single numbers. [ROLE7] */
  reason: string | null
  /** null: what it is the hash of was not told whole. */
  hash: string | null
}

/** GET /sites/:site/audit */
export interface AuditResponse {
  /** Latest first. */
  items: AuditItem[]
  /** Whether there are earlier ones. */
  more: boolean
  /** Everybody and every screen of the site. */
  actors: { principal: string; name: Localised }[]
  /** The last day whose end the chain was read through at; `bad` says what was wrong. */
  head: { day: string; n: number; bad: string | null } | null
}

/** GET /sites/:site/feedback?day=: without a number, a counter or a person. */
export interface SaidResponse {
  items: {
    kind: 'rating' | 'suggestion'
    at: number
    serviceId: string | null
    level: Level | null
    /** Codes of `RATING_TAGS`. */
    tags: string[]
    text: string | null
  }[]
}

/** POST /sites/:site/help and /help/:call/take-back, by a kiosk. `seq`: of the event from which on the board has it. */
export interface AskedHelp {
  call: PublicHelp & { id: string }
  seq: number
}

/** `volunteer`: does the desk's jobs and nothing else. */
export type Role = 'staff' | 'volunteer' | 'supervisor' | 'director' | 'auditor' | 'administrator'

/** GET /counters/:counter/actions: what was done there last today, the latest first. */
export interface ActionsResponse {
  items: CounterAction[]
}

/** One thing that was done at a counter. */
export interface CounterAction {
  /** Number of its event. */
  seq: number
  /** ms */
  at: number
  type: EventType
  /** The ticket's, where it was about one. */
  number: string | null
  ticketId: string | null
  /** The leg it was said of, as it was left. */
  legId: string | null
  /** `you`: whoever asks. `colleague`: other staff, never which. `clock`: by itself. `resident`: a phone or a kiosk. */
  by: 'you' | 'colleague' | 'clock' | 'resident'
  /** It was taken back. */
  undone: boolean
}

/** GET /tickets/:id/notes */
export interface NotesResponse {
  items: { at: number; author: string; text: string }[]
}

/** GET /tickets/:id/preparation: what staff prepare, what was said of the materials, the counter's word last, and who it is. */
export interface PreparationResponse {
  accommodations: Accommodation[]
  materials: SaidOfMaterials[]
  /** Who its resident is, masked; absent when they have not shown it. */
  identity?: MaskedIdentity
  /** Whom to ask for, and where, masked; absent when nothing was said. */
  contact?: MaskedContact
  /** The reason for care was said; what it is, is revealed. */
  need?: true
}

/** What the resident or the counter said of the materials of a service. */
export interface SaidOfMaterials extends MaterialCheck {
  serviceId: string
  by: 'resident' | 'counter'
  /** ms */
  at: number
}

/** POST /tickets/:id/materials */
export interface MaterialsResponse {
  check: SaidOfMaterials
}

/** POST and GET /session */
export interface SessionView {
  accountId: string
  username: string
  name: Localised
  role: Role
  /** What the table lets them do. A screen goes by this, and by no role. [ROLE5] */
  may: Action[]
  /** null: an administrator before there is a hall; everything of a site is then unknown. */
  siteId: string | null
  /** The counter the account usually sits at. */
  counterId: string | null
  /** The password was made up for them: nothing may be done before they have chosen one. [SIGNIN4] */
  initial?: true
}

export type { DeviceResponse } from './device.ts'

/** RFC 9457 problem details with a stable code. */
export interface Problem {
  type: string
  title: string
  status: number
  code: ErrorKey
  facts?: Record<string, string | number>
}
