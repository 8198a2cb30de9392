import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Connection, NoPrinterThere, Unreachable } from './connection.ts'

const AT_ONCE = { connect: 300, status: 100, print: 100 }

describe('where printers are spoken with', () => {
  let elsewhere: Server
  let port: number
  let visits = 0

  beforeAll(async () => {
    elsewhere = createServer((socket) => {
      visits++
      socket.destroy()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    port = (elsewhere.address() as { port: number }).port
  })
  afterAll(() => new Promise((resolve) => elsewhere.close(resolve)))

  const open = (host: string, at: number, allowed: { host: string; port: string | null }[] = []) =>
    Connection.open({ host, port: at }, allowed, AT_ONCE)

  it('[PRINT14] nowhere but at the ports of printers, whatever name leads there', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      await expect(open(host, port)).rejects.toBeInstanceOf(NoPrinterThere)
      await expect(open(host, port, [{ host, port: '1' }])).rejects.toBeInstanceOf(NoPrinterThere)
    }
    expect(visits).toBe(0)
    const there = await open('127.0.0.1', port, [{ host: '127.0.0.1', port: `${port}` }])
    there.close()
    ;(await open('127.0.0.1', port, [{ host: '127.0.0.1', port: null }])).close()
    await expect.poll(() => visits).toBe(2)
  })

  it('[PRINT14] in no network but the hall’s own', async () => {
    for (const host of [
      '169.254.169.254',
      '8.8.8.8',
      '100.64.0.1',
      '::ffff:8.8.8.8',
      'fe80::1',
      '2001:4860:4860::8888',
      '0.0.0.0',
    ]) {
      await expect(open(host, 9100), host).rejects.toBeInstanceOf(NoPrinterThere)
    }
    // A place for a printer, and none there.
    await expect(open('127.0.0.1', 9109)).rejects.toSatisfy(
      (error) => error instanceof Unreachable && !(error instanceof NoPrinterThere),
    )
  })
})
