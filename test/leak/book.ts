import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, Hello, ServerEvents } from '#protocol/events.ts'
import { ROUTES } from '#server/routes.ts'
import type { Whom } from './marks.ts'
import type { Place } from './search.ts'

/** A request as it was sent, to be sent again with something wrong in it. */
export interface Sent {
  asker: Asker
  route: string
  method: string
  path: string
  body: unknown
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: the day looks into answers of every shape
  body: any
}

const PATTERNS = ROUTES.map(({ method, path }) => ({
  route: `${method} ${path}`,
  method,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
  // What is spelt out wins over a parameter.
  open: (path.match(/:/g) ?? []).length,
})).sort((a, b) => a.open - b.open)

/** Everything that anybody was told during the day. */
export class Book extends EventEmitter<{ written: [] }> {
  readonly url: string
  readonly places: Place[] = []
  /** Requests that were done, by their route: of each the first. */
  readonly done = new Map<string, Sent>()
  /** Names of the events that came. */
  readonly events = new Set<string>()
  readonly #sockets: Socket<ServerEvents, ClientEvents>[] = []

  constructor(url: string) {
    super()
    this.url = url
    this.setMaxListeners(0)
  }

  asker(whom: Whom, token = ''): Asker {
    return new Asker(this, whom, token)
  }

  write(place: Place): void {
    this.places.push(place)
    this.emit('written')
  }

  /** Resolves when what is written makes it so. */
  async until(what: string, is: () => boolean): Promise<void> {
    const late = AbortSignal.timeout(20_000)
    while (!is()) {
      await once(this, 'written', { signal: late }).catch(() => {
        throw new Error(`it did not come: ${what}`)
      })
    }
  }

  /** A screen that writes down all it hears; it comes back when the server was away. */
  listen(whom: Whom, said: Hello, cookie = ''): Socket<ServerEvents, ClientEvents> {
    const socket: Socket<ServerEvents, ClientEvents> = io(this.url, {
      ...{ transports: ['websocket'], forceNew: true, auth: said },
      ...{ reconnectionDelay: 20, reconnectionDelayMax: 100 },
      ...(cookie && { extraHeaders: { cookie } }),
    })
    const name = `${said.view} view`
    socket.onAny((event: string, ...words: unknown[]) => {
      this.events.add(event)
      this.write({ kind: 'event', name: `${event} of the ${name}`, whom, text: JSON.stringify(words) })
    })
    socket.on('connect_error', ({ message }) =>
      this.write({ kind: 'event', name: `refusal of the ${name}`, whom, text: message }),
    )
    this.#sockets.push(socket)
    return socket
  }

  close(): void {
    for (const socket of this.#sockets) socket.close()
  }
}

/** Somebody who asks the API as a browser would, and whose answers are written down with their headers. */
export class Asker {
  readonly book: Book
  readonly whom: Whom
  readonly token: string
  cookie = ''

  constructor(book: Book, whom: Whom, token: string) {
    this.book = book
    this.whom = whom
    this.token = token
  }

  get = (path: string) => this.ask('get', path)
  delete = (path: string) => this.ask('delete', path)

  /** What must be done: refused is a fault of the day. */
  async post(path: string, body: unknown = {}, key: string = randomUUID()): Promise<Answer> {
    const answer = await this.ask('post', path, body, { 'idempotency-key': key })
    if (answer.status >= 400) {
      throw new Error(`${this.whom} ${path} ${JSON.stringify(body)}: ${JSON.stringify(answer)}`)
    }
    return answer
  }

  async signIn(username: string, password: string): Promise<this> {
    await this.post('/session', { username, password })
    return this
  }

  async ask(
    method: 'get' | 'post' | 'delete',
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.book.url}/api/v1${path}`, {
      method: method.toUpperCase(),
      headers: {
        origin: this.book.url,
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const cookies = response.headers.getSetCookie()
    for (const cookie of cookies) this.cookie = cookie.split(';')[0] ?? ''
    const text = await response.text()
    const [plain = ''] = path.split('?')
    const route = PATTERNS.find((one) => one.method === method && one.pattern.test(plain))?.route ?? plain
    if (response.status < 400 && !this.book.done.has(route)) {
      this.book.done.set(route, { asker: this, route, method, path, body })
    }
    const kind = /csv/.test(response.headers.get('content-type') ?? '') ? 'sheet' : 'answer'
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
    this.book.write({
      kind,
      name: `${response.status} of ${route}`,
      whom: this.whom,
      text: `${headers}\n${text}`,
    })
    const json = response.headers.get('content-type')?.includes('json')
    return { status: response.status, body: json ? JSON.parse(text) : text }
  }
}
