import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublicBoard, StaffBoard } from '#protocol/board.ts'
import { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { followTicket, Screen } from '#test/harness/screen.ts'

describe.each(MODES)('screens converge, %s', (mode) => {
  let hall: TestHall
  let kiosk: Client & { token: string }
  let clerk: Client
  let display: Screen<PublicBoard>
  let desk: Screen<StaffBoard>

  beforeAll(async () => {
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    kiosk = await hall.enrol('kiosk')
    clerk = await hall.signIn('counter2')
    const { token } = await hall.enrol('display')
    display = new Screen(hall.running.url, 'public', SITE, { token })
    desk = new Screen(hall.running.url, 'staff', SITE, { cookie: clerk.cookie })
    await clerk.post('/counters/c2/open')
  })
  afterAll(async () => {
    display.close()
    desk.close()
    await hall.stop()
  })

  /** One resident from the kiosk to the end of the visit: four events. */
  async function visit(): Promise<void> {
    await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
    const { ticket } = (await clerk.post('/counters/c2/call-next')).body
    await clerk.post(`/tickets/${ticket.ticketId}/start`)
    await clerk.post(`/tickets/${ticket.ticketId}/complete`)
  }

  /** Every screen shows what a screen that comes in now would see. */
  async function expectFresh(): Promise<void> {
    const fresh = (await clerk.get(`/sites/${SITE}/board`)).body as StaffBoard
    await Promise.all([display.reached(fresh.seq), desk.reached(fresh.seq)])
    expect(desk.board).toEqual(fresh)
    expect(display.board).toEqual((await kiosk.get(`/sites/${SITE}/board`)).body)
  }

  it('[SYNC1] a screen gets a snapshot and then every event in order', async () => {
    await visit()
    await visit()
    await expectFresh()
    for (const { seqs, snapshots } of [display, desk]) {
      expect(snapshots).toBe(1)
      expect(seqs).toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i))
    }
  })

  it('[SYNC2] a screen whose connection broke gets just what it missed', async () => {
    await expectFresh()
    const { snapshots } = display
    display.drop()
    desk.drop()
    await visit()
    await expectFresh()
    expect(display.snapshots).toBe(snapshots)
    expect(display.seqs).toEqual(display.seqs.map((_, i) => (display.seqs[0] ?? 0) + i))
  })

  it('[SYNC3] lost hints cost at most the next safety read', async () => {
    await expectFresh()
    const say = hall.running.parts.hall.hints.say
    hall.running.parts.hall.hints.say = () => undefined
    try {
      await visit()
      await expectFresh()
    } finally {
      hall.running.parts.hall.hints.say = say
    }
  })

  it('[SYNC4] screens come back to a restarted server by themselves', async () => {
    await hall.restart()
    await visit()
    await expectFresh()
  })

  it('[PHONE1] a phone follows its own ticket and nothing else', async () => {
    const issue = () => kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
    const ahead = (await issue()).body.ticket
    const mine = (await issue()).body
    const phone = hall.stranger()
    const first = (await phone.get(`/track/${mine.trackUrl.split('#')[1]}`)).body
    expect(first).toMatchObject({ state: 'waiting', ahead: 1, counter: null })
    const following = followTicket(hall.running.url, phone.cookie)
    expect(await following.next()).toMatchObject({ number: first.number, ahead: 1 })
    const moved = following.next()
    await clerk.post('/counters/c2/call-next')
    expect(await moved).toMatchObject({ number: first.number, state: 'waiting', ahead: 0 })
    const other = following.next()
    await clerk.post(`/tickets/${ahead.id}/complete`)
    await other
    const called = following.next()
    await clerk.post('/counters/c2/call-next')
    expect(await called).toMatchObject({ state: 'called', counter: '2', ahead: null })
    const done = following.next()
    await clerk.post(`/tickets/${mine.ticket.id}/complete`)
    expect(await done).toMatchObject({ state: 'completed', counter: null })
    following.close()
  })

  it('[SYNC7] signing out cuts that session’s screens at once, and only those', async () => {
    const leaving = await hall.signIn('counter3')
    const screen = new Screen<StaffBoard>(hall.running.url, 'staff', SITE, { cookie: leaving.cookie })
    await screen.reached(0)
    const cut = new Promise<string>((resolve) => screen.socket.once('revoked', () => resolve('revoked')))
    const gone = new Promise<string>((resolve) => screen.socket.once('disconnect', resolve))
    expect((await leaving.delete('/session')).status).toBe(204)
    expect(await cut).toBe('revoked')
    expect(await gone).toBe('io server disconnect')
    expect(desk.socket.connected).toBe(true)
    expect((await hall.stranger().get('/session')).status).toBe(401)
    screen.close()
  })

  it('[SYNC5] a stranger, a wrong token and another view are turned away', async () => {
    const refused = async (view: 'public' | 'staff', credential: { token?: string; cookie?: string }) => {
      const screen = new Screen(hall.running.url, view, SITE, credential)
      const { message } = await new Promise<Error>((resolve) => screen.socket.on('connect_error', resolve))
      screen.close()
      return message
    }
    expect(await refused('public', {})).toBe('unauthenticated')
    expect(await refused('public', { token: 'x'.repeat(43) })).toBe('unauthenticated')
    expect(await refused('staff', {})).toBe('unauthenticated')
  })
})

describe('two servers of one hall', () => {
  let hall: TestHall
  beforeAll(async () => {
    hall = await startHall('services')
  })
  afterAll(() => hall.stop())

  it('[SYNC6] no screen of either server sees an event out of order', async () => {
    const second = await hall.another()
    const kiosk = await hall.enrol('kiosk')
    const there = new Client(second.url).withToken(kiosk.token)
    const { token } = await hall.enrol('display')
    const screens = [hall.running, second].map(
      ({ url }) => new Screen<PublicBoard>(url, 'public', SITE, { token }),
    )
    await Promise.all(screens.map((screen) => screen.reached(0)))
    const issues = Array.from({ length: 100 }, (_, i) =>
      (i % 2 === 0 ? kiosk : there).post(`/sites/${SITE}/tickets`, { serviceId: 'housing' }),
    )
    expect((await Promise.all(issues)).filter(({ status }) => status !== 201)).toEqual([])
    const fresh = (await kiosk.get(`/sites/${SITE}/board`)).body as PublicBoard
    for (const screen of screens) {
      await screen.reached(fresh.seq)
      expect(screen.board).toEqual(fresh)
      expect(screen.seqs).toEqual(Array.from({ length: 100 }, (_, i) => fresh.seq - 99 + i))
      screen.close()
    }
  })
})
