import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo, LookupFunction } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseAllowedHosts } from '#settings/reach.ts'
import { type Receiver, startReceiver, taken } from '#test/harness/receiver.ts'
import { freePort } from '#test/parts/service.ts'
import { pauseAfter, Undelivered } from './gateway.ts'
import { sign, Webhook } from './webhook.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const message = { id: 'hall.7', at: 1_700_000_000_000, body: '{"type":"ticket:called"}' }

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(() => {
  receiver.received = []
  receiver.answer = taken
})

/** A name server that says one thing to the first who asks, and another from then on. */
function lookupOf(...answers: string[][]): LookupFunction {
  return (_, options, done) => {
    const found = (answers.length > 1 ? answers.shift() : answers[0]) ?? []
    const [first = ''] = found
    if (options.all)
      done(
        null,
        found.map((address) => ({ address, family: 4 })),
      )
    else done(null, first, 4)
  }
}

const fault = async (delivering: Promise<void>) => {
  const error = await delivering.then(
    () => null,
    (reason) => reason,
  )
  return error instanceof Undelivered ? error.fault : error
}

describe('a webhook', () => {
  it('[HOOK1] signs as the example of the Standard Webhooks specification does', () => {
    const body = '{"test": 2432232314}'
    expect(sign(SECRET, `msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.${body}`)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    )
  })

  it('[HOOK7] a name is judged by the address it has when it is connected, not by one it had before', async () => {
    const port = new URL(receiver.url).port
    const target = { url: `http://hooks.example:${port}/`, secret: SECRET }
    // Public when it was asked first, loopback when the connection is made.
    const rebinding = lookupOf(['1.1.1.1'], ['127.0.0.1'])
    await new Promise((resolve) => rebinding('hooks.example', {}, resolve))
    expect(await fault(new Webhook(target, [], { lookup: rebinding }).deliver(message))).toBe(
      'address-refused',
    )
    // One public address among others does not help.
    const mixed = lookupOf(['1.1.1.1', '127.0.0.1'])
    expect(await fault(new Webhook(target, [], { lookup: mixed }).deliver(message))).toBe('address-refused')
    expect(receiver.received).toEqual([])
    const allowed = parseAllowedHosts(`hooks.example:${port}`) ?? []
    await new Webhook(target, allowed, { lookup: lookupOf(['127.0.0.1']) }).deliver(message)
    expect(receiver.received.map(({ id }) => id)).toEqual(['hall.7'])
  })

  it('[HOOK7] an address in the URL itself is judged, too', async () => {
    expect(await fault(new Webhook({ url: receiver.url, secret: SECRET }, []).deliver(message))).toBe(
      'address-refused',
    )
    expect(receiver.received).toEqual([])
  })

  const reach = (rest = {}) =>
    new Webhook({ url: receiver.url, secret: SECRET }, [{ host: '127.0.0.1', port: null }], rest).deliver(
      message,
    )

  it.each([
    [200, null],
    [204, null],
    [301, 'redirect'],
    [400, 'status'],
    [410, 'gone'],
    [503, 'status'],
  ])('[HOOK5] the answer %d means %s', async (status, meant) => {
    receiver.answer = (response) => void response.writeHead(status, { location: '/other' }).end('x')
    expect(await fault(reach())).toBe(meant)
    expect(receiver.received).toHaveLength(1)
  })

  it('[HOOK5] a long answer is not read to its end', async () => {
    const cut = new Promise((resolve) => {
      receiver.answer = (response) => {
        response.writeHead(200)
        const more = () => {
          while (response.write('x'.repeat(65_536)));
          response.once('drain', more)
        }
        response.once('close', resolve)
        response.on('error', () => undefined)
        more()
      }
    })
    expect(await fault(reach())).toBeNull()
    await cut
  })

  it('[HOOK5] who does not answer in time, or not at all, was not told', async () => {
    receiver.answer = () => undefined
    expect(await fault(reach({ timeout: 50 }))).toBe('timeout')
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await once(closed, 'close')
    const target = { url: `http://127.0.0.1:${port}/`, secret: SECRET }
    const gone = new Webhook(target, [{ host: '127.0.0.1', port: null }])
    expect(await fault(gone.deliver(message))).toBe('unreachable')
  })

  it('[HOOK4] pauses double from one to two seconds up to an hour', () => {
    expect([1, 2, 3, 4].map((failures) => pauseAfter(failures, 0))).toEqual([1_000, 2_000, 4_000, 8_000])
    expect([1, 2, 3, 4].map((failures) => pauseAfter(failures, 1))).toEqual([2_000, 4_000, 8_000, 16_000])
    expect(pauseAfter(12, 1)).toBe(3_600_000)
    expect(pauseAfter(5_000, 1)).toBe(3_600_000)
  })

  it('[HOOK1] the receiver of the handbook takes what is signed, once, and turns away what is not', async () => {
    const handbook = readFileSync(new URL('../../docs/WEBHOOKS.md', import.meta.url), 'utf8')
    const code = /```js\n([\s\S]+?)```/.exec(handbook)?.[1] ?? ''
    const port = await freePort()
    const program = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `${code.replace('8090', String(port))}.once('listening', () => console.log('up'))`,
      ],
      { env: { WEBHOOK_SECRET: SECRET }, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    try {
      let printed = ''
      program.stdout.on('data', (chunk) => {
        printed += chunk
      })
      const says = async (text: string) => {
        while (!printed.includes(text)) await once(program.stdout, 'data')
      }
      await says('up')
      const target = { url: `http://127.0.0.1:${port}/`, secret: SECRET }
      const allowed = [{ host: '127.0.0.1', port: null }]
      const ticket = { ticketId: 't7', number: 'A007', state: 'called', counter: '2', language: 'en' }
      const called = (seq: number) => ({
        id: `hall.${seq}`,
        at: Date.now(),
        body: JSON.stringify({ type: 'ticket:called', siteId: 'hall', seq, tickets: [ticket] }),
      })
      const wrong = new Webhook({ ...target, secret: 'whsec_b3RoZXI=' }, allowed)
      expect(await fault(wrong.deliver(called(7)))).toBe('status')
      expect(await fault(new Webhook(target, allowed).deliver({ ...called(7), at: 0 }))).toBe('status')
      for (const seq of [7, 7, 8]) await new Webhook(target, allowed).deliver(called(seq))
      await says('A007 to go to counter 2 en\ntell whoever has t7 A007')
      expect(printed.match(/tell whoever has t7/g)).toHaveLength(2)
    } finally {
      program.kill()
    }
  })
})
