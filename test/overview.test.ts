import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OVERVIEW_FIELDS } from '#domain/leg.ts'
import type { AuditResponse, DayReport } from '#protocol/api.ts'
import type { OverviewBoard, StaffBoard } from '#protocol/board.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { programWith, somebodyOfEachRole } from '#test/harness/people.ts'
import { Screen } from '#test/harness/screen.ts'

/** Fields of a leg that tell why it stands where it stands, and reasons of exceptions and readings, as answers write them. */
const WHY = [
  ...['"credit"', '"v"', '"stint"', '"skill"', '"noted"', '"prepare"', '"hold"', '"papers"', '"language"'],
  ...['unwell', 'signing', 'need:read', 'preparation:read', 'note:read', 'check-person', 'fill-form'],
]
const LOOKING = ['administrator', 'director'] as const
const found = (text: string) => WHY.filter((word) => text.includes(word))

describe.each(MODES)('the hall for who only looks, %s', (mode) => {
  let hall: TestHall
  let clerk: Client
  let supervisor: Client
  let ticketId: string
  const who: Record<(typeof LOOKING)[number], Client> = {} as never
  const overviews: Record<(typeof LOOKING)[number], Screen<OverviewBoard>> = {} as never
  let staff: Screen<StaffBoard>
  let fresh: StaffBoard

  /** Everything that makes one number different from another. */
  beforeAll(async () => {
    hall = await startHall(mode)
    const nameOf = await somebodyOfEachRole(hall)
    const { url } = hall.running
    supervisor = await hall.signIn('supervisor')
    clerk = await hall.signIn('counter2')
    const { cookie } = supervisor
    staff = new Screen<StaffBoard>(url, 'staff', SITE, { cookie })
    for (const role of LOOKING) {
      who[role] = await hall.signIn(nameOf(role))
      overviews[role] = new Screen<OverviewBoard>(url, 'overview', SITE, { cookie: who[role].cookie })
      await overviews[role].reached(0)
    }
    await staff.reached(0)
    const kiosk = await hall.enrol('kiosk')
    const issue = async (body = {}) =>
      (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit', ...body })).body.ticket.id
    ticketId = await issue({ care: { need: 'pregnant' }, accommodations: ['with-child'] })
    const [other, third] = [await issue(), await issue({ contact: { name: '王小明' } })]
    const does = async (by: Client, path: string, body = {}) => {
      const { status, body: answer } = await by.post(path, body)
      if (status >= 400) throw new Error(`${path}: ${JSON.stringify(answer)}`)
    }
    const looked = { what: 'contact', purpose: 'fill-form' }
    await does(clerk, '/counters/c2/open')
    await does(clerk, `/tickets/${other}/skill`, { skill: 'signing' })
    await does(clerk, '/counters/c2/call-next')
    await does(clerk, `/tickets/${ticketId}/reveal`, { what: 'need', purpose: 'check-person' })
    await clerk.get(`/tickets/${ticketId}/preparation`)
    // The network breaks for everybody: what they missed comes as events.
    for (const screen of [staff, ...Object.values(overviews)]) screen.drop()
    await does(clerk, `/tickets/${ticketId}/hold`, { kind: 'fetching' })
    await does(supervisor, `/tickets/${third}/call`, { counterId: 'c2', reason: 'unwell' })
    await does(clerk, `/tickets/${third}/reveal`, looked)
    await does(clerk, `/tickets/${third}/transfer`, { to: { laneId: 'insurance' }, note: '交接' })
    await does(clerk, `/tickets/${other}/care`, { care: true })
    fresh = (await supervisor.get(`/sites/${SITE}/board`)).body
    for (const screen of [staff, ...Object.values(overviews)]) await screen.reached(fresh.seq)
  })
  afterAll(async () => {
    for (const screen of [staff, ...Object.values(overviews)]) screen.close()
    await hall.stop()
  })

  it('[ROLE7] staff are told why numbers stand where they stand', () => {
    const leg = Object.values(fresh.legs).find((one) => one.ticketId === ticketId)
    expect(leg).toMatchObject({ state: 'held', hold: 'fetching', prepare: true })
    expect(leg?.credit).toBeGreaterThan(0)
    expect(Object.values(fresh.legs).some(({ skill }) => skill === 'signing')).toBe(true)
    expect(staff.board).toEqual(fresh)
  })

  it.each(LOOKING)(
    '[ROLE1] [ROLE2] [ROLE7] %s: neither a board, a snapshot nor any event tells it',
    async (role) => {
      const { status, body } = await who[role].get(`/sites/${SITE}/board`)
      expect(status).toBe(200)
      expect(found(JSON.stringify(body))).toEqual([])
      for (const leg of Object.values((body as OverviewBoard).legs)) {
        expect(Object.keys(leg).sort()).toEqual([...OVERVIEW_FIELDS].sort())
      }
      const { heard, snapshots, seqs } = overviews[role]
      expect(found(heard.join('\n'))).toEqual([])
      // It heard all of it: at once, and what it had missed.
      expect(snapshots).toBe(1)
      expect(seqs.at(-1)).toBe(fresh.seq)
      expect(heard.join('\n')).toContain('called-specific')
    },
  )

  it.each(LOOKING)(
    '[ROLE7] [FEED1] [BOARD2] %s: the overview after every event is the staff board without it',
    async (role) => {
      const { body } = await who[role].get(`/sites/${SITE}/board`)
      expect(overviews[role].board).toEqual(body)
      const { legs, ...around } = fresh
      expect(body).toMatchObject(around)
      expect(Object.keys(body.legs).sort()).toEqual(Object.keys(legs).sort())
      for (const [id, leg] of Object.entries((body as OverviewBoard).legs))
        expect(legs[id]).toMatchObject(leg)
    },
  )

  it.each(LOOKING)('[ROLE7] %s does not get the staff’s view by asking for it', async (role) => {
    const screen = new Screen(hall.running.url, 'staff', SITE, { cookie: who[role].cookie })
    const message = await new Promise((resolve) =>
      screen.socket.once('connect_error', (error) => resolve(error.message)),
    )
    screen.close()
    expect(message).toBe('unauthenticated')
    expect(screen.heard).toEqual([])
  })

  it('[ROLE7] a report gives them, and a program, no reason with a number, and no class of a day that goes on', async () => {
    const report = async (by: Client) => (await by.get(`/sites/${SITE}/report`)).body as DayReport
    const whole = await report(supervisor)
    expect(whole.exceptions.map(({ reason }) => reason)).toContain('unwell')
    expect(whole.classes.care).toBe(2)
    const program = await programWith(hall, ['report'])
    for (const by of [...Object.values(who), program]) {
      const told = await report(by)
      expect(told.exceptions).toEqual(whole.exceptions.map((one) => ({ ...one, reason: null })))
      expect(told.classes).toEqual({ care: null, waits: null })
      expect({ ...told, at: 0, ...nothingOf }).toEqual({ ...whole, at: 0, ...nothingOf })
      const sheet = (await by.get(`/sites/${SITE}/report.csv`)).body as string
      expect(sheet).not.toContain('unwell')
      expect(sheet).toContain('关怀号 Tickets with care,,')
    }
    expect((await supervisor.get(`/sites/${SITE}/report.csv`)).body).toContain('unwell')
  })
  /** What changes from one moment to the next, and what is told to some only. */
  const nothingOf = {
    exceptions: 0,
    classes: 0,
    waits: 0,
    late: 0,
    serving: 0,
    holds: 0,
    left: 0,
    services: 0,
    help: 0,
  }

  it('[ROLE7] [AUDIT9] the audit tells an administrator of a number what was done and by whom', async () => {
    const ask = async (by: Client, key = '') =>
      (await by.get(`/sites/${SITE}/audit${key}`)).body as AuditResponse
    const whole = await ask(supervisor)
    const { items } = await ask(who.administrator)
    expect(items.map(({ n }) => n)).toEqual(whole.items.map(({ n }) => n))
    expect(found(JSON.stringify(whole))).toEqual(expect.arrayContaining(['unwell', 'need:read', 'fill-form']))
    expect(found(JSON.stringify(items))).toEqual([])
    for (const [index, { number, hash, ...row }] of items.entries()) {
      const { action, reason, ...same } = row
      expect(hash).toBeNull()
      expect(whole.items[index]).toMatchObject({ number, ...same })
      if (number === null) expect(whole.items[index]).toMatchObject({ action, reason })
    }
    expect(items.filter(({ action }) => action === 'confided:read')).toHaveLength(3)
    const sheet = (await who.administrator.get(`/sites/${SITE}/audit.csv`)).body as string
    expect(sheet).toContain('ticket:called')
    expect(found(sheet)).toEqual([])
    expect(found((await supervisor.get(`/sites/${SITE}/audit.csv`)).body as string)).not.toEqual([])
  })

  it.each(LOOKING)('[ROLE1] [ROLE2] %s reads no single number, by whatever id', async (role) => {
    const refused = [
      ...['', '/why', '/notes', '/preparation'].map((path) => `/tickets/${ticketId}${path}`),
      ...['tickets', 'events?after=0', 'feedback', 'visits?day=2026-03-02&number=A001'].map(
        (path) => `/sites/${SITE}/${path}`,
      ),
      '/counters/c2/actions',
    ]
    for (const path of refused) expect([path, (await who[role].get(path)).status]).toEqual([path, 403])
    for (const verb of ['reveal', 'print', 'care', 'skill']) {
      expect((await who[role].post(`/tickets/${ticketId}/${verb}`)).status).toBe(403)
    }
  })
})
