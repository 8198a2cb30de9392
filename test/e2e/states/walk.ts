import type { Browser, Page } from '@playwright/test'
import { io } from 'socket.io-client'
import { Client } from '#test/harness/client.ts'
import { expect, type Hall, PASSWORD } from '../hall.ts'
import { unhindered } from '../unhindered.ts'

export type Screen = 'kiosk' | 'display' | 'console' | 'phone' | 'manage' | 'pad'

export interface Size {
  name: string
  width: number
  height: number
  /** 长辈版, where the screen has it. */
  large?: true
}

/** The first is the ordinary one. */
export type Sizes = readonly [Size, ...Size[]]

/** The screens, and the sizes each is looked at; its pages are opened in the first. */
export const SIZES: Readonly<Record<Screen, Sizes>> = {
  kiosk: [
    { name: 'upright', width: 1080, height: 1920 },
    { name: 'large', width: 1080, height: 1920, large: true },
    { name: 'across', width: 1920, height: 1080 },
  ],
  display: [
    { name: 'across', width: 1920, height: 1080 },
    { name: 'upright', width: 1080, height: 1920 },
  ],
  console: [
    { name: 'desk', width: 1280, height: 800 },
    { name: 'small', width: 1024, height: 600 },
  ],
  phone: [
    { name: 'phone', width: 390, height: 844 },
    { name: 'small', width: 360, height: 640 },
  ],
  pad: [
    { name: 'phone', width: 390, height: 844 },
    { name: 'across', width: 1024, height: 600 },
    { name: 'small', width: 320, height: 568 },
  ],
  manage: [
    { name: 'office', width: 1280, height: 800 },
    { name: 'small', width: 1024, height: 600 },
  ],
}

/** A state of a screen that is looked at. */
export interface State {
  /** Begins with its screen's name. */
  name: `${Screen}-${string}`
  /** Brings it about, from the state before in the same list. */
  reach(walk: Walk): Promise<unknown>
  /** Where it is not looked at in all sizes of its screen. */
  sizes?: Sizes
}

/** The screen a state is of. */
export function screenOf({ name }: State): Screen {
  return name.slice(0, name.indexOf('-')) as Screen
}

/** The hall of every scene, whatever else its file says. */
const SITE = 'nuanan'

/** A kiosk goes home when nobody touches it: while it is looked at, its watch stands still. */
function standStill(): void {
  const watch = Object.assign(globalThis, { stoodAt: performance.now() })
  performance.now = () => watch.stoodAt
}

/** A number that was given, and the address of its page. */
export interface Given {
  id: string
  number: string
  path: string
}

/** A number that was called, and who called it. */
export interface Called {
  id: string
  number: string
  by: string
}

/** The open screens of one hall; what others do in it meanwhile, they do by the API. */
export class Walk {
  readonly #browser: Browser
  readonly hall: Hall
  readonly #pages = new Map<Screen, Page>()
  #door: Client | null = null
  readonly #clerks = new Map<string, Client>()
  #last: Called | null = null
  /** Of whoever may sign in. */
  password: (username: string) => string = () => PASSWORD
  /** Who has chosen a password, in place of one that was made up: PASSWORD. */
  readonly chosen = new Set<string>()

  constructor(browser: Browser, hall: Hall) {
    this.#browser = browser
    this.hall = hall
  }

  page(screen: Screen): Page {
    const page = this.#pages.get(screen)
    if (!page) throw new Error(`no ${screen} is open yet`)
    return page
  }

  /** Opens a screen, in place of the one of its kind that was open. `before` is given the page while it is empty. */
  async open(
    screen: Screen,
    path = `/${screen}/`,
    before: (page: Page) => Promise<unknown> = async () => {},
  ): Promise<Page> {
    const [{ width, height }] = SIZES[screen]
    const context = await this.#browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    unhindered(page)
    if (screen === 'kiosk') await page.addInitScript(standStill)
    await before(page)
    await page.goto(`${this.hall.url}${path}`)
    await this.#pages.get(screen)?.context().close()
    this.#pages.set(screen, page)
    return page
  }

  /** Touches on a screen, each once it can be. */
  async touch(screen: Screen, ...testIds: (string | RegExp)[]): Promise<void> {
    for (const id of testIds) await this.page(screen).getByTestId(id).first().click()
  }

  /** Waits for what makes the state. */
  async sees(screen: Screen, testId: string | RegExp): Promise<void> {
    await expect(this.page(screen).getByTestId(testId).first()).toBeVisible({ timeout: 30_000 })
  }

  /** Keys pressed at the console one after another, each once the last has done what it does, and what is there then. */
  async desk(keys: string, then: string): Promise<void> {
    const page = this.page('console')
    const still = () => expect(page.locator('[aria-busy]')).toHaveCount(0)
    await still()
    for (const key of keys.split(' ')) {
      await page.keyboard.press(key)
      await still()
    }
    await this.sees('console', then)
  }

  async signIn(
    screen: 'console' | 'manage',
    username: string,
    password = this.#passwordOf(username),
  ): Promise<void> {
    const page = this.page(screen)
    await page.getByTestId('username').fill(username)
    await page.getByTestId('password').fill(password)
    await page.getByTestId('sign-in').click()
  }

  /** Time goes by in front of the kiosk, ms. */
  idle(ms: number): Promise<void> {
    return this.page('kiosk').evaluate((by) => {
      const watch = globalThis as unknown as { stoodAt: number }
      watch.stoodAt += by
    }, ms)
  }

  /** The server ends, and a minute later the screen has heard nothing. */
  async lose(screen: Screen): Promise<void> {
    await this.hall.kill()
    await this.page(screen).evaluate(() => {
      const clock = Date.now
      Date.now = () => clock() + 60_000
    })
    await this.sees(screen, 'lost')
  }

  /** A kiosk beside the one that is looked at. */
  async #atDoor(): Promise<Client> {
    if (this.#door) return this.#door
    const supervisor = await this.colleague('supervisor')
    const { token } = answerOf(await supervisor.post('/devices', { kind: 'kiosk' }))
    this.#door = new Client(this.hall.url).withToken(token)
    return this.#door
  }

  /** A screen that was switched off asks again. @returns the code it shows */
  async waiting(): Promise<string> {
    const supervisor = await this.colleague('supervisor')
    const { id, token } = answerOf(await supervisor.post('/devices', { kind: 'display' }))
    await supervisor.delete(`/sites/${SITE}/devices/${id}`)
    return answerOf(await new Client(this.hall.url).post('/devices', { kind: 'display', was: token })).code
  }

  /** A wall that is not well says so; it is there until the server ends. */
  async troubled(): Promise<void> {
    const supervisor = await this.colleague('supervisor')
    const { token } = answerOf(await supervisor.post('/devices', { kind: 'display' }))
    const auth = { view: 'public', siteId: SITE, token, after: null }
    const wall = io(this.hall.url, { auth, transports: ['websocket'], forceNew: true, reconnection: false })
    wall.emit('report', { clock: Date.now() + 190_000, build: 'index-Ab3dE7gH.js', error: 'TypeError' })
  }

  /** That kiosk gives a number. */
  async issue(serviceId: string, more: object = {}): Promise<Given> {
    const door = await this.#atDoor()
    const asked = await door.post(`/sites/${SITE}/tickets`, { serviceId, ...more })
    const { ticket, trackUrl } = answerOf(asked)
    const { pathname, hash } = new URL(trackUrl)
    return { id: ticket.id, number: ticket.number, path: pathname + hash }
  }

  /** Somebody at the kiosk beside asks for help. */
  async askHelp(): Promise<void> {
    const door = await this.#atDoor()
    answerOf(await door.post(`/sites/${SITE}/help`))
  }

  /** Whoever has the number, as their phone speaks for them. */
  async resident({ path }: Given): Promise<Client> {
    const client = new Client(this.hall.url)
    answerOf(await client.get(`/track/${path.split('#')[1]}`))
    return client
  }

  /** A colleague, who sits down at their counter: `counter2` at `c2`. */
  async colleague(username: string): Promise<Client> {
    const known = this.#clerks.get(username)
    if (known) return known
    const client = new Client(this.hall.url)
    const current = this.#passwordOf(username)
    const { body } = await client.signIn(username, current)
    if (body.initial) {
      answerOf(await client.post('/session/password', { current, password: PASSWORD }))
      this.chosen.add(username)
    }
    const counter = /^counter(\d+)$/.exec(username)?.[1]
    if (counter) answerOf(await client.post(`/counters/c${counter}/open`))
    this.#clerks.set(username, client)
    return client
  }

  #passwordOf(username: string): string {
    return this.chosen.has(username) ? PASSWORD : this.password(username)
  }

  /** That colleague calls who is next; then the verbs. */
  async call(username: string, ...verbs: string[]): Promise<Called> {
    const client = await this.colleague(username)
    const counter = /\d+$/.exec(username)?.[0]
    const { ticket } = answerOf(await client.post(`/counters/c${counter}/call-next`))
    this.#last = { id: ticket.ticketId, number: ticket.number, by: username }
    await this.goOn(...verbs)
    return this.#last
  }

  /** What the colleague does with the ticket that was called last: each verb, perhaps with what it needs. */
  async goOn(...verbs: (string | [verb: string, body: object])[]): Promise<void> {
    if (!this.#last) throw new Error('nobody was called')
    const { id, by } = this.#last
    const client = await this.colleague(by)
    for (const said of verbs) {
      const [verb, body] = typeof said === 'string' ? [said] : said
      answerOf(await client.post(`/tickets/${id}/${verb}`, body))
    }
  }

  /** Everything is closed; the hall itself is its fixture's. */
  async end(): Promise<void> {
    for (const page of this.#pages.values()) await page.context().close()
    this.#pages.clear()
  }
}

/** The body of an answer that is no refusal. */
function answerOf({ status, body }: Awaited<ReturnType<Client['get']>>) {
  if (status >= 300) throw new Error(`refused: ${status} ${JSON.stringify(body)}`)
  return body
}
