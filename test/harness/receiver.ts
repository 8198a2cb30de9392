import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A message as it arrived. */
export interface Received {
  id: string
  headers: IncomingHttpHeaders
  raw: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it field by field
  body: any
}

/** A program outside that takes webhooks, on loopback. */
export interface Receiver {
  url: string
  /** `127.0.0.1:PORT`, as WEBHOOK_ALLOW takes it. */
  host: string
  /** Everything that arrived, in order. */
  received: Received[]
  /** How the next messages are answered; 204 unless it is changed. */
  answer: (response: ServerResponse, message: Received) => void
  stop(): Promise<void>
}

export const taken = (response: ServerResponse) => void response.writeHead(204).end()

export async function startReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks).toString('utf8')
    const message: Received = {
      id: String(request.headers['webhook-id']),
      headers: request.headers,
      raw,
      body: JSON.parse(raw),
    }
    receiver.received.push(message)
    receiver.answer(response, message)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    host: `127.0.0.1:${port}`,
    received: [],
    answer: taken,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return receiver
}

/** Whether a message is signed as the Standard Webhooks specification says; written apart from the code that signs. */
export function isSigned({ headers, raw }: Received, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const hmac = createHmac('sha256', key)
  hmac.update(String(headers['webhook-id']))
  hmac.update('.')
  hmac.update(String(headers['webhook-timestamp']))
  hmac.update('.')
  hmac.update(raw, 'utf8')
  return headers['webhook-signature'] === `v1,${hmac.digest('base64')}`
}
