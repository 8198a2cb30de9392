import { randomUUID } from 'node:crypto'

export interface Reply {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any
  headers: Headers
}

interface PostOptions {
  key?: string
  ifMatch?: number | string
  headers?: Record<string, string>
}

/** Speaks to the API as a browser would: keeps its cookies, names its origin, sends a key with every command. */
export class Client {
  readonly url: string
  readonly #headers: Record<string, string>
  cookie = ''

  constructor(url: string, headers: Record<string, string> = {}) {
    this.url = url
    this.#headers = headers
  }

  withToken(token: string): Client {
    return new Client(this.url, { ...this.#headers, authorization: `Bearer ${token}` })
  }

  withHeaders(headers: Record<string, string>): Client {
    return new Client(this.url, { ...this.#headers, ...headers })
  }

  async signIn(username: string, password: string): Promise<Reply> {
    const reply = await this.post('/session', { username, password })
    if (reply.status !== 200) throw new Error(`sign-in of ${username}: ${reply.status} ${reply.body?.code}`)
    return reply
  }

  get(path: string): Promise<Reply> {
    return this.#send('GET', path)
  }

  delete(path: string): Promise<Reply> {
    return this.#send('DELETE', path)
  }

  post(
    path: string,
    body: unknown = {},
    { key = randomUUID(), ifMatch, headers }: PostOptions = {},
  ): Promise<Reply> {
    return this.#send('POST', path, typeof body === 'string' ? body : JSON.stringify(body), {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(ifMatch !== undefined && { 'if-match': String(ifMatch) }),
      ...headers,
    })
  }

  async #send(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Reply> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        origin: this.url,
        ...this.#headers,
        ...(this.cookie && { cookie: this.cookie }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';')[0] ?? ''
    const text = await response.text()
    // A sheet stays text.
    const json = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      body: json ? JSON.parse(text) : text || null,
      headers: response.headers,
    }
  }
}
