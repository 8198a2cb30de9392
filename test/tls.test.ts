import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request as plainly } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StartError } from '#server/start.ts'
import {
  CERTIFICATE,
  CERTIFICATE_KEY,
  NEXT_CERTIFICATE,
  NEXT_CERTIFICATE_KEY,
} from '#test/harness/certificate.ts'
import { PASSWORD, SITE, startHall, type TestHall } from '#test/harness/hall.ts'

describe('a hall with a certificate of its own', () => {
  let folder: string
  let hall: TestHall
  let files: { TLS_CERT: string; TLS_KEY: string }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nuanhao-tls-'))
    files = { TLS_CERT: join(folder, 'cert.pem'), TLS_KEY: join(folder, 'key.pem') }
    await writeFile(files.TLS_CERT, CERTIFICATE)
    await writeFile(files.TLS_KEY, CERTIFICATE_KEY)
    hall = await startHall('embedded', { variables: files })
  })
  afterAll(async () => {
    await hall.stop()
    await rm(folder, { recursive: true })
  })

  const ask = (path: string, options: RequestOptions = {}, body = '') =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request(hall.running.url + path, { ca: CERTIFICATE, ...options }, (answer) =>
        resolve(answer.resume()),
      )
      sent.on('error', reject).end(body)
    })

  it('[TLS1] pages, sign-in and sockets are over HTTPS, which is promised for a year', async () => {
    expect(hall.running.url).toMatch(/^https:/)
    const page = await ask('/privacy/')
    expect(page.statusCode).toBe(200)
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000')
    const headers = { 'content-type': 'application/json', origin: hall.running.url }
    const body = JSON.stringify({ username: 'counter2', password: PASSWORD })
    const signedIn = await ask('/api/v1/session', { method: 'POST', headers }, body)
    expect(signedIn.statusCode).toBe(200)
    const [cookie = ''] = signedIn.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/; Secure/)
    const socket = io(hall.running.url, {
      ...{ transports: ['websocket'], forceNew: true, reconnection: false, ca: CERTIFICATE },
      extraHeaders: { cookie: cookie.split(';')[0] ?? '' },
      auth: { view: 'staff', siteId: SITE, after: null },
    })
    const board = await new Promise<unknown>((resolve, reject) => {
      socket.on('staff:snapshot', resolve)
      socket.on('connect_error', reject)
    })
    socket.close()
    expect(board).toMatchObject({ seq: expect.any(Number) })
  })

  it('[TLS1] nothing is told without it, nor over a TLS that is broken', async () => {
    const { hostname, port } = new URL(hall.running.url)
    await expect(
      new Promise((resolve, reject) => {
        plainly({ hostname, port, path: '/healthz' }, resolve).on('error', reject).end()
      }),
    ).rejects.toThrow()
    await expect(ask('/healthz', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })).rejects.toThrow()
    expect((await ask('/healthz')).statusCode).toBe(200)
  })

  it('[LIMIT4] whoever connects and never agrees on HTTPS is cut', async () => {
    const { hostname, port } = new URL(hall.running.url)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    await once(socket.resume(), 'close')
  })

  it('[TLS2] a renewed one is used without a restart, once both files are there', async () => {
    const isShown = async (ca: string) => {
      const answer = await ask('/healthz', { ca, agent: false }).catch((error: Error) => error.message)
      return typeof answer === 'string' ? answer : answer.statusCode
    }
    await writeFile(files.TLS_CERT, NEXT_CERTIFICATE)
    await expect.poll(() => hall.log.join()).toContain('the certificate was not renewed')
    expect(await isShown(CERTIFICATE)).toBe(200)
    expect(await isShown(NEXT_CERTIFICATE)).not.toBe(200)
    await writeFile(files.TLS_KEY, NEXT_CERTIFICATE_KEY)
    await expect.poll(() => isShown(NEXT_CERTIFICATE)).toBe(200)
    expect(await isShown(CERTIFICATE)).not.toBe(200)
  })

  it.each([
    ['is not there', 'none.pem', null],
    ['is no certificate', 'other.pem', 'not a certificate'],
  ])('[TLS1] one that %s is told plainly, with its name', async (_, name, text) => {
    const TLS_CERT = join(folder, name)
    if (text !== null) await writeFile(TLS_CERT, text)
    const starting = startHall('embedded', { variables: { ...files, TLS_CERT } })
    await expect(starting).rejects.toThrow(StartError)
    await expect(starting).rejects.toThrow(TLS_CERT)
  })
})
