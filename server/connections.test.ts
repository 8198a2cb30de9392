import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boundConnections, EACH_ADDRESS } from './connections.ts'

describe('connections', () => {
  let server: Server
  const open: Socket[] = []

  beforeEach(async () => {
    // Answers whatever is said, to whoever is let in.
    server = createServer((socket) => socket.on('error', () => undefined).pipe(socket))
    await once(server.listen(0, '127.0.0.1'), 'listening')
  })
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy()
    await once(server.close(), 'close')
  })

  async function connected(localAddress = '127.0.0.1'): Promise<Socket> {
    const { port } = server.address() as AddressInfo
    const socket = connect({ host: '127.0.0.1', port, localAddress })
    open.push(socket.on('error', () => undefined))
    await once(socket, 'connect')
    return socket
  }

  async function isHeard(socket: Socket): Promise<boolean> {
    const heard = Promise.race([
      once(socket, 'data').then(() => true),
      once(socket, 'close').then(() => false),
    ])
    socket.write('!')
    return heard
  }

  /** So many, each let in: a machine calls a connection open before its program has taken it. */
  async function many(count: number): Promise<void> {
    const heard = Array.from({ length: count }, async () => isHeard(await connected()))
    expect(new Set(await Promise.all(heard))).toEqual(new Set([true]))
  }

  it('[LIMIT6] an address beyond its bound is closed unheard; others, and what it has open already, are heard', async () => {
    boundConnections(server, false)
    const first = await connected()
    const second = await connected()
    await many(EACH_ADDRESS - 2)
    expect(await isHeard(second)).toBe(true)
    expect(await isHeard(await connected())).toBe(false)
    expect(await isHeard(await connected('127.0.0.2'))).toBe(true)
    expect(await isHeard(first)).toBe(true)
    // One less, and there is room for one.
    second.destroy()
    await expect.poll(async () => isHeard(await connected())).toBe(true)
    expect(await isHeard(await connected())).toBe(false)
  })

  it('[LIMIT6] behind a proxy, whose address all have, there is a bound for all together', async () => {
    boundConnections(server, true)
    await many(EACH_ADDRESS)
    expect(await isHeard(await connected())).toBe(true)
    server.maxConnections = EACH_ADDRESS + 1
    expect(await isHeard(await connected('127.0.0.2'))).toBe(false)
  })
})
