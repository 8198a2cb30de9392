import type { Problem } from '#protocol/api.ts'

/** What the API said no to. */
export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string) {
    super(`${status} ${code}`)
    this.name = 'Refused'
    this.status = status
    this.code = code
  }
}

/** How long an answer is waited for, ms. */
const PATIENCE = 10_000

/** Speaks to the API as a screen does: keeps its cookie, names its origin, sends a key with every command. */
export class Client {
  readonly #url: string
  readonly #token: string | null
  readonly #newKey: () => string
  cookie = ''

  constructor(url: string, newKey: () => string, token: string | null = null) {
    this.#url = url
    this.#newKey = newKey
    this.#token = token
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#send('GET', path)
  }

  post<Answer>(path: string, body: object = {}): Promise<Answer> {
    return this.#send('POST', path, body)
  }

  async #send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        origin: this.#url,
        ...(this.#token !== null && { authorization: `Bearer ${this.#token}` }),
        ...(this.cookie && { cookie: this.cookie }),
        ...(body && { 'content-type': 'application/json', 'idempotency-key': this.#newKey() }),
      },
      signal: AbortSignal.timeout(PATIENCE),
      ...(body && { body: JSON.stringify(body) }),
    })
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';')[0] ?? ''
    const text = await response.text()
    const answer: unknown = text === '' ? null : JSON.parse(text)
    if (!response.ok) throw new Refused(response.status, (answer as Problem | null)?.code ?? 'unknown')
    return answer as Answer
  }
}
