import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { OWN_BROWSER } from '#domain/printer.ts'
import type { CounterAction } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { PaperWord, Slip } from '#protocol/printing.ts'
import { POLICY } from '#server/policy.ts'
import { ROUTES } from '#server/routes.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { Printer } from '#test/harness/printer.ts'
import { Screen } from '#test/harness/screen.ts'
import { expireCalls } from '#worker/expire-calls.ts'

const MINUTE = 60_000
/** All that a volunteer may ask for. */
const JOBS = [
  ...['sign-in', 'sign-out', 'read-session', 'read-sites', 'read-board', 'read-contract', 'track'],
  ...['issue', 'read-tickets', 'read-ticket', 'read-why', 'print', 'rejoin', 'cancel', 'change-service'],
  ...['change-language', 'care', 'more-time', 'answer-help'],
  // Their own sign-ins. [SIGNIN4] [SIGNIN6]
  ...['change-password', 'own-sessions'],
  // No more than any stranger: a screen that they set up waits for a supervisor. [PAIR4]
  'enrol-device',
  // Who goes first, and what a number needs: they bring people in. [ROLE7]
  'read-class',
]

describe.each(MODES)('the desk, %s', (mode) => {
  let hall: TestHall
  let volunteer: Client
  let clerk: Client
  let kiosk: Client

  beforeAll(async () => {
    hall = await startHall(mode)
    volunteer = await hall.signIn('volunteer')
    clerk = await hall.signIn('counter2')
    kiosk = await hall.enrol('kiosk')
    await clerk.post('/counters/c2/open')
  })
  afterAll(() => hall.stop())
  /** Every test begins with nobody inside. */
  beforeEach(async () => {
    const board = (await clerk.get(`/sites/${SITE}/board`)).body as StaffBoard
    for (const { ticketId, state } of Object.values(board.legs)) {
      const verb = state === 'called' || state === 'serving' ? 'complete' : 'cancel'
      await clerk.post(`/tickets/${ticketId}/${verb}`)
    }
  })

  const issue = (body: object = {}, key?: string) =>
    volunteer.post(
      `/sites/${SITE}/tickets`,
      { serviceId: 'residence-permit', ...body },
      key === undefined ? {} : { key },
    )
  const say = (verb: string, id: string, body: object = {}) => volunteer.post(`/tickets/${id}/${verb}`, body)
  const legOf = async (id: string) => (await clerk.get(`/tickets/${id}`)).body.ticket
  const call = async () => (await clerk.post('/counters/c2/call-next')).body.ticket
  const texts = ({ parts }: Slip) => parts.flatMap((part) => ('text' in part ? [part.text] : []))

  it('[DESK7] a volunteer is let in to the desk’s jobs and turned away from everything else', async () => {
    for (const [action, who] of Object.entries(POLICY)) {
      expect([action, (who as readonly string[]).includes('volunteer')]).toEqual([
        action,
        JOBS.includes(action),
      ])
    }
    const { ticket } = (await issue()).body
    const ids: Record<string, string> = { site: SITE, ticket: ticket.id, counter: 'c2' }
    for (const { method, path, action } of ROUTES.filter((route) => !JOBS.includes(route.action))) {
      const at = path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? 'x')
      const { status, body } = await (method === 'post' ? volunteer.post(at) : volunteer[method](at))
      expect({ action, path, status, code: body?.code }).toEqual({
        action,
        path,
        status: 403,
        code: 'forbidden',
      })
    }
    expect(await legOf(ticket.id)).toMatchObject({ state: 'waiting', version: 1 })
    const { body: site } = await volunteer.get(`/sites/${SITE}`)
    expect([site.staff, site.rules]).toEqual([undefined, undefined])
    expect((await clerk.get(`/sites/${SITE}`)).body).toMatchObject({ staff: expect.any(Array) })
  })

  it('[DESK7] what is at a counter is not a volunteer’s to move', async () => {
    const { id } = (await issue()).body.ticket
    await call()
    expect((await say('change-service', id, { serviceId: 'housing' })).body.code).toBe('counter-not-yours')
    expect((await say('cancel', id)).body.code).toBe('wrong-state')
    expect((await say('more-time', id)).status).toBe(200)
    await clerk.post(`/tickets/${id}/no-show`)
    expect((await say('rejoin', id)).body.ticket.state).toBe('waiting')
    expect((await say('change-service', id, { serviceId: 'housing' })).body.ticket.laneId).toBe('housing-law')
    expect((await say('cancel', id)).body.ticket.state).toBe('cancelled')
  })

  it('[DESK7] a volunteer goes to the kiosk that asks for help', async () => {
    const { body } = await kiosk.post(`/sites/${SITE}/help`)
    const path = `/help/${body.call.id}`
    expect((await volunteer.post(`${path}/answer`)).body.call).toMatchObject({
      state: 'coming',
      counterId: null,
    })
    expect((await volunteer.post(`${path}/done`)).body.call.state).toBe('done')
  })

  it('[DESK1] care and what to prepare are granted with the number, and the hall sees a number like any other', async () => {
    const display = new Screen(hall.running.url, 'public', SITE, {
      token: (await hall.enrol('display')).token,
    })
    await display.reached(0)
    const plain = await issue()
    const cared = await issue({ care: {}, accommodations: ['written'], language: 'en' })
    const leg = await legOf(cared.body.ticket.id)
    expect(leg).toMatchObject({ credit: 30 * MINUTE, prepare: true, language: 'en' })
    expect((await say('care', leg.ticketId, { care: false })).body.ticket.credit).toBe(0)
    const granted = await say('care', leg.ticketId, { care: true })
    expect(granted.body.ticket.credit).toBe(30 * MINUTE)
    const { seq } = (await clerk.get(`/sites/${SITE}/board`)).body
    await display.reached(seq)
    const shape = (answer: object) => Object.keys(answer).sort()
    expect(shape(cared.body.ticket)).toEqual(shape(plain.body.ticket))
    expect(display.heard.join('')).not.toMatch(/credit|prepare|written|"v"/)
    display.close()
  })

  it('[DESK2] without a printer the paper is the browser’s that asks, once for one key, and not marked', async () => {
    const key = `desk-once-${mode}`
    const { body } = await issue({ paper: true, language: 'en' }, key)
    expect(body.print).toMatchObject({
      jobId: body.ticket.id,
      how: 'browser',
      slip: { paper: 80, language: 'en' },
    })
    expect(texts(body.print.slip)).toContain(body.ticket.number)
    expect(texts(body.print.slip)).not.toContain('补打 REPRINT')
    expect((await issue({ paper: true, language: 'en' }, key)).body).toEqual(body)
    expect((await issue()).body.print).toBeNull()
    // Again it is marked, and only here: there is no printer of the hall.
    const again = await say('print', body.ticket.id, { here: true })
    expect(texts(again.body.slip)[0]).toBe('补打 REPRINT')
    expect((await say('print', body.ticket.id)).body.code).toBe('no-printer')
    expect((await kiosk.post(`/tickets/${body.ticket.id}/print`, { here: true })).body.code).toBe('forbidden')
    const rows = await hall.running.parts.hall.database.query(
      'select printer_id, device_id, state, reprint from nuanhao.print_job where ticket_id = $1 order by reprint',
      [body.ticket.id],
    )
    const own = { printer_id: OWN_BROWSER.id, device_id: null, state: 'handed-over' }
    expect(rows).toEqual([
      { ...own, reprint: false },
      { ...own, reprint: true },
    ])
  })

  it('[DESK5] why is a sentence of counts in both languages, printed, of a waiting ticket only', async () => {
    const first = (await issue()).body.ticket
    const { id, number } = (await issue()).body.ticket
    await issue({ care: {} })
    const { body, status } = await say('print', id, { what: 'why', here: true })
    expect(status).toBe(202)
    expect(texts(body.slip)).toEqual([
      '暖安街道政务服务中心',
      number,
      '您前面有 2 人：1 人比您先到，1 人按照顾、预约或过号返回的规定排在前面。',
      '2 people are before you: 1 came before you, 1 has an earlier turn by the rules for care, bookings and returns.',
      expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
    ])
    expect(JSON.stringify(body.slip.parts)).not.toContain(first.number)
    const key = `why-once-${mode}`
    const path = `/tickets/${id}/print`
    const once = await volunteer.post(path, { what: 'why', here: true }, { key })
    expect((await volunteer.post(path, { what: 'why', here: true }, { key })).body).toEqual(once.body)
    expect((await volunteer.post(path, { here: true }, { key })).body.code).toBe('key-reused')
    await call()
    await call()
    await clerk.post(`/tickets/${first.id}/complete`)
    await say('cancel', id)
    expect((await say('print', id, { what: 'why', here: true })).body.code).toBe('not-waiting')
    const audit = await hall.running.parts.hall.database.query<{ n: number }>(
      `select count(*)::int as n from nuanhao.audit where action = 'ticket:why-printed' and subject = $1`,
      [id],
    )
    expect(audit).toEqual([{ n: 2 }])
  })

  it('[DESK6] a ticket is called, shown and printed in its new language, in every matter to come', async () => {
    const { id } = (await issue({ more: ['social-insurance'] })).body.ticket
    expect((await say('language', id, { language: 'en' })).body.ticket.language).toBe('en')
    expect((await say('language', id, { language: 'en' })).body.code).toBe('same-place')
    expect((await say('language', id, { language: 'fr' })).body.code).toBe('malformed')
    const again = await say('print', id, { here: true })
    expect(again.body.slip.language).toBe('en')
    await call()
    const { calls } = (await kiosk.get(`/sites/${SITE}/board`)).body
    expect(calls[0]).toMatchObject({ language: 'en' })
    // Also while it is at a counter, of which nothing changes.
    expect((await say('language', id, { language: 'zh-CN' })).body.ticket).toMatchObject({
      ...{ state: 'called', counterId: 'c2', calls: 1, language: 'zh-CN' },
    })
    await clerk.post(`/tickets/${id}/complete`)
    expect(await legOf(id)).toMatchObject({
      state: 'waiting',
      serviceId: 'social-insurance',
      language: 'zh-CN',
    })
    await say('cancel', id)
    expect((await say('language', id, { language: 'en' })).body.code).toBe('wrong-state')
  })

  it('[TRAIL1] the log tells what was done at a counter last, newest first, by whom as far as it is nobody, and what was undone', async () => {
    const supervisor = await hall.signIn('supervisor')
    const first = (await issue()).body.ticket
    const second = (await issue()).body.ticket
    await call()
    await clerk.post(`/tickets/${first.id}/start`)
    await clerk.post(`/tickets/${first.id}/complete`)
    await clerk.post('/counters/c2/undo')
    await supervisor.post(`/tickets/${first.id}/complete`)
    await call()
    hall.clock.ahead += 10 * MINUTE
    await expireCalls.run(hall.running.parts.hall, hall.running.parts.logger)
    const { items } = (await clerk.get('/counters/c2/actions')).body as { items: CounterAction[] }
    expect(items.length).toBeGreaterThan(7)
    expect(items.slice(0, 7).map(({ type, number, by, undone }) => ({ type, number, by, undone }))).toEqual([
      { type: 'ticket:missed', number: second.number, by: 'clock', undone: false },
      { type: 'ticket:called', number: second.number, by: 'you', undone: false },
      { type: 'ticket:completed', number: first.number, by: 'colleague', undone: false },
      { type: 'ticket:undone', number: first.number, by: 'you', undone: false },
      { type: 'ticket:completed', number: first.number, by: 'you', undone: true },
      { type: 'ticket:started', number: first.number, by: 'you', undone: false },
      { type: 'ticket:called', number: first.number, by: 'you', undone: false },
    ])
    const seqs = items.map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a))
    for (let n = 0; n < 12; n++) {
      await clerk.post('/counters/c2/pause')
      await clerk.post('/counters/c2/open')
    }
    const { body } = await clerk.get('/counters/c2/actions')
    expect(body.items).toHaveLength(20)
    expect(body.items[0]).toMatchObject({ type: 'counter:opened', number: null, ticketId: null, by: 'you' })
    expect(JSON.stringify(body)).not.toMatch(/staff:|counter2|supervisor/)
    expect((await clerk.get('/counters/c99/actions')).body.code).toBe('unknown-counter')
  })
})

describe.each(MODES)('papers of the desk, %s', (mode) => {
  let hall: TestHall
  let printer: Printer
  let volunteer: Client & { cookie: string }
  let screen: Screen<StaffBoard>
  const words: PaperWord[] = []
  let ready = false
  const heard: (() => void)[] = []

  beforeAll(async () => {
    printer = await Printer.start()
    hall = await startHall(mode)
    const front = {
      id: 'front',
      address: { host: '127.0.0.1', port: printer.port },
      paper: 58 as const,
      characters: 'gb18030' as const,
      kiosks: ['K1'],
    }
    await hall.settings({ printers: [front] })
    volunteer = await hall.signIn('volunteer')
    screen = new Screen(hall.running.url, 'staff', SITE, { cookie: volunteer.cookie })
    screen.socket.on('printers', ([told]) => take(() => (ready = told?.state === 'ready')))
    screen.socket.on('paper', (word) => take(() => words.push(word)))
    await until(() => ready)
  })
  afterAll(async () => {
    screen.close()
    await hall.stop()
    await printer.stop()
  })
  function take(note: () => void): void {
    note()
    for (const wake of heard.splice(0)) wake()
  }
  async function until(is: () => boolean): Promise<void> {
    while (!is()) await new Promise<void>((wake) => heard.push(wake))
  }
  const printed = (jobId: string) =>
    until(() => words.some((word) => word.jobId === jobId && word.state === 'printed'))

  it('[DESK2] [DESK5] number and sentence come out of the hall’s printer, and the desk hears of it', async () => {
    const path = `/sites/${SITE}/tickets`
    const { body } = await volunteer.post(path, { serviceId: 'residence-permit', care: {}, paper: true })
    expect(body.print).toEqual({ jobId: body.ticket.id, how: 'network', slip: null })
    await printed(body.print.jobId)
    const why = await volunteer.post(`/tickets/${body.ticket.id}/print`, { what: 'why' })
    expect(why.body).toMatchObject({ how: 'network', slip: null })
    await printed(why.body.jobId)
    expect(printer.papers.map(({ text }) => text.split('\n').includes(body.ticket.number))).toEqual([
      true,
      true,
    ])
    expect(printer.papers[0]?.text).not.toMatch(/补打|照顾|关怀/)
    expect(printer.papers[1]?.text).toContain('您排在最前面')
    expect(printer.papers[1]?.text).toContain('You are first in line')
    expect(printer.papers[1]?.text).not.toContain('补打')
    expect(printer.misunderstood).toEqual([])
  })

  it('[DESK2] a printer in trouble is not waited for: the desk’s own browser has the words', async () => {
    await printer.be({ paperOut: true })
    await until(() => !ready)
    const { body } = await volunteer.post(`/sites/${SITE}/tickets`, { serviceId: 'housing', paper: true })
    expect(body.print).toMatchObject({ how: 'browser', slip: { paper: 80 } })
  })
})
