import { z } from 'zod'
import { ACCOMMODATIONS, CARE_NEEDS, CARE_SOURCES } from '#domain/care.ts'
import { EVENT_TYPES, EXCEPTIONS } from '#domain/change.ts'
import { CALL_REASONS, CORRECTIONS } from '#domain/decide.ts'
import { HOLD_KINDS, type Leg, OVERVIEW_FIELDS } from '#domain/leg.ts'
import { LEG_STATES } from '#domain/transition.ts'
import { ACTIONS } from './actions.ts'
import type {
  ActionsResponse,
  CardResponse,
  IssueRequest,
  IssueResponse,
  MaterialsResponse,
  NotesResponse,
  OfflineRequest,
  OfflineResponse,
  PictureView,
  PreparationResponse,
  Problem,
  PublicTicket,
  RecordRequest,
  SessionView,
  SiteView,
  TicketResponse,
  WhyResponse,
} from './api.ts'
import type { OverviewBoard, PublicBoard, StaffBoard, TicketView } from './board.ts'
import { type ErrorKey, STATUS } from './errors.ts'
import type { DeviceReport, Hello, StaffEvent } from './events.ts'
import { helpCall, publicHelp } from './schemas-help.ts'
import { identitySettings, maskedContact, maskedIdentity, shownCard } from './schemas-identity.ts'
import { printAnswer } from './schemas-printing.ts'
import { PASSWORD_LENGTH } from './session.ts'

/** Ids are opaque; nothing longer than this was ever made here. */
const id = z.string().min(1).max(64)
const language = z.enum(['zh-CN', 'en'])
export const ROLES = ['staff', 'volunteer', 'supervisor', 'director', 'auditor', 'administrator'] as const
export const localised = z.strictObject({ 'zh-CN': z.string(), en: z.string() })
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
export const pictureParams = z.strictObject({ site: id, picture: z.string().regex(/^[0-9a-f]{64}$/) })
export const counterParams = z.object({ counter: id })
export const ticketParams = z.object({ ticket: id })
export const codeParams = z.object({ code: z.string().regex(/^[2-9A-HJKMNP-Z]{16}$/) })

export const signInRequest = z.strictObject({ username: typed(64), password: z.string().min(1).max(256) })
export const setupRequest = z.strictObject({
  code: z.string().min(1).max(60),
  username: z.string().regex(/^[\p{L}\p{N}._@-]{1,64}$/u),
  password: z.string().min(PASSWORD_LENGTH.least).max(PASSWORD_LENGTH.most),
  name: typed(60),
})
/** Materials by their Chinese names. */
const names = z.array(z.string().min(1).max(200)).max(30)
const saidOfMaterials = { serviceId: id, here: names, missing: names }
export const materialsRequest = z.strictObject(saidOfMaterials)
export const issueRequest = z.strictObject({
  serviceId: id,
  more: z.array(id).max(10).exactOptional(),
  order: z.enum(['sequence', 'any']).exactOptional(),
  care: z.strictObject({ need: z.enum(CARE_NEEDS).exactOptional() }).exactOptional(),
  card: shownCard.exactOptional(),
  skill: id.exactOptional(),
  accommodations: z.array(z.enum(ACCOMMODATIONS)).max(ACCOMMODATIONS.length).exactOptional(),
  materials: z.array(materialsRequest).max(10).exactOptional(),
  contact: z
    .strictObject({ name: typed(60).exactOptional(), phone: typed(30).exactOptional() })
    .exactOptional(),
  language: language.exactOptional(),
  paper: z.literal(true).exactOptional(),
}) satisfies z.ZodType<IssueRequest>
export const offlineRequest = z.strictObject({
  number: z.string().regex(/^[A-Z]{1,3}\d{1,3}-\d{2,4}$/),
  at: ms,
  services: z.array(id).min(1).max(10),
  order: z.enum(['sequence', 'any']).exactOptional(),
  care: z.boolean().exactOptional(),
  language,
}) satisfies z.ZodType<OfflineRequest>
export const nothing = z.strictObject({})
export const holdRequest = z.strictObject({ kind: z.enum(HOLD_KINDS) })
export const resumeRequest = z.strictObject({ counterId: id.exactOptional() })
export const transferRequest = z.strictObject({
  to: z.union([
    z.strictObject({ laneId: id }),
    z.strictObject({ counterId: id }),
    z.strictObject({ staffId: id }),
  ]),
  note: typed(200).exactOptional(),
})
export const addServiceRequest = z.strictObject({
  serviceId: id,
  order: z.enum(['sequence', 'any']).default('sequence'),
})
export const skillRequest = z.strictObject({ skill: id.nullable() })
export const correctTimesRequest = z
  .strictObject({
    startedAt: ms.exactOptional(),
    endedAt: ms.exactOptional(),
    reason: z.enum(CORRECTIONS),
  })
  .refine(({ startedAt, endedAt }) => startedAt !== undefined || endedAt !== undefined)
const paperCall = { counterId: id, calledAt: ms }
export const recordRequest = z.discriminatedUnion('outcome', [
  z.strictObject({
    ...paperCall,
    outcome: z.literal('completed'),
    startedAt: ms.exactOptional(),
    endedAt: ms,
  }),
  z.strictObject({ ...paperCall, outcome: z.literal('missed'), endedAt: ms.exactOptional() }),
]) satisfies z.ZodType<RecordRequest>
export const openRequest = z.strictObject({
  takeOver: z.boolean().exactOptional(),
  desk: id.exactOptional(),
})
export const undoRequest = z.strictObject({ seq: z.number().int().min(1).exactOptional() })
export const sendHomeRequest = z.strictObject({
  note: z.strictObject({ 'zh-CN': typed(200), en: typed(200) }),
})
/** Of a visit with several legs, the one that is meant. */
export const legQuery = z.object({ leg: id.exactOptional() })
export const changeServiceRequest = z.strictObject({ serviceId: id })
export const languageRequest = z.strictObject({ language })
export const careRequest = z.strictObject({ care: z.boolean() })
export const callRequest = z.strictObject({ counterId: id, reason: z.enum(CALL_REASONS) })
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
  z.object({ view: z.enum(['staff', 'overview']), siteId: id, after }),
  z.object({ view: z.literal('ticket') }),
  z.object({ view: z.literal('pairing'), token: z.string().max(200) }),
]) satisfies z.ZodType<Hello>
export const deviceReport = z.strictObject({
  clock: z.number().int().nonnegative(),
  build: z.string().regex(/^[\w.-]{1,64}$/),
  /** Names of kinds of errors, and nothing that might say more. */
  error: z
    .string()
    .regex(/^[A-Za-z]{1,40}$/)
    .exactOptional(),
}) satisfies z.ZodType<DeviceReport>

// — what goes out —

const state = z.enum(LEG_STATES)
const wait = z.strictObject({ low: z.number().int(), high: z.number().int() }).nullable()
const lane = z.strictObject({ id, name: localised, letter: z.string() })
const material = z.strictObject({ ...localised.shape, where: localised.exactOptional() })
const service = z.strictObject({
  id,
  laneId: id,
  name: localised,
  department: localised,
  says: z.array(localised),
  materials: z.array(material),
  minutes: z.number(),
  targetWait: z.number().int().nullable().describe('ms'),
  promisedDays: z.number().int().nullable(),
  guide: localised.nullable(),
  quota: z.number().int().nullable(),
})
const skill = z.strictObject({ id, name: localised, accommodation: z.enum(ACCOMMODATIONS).exactOptional() })
const opening = z.strictObject({ from: z.number().int(), to: z.number().int() })
const rules = z.strictObject({
  careCredit: z.number().int(),
  hardCap: z.number().int(),
  maxCalls: z.number().int(),
  holdWithin: z.number().int(),
  offerFor: z.number().int().nullable(),
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
  skills: z.array(id),
  desk: id.nullable(),
  since: ms,
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
  onPaper: z.boolean(),
  hold: z.enum(HOLD_KINDS).nullable(),
  heldAt: ms.nullable(),
  holdOverdue: z.boolean(),
  papers: z.boolean(),
  noted: z.boolean(),
  prepare: z.boolean(),
  waitsUntil: ms.nullable(),
  next: z.array(id),
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
  print: printAnswer.nullable(),
  already: z.literal(true).exactOptional(),
}) satisfies z.ZodType<IssueResponse>
export const offlineResponse = z.strictObject({ ticket: publicTicket }) satisfies z.ZodType<OfflineResponse>
export const cardResponse = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('ticket'), ticket: publicTicket }),
  z.strictObject({
    is: z.literal('card'),
    pass: z.string(),
    care: z.boolean(),
    identity: maskedIdentity.nullable(),
    own: z.array(issueResponse.extend({ services: z.array(id) })),
  }),
]) satisfies z.ZodType<CardResponse>
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
export const actionsResponse = z.strictObject({
  items: z.array(
    z.strictObject({
      seq: z.number().int(),
      at: ms,
      type: z.enum(EVENT_TYPES),
      number: z.string().nullable(),
      ticketId: id.nullable(),
      legId: id.nullable(),
      by: z.enum(['you', 'colleague', 'clock', 'resident']),
      undone: z.boolean(),
    }),
  ),
}) satisfies z.ZodType<ActionsResponse>
export const notesResponse = z.strictObject({
  items: z.array(z.strictObject({ at: ms, author: z.string(), text: z.string() })),
}) satisfies z.ZodType<NotesResponse>
const check = z.strictObject({ ...saidOfMaterials, by: z.enum(['resident', 'counter']), at: ms })
export const preparationResponse = z.strictObject({
  accommodations: z.array(z.enum(ACCOMMODATIONS)),
  materials: z.array(check),
  identity: maskedIdentity.exactOptional(),
  contact: maskedContact.exactOptional(),
  need: z.literal(true).exactOptional(),
}) satisfies z.ZodType<PreparationResponse>
export const materialsResponse = z.strictObject({ check }) satisfies z.ZodType<MaterialsResponse>
export const sessionView = z.strictObject({
  accountId: id,
  username: z.string(),
  name: localised,
  role: z.enum(ROLES),
  may: z.array(z.enum(ACTIONS)),
  siteId: id.nullable(),
  counterId: id.nullable(),
  initial: z.literal(true).exactOptional(),
}) satisfies z.ZodType<SessionView>
export const siteView = z.strictObject({
  id,
  revision: z.number().int(),
  name: localised,
  timeZone: z.string(),
  hours: z.array(z.array(opening)),
  days: z.record(z.string(), z.array(opening)),
  open: z.boolean(),
  full: z.array(id),
  ownSeries: z.array(z.strictObject({ kiosk: z.string(), last: z.number().int() })),
  rejoinWithin: z.number().int(),
  careBy: z.array(z.enum(CARE_SOURCES)),
  identity: identitySettings.exactOptional(),
  skills: z.array(skill),
  notices: z.array(localised.extend({ picture: z.string().exactOptional() })),
  display: z.strictObject({
    one: z.enum(['yao', 'yi']),
    voice: z.string().nullable(),
    readingDistance: z.number().nullable(),
    screen: z.number(),
    zones: z.array(z.strictObject({ id, name: localised, lanes: z.array(id), counters: z.array(id) })),
  }),
  rules: rules.exactOptional(),
  staff: z.array(z.strictObject({ id, name: localised })).exactOptional(),
  clockHeld: z.boolean(),
  services: z.array(service),
  lanes: z.array(lane),
  counters: z.array(counterSetting),
  publicUrl: z.string().nullable(),
  practice: z.boolean(),
  demo: z.boolean(),
}) satisfies z.ZodType<SiteView>
export const picture = z.strictObject({
  type: z.string(),
  data: z.string(),
}) satisfies z.ZodType<PictureView>
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
  help: z.record(z.string(), publicHelp),
}) satisfies z.ZodType<PublicBoard>
export const staffBoard = z.strictObject({
  ...numbered,
  counters: z.record(z.string(), counter),
  legs: z.record(z.string(), leg),
  help: z.record(z.string(), helpCall),
}) satisfies z.ZodType<StaffBoard>
const seen = Object.fromEntries(OVERVIEW_FIELDS.map((field) => [field, true])) as Record<
  (typeof OVERVIEW_FIELDS)[number],
  true
>
export const overviewBoard = staffBoard.extend({
  legs: z.record(z.string(), leg.pick(seen)),
}) satisfies z.ZodType<OverviewBoard>
export const board = z.union([publicBoard, staffBoard, overviewBoard])
export const staffEvent = z.strictObject({
  seq: z.number().int(),
  at: ms,
  day: z.string(),
  revision: z.number().int(),
  type: z.enum(EVENT_TYPES),
  legs: z.array(leg),
  from: z.array(z.strictObject({ state, laneId: id, counterId: id.nullable() }).nullable()),
  counters: z.array(counter),
  help: z.array(helpCall).exactOptional(),
  exception: z.enum(EXCEPTIONS).exactOptional(),
  by: z.number().exactOptional(),
  wall: z.array(leg).exactOptional(),
}) satisfies z.ZodType<StaffEvent>
export const events = z.strictObject({ items: z.array(staffEvent) })
export const ticketView = z.strictObject({
  siteId: id,
  ticketId: id,
  siteName: localised,
  practice: z.boolean(),
  timeZone: z.string(),
  number: z.string(),
  state,
  serviceId: id,
  serviceName: localised,
  laneId: id,
  counter: z.string().nullable(),
  hold: z.enum(HOLD_KINDS).nullable(),
  callId: z.number().int().nullable(),
  ahead: z.number().int().nullable(),
  arrivedBefore: z.number().int().nullable(),
  wait,
  issuedAt: ms,
  language,
  steps: z.array(
    z.strictObject({
      serviceName: localised,
      state: z.enum(['done', 'now', 'waiting', 'later', 'ended']),
      counter: z.string().nullable(),
    }),
  ),
  materials: z.array(material),
  mayLetFirst: z.boolean(),
  minuteGiven: z.boolean(),
  onPaper: z.boolean(),
  toRate: z.strictObject({ legId: id, serviceName: localised, until: ms }).nullable(),
  farewell: localised.nullable(),
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
