import { Agent, request } from 'node:http'

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  body: any
}

/** A server that gives no answer for so long is counted as broken, ms. */
const PATIENCE = 30_000
/** While the server is gone it is knocked at this often, ms. */
const KNOCK_EVERY = 25

/** The connection broke before the answer came: the command may or may not have happened. */
class ConnectionLost extends Error {}

/** One machine in the hall: one kept connection, and commands asked with one key until they are answered. */
export class LoadClient {
  readonly #url: string
  readonly #headers: Record<string, string>
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  /** How many times the connection was lost before an answer. */
  lost = 0

  constructor(url: string, headers: Record<string, string>) {
    this.#url = url
    this.#headers = { ...headers, 'content-type': 'application/json' }
  }

  /** Asks until there is an answer, always with the same key. */
  async command(path: string, body: object, key: string): Promise<Answer> {
    for (;;) {
      try {
        return await this.#ask('POST', `/api/v1${path}`, JSON.stringify(body), { 'idempotency-key': key })
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error
        this.lost += 1
        await this.#returned()
      }
    }
  }

  async get(path: string): Promise<Answer> {
    return this.#ask('GET', path)
  }

  close(): void {
    this.#agent.destroy()
  }

  /** Knocks until the server is there again. */
  async #returned(): Promise<void> {
    const deadline = Date.now() + PATIENCE
    for (;;) {
      try {
        await this.#ask('GET', '/healthz')
        return
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error
        if (Date.now() > deadline) throw new Error(`the server did not come back within ${PATIENCE} ms`)
        await new Promise((resolve) => setTimeout(resolve, KNOCK_EVERY))
      }
    }
  }

  #ask(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const lost = (error: Error) =>
        reject(error instanceof NoAnswer ? error : new ConnectionLost(error.message))
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
      const options = { method, agent: this.#agent, headers: { ...this.#headers, ...headers, ...length } }
      const asked = request(`${this.#url}${path}`, options, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('error', lost)
        response.on('end', () => {
          const json = /json/.test(response.headers['content-type'] ?? '')
          resolve({ status: response.statusCode ?? 0, body: json ? JSON.parse(text) : text })
        })
      })
      asked.on('error', lost)
      asked.setTimeout(PATIENCE, () =>
        asked.destroy(new NoAnswer(`${method} ${path}: no answer in ${PATIENCE} ms`)),
      )
      asked.end(body)
    })
  }
}

/** The server is there and says nothing: a fault, not a lost connection. */
class NoAnswer extends Error {}
