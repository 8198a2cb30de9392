import { createHmac } from 'node:crypto'
import { lookup as resolve } from 'node:dns'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { type AllowedHost, isAllowedHost, isPublicAddress, literalAddress } from '#settings/reach.ts'
import { type Gateway, type Message, Undelivered } from './gateway.ts'

/** Connecting, sending and the first line of the answer take at most this long together, ms. */
export const TIMEOUT = 5_000
/** So much of an answer is read before the connection is cut, bytes: nobody looks at it. */
const ANSWER = 1_024

export interface WebhookTarget {
  url: string
  /** `whsec_` and base64. */
  secret: string
}

/** POSTs messages to a URL, signed after the Standard Webhooks specification. [HOOK1] */
export class Webhook implements Gateway {
  readonly #url: URL
  readonly #secret: string
  readonly #allowed: readonly AllowedHost[]
  readonly #lookup: LookupFunction
  readonly #timeout: number

  /** @param allowed hosts that may be reached wherever they are */
  constructor(
    { url, secret }: WebhookTarget,
    allowed: readonly AllowedHost[],
    { lookup = resolve as LookupFunction, timeout = TIMEOUT } = {},
  ) {
    this.#url = new URL(url)
    this.#secret = secret
    this.#allowed = allowed
    this.#lookup = lookup
    this.#timeout = timeout
  }

  async deliver({ id, at, body }: Message): Promise<void> {
    const free = isAllowedHost(this.#url, this.#allowed)
    const literal = literalAddress(this.#url)
    if (!free && literal !== null && !isPublicAddress(literal)) throw new Undelivered('address-refused')
    const timestamp = String(Math.floor(at / 1000))
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'nuanhao',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': sign(this.#secret, `${id}.${timestamp}.${body}`),
    }
    const status = await this.#post(headers, body, free ? this.#lookup : publicOnly(this.#lookup))
    if (status >= 200 && status < 300) return
    const redirect = status >= 300 && status < 400
    throw new Undelivered(redirect ? 'redirect' : status === 410 ? 'gone' : 'status', status)
  }

  /** The status of the answer. A redirect is an answer like any other: it is not followed. */
  #post(headers: Record<string, string | number>, body: string, lookup: LookupFunction): Promise<number> {
    const signal = AbortSignal.timeout(this.#timeout)
    const post = this.#url.protocol === 'https:' ? overHttps : overHttp
    return new Promise((resolve, reject) => {
      // A connection of its own each time: one that was kept might lead to an address nobody has checked.
      const sent = post(this.#url, { method: 'POST', headers, lookup, agent: false, signal }, (answer) => {
        resolve(answer.statusCode ?? 0)
        let read = 0
        answer.on('error', () => undefined)
        answer.on('data', (chunk: Buffer) => {
          read += chunk.length
          if (read > ANSWER) answer.destroy()
        })
      })
      sent.on('error', (error) => {
        const fault = error instanceof Undelivered ? error.fault : signal.aborted ? 'timeout' : 'unreachable'
        reject(new Undelivered(fault))
      })
      sent.end(body)
    })
  }
}

/** The value of `webhook-signature`. */
export function sign(secret: string, content: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`
}

/**
 * Looks a name up for the connection that is being made and refuses it when any of its addresses is not public: what was
 * asked before might have been told another address. [HOOK7]
 */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = Array.isArray(found) ? found : []
      const [first] = addresses
      if (error || !first) return done(error ?? new Undelivered('unreachable'), '')
      if (!addresses.every(({ address }) => isPublicAddress(address))) {
        return done(new Undelivered('address-refused'), '')
      }
      if (options.all) return done(null, addresses)
      done(null, first.address, first.family)
    })
  }
}
