import { randomUUID } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { EVERYBODY } from '#server/policy.ts'
import { ROUTES } from '#server/routes.ts'
import type { Database } from '#store/database.ts'
import { type Asker, Book } from './book.ts'
import { firstMarks, type Mark, secret, WORDS } from './marks.ts'
import { type Cast, openHall, SITE } from './opening.ts'
import type { Stage } from './stage.ts'

const TICKETS = `/sites/${SITE}/tickets`
const CONFIDED = {
  serviceId: 'residence-permit',
  care: { need: WORDS.need },
  accommodations: WORDS.accommodations,
  materials: [{ serviceId: 'residence-permit', here: ['居民身份证'], missing: ['近期证件照'] }],
  contact: { name: WORDS.name, phone: WORDS.phone },
  paper: true,
}

/** What came of a day: everything that was told, and what to look for in it. */
export interface Day {
  book: Book
  marks: Mark[]
}

/** A ticket that was issued. */
interface Issued {
  id: string
  number: string
  code: string
}

/** A whole day in which every verb is used, with everything confided that can be; in the middle of it the programs are killed. */
export async function liveDay(stage: Stage, whileDown: (database: Database) => Promise<void>): Promise<Day> {
  const book = new Book(stage.url)
  const marks = [...firstMarks(), ...stage.keyWords.map(([name, word]) => secret(name, word, []))]
  const cast = await openHall(stage, book, marks)
  const day = new Doings(stage, book, marks, cast)
  try {
    await day.morning()
    await day.crash(whileDown)
    await day.afternoon()
    await day.evening()
  } finally {
    book.close()
  }
  return { book, marks }
}

class Doings {
  readonly stage: Stage
  readonly book: Book
  readonly marks: Mark[]
  readonly cast: Cast
  readonly phone: Asker
  /** Who confided everything. */
  first!: Issued

  constructor(stage: Stage, book: Book, marks: Mark[], cast: Cast) {
    this.stage = stage
    this.book = book
    this.marks = marks
    this.cast = cast
    this.phone = book.asker('ticket')
  }

  async issue(body: object = {}, by = this.cast.kiosk, key = randomUUID()): Promise<Issued> {
    const answer = await by.post(TICKETS, { serviceId: 'residence-permit', ...body }, key)
    const { ticket, trackUrl } = answer.body
    const code = trackUrl.split('#')[1]
    this.marks.push(secret('code of a ticket', code, ['kiosk', 'ticket', 'paper', 'volunteer']))
    this.book.write({ kind: 'url', name: 'link of a ticket', whom: 'ticket', text: trackUrl })
    return { ...ticket, code }
  }

  /** Whoever is next at a counter. */
  async call(by: Asker, counter: string): Promise<string> {
    const { ticket } = (await by.post(`/counters/${counter}/call-next`)).body
    if (!ticket) throw new Error(`nobody waits for ${counter}`)
    return ticket.ticketId
  }

  async morning(): Promise<void> {
    const { kiosk, people } = this.cast
    const { counter2, counter3 } = people
    this.first = await this.issue(CONFIDED)
    const card = { number: WORDS.idNumber, name: WORDS.cardholder }
    const { pass } = (await kiosk.post(`/sites/${SITE}/cards`, card)).body
    this.marks.push(secret('pass of a card', pass, ['kiosk']))
    const second = await this.issue({ card: { pass } })
    // Offered back, and told by the code.
    await kiosk.post(`/sites/${SITE}/cards`, card)
    await kiosk.post(TICKETS, { serviceId: 'residence-permit', card })
    await kiosk.post(`/sites/${SITE}/cards`, { number: `https://hall.example/phone/#${second.code}` })
    await this.phone.get(`/track/${this.first.code}`)
    this.book.listen('ticket', { view: 'ticket' }, this.phone.cookie)
    await this.papers()
    await this.readEverything(this.first.id)
    await counter2.post('/counters/c2/open', { desk: randomUUID() })
    await counter3.post('/counters/c3/open')
    await people.counter4.post('/counters/c4/open')
    await this.serveFirst()
    await this.serveSecond()
  }

  /** Papers: printed, drawn, again, and why. */
  async papers(): Promise<void> {
    const { kiosk, drawing, people } = this.cast
    const { front, side } = this.stage.printers
    await kiosk.post(`/tickets/${this.first.id}/print`)
    const drawn = await this.issue({ language: 'en', paper: true }, drawing)
    await drawing.post(`/print-jobs/${drawn.id}/picture`, {
      rows: deflateSync(Buffer.alloc(48 * 16)).toString('base64'),
    })
    await people.volunteer.post(`/tickets/${drawn.id}/print`, { what: 'why' })
    await people.volunteer.post(`/tickets/${drawn.id}/print`, { here: true })
    await front.until(() => front.papers.length >= 3)
    await side.until(() => side.papers.length >= 1)
    for (const { text } of front.papers) {
      this.book.write({ kind: 'paper', name: 'paper of a printer', whom: 'paper', text })
    }
  }

  async serveFirst(): Promise<void> {
    const { counter2, counter3, counter4 } = this.cast.people
    const { id } = this.first
    const at = `/tickets/${id}`
    if ((await this.call(counter2, 'c2')) !== id) throw new Error('care goes first')
    await counter2.post(`${at}/reveal`, { what: 'contact', purpose: 'reach-person' })
    await counter2.post(`${at}/reveal`, { what: 'need', purpose: 'prepare' })
    for (const words of [WORDS.purpose, `给${WORDS.name}打电话`]) {
      const tells = { what: 'contact', purpose: 'other', words }
      for (const asker of [counter2, counter3, counter4]) {
        const { status } = await asker.ask('post', `${at}/reveal`, tells)
        if (status !== 400) throw new Error(`words for a purpose were answered with ${status}`)
      }
    }
    await counter2.post(`${at}/materials`, {
      serviceId: 'residence-permit',
      here: ['居民身份证'],
      missing: [],
    })
    await counter2.post(`${at}/recall`)
    await this.phone.post(`${at}/more-time`)
    await counter2.post(`${at}/start`)
    await this.readEverything(id)
    await counter2.post(`${at}/hold`, { kind: 'fetching' })
    await counter2.post(`${at}/resume`, { counterId: 'c2' })
    await counter2.post(`${at}/language`, { language: 'en' })
    await counter2.post(`${at}/transfer`, { to: { counterId: 'c3' }, note: WORDS.note })
    await this.call(counter3, 'c3')
    await counter3.post(`${at}/start`)
    await this.readEverything(id)
    await counter3.post(`${at}/complete`)
    await this.phone.post(`${at}/rating`, { level: 2, tags: [], text: WORDS.rating })
    await this.phone.ask('post', `${at}/suggestion`, { text: WORDS.suggestion })
  }

  /** Whoever showed a card. */
  async serveSecond(): Promise<void> {
    const { people, tablet } = this.cast
    const { counter2 } = people
    const id = await this.call(counter2, 'c2')
    const at = `/tickets/${id}`
    await counter2.post(`${at}/reveal`, { what: 'identity', purpose: 'check-person' })
    await counter2.post(`${at}/start`)
    await counter2.post(`${at}/add-service`, { serviceId: 'birth-registration' })
    const { ticket } = (await counter2.get(at)).body
    await counter2.post(`${at}/correct-times`, { startedAt: ticket.calledAt, reason: 'pressed-late' })
    await counter2.post(`${at}/complete`)
    await tablet.post('/counters/c2/rating', { number: ticket.number, level: 1, text: WORDS.tablet })
  }

  /** Ended at once, with commands under way; what the disk holds then, and the same commands once more. */
  async crash(whileDown: (database: Database) => Promise<void>): Promise<void> {
    const { kiosk, people } = this.cast
    const { server, worker, withDatabase } = this.stage
    const key = randomUUID()
    const headers = { 'idempotency-key': key }
    const gone = kiosk.ask('post', TICKETS, { ...CONFIDED }, headers).catch(() => null)
    await Promise.all([server.kill(), worker?.kill()])
    await gone
    await withDatabase(async (database) => {
      await whileDown(database)
      // The machine's clock ran back, and the screens are a month old.
      await database.query('update nuanhao.site set clock = clock + 3600000')
      await database.query('update nuanhao.device set token_at = 1, created_at = 1')
    })
    await Promise.all([server.start(), worker?.start()])
    await kiosk.ask('post', TICKETS, CONFIDED, headers)
    await people.supervisor.post(`/sites/${SITE}/confirm-clock`)
    await this.issue(CONFIDED, kiosk, key)
    await this.book.until('a screen’s next token', () => this.book.events.has('token'))
  }

  async afternoon(): Promise<void> {
    const { kiosk, pad, people, spare } = this.cast
    const { counter2, supervisor, volunteer } = people
    const third = await this.issue({}, volunteer)
    const at = `/tickets/${third.id}`
    await volunteer.post(`${at}/care`, { care: true })
    await volunteer.post(`${at}/change-service`, { serviceId: 'birth-registration' })
    await counter2.post(`${at}/skill`, { skill: 'signing' })
    await counter2.post(`${at}/skill`, { skill: null })
    await supervisor.post(`${at}/call`, { counterId: 'c2', reason: 'unwell' })
    await counter2.post('/counters/c2/undo')
    await supervisor.post(`${at}/call`, { counterId: 'c2', reason: 'unwell' })
    await counter2.post(`${at}/put-back`)
    await supervisor.post(`${at}/call`, { counterId: 'c2', reason: 'unwell' })
    await counter2.post(`${at}/no-show`)
    await volunteer.post(`${at}/rejoin`)
    const fourth = await this.issue()
    const now = Date.now()
    const written = { counterId: 'c2', outcome: 'missed', calledAt: now, endedAt: now }
    await counter2.post(`/tickets/${fourth.id}/record`, written)
    const fifth = await this.issue({ contact: { name: WORDS.name } })
    await volunteer.post(`/tickets/${fifth.id}/cancel`)
    await supervisor.post(`/sites/${SITE}/visits/${fifth.id}/erase`, { recognisedBy: 'own-ticket' })
    const own = { number: 'K1-01', at: now, services: ['housing'], care: true, language: 'zh-CN' }
    await kiosk.post(`/sites/${SITE}/offline-tickets`, own)
    await supervisor.post(`/sites/${SITE}/devices/${spare}/place`, { place: { rate: 'c3' } })
    const { call } = (await kiosk.post(`/sites/${SITE}/help`)).body
    await kiosk.post(`/help/${call.id}/take-back`)
    const again = (await kiosk.post(`/sites/${SITE}/help`)).body.call
    await counter2.post(`/help/${again.id}/answer`, { counterId: 'c2' })
    await counter2.post(`/help/${again.id}/done`)
    const { number } = (await pad.post('/counters/c2/pad/call-next', { number: null })).body
    await pad.post('/counters/c2/pad/complete', { number })
    await counter2.post('/counters/c2/pause')
    await counter2.post('/counters/c2/close')
  }

  async evening(): Promise<void> {
    const { people, hook, apiKey, spare } = this.cast
    const { supervisor, admin, director } = people
    const { url, receiver } = this.stage
    await this.readEverything(this.first.id)
    await this.sayWrongly()
    for (const [path, whom] of [
      ['/metrics', 'nobody'],
      ['/readyz', 'stranger'],
      ['/privacy/', 'stranger'],
    ] as const) {
      const response = await fetch(url + path, { headers: { cookie: admin.cookie } })
      this.book.write({ kind: 'metrics', name: path, whom, text: await response.text() })
    }
    const file = (await this.stage.operate({ command: 'export' })).output
    this.book.write({ kind: 'answer', name: 'hall export', whom: 'operator', text: file })
    // It closes early, and whoever is still inside is told so.
    const text = file.replace(/Mon-Sun: [^\n]*/, 'Mon-Sun: 00:00-00:01')
    await this.stage.operate({ command: 'apply', file: 'hall.yaml', text })
    await supervisor.post(`/sites/${SITE}/send-home`, { note: WORDS.farewell })
    const visit = `/sites/${SITE}/visits/${this.first.id}`
    await supervisor.post(`${visit}/export`, { recognisedBy: 'own-card' })
    const last = (await admin.get(`/sites/${SITE}/webhooks`)).body.items[0].sentSeq
    for (const { id: _, headers, raw } of receiver.received) {
      const told = `${JSON.stringify(headers)}\n${raw}`
      this.book.write({ kind: 'webhook', name: 'message to a program outside', whom: 'outside', text: told })
    }
    if (last === 0) throw new Error('nobody outside was told anything')
    await admin.delete(`/sites/${SITE}/webhooks/${hook}`)
    await admin.delete(`/sites/${SITE}/api-keys/${apiKey}`)
    await supervisor.delete(`/sites/${SITE}/devices/${spare}`)
    await director.delete('/session')
    await this.book.until('a screen’s end', () => this.book.events.has('revoked'))
  }

  /** Everybody reads whatever there is to read. */
  async readEverything(ticketId: string): Promise<void> {
    const { people, kiosk, display, tablet, pad, program } = this.cast
    const site = (await people.admin.get(`/sites/${SITE}`)).body
    const picture = site.notices.find((notice: { picture?: string }) => notice.picture)?.picture
    const ids: Record<string, string> = {
      site: SITE,
      ticket: ticketId,
      counter: 'c2',
      picture,
      code: this.first.code,
    }
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const query: Record<string, string> = {
      '/sites/:site/visits': `?day=${today}&number=${this.first.number}`,
    }
    const askers = [
      ...Object.values(people),
      kiosk,
      display,
      tablet,
      pad,
      program,
      this.phone,
      this.book.asker('stranger'),
    ]
    for (const { method, path } of ROUTES) {
      // Whoever follows a link becomes its resident.
      if (method !== 'get' || path.startsWith('/track/')) continue
      const at = path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? 'x')
      await Promise.all(askers.map((asker) => asker.get(`${at}${query[path] ?? ''}`)))
    }
  }

  /** What was done once more, each time with something wrong in it that nobody should be told again. */
  async sayWrongly(): Promise<void> {
    const told = `${WORDS.name}${WORDS.idNumber}`
    for (const { asker, method, path, body } of [...this.book.done.values()]) {
      if (method === 'get' || path === '/session') continue
      const key = { 'idempotency-key': randomUUID() }
      const ask = (at: string, what: unknown, headers: Record<string, string> = key) =>
        asker.ask(method as 'post', at, what, headers)
      const elsewhere = path.replaceAll(
        /(?<=\/(tickets|help|sites|counters|devices|visits)\/)[^/]+/g,
        encodeURIComponent(told),
      )
      if (elsewhere !== path) await ask(elsewhere, body)
      if (method !== 'post') continue
      await ask(path, { ...(body as object), [told]: told })
      await ask(path, `{"${told}": ${told}`)
      await ask(path, body, { 'idempotency-key': `${WORDS.idNumber}!` })
      await this.book.asker('stranger').ask('post', path, body, key)
    }
  }
}

/** Whom the day has asked as: nobody that the policy knows is forgotten, but programs by each of their scopes. */
export function missingAskers(book: Book): string[] {
  const asked = new Set<string>(book.places.map(({ whom }) => (whom === 'counter' ? 'staff' : whom)))
  return EVERYBODY.filter((who) => !who.startsWith('api-key:') && !asked.has(who))
}
