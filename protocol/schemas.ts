import { z } from 'zod'
import { ACCOMMODATIONS, CARE_NEEDS } from '#domain/care.ts'
import { EVENT_TYPES, EXCEPTIONS } from '#domain/change.ts'
import { HOLD_KINDS, type Leg } from '#domain/leg.ts'
import { LEG_STATES } from '#domain/transition.ts'
import type {
  DeviceResponse,
  IssueRequest,
  IssueResponse,
  Problem,
  PublicTicket,
  SessionView,
  SiteView,
  TicketResponse,
  WhyResponse,
} from './api.ts'
import type { PublicBoard, StaffBoard, TicketView } from './board.ts'
import { type ErrorKey, STATUS } from './errors.ts'
import type { Hello, StaffEvent } from './events.ts'

/** Ids are opaque; nothing longer than this was ever made here. */
const id = z.string().min(1).max(64)
const language = z.enum(['zh-CN', 'en'])
const localised = z.strictObject({ 'zh-CN': z.string(), en: z.string() })
const ms = z.number().int().describe('milliseconds since the epoch')
/** Text that people typed: trimmed, bounded, without control characters. */
const typed = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u)

// — what comes in —

export const idParams = z.object({ id })
export const siteParams = z.object({ site: id })
export const counterParams = z.object({ counter: id })
export const ticketParams = z.object({ ticket: id })
export const codeParams = z.object({ code: z.string().regex(/^[2-9A-HJKMNP-Z]{16}$/) })

export const signInRequest = z.strictObject({ username: typed(64), password: z.string().min(1).max(256) })
export const deviceRequest = z.strictObject({
  kind: z.enum(['kiosk', 'display']),
  siteId: id.exactOptional(),
})
export const issueRequest = z.strictObject({
  serviceId: id,
  care: z.strictObject({ need: z.enum(CARE_NEEDS).exactOptional() }).exactOptional(),
  accommodations: z.array(z.enum(ACCOMMODATIONS)).max(ACCOMMODATIONS.length).exactOptional(),
  contact: z
    .strictObject({ name: typed(60).exactOptional(), phone: typed(30).exactOptional() })
    .exactOptional(),
  language: language.exactOptional(),
}) satisfies z.ZodType<IssueRequest>
export const nothing = z.strictObject({})
export const holdRequest = z.strictObject({ kind: z.enum(['fetching', 'papers-kept']) })
export const resumeRequest = z.strictObject({ counterId: id.exactOptional() })
export const transferRequest = z.strictObject({
  to: z.union([
    z.strictObject({ laneId: id }),
    z.strictObject({ counterId: id }),
    z.strictObject({ staffId: id }),
  ]),
})
export const changeServiceRequest = z.strictObject({ serviceId: id })
export const careRequest = z.strictObject({ care: z.boolean() })
export const callRequest = z.strictObject({ counterId: id, reason: typed(200) })
export const ticketsQuery = z.object({
  state: z.enum(LEG_STATES).exactOptional(),
  number: z.string().min(1).max(12).exactOptional(),
})
export const eventsQuery = z.object({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
})
export const idempotencyKey = z.string().regex(/^[\w-]{8,80}$/)
export const ifMatch = z.string().regex(/^"?\d{1,9}"?$/)

const after = z.number().int().min(0).nullable()
export const hello = z.discriminatedUnion('view', [
  z.object({ view: z.literal('public'), siteId: id, token: z.string().max(200), after }),
  z.object({ view: z.literal('staff'), siteId: id, after }),
  z.object({ view: z.literal('ticket') }),
]) satisfies z.ZodType<Hello>
export const deviceReport = z.strictObject({
  clock: z.number(),
  lastSeq: z.number().int().nullable(),
  error: z.string().max(200).exactOptional(),
})

// — what goes out —

const state = z.enum(LEG_STATES)
const wait = z.strictObject({ low: z.number().int(), high: z.number().int() }).nullable()
const lane = z.strictObject({ id, name: localised, letter: z.string() })
const service = z.strictObject({
  id,
  laneId: id,
  name: localised,
  department: localised,
  materials: z.array(localised),
  minutes: z.number(),
})
const counterSetting = z.strictObject({
  id,
  number: z.string(),
  name: localised,
  lanes: z.array(
    z.strictObject({ laneId: id, rank: z.enum(['primary', 'secondary']), threshold: z.number().nullable() }),
  ),
})
const counterStatus = z.enum(['open', 'paused', 'closed'])
export const counter = z.strictObject({
  id,
  number: z.string(),
  status: counterStatus,
  staffId: id.nullable(),
  version: z.number().int(),
})
export const leg = z.strictObject({
  id,
  ticketId: id,
  number: z.string(),
  laneId: id,
  serviceId: id,
  state,
  version: z.number().int(),
  arrivedAt: ms,
  credit: z.number().int().describe('head start in ms'),
  v: ms,
  n: z.number().int(),
  stint: z.number().int(),
  counterId: id.nullable(),
  assignedCounterId: id.nullable(),
  assignedStaffId: id.nullable(),
  skill: z.string().nullable(),
  calls: z.number().int(),
  callId: z.number().int().nullable(),
  callCounterId: id.nullable(),
  calledAt: ms.nullable(),
  startedAt: ms.nullable(),
  endedAt: ms.nullable(),
  hold: z.enum(HOLD_KINDS).nullable(),
  heldAt: ms.nullable(),
  language,
}) satisfies z.ZodType<Leg>
export const publicTicket = z.strictObject({
  id,
  number: z.string(),
  state,
  serviceId: id,
  laneId: id,
  counterId: id.nullable(),
  callId: z.number().int().nullable(),
  version: z.number().int(),
  issuedAt: ms,
}) satisfies z.ZodType<PublicTicket>
export const issueResponse = z.strictObject({
  ticket: publicTicket,
  trackUrl: z.string().nullable(),
  ahead: z.number().int(),
  wait,
}) satisfies z.ZodType<IssueResponse>
export const ticketResponse = z.strictObject({ ticket: leg.nullable() }) satisfies z.ZodType<TicketResponse>
export const counterResponse = z.strictObject({ counter })
export const oneTicket = z.strictObject({ ticket: z.union([leg, publicTicket]) })
export const tickets = z.strictObject({ items: z.union([z.array(leg), z.array(publicTicket)]) })
export const whyResponse = z.strictObject({
  number: z.string(),
  ahead: z.number().int(),
  arrivedBefore: z.number().int(),
  earlierTurn: z.number().int(),
  credit: z.number().int().exactOptional(),
  reason: z.enum(['arrival', 'care', 'return']).exactOptional(),
}) satisfies z.ZodType<WhyResponse>
export const sessionView = z.strictObject({
  accountId: id,
  username: z.string(),
  name: localised,
  role: z.enum(['staff', 'supervisor', 'administrator']),
  siteId: id,
  counterId: id.nullable(),
}) satisfies z.ZodType<SessionView>
export const deviceResponse = z.strictObject({
  id,
  kind: z.enum(['kiosk', 'display']),
  siteId: id,
  name: z.string(),
  token: z.string(),
}) satisfies z.ZodType<DeviceResponse>
export const siteView = z.strictObject({
  id,
  revision: z.number().int(),
  name: localised,
  timeZone: z.string(),
  open: z.boolean(),
  clockHeld: z.boolean(),
  services: z.array(service),
  lanes: z.array(lane),
  counters: z.array(counterSetting),
  publicUrl: z.string().nullable(),
  demo: z.boolean(),
}) satisfies z.ZodType<SiteView>
export const sites = z.strictObject({ items: z.array(siteView) })
const numbered = { siteId: id, seq: z.number().int(), at: ms, day: z.string(), revision: z.number().int() }
export const publicBoard = z.strictObject({
  ...numbered,
  waiting: z.record(z.string(), z.number().int()),
  counters: z.record(
    z.string(),
    z.strictObject({ status: counterStatus, number: z.string().nullable(), serving: z.boolean() }),
  ),
  calls: z.array(
    z.strictObject({
      callId: z.number().int(),
      number: z.string(),
      counterId: id,
      laneId: id,
      calls: z.number().int(),
      at: ms,
      language,
    }),
  ),
}) satisfies z.ZodType<PublicBoard>
export const staffBoard = z.strictObject({
  ...numbered,
  counters: z.record(z.string(), counter),
  legs: z.record(z.string(), leg),
}) satisfies z.ZodType<StaffBoard>
export const board = z.union([publicBoard, staffBoard])
export const staffEvent = z.strictObject({
  seq: z.number().int(),
  at: ms,
  day: z.string(),
  revision: z.number().int(),
  type: z.enum(EVENT_TYPES),
  legs: z.array(leg),
  from: z.array(z.strictObject({ state, laneId: id, counterId: id.nullable() }).nullable()),
  counters: z.array(counter),
  exception: z.enum(EXCEPTIONS).exactOptional(),
  by: z.number().exactOptional(),
  wall: z.array(leg).exactOptional(),
}) satisfies z.ZodType<StaffEvent>
export const events = z.strictObject({ items: z.array(staffEvent) })
export const ticketView = z.strictObject({
  siteId: id,
  ticketId: id,
  siteName: localised,
  number: z.string(),
  state,
  serviceId: id,
  serviceName: localised,
  laneId: id,
  counter: z.string().nullable(),
  hold: z.enum(HOLD_KINDS).nullable(),
  callId: z.number().int().nullable(),
  ahead: z.number().int().nullable(),
  wait,
  issuedAt: ms,
  language,
  at: ms,
  seq: z.number().int(),
}) satisfies z.ZodType<TicketView>
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(STATUS) as [ErrorKey, ...ErrorKey[]]),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
}) satisfies z.ZodType<Problem>
