import type { Accommodation, CareNeed } from '#domain/care.ts'
import type { Leg } from '#domain/leg.ts'
import type { CounterSetting, Lane, Localised, Service } from '#domain/site.ts'
import type { Wait } from '#domain/wait.ts'
import type { Why } from '#domain/why.ts'
import type { ErrorKey } from './errors.ts'

/** GET /sites/:site. Staff-only settings (credits, caps) are not in it. */
export interface SiteView {
  id: string
  revision: number
  name: Localised
  timeZone: string
  /** Whether tickets are issued now. */
  open: boolean
  /** The machine's clock is behind the log: no tickets until a supervisor confirms the time. */
  clockHeld: boolean
  services: Service[]
  lanes: Lane[]
  counters: CounterSetting[]
  /** Where a phone reaches this server; null when no phone can (no PUBLIC_URL). */
  publicUrl: string | null
  /** A demo hall enrols its own screens and says so on them. */
  demo: boolean
}

/** POST /sites/:site/tickets */
export interface IssueRequest {
  serviceId: string
  /** Present when care is wanted; the need is optional and private. */
  care?: { need?: CareNeed }
  accommodations?: Accommodation[]
  contact?: { name?: string; phone?: string }
  language?: 'zh-CN' | 'en'
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
}

/** Answer of every command on a ticket and of call-next (there null: nobody waits). */
export interface TicketResponse {
  ticket: Leg | null
}

/** GET /tickets/:id/why. `credit` and `reason` only for staff. */
export interface WhyResponse extends Why {
  number: string
  /** Head start in ms. */
  credit?: number
  reason?: 'arrival' | 'care' | 'return'
}

export type Role = 'staff' | 'supervisor' | 'administrator'

/** POST and GET /session */
export interface SessionView {
  accountId: string
  username: string
  name: Localised
  role: Role
  siteId: string
  /** The counter the account usually sits at. */
  counterId: string | null
}

/** POST /devices: enrols the screen that asks. `token` is shown once; the device keeps it. */
export interface DeviceResponse {
  id: string
  kind: 'kiosk' | 'display'
  siteId: string
  /** What the screen is called, `K1`. */
  name: string
  token: string
}

/** RFC 9457 problem details with a stable code. */
export interface Problem {
  type: string
  title: string
  status: number
  code: ErrorKey
  facts?: Record<string, string | number>
}
