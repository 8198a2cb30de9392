import type { LineMetrics } from '#line/metrics.ts'
import { reconcile } from '#line/reconcile.ts'
import type { StaffEvent } from '#protocol/events.ts'
import { Feed } from '#server/feed.ts'
import { may } from '#server/policy.ts'
import { type Principal, principalName } from '#server/principal.ts'
import { toProblem } from '#server/problem.ts'
import { ROUTES } from '#server/routes.ts'
import { closeDay } from '#worker/close-day.ts'
import { expireCalls } from '#worker/expire-calls.ts'
import { oldHolds } from '#worker/old-holds.ts'
import { KIOSKS, PEOPLE, type Person, type Who } from './hall-plan.ts'
import { foundSite, type Ground, type Process, razeSite } from './parts.ts'
import type { Request } from './question.ts'

/** What the hall said. */
export type Told =
  | { refused: string }
  | { ticket: Record<string, unknown> | null }
  | { counter: Record<string, unknown> }
  | { seq: number }

export const CHORES = { 'expire-calls': expireCalls, 'old-holds': oldHolds, 'close-day': closeDay }
export type ChoreName = keyof typeof CHORES

/** A hall under test: the real routes on the real parts, with a clock that only the test moves. */
export class Real {
  readonly siteId: string
  /** Servers of the hall: two where there can be two. */
  readonly processes: Process[]
  readonly clock: { now: number }
  readonly feed: Feed
  readonly #ground: Ground
  /** Events since they were last taken. */
  readonly #events: StaffEvent[]
  /** Real ids by the model's names, and back. */
  readonly #real = new Map<string, string>()
  readonly #model = new Map<string, string>()

  private constructor(
    ground: Ground,
    siteId: string,
    processes: Process[],
    clock: { now: number },
    feed: Feed,
    events: StaffEvent[],
  ) {
    this.#ground = ground
    this.siteId = siteId
    this.processes = processes
    this.clock = clock
    this.feed = feed
    this.#events = events
  }

  static async found(ground: Ground, now: number): Promise<Real> {
    const siteId = await foundSite(ground.database)
    const clock = { now }
    const processes = (ground.mode === 'services' ? [1, 2] : [1]).map(() => ground.process(() => clock.now))
    const events: StaffEvent[] = []
    const feed = await Feed.open(ground.database, siteId, ({ staff }) => void events.push(staff))
    if (!feed) throw new Error('the site was not written')
    for (const { hall } of processes) hall.hints.listen(({ event }) => feed.hint(event))
    return new Real(ground, siteId, processes, clock, feed, events)
  }

  /** The first server has died, and another takes its place. */
  async restart(): Promise<void> {
    const died = this.process
    const next = this.#ground.process(() => this.clock.now)
    next.hall.hints.listen(({ event }) => this.feed.hint(event))
    this.processes[0] = next
    await died.close()
    await this.reconcile()
  }

  async raze(): Promise<void> {
    for (const process of this.processes) await process.close()
    await razeSite(this.#ground.database, this.siteId)
  }

  /** The server that chores run in, and what is asked alone. */
  get process(): Process {
    const [first] = this.processes
    if (!first) throw new Error('there is no server')
    return first
  }

  /** Asks as a client would, but for HTTP; `server` counts up. */
  async ask(request: Request, server = 0): Promise<Told> {
    const { parts, hall } = this.processes[server % this.processes.length] ?? this.process
    const { path, body } = this.#question(request)
    const route = ROUTES.find((one) => one.method === 'post' && one.path === path)
    if (!route) throw new Error(`there is no route ${path}`)
    const principal = this.#principal(request.by, request.ticketId)
    try {
      if (!may(principal, route.action)) return { refused: 'forbidden' }
      const { key, version = null } = request
      const author = { principal: principalName(principal), key, digest: JSON.stringify(request) }
      const params = {
        site: this.siteId,
        counter: this.#staying(request.counterId),
        ticket: this.realOf(request.ticketId ?? ''),
      }
      const checked = route.body ? route.body.parse(body) : undefined
      const from = { cookies: {}, secure: false, address: '', agent: '' }
      const common = { query: {}, principal, author, version, ...from }
      const answer = await route.handle({ ...common, params, body: checked }, parts)
      return answer.body as Told
    } catch (error) {
      const { code } = toProblem(error)
      if (code === 'internal') throw error
      return { refused: code }
    } finally {
      await hall.line.settled()
    }
  }

  async run(chore: ChoreName): Promise<void> {
    await CHORES[chore].run(this.process.hall, this.process.parts.logger)
  }

  async reconcile(): Promise<void> {
    await reconcile(this.process.hall, true)
  }

  /** What the reconciler has mended in all halls of this ground so far. */
  async mended(): Promise<number> {
    const mended: LineMetrics['mended'] = this.process.hall.metrics.mended
    return (await mended.get()).values.reduce((sum, { value }) => sum + value, 0)
  }

  /** Events nobody has looked at yet, in order. */
  async news(): Promise<StaffEvent[]> {
    await this.feed.read()
    return this.#events.splice(0)
  }

  /** From now on these real ids have these names of the model's. */
  name(names: ReadonlyMap<string, string>): void {
    for (const [realId, modelId] of names) {
      this.#real.set(modelId, realId)
      this.#model.set(realId, modelId)
    }
  }

  realOf(modelId: string): string {
    return this.#real.get(modelId) ?? modelId
  }

  knows(realId: string): boolean {
    return this.#model.has(realId)
  }

  /** The same value with the model's names for all ids, and those of `names` for what has none yet. */
  inModelsWords<T>(value: T, names?: ReadonlyMap<string, string>): T {
    const own = (id: string) => {
      const short = id.startsWith(`${this.siteId}-`) ? id.slice(this.siteId.length + 1) : id
      return this.#model.get(short) ?? names?.get(short) ?? short
    }
    const translated = (text: unknown): unknown => {
      if (typeof text === 'string') return own(text)
      if (Array.isArray(text)) return text.map(translated)
      if (text === null || typeof text !== 'object') return text
      return Object.fromEntries(Object.entries(text).map(([key, inner]) => [own(key), translated(inner)]))
    }
    return translated(value) as T
  }

  #staying(id: string | undefined): string {
    return `${this.siteId}-${id ?? ''}`
  }

  #principal(by: Who, ticketId: string | undefined): Principal {
    const { siteId } = this
    if (by === 'phone') return { kind: 'ticket', id: this.realOf(ticketId ?? ''), siteId }
    if (by === 'kiosk-1' || by === 'kiosk-2')
      return { kind: 'kiosk', id: `${siteId}-${by}`, siteId, name: KIOSKS[by], place: null }
    const { role, counterId } = PEOPLE[by satisfies Person]
    return { kind: 'staff', id: `${siteId}-${by}`, siteId, role, counterId, initial: false }
  }

  #question(request: Request): { path: string; body: object } {
    const { verb, counterId, serviceId, more, order, care, need, skill, kind, to, note } = request
    const { takeOver, startedAt, endedAt, seq } = request
    switch (verb) {
      case 'issue': {
        const wishes = { ...(care && { care: need ? { need } : {} }), ...(skill != null && { skill }) }
        const matters = { serviceId, ...(more && { more }), ...(order && { order }) }
        return { path: '/sites/:site/tickets', body: { ...matters, ...wishes } }
      }
      case 'issue-offline': {
        const { number, at, more = [] } = request
        const matters = { services: [serviceId, ...more], ...(order && { order }) }
        const body = { ...matters, number, at, care: care ?? false, language: 'zh-CN' }
        return { path: '/sites/:site/offline-tickets', body }
      }
      case 'send-home':
        return {
          path: '/sites/:site/send-home',
          body: { note: { 'zh-CN': '请明天再来', en: 'Come tomorrow' } },
        }
      case 'open':
        return { path: '/counters/:counter/open', body: takeOver ? { takeOver } : {} }
      case 'undo':
        return { path: '/counters/:counter/undo', body: seq === undefined ? {} : { seq } }
      case 'pause':
      case 'close':
      case 'call-next':
        return { path: `/counters/:counter/${verb}`, body: {} }
      case 'call':
        return {
          path: '/tickets/:ticket/call',
          body: { counterId: this.#staying(counterId), reason: 'unwell' },
        }
      case 'resume-here':
        return { path: '/tickets/:ticket/resume', body: { counterId: this.#staying(counterId) } }
      case 'hold':
        return { path: '/tickets/:ticket/hold', body: { kind } }
      case 'transfer':
        return {
          path: '/tickets/:ticket/transfer',
          body: { to: this.#destination(to), ...(note !== undefined && { note }) },
        }
      case 'change-service':
        return { path: '/tickets/:ticket/change-service', body: { serviceId } }
      case 'add-service':
        return { path: '/tickets/:ticket/add-service', body: { serviceId, ...(order && { order }) } }
      case 'correct-times': {
        const times = {
          ...(startedAt !== undefined && { startedAt }),
          ...(endedAt !== undefined && { endedAt }),
        }
        return { path: '/tickets/:ticket/correct-times', body: { ...times, reason: 'forgotten' } }
      }
      case 'record': {
        const times = {
          ...(startedAt !== undefined && { startedAt }),
          ...(endedAt !== undefined && { endedAt }),
        }
        const { outcome, calledAt } = request
        return {
          path: '/tickets/:ticket/record',
          body: { counterId: this.#staying(counterId), outcome, calledAt, ...times },
        }
      }
      case 'care':
        return { path: '/tickets/:ticket/care', body: { care } }
      case 'skill':
        return { path: '/tickets/:ticket/skill', body: { skill } }
      default:
        return { path: `/tickets/:ticket/${verb}`, body: {} }
    }
  }

  #destination(to: Request['to']): object {
    if (!to || 'laneId' in to) return to ?? {}
    return 'counterId' in to
      ? { counterId: this.#staying(to.counterId) }
      : { staffId: this.#staying(to.staffId) }
  }
}
