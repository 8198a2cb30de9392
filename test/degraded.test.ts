import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reconcile } from '#line/reconcile.ts'
import { Client } from '#test/harness/client.ts'
import { SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { type Redis, startRedis } from '#test/parts/redis.ts'

describe('the line is away', () => {
  let redis: Redis
  let hall: TestHall
  let kiosk: Client
  let clerk: Client

  beforeAll(async () => {
    redis = await startRedis()
    hall = await startHall('services', { variables: { REDIS_URL: redis.url } })
    kiosk = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    await clerk.post('/counters/c2/open')
  })
  afterAll(async () => {
    await hall.stop()
    await redis.stop()
  })

  const issue = async (body: object = {}): Promise<string> =>
    (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit', ...body })).body.ticket
      .number
  const serveNext = async (): Promise<string | null> => {
    const { ticket } = (await clerk.post('/counters/c2/call-next')).body
    if (ticket) await clerk.post(`/tickets/${ticket.ticketId}/complete`)
    return ticket?.number ?? null
  }
  const readiness = async () => (await (await fetch(`${hall.running.url}/readyz`)).json()).status
  const lane = () => hall.running.parts.hall.line.lane(SITE, 'household')

  it('[LINE4] without Redis tickets are issued and called in exact order, and /readyz says degraded', async () => {
    expect(await readiness()).toBe('ready')
    await issue()
    await redis.kill()
    await issue()
    await issue({ care: {} })
    expect(await readiness()).toBe('degraded')
    expect([await serveNext(), await serveNext()]).toEqual(['A003', 'A001'])
  })

  it('[LINE5] when Redis is back, even empty, the line is made whole and agrees again', async () => {
    await issue()
    const back = new Promise<void>((resolve) => hall.running.parts.hall.line.connection.onReady(resolve))
    await redis.restart()
    await back
    await reconcile(hall.running.parts.hall, true)
    expect(await readiness()).toBe('ready')
    expect(await lane().counts()).toEqual({ waiting: 2, active: 0 })
    const { divergences } = hall.running.parts.hall.metrics
    divergences.reset()
    expect([await serveNext(), await serveNext(), await serveNext()]).toEqual(['A002', 'A004', null])
    expect((await divergences.get()).values.filter(({ value }) => value > 0)).toEqual([])
    expect(await lane().counts()).toEqual({ waiting: 0, active: 0 })
  })

  it('[PAIR9] a screen that is moved without Redis follows on another server, and is good there', async () => {
    const other = await hall.another()
    const { url } = other
    const supervisor = await hall.signIn('supervisor')
    const asked = await supervisor.post('/devices', { kind: 'pad', place: { counter: 'c5' } })
    const { id, token } = asked.body
    const auth = { view: 'public', siteId: SITE, token, after: null }
    const wire = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false })
    const placed = () => new Promise((resolve) => wire.once('placed', resolve))
    expect(await placed()).toEqual({ counter: 'c5' })
    const followed = placed()
    await redis.kill()
    await supervisor.post(`/sites/${SITE}/devices/${id}/place`, { place: { counter: 'c6' } })
    expect(await followed).toEqual({ counter: 'c6' })
    const pad = new Client(url).withToken(token)
    const pressed = await pad.post('/counters/c6/pad/call-next', { number: null })
    expect(pressed.body.code).toBe('nobody-at-counter')
    wire.close()
    // Both, or one is ended while it still tries.
    const back = [hall.running, other].map(
      ({ parts }) => new Promise<void>((resolve) => parts.hall.line.connection.onReady(resolve)),
    )
    await redis.restart()
    await Promise.all(back)
  })
})
