import { isOpen } from '#domain/calendar.ts'
import type { Counter, Leg } from '#domain/leg.ts'
import { AT_COUNTER } from '#domain/transition.ts'
import type { AskedHelp, DeviceResponse, IssueResponse, SessionView, SiteView } from '#protocol/api.ts'
import { advanceStaffBoard } from '#protocol/apply-event.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { StaffEvent } from '#protocol/events.ts'
import { VIRTUAL_DESK, virtualClerk } from './accounts.ts'
import { Agenda } from './agenda.ts'
import { nextArrival } from './arrivals.ts'
import { type Deed, habitsAt, nextDeed } from './clerk.ts'
import { Client, Refused } from './client.ts'
import { type HelpDeed, helpfulnessAt, nextHelp } from './help.ts'
import type { Random } from './random.ts'
import { type Resident, residentFor, strangerFor } from './resident.ts'

/** What the people of a practice hall are given. */
export interface Given {
  url: string
  /** Of the accounts of virtual clerks. */
  password: string
  /** How many times as fast as real people they are. */
  speed: number
  random: Random
  newKey: () => string
  /** The hall's clock, ms. */
  now: () => number
  /** So many come at once at the beginning. */
  atFirst: number
  /** What went wrong and heals by itself: the hall was out of reach, say. */
  onError: (error: Error) => void
}

/** Whoever comes while so many are inside turns round at the door. */
export const MOST_INSIDE = 60

type Happening =
  | { kind: 'arrival'; again: boolean }
  | { kind: 'clerk'; counterId: string }
  | { kind: 'help'; callId: string; deed: HelpDeed }
  | { kind: 'resident'; ticketId: string; does: 'give-up' | 'ask-why' | 'come-back' | 'bring-paper' }

/** What a resident who is inside has with them. */
interface Visitor extends Pick<Resident, 'walk' | 'deafTo' | 'stay' | 'errand'> {
  /** The rest of what they will do; null for somebody who took a number without us. */
  plans: Resident | null
  /** The code of their own ticket, where phones can reach the hall. */
  code: string | null
  errandDone: boolean
}

/** The desk of one virtual clerk. */
interface Seat {
  client: Client
  me: string
  leftAt: number | null
  lastAt: number
}

/** Virtual residents and clerks in a practice hall. They do one thing after another, each by the API. */
export class Crowd {
  readonly #given: Given
  readonly #site: SiteView
  readonly #board: StaffBoard
  readonly #kiosk: Client
  readonly #desk: Client
  readonly #seats: Map<string, Seat>
  readonly #visitors = new Map<string, Visitor>()
  readonly #agenda = new Agenda<Happening>()
  /** Calls for help that were answered here, and from which counter; null: by the virtual supervisor. */
  readonly #helping = new Map<string, string | null>()
  #arriving = true
  /** How often each thing was done, and how often the hall said no. */
  readonly tally: Record<string, number> = {}

  private constructor(
    given: Given,
    hall: { site: SiteView; board: StaffBoard; kiosk: Client; desk: Client; seats: Map<string, Seat> },
  ) {
    this.#given = given
    this.#site = hall.site
    this.#board = hall.board
    this.#kiosk = hall.kiosk
    this.#desk = hall.desk
    this.#seats = hall.seats
  }

  /**
   * Lets them in: the clerks sign in, one kiosk is enrolled.
   *
   * @throws Refused; NotPractice when the hall is a real one: then nothing was done in it
   */
  static async enter(given: Given): Promise<Crowd> {
    const { url, password, newKey, atFirst, now } = given
    const signIn = async (username: string) => {
      const client = new Client(url, newKey)
      const { accountId } = await client.post<SessionView>('/session', { username, password })
      return { client, me: accountId, leftAt: null, lastAt: now() }
    }
    const { client: desk } = await signIn(VIRTUAL_DESK)
    const { items } = await desk.get<{ items: SiteView[] }>('/sites')
    const [site] = items
    if (!site?.practice) throw new NotPractice(site?.id ?? 'it')
    const seats = new Map<string, Seat>()
    for (const { id } of site.counters) seats.set(id, await signIn(virtualClerk(id)))
    const { token } = await desk.post<DeviceResponse>('/devices', { kind: 'kiosk' })
    const board = await desk.get<StaffBoard>(`/sites/${site.id}/board`)
    const crowd = new Crowd(given, { site, board, desk, seats, kiosk: new Client(url, newKey, token) })
    for (let i = 0; i < atFirst; i++) {
      crowd.#agenda.add(now(), { kind: 'arrival', again: false })
      await crowd.step()
    }
    crowd.#expectArrival(now())
    crowd.#look()
    return crowd
  }

  /** The hall they are in. */
  get site(): SiteView {
    return this.#site
  }

  /** The ticket of somebody who has long to wait; null when nobody waits. */
  someoneWaiting(): string | null {
    const waiting = Object.values(this.#board.legs).filter(({ state }) => state === 'waiting')
    return waiting.sort((a, b) => b.v - a.v)[0]?.ticketId ?? null
  }

  /** The last event they have heard of. */
  get seq(): number {
    return this.#board.seq
  }

  /** The cookie of the virtual desk, by which a socket is theirs. */
  get cookie(): string {
    return this.#desk.cookie
  }

  /** When they do something next, ms; null: nothing until something happens in the hall. */
  dueAt(): number | null {
    return this.#agenda.dueAt()
  }

  /** Nobody new comes any more; who is inside goes on. */
  closeDoor(): void {
    this.#arriving = false
    this.#agenda.drop(({ kind }) => kind === 'arrival')
  }

  /** Does what is due next. What the hall refuses or cannot do now is counted, and tried again by the next look. */
  async step(): Promise<void> {
    const entry = this.#agenda.take()
    if (!entry) return
    const { what } = entry
    try {
      if (what.kind === 'arrival') await this.#arrive(what.again)
      else if (what.kind === 'clerk') await this.#work(what.counterId)
      else if (what.kind === 'help') await this.#help(what.callId, what.deed)
      else await this.#happen(what.ticketId, what.does)
      await this.#catchUp()
    } catch (error) {
      if (!(error instanceof Refused)) this.#given.onError(error as Error)
      this.#count(error instanceof Refused ? `refused ${error.code}` : 'failed')
      if (error instanceof Refused && error.status === 401) await this.#signInAgain()
    }
    this.#look()
  }

  /** Takes note of an event of the hall; one that is known already changes nothing. */
  hear(event: StaffEvent): void {
    if (event.seq !== this.#board.seq + 1) return
    const before = { ...this.#board.counters }
    advanceStaffBoard(this.#board, event)
    for (const counter of event.counters) this.#noteCounter(before[counter.id], counter)
    for (const leg of event.legs) this.#noteLeg(leg)
    this.#look()
  }

  /** Asks for what happened since; after an own command that is at least the command. */
  async #catchUp(): Promise<void> {
    const path = `/sites/${this.#site.id}/events?after=${this.#board.seq}`
    const { items } = await this.#desk.get<{ items: StaffEvent[] }>(path)
    for (const event of items) this.hear(event)
  }

  // — residents —

  async #arrive(again: boolean): Promise<void> {
    const { random, speed, now } = this.#given
    if (again) this.#expectArrival(now())
    if (!this.#arriving || !isOpen(this.#site, now())) return
    if (this.#inside() >= MOST_INSIDE) return this.#count('turned round')
    const plans = residentFor(this.#site, speed, random)
    if (plans.asksHelp) await this.#askHelp()
    const { ticket, trackUrl } = await this.#kiosk.post<IssueResponse>(
      `/sites/${this.#site.id}/tickets`,
      plans.request,
    )
    this.#count('issue')
    const { walk, deafTo, stay, errand } = plans
    const code = trackUrl?.split('#')[1] ?? null
    this.#visitors.set(ticket.id, { walk, deafTo, stay, errand, plans, code, errandDone: false })
    this.#expect(now() + plans.patience, ticket.id, 'give-up')
    this.#expect(now() + plans.asksAfter, ticket.id, 'ask-why')
  }

  async #askHelp(): Promise<void> {
    await this.#kiosk.post<AskedHelp>(`/sites/${this.#site.id}/help`)
    this.#count('ask-help')
  }

  #expectArrival(at: number): void {
    if (!this.#arriving) return
    const next = nextArrival(this.#site, at, this.#given.speed, this.#given.random)
    if (next !== null) this.#agenda.add(next, { kind: 'arrival', again: true })
  }

  #expect(at: number, ticketId: string, does: Extract<Happening, { kind: 'resident' }>['does']): void {
    this.#agenda.add(at, { kind: 'resident', ticketId, does })
  }

  async #happen(ticketId: string, does: Extract<Happening, { kind: 'resident' }>['does']): Promise<void> {
    const visitor = this.#visitors.get(ticketId)
    const legs = Object.values(this.#board.legs).filter((leg) => leg.ticketId === ticketId)
    const every = (state: Leg['state']) => legs.length > 0 && legs.every((leg) => leg.state === state)
    if (!visitor?.plans) return
    if (does === 'give-up' && every('waiting')) {
      if (visitor.plans.says) await this.#cancel(ticketId, visitor.code)
      else visitor.deafTo = Number.POSITIVE_INFINITY
      this.#count('give-up')
    } else if (does === 'ask-why' && every('waiting')) {
      // Who has waited long says so. Here is the place for a rating or a suggestion, once a hall takes them.
      await this.#kiosk.get(`/tickets/${ticketId}/why`)
      this.#count('ask-why')
    } else if (does === 'come-back' && every('missed')) {
      visitor.deafTo = 0
      await this.#kiosk.post(`/tickets/${ticketId}/rejoin`)
      this.#count('rejoin')
    } else if (does === 'bring-paper' && every('held')) {
      await this.#desk.post(`/tickets/${ticketId}/resume`)
      this.#count('resume')
    }
  }

  /** On their own phone where there is one, otherwise at the desk. */
  async #cancel(ticketId: string, code: string | null): Promise<void> {
    if (code === null) return void (await this.#desk.post(`/tickets/${ticketId}/cancel`))
    const phone = new Client(this.#given.url, this.#given.newKey)
    await phone.get(`/track/${code}`)
    await phone.post(`/tickets/${ticketId}/cancel`)
  }

  // — clerks —

  async #work(counterId: string): Promise<void> {
    const seat = this.#seats.get(counterId)
    const next = this.#nextDeed(counterId)
    if (!seat || !next || next.at > this.#given.now()) return
    // Also when it is refused: nobody presses a key without a breath.
    seat.lastAt = this.#given.now()
    const leg = this.#atCounter(counterId)
    await this.#carryOut(next.deed, counterId, leg, seat.client)
    this.#count(next.deed.do)
  }

  async #carryOut(deed: Deed, counterId: string, leg: Leg | null, clerk: Client): Promise<void> {
    switch (deed.do) {
      case 'open':
      case 'close':
      case 'call-next':
        return clerk.post(`/counters/${counterId}/${deed.do}`)
      case 'hold':
        this.#errandDone(leg)
        return clerk.post(`/tickets/${leg?.ticketId}/hold`, { kind: deed.kind })
      case 'transfer':
        this.#errandDone(leg)
        return clerk.post(`/tickets/${leg?.ticketId}/transfer`, {
          to: { laneId: deed.laneId },
          note: '练习：请接着办理。',
        })
      case 'add-service':
        this.#errandDone(leg)
        return clerk.post(`/tickets/${leg?.ticketId}/add-service`, { serviceId: deed.serviceId })
      default:
        return clerk.post(`/tickets/${leg?.ticketId}/${deed.do}`)
    }
  }

  /** Tried once, whatever the hall says: a matter that is already in the visit is not asked for twice. */
  #errandDone(leg: Leg | null): void {
    const visitor = leg && this.#visitors.get(leg.ticketId)
    if (visitor) visitor.errandDone = true
  }

  async #help(callId: string, deed: HelpDeed): Promise<void> {
    const from = deed.do === 'answer' ? deed.from : (this.#helping.get(callId) ?? null)
    const who = (from !== null && this.#seats.get(from)?.client) || this.#desk
    try {
      const body = deed.do === 'answer' && from !== null ? { counterId: from } : {}
      await who.post(`/help/${callId}/${deed.do}`, body)
    } catch (error) {
      // A person was faster: then it is theirs.
      await this.#catchUp()
      throw error
    }
    if (deed.do === 'answer') this.#helping.set(callId, from)
    this.#count(deed.do === 'answer' ? 'answer-help' : 'help-done')
  }

  /** Counters whose virtual clerk has nobody to see to, here or at a kiosk. */
  #freeSeats(): string[] {
    const away = [...this.#helping.values()]
    return [...this.#seats].flatMap(([counterId, { me }]) => {
      const counter = this.#board.counters[counterId]
      const sits = counter?.status === 'open' && counter.staffId === me
      return sits && !away.includes(counterId) && this.#atCounter(counterId) === null ? [counterId] : []
    })
  }

  #nextDeed(counterId: string): { at: number; deed: Deed } | null {
    const counter = this.#board.counters[counterId]
    const seat = this.#seats.get(counterId)
    if (!counter || !seat || [...this.#helping.values()].includes(counterId)) return null
    const { me, leftAt, lastAt } = seat
    const leg = this.#atCounter(counterId)
    const visitor = leg && this.#visitorOf(leg.ticketId)
    const lanes = this.#site.counters.find(({ id }) => id === counterId)?.lanes ?? []
    const served = (leg: Leg) => lanes.some(({ laneId }) => laneId === leg.laneId)
    const waiting = Object.values(this.#board.legs).filter(
      (leg) => leg.state === 'waiting' && served(leg),
    ).length
    return nextDeed(
      {
        ...{ counter, me, leftAt, lastAt, leg, waiting, inside: this.#inside() },
        resident: visitor,
        errandDone: visitor?.errandDone ?? false,
        open: isOpen(this.#site, this.#given.now()),
      },
      habitsAt(this.#given.speed),
    )
  }

  /** Each clerk looks what comes next for them. */
  #look(): void {
    this.#agenda.drop(({ kind }) => kind === 'clerk' || kind === 'help')
    for (const id of this.#helping.keys()) if (!this.#board.help[id]) this.#helping.delete(id)
    for (const call of Object.values(this.#board.help)) {
      const ours = this.#helping.has(call.id)
      const next = nextHelp(call, this.#freeSeats(), ours, helpfulnessAt(this.#given.speed))
      if (next) this.#agenda.add(next.at, { kind: 'help', callId: call.id, deed: next.deed })
    }
    for (const counterId of this.#seats.keys()) {
      const next = this.#nextDeed(counterId)
      if (next) this.#agenda.add(next.at, { kind: 'clerk', counterId })
    }
  }

  // — what they know —

  #noteCounter(before: Counter | undefined, now: Counter): void {
    const seat = this.#seats.get(now.id)
    const person = before?.staffId != null && before.staffId !== seat?.me
    if (seat && now.staffId === null && person) seat.leftAt = this.#given.now()
    if (seat && now.staffId !== null) seat.leftAt = null
  }

  #noteLeg({ ticketId, state }: Leg): void {
    const visitor = this.#visitors.get(ticketId)
    if (!visitor) return
    const inside = Object.values(this.#board.legs).some((leg) => leg.ticketId === ticketId)
    if (!inside) {
      this.#visitors.delete(ticketId)
      this.#agenda.drop((what) => what.kind === 'resident' && what.ticketId === ticketId)
      return
    }
    const { plans } = visitor
    if (!plans) return
    const now = this.#given.now()
    if (state === 'missed' && plans.backAfter !== null && visitor.deafTo !== Number.POSITIVE_INFINITY) {
      this.#expect(now + plans.backAfter, ticketId, 'come-back')
    }
    if (state === 'held') this.#expect(now + plans.fetch, ticketId, 'bring-paper')
  }

  #visitorOf(ticketId: string): Visitor {
    const known = this.#visitors.get(ticketId)
    if (known) return known
    const { speed, random } = this.#given
    const stranger = { ...strangerFor(speed, random), plans: null, code: null, errandDone: false }
    this.#visitors.set(ticketId, stranger)
    return stranger
  }

  #atCounter(counterId: string): Leg | null {
    const here = (leg: Leg) =>
      leg.counterId === counterId && (AT_COUNTER as readonly string[]).includes(leg.state)
    return Object.values(this.#board.legs).find(here) ?? null
  }

  /** Who missed a call may have gone home. */
  #inside(): number {
    const inside = Object.values(this.#board.legs).filter(({ state }) => state !== 'missed')
    return new Set(inside.map(({ ticketId }) => ticketId)).size
  }

  /** Sessions end after some hours, and with other settings. */
  async #signInAgain(): Promise<void> {
    const { password, onError } = this.#given
    const all = [
      [VIRTUAL_DESK, this.#desk],
      ...[...this.#seats].map(([id, { client }]) => [virtualClerk(id), client]),
    ]
    for (const [username, client] of all as [string, Client][]) {
      await client.post('/session', { username, password }).catch(onError)
    }
  }

  #count(what: string): void {
    this.tally[what] = (this.tally[what] ?? 0) + 1
  }
}

/** The hall is a real one. */
export class NotPractice extends Error {
  constructor(siteId: string) {
    super(
      `这里不是练习大厅，什么也没有改动。${siteId} is not a practice hall: virtual residents stay out, and nothing was changed. ` +
        'Give the practice hall a folder of its own: npm run demo -- --data practice',
    )
    this.name = 'NotPractice'
  }
}
