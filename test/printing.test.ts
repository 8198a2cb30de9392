import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Printer as PrinterSetting } from '#domain/printer.ts'
import type { KioskPrinter, PaperWord, PrinterView } from '#protocol/printing.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { Printer } from '#test/harness/printer.ts'
import { Screen } from '#test/harness/screen.ts'

describe.each(MODES)('printed tickets, %s', (mode) => {
  let hall: TestHall
  let printer: Printer
  let kiosk: Client & { token: string }
  /** The kiosk's own connection, and what it was told. */
  let screen: Screen<never>
  const states: (KioskPrinter | null)[] = []
  const words: PaperWord[] = []
  const heard: (() => void)[] = []

  const settings = (changed: Partial<PrinterSetting> = {}): Promise<void> =>
    hall.settings({
      printers: [
        {
          id: 'front',
          address: { host: '127.0.0.1', port: printer.port },
          paper: 58,
          characters: 'gb18030',
          kiosks: [],
          ...changed,
        },
      ],
    })

  beforeAll(async () => {
    printer = await Printer.start()
    hall = await startHall(mode, { variables: { PUBLIC_URL: 'https://hall.example' } })
    await settings()
    kiosk = await hall.enrol('kiosk')
    screen = new Screen(hall.running.url, 'public', SITE, { token: kiosk.token })
    screen.socket.on('printer', (told) => take(() => states.push(told)))
    screen.socket.on('paper', (word) => take(() => words.push(word)))
    await until(() => states.at(-1)?.state === 'ready')
  })
  afterAll(async () => {
    screen.close()
    await hall.stop()
    await printer.stop()
  })
  beforeEach(async () => {
    await printer.be({})
    // A printer is asked every few seconds, or when there is something to print.
    if (states.at(-1)?.state !== 'ready') await ended((await issue()).body.ticket.id, 'printed')
    await until(() => states.at(-1)?.state === 'ready')
    printer.papers.length = 0
    words.length = 0
  })

  function take(note: () => void): void {
    note()
    for (const wake of heard.splice(0)) wake()
  }
  /** Resolves when what the kiosk was told makes it so. */
  async function until(is: () => boolean): Promise<void> {
    while (!is()) await new Promise<void>((wake) => heard.push(wake))
  }
  const issue = (body: object = {}, key?: string) =>
    kiosk.post(
      `/sites/${SITE}/tickets`,
      { serviceId: 'residence-permit', ...body },
      key === undefined ? {} : { key },
    )
  const ended = (ticketId: string, state: PaperWord['state']) =>
    until(() => words.some((word) => word.ticketId === ticketId && word.state === state))
  const jobs = (ticketId: string) =>
    hall.running.parts.hall.database.query<{ state: string; attempts: number; reprint: boolean }>(
      'select state, attempts, reprint from nuanhao.print_job where ticket_id = $1 order by asked_at, reprint',
      [ticketId],
    )
  const pictureOf = async (jobId: string) => {
    const [job] = await hall.running.parts.hall.database.query<{ picture: string | null }>(
      'select picture from nuanhao.print_job where id = $1',
      [jobId],
    )
    return job?.picture ?? null
  }

  it('[PRINT1] [PRINT4] each ticket of a kiosk comes out once, however often it is asked for with one key', async () => {
    const key = `printed-once-${mode}`
    const care = { care: { need: 'disabled' }, accommodations: ['written'], contact: { name: '王芳' } }
    const [first, second] = await Promise.all([issue(care, key), issue(care, key)])
    const { ticket, ahead, print } = first.body
    expect(second.body.ticket.id).toBe(ticket.id)
    expect(print).toEqual({ jobId: ticket.id, how: 'network', slip: null })
    await ended(ticket.id, 'printed')
    const third = await issue(care, key)
    expect(third.body.ticket.id).toBe(ticket.id)
    // What is asked for after it comes out after it.
    const { body: next } = await issue()
    await ended(next.ticket.id, 'printed')
    expect(printer.papers).toHaveLength(2)
    const [paper] = printer.papers
    expect(paper?.text.split('\n')).toEqual(
      expect.arrayContaining([ticket.number, '居住证办理', '- 居民身份证']),
    )
    expect(paper?.text).toContain(`取号时前面 ${ahead} 人`)
    expect(paper?.text).not.toMatch(/照顾|残疾|优先|轮椅|王芳|补打/)
    expect(paper?.items.some((item) => 'rows' in item)).toBe(true)
    expect(printer.misunderstood).toEqual([])
    expect(await jobs(ticket.id)).toEqual([{ state: 'printed', attempts: 1, reprint: false }])
  })

  it('[PRINT2] [PRINT9] a printer in trouble delays no ticket; its kiosk and staff hear of it, and of its end', async () => {
    const clerk = await hall.signIn('counter2')
    const desk = new Screen(hall.running.url, 'staff', SITE, { cookie: clerk.cookie })
    const told: PrinterView[][] = []
    desk.socket.on('printers', (printers) => take(() => told.push(printers)))
    await until(() => told.at(-1)?.[0]?.state === 'ready')
    // Nobody takes a number: it is asked all the same.
    await printer.be({ paperOut: true })
    await until(() => states.at(-1)?.state === 'paper-out')
    await until(() => told.at(-1)?.[0]?.state === 'paper-out')
    expect(told.at(-1)).toEqual([{ id: 'front', state: 'paper-out', kiosks: [] }])
    const { status, body } = await issue()
    expect(status).toBe(201)
    // Paper again: what waited comes out by itself, and nothing of it had come out before.
    await printer.be({ paperLow: true })
    await ended(body.ticket.id, 'printed')
    await until(() => told.at(-1)?.[0]?.state === 'paper-low')
    expect(printer.papers.map(({ text }) => text.includes('补打'))).toEqual([false])
    desk.close()
  })

  it('[PRINT2] [PRINT9] a printer that is away, says nothing or does not know all questions holds nothing up', async () => {
    await printer.be({ mute: true })
    const { status, body } = await issue()
    expect(status).toBe(201)
    await until(() => states.at(-1)?.state === 'offline')
    await printer.be({ away: true })
    expect((await issue()).status).toBe(201)
    await printer.be({ simple: true })
    await ended(body.ticket.id, 'printed')
  })

  it('[PRINT6] a printer that goes away midway prints again, and the second paper says so', async () => {
    await printer.be({ diesAfter: 120 })
    const { body } = await issue()
    await until(() => states.at(-1)?.state === 'offline')
    expect(printer.papers).toHaveLength(1)
    await printer.be({})
    await ended(body.ticket.id, 'printed')
    expect(printer.papers).toHaveLength(2)
    expect(printer.papers[0]?.text).not.toContain('REPRINT')
    expect(printer.papers[1]?.text).toMatch(/^补打 REPRINT/)
  })

  it('[PRINT6] a server that ends between sending and writing down loses no paper, and prints none twice in silence', async () => {
    await printer.be({ paperOut: true })
    const { body } = await issue()
    await until(() => states.at(-1)?.state === 'paper-out')
    // As a power cut leaves it: begun, and nobody knows how far.
    await hall.running.parts.hall.database.query(
      `update nuanhao.print_job set state = 'sending', attempts = 1 where id = $1`,
      [body.ticket.id],
    )
    await hall.restart()
    await printer.be({})
    await ended(body.ticket.id, 'printed')
    expect(printer.papers.map(({ text }) => text.split('\n')[0])).toEqual(['补打 REPRINT'])
  })

  it('[PRINT7] what could not be printed for a minute, or three times, is given up, and the kiosk hears of it', async () => {
    await printer.be({ paperOut: true })
    const { body: late } = await issue()
    await until(() => states.at(-1)?.state === 'paper-out')
    const { body: often } = await issue()
    const { database } = hall.running.parts.hall
    await database.query('update nuanhao.print_job set asked_at = asked_at - 61000 where id = $1', [
      late.ticket.id,
    ])
    await ended(late.ticket.id, 'given-up')
    await database.query(`update nuanhao.print_job set attempts = 3, state = 'sending' where id = $1`, [
      often.ticket.id,
    ])
    await printer.be({})
    await ended(often.ticket.id, 'given-up')
    expect(printer.papers).toEqual([])
  })

  it('[PRINT8] printing again is asked for, marked, written down and done once for one key', async () => {
    const { body } = await issue()
    await ended(body.ticket.id, 'printed')
    const clerk = await hall.signIn('counter2')
    const path = `/tickets/${body.ticket.id}/print`
    const key = `again-${mode}-by-the-clerk`
    for (const _ of [1, 2]) expect((await clerk.post(path, {}, { key })).status).toBe(202)
    expect((await kiosk.post(path)).status).toBe(202)
    await printer.until(() => printer.papers.length === 3)
    expect(printer.papers.map(({ text }) => text.startsWith('补打 REPRINT'))).toEqual([false, true, true])
    const audit = await hall.running.parts.hall.database.query<{ actor: string }>(
      `select actor from nuanhao.audit where action = 'ticket:printed-again' and subject = $1 order by at`,
      [body.ticket.id],
    )
    expect(audit.map(({ actor }) => actor.split(':')[0])).toEqual(['staff', 'device'])

    const other = await hall.enrol('kiosk')
    expect((await other.post(path)).body.code).toBe('forbidden')
    const { body: another } = await issue()
    expect((await clerk.post(`/tickets/${another.ticket.id}/print`, {}, { key })).body.code).toBe(
      'key-reused',
    )
    hall.clock.ahead += 6 * 60_000
    expect((await kiosk.post(path)).body.code).toBe('forbidden')
    expect((await clerk.post('/tickets/none/print')).body.code).toBe('unknown-ticket')
  })

  it('[PRINT5] [PRIVACY4] what the printer cannot write is drawn by the kiosk, and waits for that', async () => {
    await settings({ characters: 'raster' })
    const { body } = await issue({ language: 'en' })
    expect(body.print).toMatchObject({ how: 'network', slip: { paper: 58, language: 'en' } })
    expect(body.print.slip.parts).toContainEqual(expect.objectContaining({ text: body.ticket.number }))
    const path = `/print-jobs/${body.print.jobId}/picture`
    const rows = deflateSync(Buffer.alloc(48 * 300, 0x55)).toString('base64')
    const other = await hall.enrol('kiosk')
    expect((await other.post(path, { rows })).status).toBe(404)
    expect((await kiosk.post(path, { rows: 'AAAA' })).body.code).toBe('malformed')
    await printer.be({ paperOut: true })
    await until(() => states.at(-1)?.state === 'paper-out')
    expect((await kiosk.post(path, { rows })).status).toBe(204)
    // Its link can be read off the picture.
    const waiting = await pictureOf(body.print.jobId)
    expect(JSON.parse(waiting ?? '')).toMatchObject({ keyId: expect.any(String), sealed: expect.any(String) })
    expect(waiting).not.toContain(rows.slice(0, 24))
    await printer.be({})
    await ended(body.ticket.id, 'printed')
    const [paper] = printer.papers
    expect(paper?.items.map((item) => ('rows' in item ? item.rows.length / item.bytes : item.text))).toEqual([
      128, 128, 44,
    ])
    expect(await pictureOf(body.print.jobId)).toBeNull()
    await settings()
  })

  it('[PRINT5] a picture that cannot be opened any more comes out in words', async () => {
    await settings({ characters: 'raster' })
    const { body } = await issue({ language: 'en' })
    await printer.be({ paperOut: true })
    await until(() => states.at(-1)?.state === 'paper-out')
    const rows = deflateSync(Buffer.alloc(48 * 300, 0x55)).toString('base64')
    await kiosk.post(`/print-jobs/${body.print.jobId}/picture`, { rows })
    // As an earlier version kept it.
    await hall.running.parts.hall.database.query('update nuanhao.print_job set picture = $2 where id = $1', [
      body.print.jobId,
      rows,
    ])
    await printer.be({})
    await ended(body.ticket.id, 'printed')
    expect(printer.papers[0]?.text).toContain(body.ticket.number)
    await settings()
  })

  it('[PRINT11] a kiosk whose browser prints gets the words with its ticket, and is handed them once', async () => {
    await settings({ address: 'browser', paper: 80 })
    const { body } = await issue()
    expect(body.print).toMatchObject({ how: 'browser', slip: { paper: 80, language: 'zh-CN' } })
    expect(await jobs(body.ticket.id)).toEqual([{ state: 'handed-over', attempts: 0, reprint: false }])
    await until(() => states.at(-1)?.how === 'browser')
    const clerk = await hall.signIn('counter2')
    expect((await clerk.post(`/tickets/${body.ticket.id}/print`)).body.code).toBe('no-printer')
    await settings({ kiosks: ['K9'] })
    expect((await issue()).body.print).toBeNull()
    await until(() => states.at(-1) === null)
    expect((await kiosk.post(`/tickets/${body.ticket.id}/print`)).body.code).toBe('no-printer')
    await settings()
  })

  it('[PRINT3] [PRINT9] nothing private is logged or counted: printers by their ids, papers by what became of them', async () => {
    const logged = hall.log.join('\n')
    expect(logged).toContain('a printer is otherwise than before')
    expect(logged).not.toContain('居住证')
    expect(logged).not.toContain(`:${printer.port}`)
    const metrics = await hall.running.parts.registry.metrics()
    expect(metrics).toMatch(/nuanhao_papers_total\{outcome="printed"\} \d/)
  })
})
