import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import type { GrandHall } from './grand-hall.ts'
import { type Answer, LoadClient } from './load-client.ts'
import type { Told } from './log-check.ts'
import { type Random, randomOf } from './random.ts'

export interface LoadPlan {
  /** Servers of the hall; clients are spread over them. */
  urls: string[]
  hall: Pick<GrandHall, 'siteId' | 'kiosks' | 'consoles'>
  serviceIds: string[]
  /** How many tickets are issued; null: until finish(). */
  tickets: number | null
  /** Kiosks pause while this many wait; null: never. */
  backlog: number | null
  seed: number
}

export interface LoadReport {
  told: Told[]
  /** Answers that should never come: 5xx, and anything that is neither done nor refused. */
  faults: string[]
  /** Refusals by code: two consoles of one counter ask at once, and one is refused. */
  refusals: Record<string, number>
  answered: number
  issued: number
  called: number
  /** Connections lost before an answer. */
  lost: number
  /** Commands asked once more although they had been answered. */
  repeated: number
  seconds: number
}

interface Asked {
  client: LoadClient
  verb: Told['verb']
  path: string
  body: object
  key: string
}

/** What a kiosk adds about care: every second resident asks for it. */
const CARE = [{}, {}, {}, { care: { need: 'pregnant' } }, { care: { need: 'disabled' } }, { care: {} }]
/** How often all consoles of a counter ask at once. */
const TOGETHER = 0.15
/** How often an answered command is asked again. */
const DOUBT = 0.03
/** How many answered commands a load remembers to ask again. */
const REMEMBERED = 400

/** Kiosks that issue and clerks that serve, all at once, until everybody who came was called. */
export class Load {
  readonly #plan: LoadPlan
  readonly #random: Random
  readonly #changes = new EventEmitter().setMaxListeners(0)
  readonly #clients: LoadClient[] = []
  readonly #answered: Asked[] = []
  readonly #report: LoadReport = {
    told: [],
    faults: [],
    refusals: {},
    answered: 0,
    issued: 0,
    called: 0,
    lost: 0,
    repeated: 0,
    seconds: 0,
  }
  #begun = 0
  #finishing = false
  #issuing = true
  #held = false
  #underWay = 0

  constructor(plan: LoadPlan) {
    this.#plan = plan
    this.#random = randomOf(plan.seed)
  }

  /** Answers so far. */
  get answered(): number {
    return this.#report.answered
  }

  get faults(): readonly string[] {
    return this.#report.faults
  }

  async run(): Promise<LoadReport> {
    const started = performance.now()
    const { kiosks, consoles } = this.#plan.hall
    const issuing = Promise.all(kiosks.map((token) => this.#issue(token))).then(() => {
      this.#issuing = false
      this.#changed()
    })
    await Promise.all([issuing, ...consoles.map((counter) => this.#serve(counter))])
    for (const client of this.#clients) {
      this.#report.lost += client.lost
      client.close()
    }
    this.#report.seconds = (performance.now() - started) / 1000
    return this.#report
  }

  /** No more tickets: run() ends when all who wait were served. */
  finish(): void {
    this.#finishing = true
    this.#changed()
  }

  /** Stops asking, and waits until every command under way is answered. */
  async hold(): Promise<void> {
    this.#held = true
    await this.#until(() => this.#underWay === 0)
  }

  resume(): void {
    this.#held = false
    this.#changed()
  }

  /** Waits for so many more answers. */
  async more(answers: number): Promise<void> {
    const goal = this.#report.answered + answers
    await this.#until(() => this.#report.answered >= goal)
  }

  /** One kiosk: one resident after another. */
  async #issue(token: string): Promise<void> {
    const client = this.#client({ authorization: `Bearer ${token}` })
    const { tickets, backlog, serviceIds, hall } = this.#plan
    for (;;) {
      await this.#until(() => this.#finishing || backlog === null || this.#waiting() < backlog)
      if (this.#finishing || (tickets !== null && this.#begun >= tickets)) return
      this.#begun += 1
      const body = { serviceId: this.#random.pick(serviceIds), ...this.#random.pick(CARE) }
      const { status } = await this.#say(client, 'issue', `/sites/${hall.siteId}/tickets`, body)
      if (status === 201) this.#report.issued += 1
      this.#changed()
    }
  }

  /** One counter, with several consoles on it: of those that ask at the same moment all but one must be refused. */
  async #serve({ counterId, cookies }: GrandHall['consoles'][number]): Promise<void> {
    const consoles = cookies.map((cookie) => this.#client({ cookie }))
    const [first] = consoles
    if (!first) throw new Error('a counter without a console')
    await this.#open(first, counterId)
    for (;;) {
      const last = !this.#issuing
      const issued = this.#report.issued
      const asking = this.#asking(consoles)
      const answers = await Promise.all(
        asking.map((console) => this.#say(console, 'call-next', `/counters/${counterId}/call-next`, {})),
      )
      const tickets = answers.flatMap(({ status, body }) =>
        status === 200 && body.ticket ? [body.ticket] : [],
      )
      this.#report.called += tickets.length
      this.#changed()
      for (const { ticketId } of tickets) await this.#attend(consoles, ticketId)
      if (tickets.length > 0) continue
      if (last) return
      await this.#until(() => this.#report.issued > issued || !this.#issuing)
    }
  }

  async #open(client: LoadClient, counterId: string): Promise<void> {
    const { status, body } = await client.command(`/counters/${counterId}/open`, {}, randomUUID())
    if (status !== 200) this.#report.faults.push(`open of ${counterId}: ${status} ${body?.code}`)
  }

  /** What becomes of one called resident. */
  async #attend(consoles: LoadClient[], ticketId: string): Promise<void> {
    const verbs: Told['verb'][] = this.#random.chance(0.1) ? ['recall'] : []
    const fate = this.#random.next()
    if (fate < 0.1) verbs.push('no-show')
    else if (fate < 0.6) verbs.push('start', 'complete')
    else verbs.push('complete')
    for (const verb of verbs) {
      const asking = this.#asking(consoles).map((console) =>
        this.#say(console, verb, `/tickets/${ticketId}/${verb}`, {}),
      )
      await Promise.all(asking)
    }
  }

  /** One of the consoles; or, often enough, all of them at the same moment. */
  #asking(consoles: LoadClient[]): LoadClient[] {
    return this.#random.chance(TOGETHER) ? consoles : [this.#random.pick(consoles)]
  }

  async #say(client: LoadClient, verb: Told['verb'], path: string, body: object): Promise<Answer> {
    const asked = { client, verb, path, body, key: randomUUID() }
    const answer = await this.#ask(asked)
    if (this.#random.chance(DOUBT) && this.#answered.length > 0) {
      this.#report.repeated += 1
      await this.#ask(this.#random.pick(this.#answered))
    }
    if (answer.status < 300) {
      if (this.#answered.length < REMEMBERED) this.#answered.push(asked)
      else this.#answered[this.#random.between(0, REMEMBERED - 1)] = asked
    }
    return answer
  }

  async #ask({ client, verb, path, body, key }: Asked): Promise<Answer> {
    // Nothing may come between this look and the next line: hold() counts what is under way.
    while (this.#held) await once(this.#changes, 'change')
    this.#underWay += 1
    const answer = await client.command(path, body, key)
    this.#underWay -= 1
    this.#report.answered += 1
    this.#note(verb, key, answer)
    this.#changed()
    return answer
  }

  #note(verb: Told['verb'], key: string, { status, body }: Answer): void {
    const { told, faults, refusals } = this.#report
    if (status === 201 && verb === 'issue') {
      told.push({ key, verb, ticket: { id: body.ticket.id, number: body.ticket.number }, leg: null })
    } else if (status === 200 && verb !== 'issue') {
      const leg = body.ticket
      told.push({ key, verb, ticket: leg && { id: leg.ticketId, number: leg.number }, leg })
    } else if (status >= 400 && status < 500 && typeof body?.code === 'string') {
      refusals[body.code] = (refusals[body.code] ?? 0) + 1
    } else {
      faults.push(`${verb}: ${status} ${JSON.stringify(body)}`)
    }
  }

  #waiting(): number {
    return this.#begun - this.#report.called
  }

  #client(headers: Record<string, string>): LoadClient {
    const { urls } = this.#plan
    const url = urls[this.#clients.length % urls.length]
    if (url === undefined) throw new Error('a load needs a server')
    const client = new LoadClient(url, headers)
    this.#clients.push(client)
    return client
  }

  #changed(): void {
    this.#changes.emit('change')
  }

  async #until(met: () => boolean): Promise<void> {
    while (!met()) await once(this.#changes, 'change')
  }
}
