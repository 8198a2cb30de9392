import type { CallReason, Correction } from '#domain/decide.ts'
import type { Leg } from '#domain/leg.ts'
import type { Localised } from '#domain/localised.ts'
import type {
  AuditQuestion,
  AuditResponse,
  DayReport,
  IssueRequest,
  IssueResponse,
  MaterialsResponse,
  NotesResponse,
  PictureView,
  PreparationResponse,
  Problem,
  PublicTicket,
  RatingRequest,
  RatingResponse,
  RecordRequest,
  SaidResponse,
  SessionView,
  SetupRequest,
  SiteView,
  TicketResponse,
  WhyResponse,
} from '#protocol/api.ts'
import type { PublicBoard, StaffBoard, TicketView } from '#protocol/board.ts'
import type { DeviceKind, DeviceResponse, PairingResponse } from '#protocol/device.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import type { StaffEvent } from '#protocol/events.ts'
import type { PictureRequest, PrintAnswer, PrintRequest } from '#protocol/printing.ts'
import type { Facts } from './i18n.ts'

/** A call that was refused or could not be made. `key` chooses the words; `status` is 0 when nobody answered. */
export class ApiError extends Error {
  readonly key: ErrorKey
  readonly status: number
  readonly facts: Facts

  constructor(key: ErrorKey, status: number, facts: Facts = {}) {
    super(key)
    this.name = 'ApiError'
    this.key = key
    this.status = status
    this.facts = facts
  }
}

/** Why a call failed: what was thrown is no refusal only where the program is wrong. */
export function errorKeyOf(thrown: unknown): ErrorKey {
  return thrown instanceof ApiError ? thrown.key : 'internal'
}

export interface ApiOptions {
  /** The device token, when the screen has one. */
  token?: () => string | null
  fetch?: typeof fetch
  /** Waits so many ms before a retry. */
  pause?: (ms: number) => Promise<void>
}

/** One action of one person. The same key on a second try gives the first result. */
export interface Action {
  key?: string
  /** The version the action was decided on. */
  version?: number
  /** Of a visit with several legs, the one that is meant: `version` is its. */
  leg?: string
}

/** Pauses before the second and the third try of a call nobody answered, ms. */
const RETRIES = [400, 1_200]
/** A try without an answer is given up after this, ms. */
const TIMEOUT = 6_000

/**
 * A key for one action: 128 random bits, hex. Not `randomUUID`, which browsers withhold on plain http.
 */
export function actionKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Why times are put right. */
export type { CallReason, Correction } from '#domain/decide.ts'

/** Where a ticket is sent. */
export type Destination = { laneId: string } | { counterId: string } | { staffId: string }

/** A ticket as the screen of a resident may know it. */
interface PublicTicketResponse {
  ticket: PublicTicket
}

export type Api = ReturnType<typeof createApi>

/** The server's endpoints, typed. Every method throws `ApiError`, and nothing else. */
export function createApi({
  token,
  fetch: send = (...call) => fetch(...call),
  pause = sleep,
}: ApiOptions = {}) {
  /** Every POST carries one key, made once: a try that was heard but not answered is not done twice. [API1] */
  async function call<T>(method: string, path: string, body?: unknown, action: Action = {}): Promise<T> {
    const headers: Record<string, string> = { accept: 'application/json' }
    const device = token?.()
    if (device) headers.authorization = `Bearer ${device}`
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (method === 'POST') headers['idempotency-key'] = action.key ?? actionKey()
    if (action.version !== undefined) headers['if-match'] = `${action.version}`

    const request: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' }
    if (body !== undefined) request.body = JSON.stringify(body)

    const pauses = [...RETRIES]
    for (;;) {
      const response = await attempt(send, `/api/v1${path}`, request)
      const again = response === null || response.status === 503 ? pauses.shift() : undefined
      if (again !== undefined) {
        await pause(again)
        continue
      }
      if (response === null) throw new ApiError('unavailable', 0)
      if (!response.ok) throw await refusal(response)
      return (response.status === 204 ? undefined : await json(response)) as T
    }
  }

  const get = <T>(path: string) => call<T>('GET', path)
  const post = <T>(path: string, body: unknown, action?: Action) => call<T>('POST', path, body, action)
  const part = encodeURIComponent
  const onTicket = <T = TicketResponse>(id: string, verb: string, body: unknown, action?: Action) =>
    post<T>(
      `/tickets/${part(id)}/${verb}${action?.leg === undefined ? '' : `?leg=${part(action.leg)}`}`,
      body,
      action,
    )

  return {
    /** For parts that are fetched later and know their own endpoints. */
    get,
    post,
    remove: (path: string) => call<void>('DELETE', path),
    /** A command on a ticket. */
    onTicket,
    signIn: (username: string, password: string) => post<SessionView>('/session', { username, password }),
    session: () => get<SessionView>('/session'),
    signOut: () => call<void>('DELETE', '/session'),
    /** This screen asks to be let in; `was` is the token it had before. */
    enrol: (kind: DeviceKind, was: string | null) =>
      post<DeviceResponse | PairingResponse>('/devices', { kind, ...(was !== null && { was }) }),

    sites: async () => (await get<{ items: SiteView[] }>('/sites')).items,
    site: (siteId: string) => get<SiteView>(`/sites/${part(siteId)}`),
    /** A picture of one of the hall's notices. */
    picture: (siteId: string, picture: string) =>
      get<PictureView>(`/sites/${part(siteId)}/pictures/${part(picture)}`),
    /** The figures of a business day, `YYYY-MM-DD`, else of today: for supervisors. */
    report: (siteId: string, day: string | null) =>
      get<DayReport>(`/sites/${part(siteId)}/report${day === null ? '' : `?day=${part(day)}`}`),
    /** Where a browser gets the same as a sheet. */
    reportSheet: (siteId: string, day: string) => `/api/v1/sites/${part(siteId)}/report.csv?day=${part(day)}`,
    /** Who did what, latest first: for supervisors. */
    audit: (siteId: string, question: AuditQuestion) =>
      get<AuditResponse>(`/sites/${part(siteId)}/audit?${searchOf(question)}`),
    /** Where a browser gets the same as a sheet. */
    auditSheet: (siteId: string, question: AuditQuestion) =>
      `/api/v1/sites/${part(siteId)}/audit.csv?${searchOf(question)}`,
    /** Ends the tickets of those still inside, with a note for them. */
    sendHome: (siteId: string, note: Localised, action?: Action) =>
      post<{ seq: number }>(`/sites/${part(siteId)}/send-home`, { note }, action),
    /** Makes the first administrator. */
    setUp: (request: SetupRequest, action?: Action) => post<unknown>('/setup', request, action),
    confirmClock: (siteId: string) => post<void>(`/sites/${part(siteId)}/confirm-clock`, {}),
    publicBoard: (siteId: string) => get<PublicBoard>(`/sites/${part(siteId)}/board`),
    staffBoard: (siteId: string) => get<StaffBoard>(`/sites/${part(siteId)}/board`),

    issue: (siteId: string, request: IssueRequest, action?: Action) =>
      post<IssueResponse>(`/sites/${part(siteId)}/tickets`, request, action),
    /** The day's ticket of this number, if there is one: for a kiosk. */
    publicTickets: async (siteId: string, number: string) =>
      (await get<{ items: PublicTicket[] }>(`/sites/${part(siteId)}/tickets?number=${part(number)}`)).items,
    /** The day's tickets whose present leg is completed: for staff. */
    completedTickets: async (siteId: string) =>
      (await get<{ items: Leg[] }>(`/sites/${part(siteId)}/tickets?state=completed`)).items,
    /** What happened after an event number: for staff. */
    events: async (siteId: string, after: number) =>
      (await get<{ items: StaffEvent[] }>(`/sites/${part(siteId)}/events?after=${after}`)).items,
    why: (ticketId: string) => get<WhyResponse>(`/tickets/${part(ticketId)}/why`),
    /** Prints a ticket's paper again, or why it stands where it stands. What this screen is to draw or print comes with the answer. */
    printAgain: (ticketId: string, request: PrintRequest = {}, action?: Action) =>
      onTicket<PrintAnswer>(ticketId, 'print', request, action),
    /** What this screen has drawn of a paper. */
    addPicture: (jobId: string, rows: string) =>
      post<void>(`/print-jobs/${part(jobId)}/picture`, { rows } satisfies PictureRequest),
    track: (code: string) => get<TicketView>(`/track/${part(code)}`),

    /** `desk` is the console that does it; `takeOver` takes the place of a colleague. */
    openCounter: (id: string, body: { desk?: string; takeOver?: boolean } = {}, action?: Action) =>
      post<void>(`/counters/${part(id)}/open`, body, action),
    closeCounter: (id: string, action?: Action) => post<void>(`/counters/${part(id)}/close`, {}, action),
    pauseCounter: (id: string, action?: Action) => post<void>(`/counters/${part(id)}/pause`, {}, action),
    callNext: (id: string, action?: Action) =>
      post<TicketResponse>(`/counters/${part(id)}/call-next`, {}, action),

    /** Takes back what the counter did last; `seq` names the event that is meant. */
    undo: (id: string, body: { seq?: number } = {}, action?: Action) =>
      post<TicketResponse>(`/counters/${part(id)}/undo`, body, action),

    recall: (id: string, action?: Action) => onTicket(id, 'recall', {}, action),
    start: (id: string, action?: Action) => onTicket(id, 'start', {}, action),
    complete: (id: string, action?: Action) => onTicket(id, 'complete', {}, action),
    noShow: (id: string, action?: Action) => onTicket(id, 'no-show', {}, action),
    hold: (id: string, body: { kind: NonNullable<Leg['hold']> }, action?: Action) =>
      onTicket(id, 'hold', body, action),
    /** With a counter it is called there now, otherwise it waits in its old place. */
    resume: (id: string, body: { counterId?: string }, action?: Action) =>
      onTicket(id, 'resume', body, action),
    putBack: (id: string, action?: Action) => onTicket(id, 'put-back', {}, action),
    transfer: (id: string, body: { to: Destination; note?: string }, action?: Action) =>
      onTicket(id, 'transfer', body, action),
    /** A further matter of the visit: after the present one, or at once in its own lane. */
    addService: (id: string, body: { serviceId: string; order: 'sequence' | 'any' }, action?: Action) =>
      onTicket(id, 'add-service', body, action),
    /** What whoever serves it must be able to do; null: nothing in particular. */
    skill: (id: string, body: { skill: string | null }, action?: Action) =>
      onTicket(id, 'skill', body, action),
    /** When it was really begun and done, ms; what is left out was right. */
    correctTimes: (
      id: string,
      body: { startedAt?: number; endedAt?: number; reason: Correction },
      action?: Action,
    ) => onTicket(id, 'correct-times', body, action),
    /** A call that was made on paper. */
    record: (id: string, body: RecordRequest, action?: Action) => onTicket(id, 'record', body, action),
    /** What staff left for whoever serves it. Every reading is written down. */
    notes: async (id: string) => (await get<NotesResponse>(`/tickets/${part(id)}/notes`)).items,
    /** What to prepare, and what was said of the materials. Every reading is written down. */
    preparation: (id: string) => get<PreparationResponse>(`/tickets/${part(id)}/preparation`),
    /** What the counter found of the materials of the present matter. */
    checkMaterials: async (id: string, found: { serviceId: string; here: string[]; missing: string[] }) =>
      (await onTicket<MaterialsResponse>(id, 'materials', found)).check,
    changeService: (id: string, body: { serviceId: string }, action?: Action) =>
      onTicket(id, 'change-service', body, action),
    care: (id: string, body: { care: boolean }, action?: Action) => onTicket(id, 'care', body, action),
    /** Out of turn; supervisors only. */
    call: (id: string, body: { counterId: string; reason: CallReason }, action?: Action) =>
      onTicket(id, 'call', body, action),

    // Staff are answered with the leg, a kiosk or phone with what is public of it.
    rejoin: (id: string, action?: Action) => onTicket(id, 'rejoin', {}, action),
    publicRejoin: (id: string, action?: Action) => onTicket<PublicTicketResponse>(id, 'rejoin', {}, action),
    /** A minute more: the call stands longer, or others go first. */
    moreTime: (id: string, action?: Action) => onTicket<PublicTicketResponse>(id, 'more-time', {}, action),
    /** Of the visit's matter `action.leg`. */
    rate: (id: string, rating: RatingRequest, action?: Action) =>
      onTicket<RatingResponse>(id, 'rating', rating, action),
    /** By the tablet at a counter, of the number that was just done there. */
    rateAtCounter: (id: string, rating: RatingRequest & { number: string }, action?: Action) =>
      post<RatingResponse>(`/counters/${part(id)}/rating`, rating, action),
    suggest: (id: string, text: string) => onTicket<void>(id, 'suggestion', { text }),
    /** A day's low ratings and what residents wrote. Every reading is written down. */
    feedback: async (siteId: string, day: string) =>
      (await get<SaidResponse>(`/sites/${part(siteId)}/feedback?day=${part(day)}`)).items,
    cancel: (id: string, action?: Action) => onTicket(id, 'cancel', {}, action),
    publicCancel: (id: string, action?: Action) => onTicket<PublicTicketResponse>(id, 'cancel', {}, action),
  }
}

/** One try. Null when nobody answered in time. */
async function attempt(send: typeof fetch, path: string, request: RequestInit): Promise<Response | null> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), TIMEOUT)
  try {
    return await send(path, { ...request, signal: giveUp.signal })
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    throw new ApiError('internal', response.status)
  }
}

/** An answer that says no. A body that is not ours (a proxy's page) still becomes one of our keys. [API2] */
async function refusal(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null
  const code = problem?.code
  if (code !== undefined && problem?.type === `urn:nuanhao:${code}`) {
    return new ApiError(code, response.status, problem?.facts ?? {})
  }
  return new ApiError(keyOfStatus(response.status), response.status)
}

function keyOfStatus(status: number): ErrorKey {
  if (status === 400) return 'malformed'
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  if (status === 412) return 'stale'
  if (status === 413) return 'too-large'
  if (status === 429) return 'too-many'
  if (status === 502 || status === 503 || status === 504) return 'unavailable'
  return 'internal'
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}

function searchOf(question: AuditQuestion): string {
  return String(new URLSearchParams(Object.entries(question).map(([name, value]) => [name, String(value)])))
}
