import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { businessDay, dayStart } from '#domain/calendar.ts'
import { type DayReport, dayReport } from '#domain/report.ts'
import { reportCsv } from '#server/report-csv.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { serviceWith, siteWith } from '#test/harness/legs.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ZONE = 'Asia/Shanghai'

describe.each(MODES)('the report of a day (%s)', (mode) => {
  let hall: TestHall
  let nine: number
  let day: string
  let supervisor: Client
  let clerk: Client
  let kiosk: Client
  let report: DayReport

  /** It is so many minutes past nine. What a test does takes real milliseconds, so the clock stands a little later. */
  const at = (minutes: number) => {
    hall.clock.ahead = nine + minutes * MINUTE - Date.now()
  }
  const inMinutes = (ms: number | null) => (ms === null ? null : Math.round(ms / MINUTE))

  /** A day of five tickets at one counter, by the hand of a clock. */
  beforeAll(async () => {
    hall = await startHall(mode)
    // Tomorrow, whatever the time is now: a day that nothing of another test is in.
    day = businessDay(Date.now() + 24 * HOUR, ZONE)
    nine = dayStart(day, ZONE) + 9 * HOUR
    at(-600)
    kiosk = await hall.enrol('kiosk')
    at(0)
    clerk = await hall.signIn('counter1')
    supervisor = await hall.signIn('supervisor')
    const issue = async (serviceId: string, care = false) =>
      (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId, ...(care && { care: {} }) })).body.ticket
    const does = async (who: Client, path: string, body = {}) => {
      const reply = await who.post(path, body)
      expect({ path, status: reply.status, body: reply.body }).toMatchObject({ status: 200 })
      return reply.body.ticket
    }
    const callNext = async () => (await does(clerk, '/counters/c1/call-next')).number

    const a1 = await issue('residence-permit')
    const a2 = await issue('birth-registration', true)
    const b1 = await issue('social-insurance')
    at(10)
    await clerk.post('/counters/c1/open')
    expect(await callNext()).toBe('A002')
    await does(clerk, `/tickets/${a2.id}/start`)
    at(15)
    await does(clerk, `/tickets/${a2.id}/complete`)
    expect(await callNext()).toBe('A001')
    at(16)
    await does(clerk, `/tickets/${a1.id}/no-show`)
    at(20)
    await does(kiosk, `/tickets/${a1.id}/rejoin`)
    at(21)
    expect(await callNext()).toBe('A001')
    at(25)
    await does(clerk, `/tickets/${a1.id}/hold`, { kind: 'fetching' })
    at(26)
    await does(supervisor, `/tickets/${b1.id}/call`, { counterId: 'c1', reason: 'urgent' })
    await does(clerk, '/counters/c1/undo')
    at(60)
    const a3 = await issue('residence-permit')
    expect(await callNext()).toBe('B001')
    at(61)
    await does(clerk, `/tickets/${a1.id}/resume`)
    at(65)
    await does(clerk, `/tickets/${b1.id}/complete`)
    expect(await callNext()).toBe('A001')
    await does(clerk, `/tickets/${a1.id}/start`)
    at(75)
    await does(clerk, `/tickets/${a1.id}/complete`)
    at(80)
    await does(clerk, `/tickets/${a3.id}/cancel`)
    at(85)
    await issue('housing')
    at(90)
    report = (await supervisor.get(`/sites/${SITE}/report`)).body
  })
  afterAll(() => hall.stop())

  it('[REPORT1] says what became of each ticket of today', () => {
    expect(report).toMatchObject({
      siteId: SITE,
      day,
      hardCap: 45 * MINUTE,
      issued: 5,
      served: 3,
      cancelled: 1,
      sentHome: 0,
      notBack: 0,
      inside: 1,
      missedCalls: 1,
      rejoined: 1,
    })
    expect(inMinutes(report.at - nine)).toBe(90)
  })

  it('[REPORT2] [REPORT3] [REPORT4] waits and times at the counter are what the log says', () => {
    // A002 10; A001 15 + 1 + 4; B001 60.
    const { count, median, p90, longest, overCap } = report.waits
    expect([count, inMinutes(median), inMinutes(p90), inMinutes(longest), overCap]).toEqual([
      3, 20, 60, 60, 1,
    ])
    expect(report.left).toMatchObject({ count: 1, overCap: 0 })
    expect(inMinutes(report.left.longest)).toBe(20)
    expect(report.services.map((one) => [one.serviceId, one.served, inMinutes(one.waits.longest)])).toEqual([
      ['birth-registration', 1, 10],
      ['residence-permit', 1, 20],
      ['social-insurance', 1, 60],
      ['housing', 0, null],
    ])
    expect(report.services.map(({ serving }) => inMinutes(serving.longest))).toEqual([5, 10, null, null])
  })

  it('[REPORT5] [REPORT6] [REPORT7] holds, why late and exceptions, too; what was undone does not count', () => {
    expect(report.holds).toMatchObject({ count: 1, old: 1, kinds: { fetching: 1, 'papers-kept': 0 } })
    expect(inMinutes(report.holds.longest)).toBe(36)
    const [late, ...others] = report.late
    expect(others).toEqual([])
    expect(late).toMatchObject({
      number: 'B001',
      ended: 'called',
      why: [{ fact: 'unserved' }, { fact: 'demand' }],
    })
    const [unserved, demand] = late?.why ?? []
    // Counter 1 helps in that lane, and was open from 9:10.
    expect(unserved?.fact === 'unserved' && inMinutes(unserved.ms)).toBe(10)
    expect(demand?.fact === 'demand' && [demand.arrivals, inMinutes(demand.counterTime)]).toEqual([0, 50])
    expect(
      report.exceptions.map(({ at: when, ...one }) => ({ minute: inMinutes(when - nine), ...one })),
    ).toEqual([
      { minute: 26, kind: 'called-specific', number: 'B001', counter: '1', reason: 'urgent', undone: true },
      { minute: 26, kind: 'undone', number: 'B001', counter: '1', reason: null, undone: false },
    ])
  })

  it('[REPORT8] care is a share; so few are not shown apart, and no ticket’s class is in it', () => {
    expect(report.classes).toEqual({ care: 1, waits: null })
    expect(JSON.stringify({ ...report, classes: null })).not.toMatch(/care|credit|staff/i)
  })

  it('[REPORT9] the sheet opens in Excel: a BOM, both languages, whole lines, minutes', async () => {
    const response = await fetch(`${hall.running.url}/api/v1/sites/${SITE}/report.csv?day=${day}`, {
      headers: { cookie: supervisor.cookie },
    })
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename=nuanhao-${day}.csv`)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = bytes.toString('utf8').slice(1).split('\r\n')
    expect(lines[0]).toBe(
      '部分 Part,项目 Item,数量 Count,中位数（分钟） Median (min),九成在此以内（分钟） P90 (min),最长（分钟） Longest (min),' +
        '超过上限 Over the cap,达到目标 Within target,时间 Time,窗口 Counter,说明 Note',
    )
    expect(lines.at(-1)).toBe('')
    expect(lines).toContain('全天 Day,已办结 Served,3,,,,,,,,')
    // The clock is put ahead, and goes on by itself between one command and the next.
    const [, , count, median, p90, longest, ...rest] =
      lines.find((line) => line.startsWith('等候 Waits,全部 All'))?.split(',') ?? []
    expect([count, ...[median, p90, longest].map((minutes) => Math.round(Number(minutes))), ...rest]).toEqual(
      ['3', ...[20, 60, 60], ...['1', '', '', '', '']],
    )
    expect(lines).toContain(
      '顺序例外 Exception,B001,,,,,,,09:26,1,"指定叫号，情况紧急，已撤销 called out of turn, urgent, taken back"',
    )
  })

  it('[REPORT10] another day has its own figures, and a day that is none is refused', async () => {
    const { body } = await supervisor.get(`/sites/${SITE}/report?day=2020-02-29`)
    expect(body).toMatchObject({ day: '2020-02-29', issued: 0, waits: { count: 0, median: null }, late: [] })
    for (const wrong of ['2021-02-29', 'yesterday', '2020-2-29']) {
      expect((await supervisor.get(`/sites/${SITE}/report?day=${wrong}`)).status).toBe(400)
    }
  })

  it('[REPORT10] supervisors and administrators read it, nobody else', async () => {
    const display = await hall.enrol('display')
    const admin = await hall.signIn('admin')
    for (const path of [`/sites/${SITE}/report`, `/sites/${SITE}/report.csv`]) {
      expect((await admin.get(path)).status).toBe(200)
      for (const who of [clerk, kiosk, display]) expect((await who.get(path)).status).toBe(403)
      expect((await hall.stranger().get(path)).status).toBe(401)
    }
    expect((await supervisor.get('/sites/elsewhere/report')).status).toBe(404)
  })

  it('[REPORT10] a day with ten times as many visits takes about ten times as long, not a hundred', async () => {
    // 3,300 tickets, each with its history, written straight into the tables: three hundred on the day before.
    await hall.running.parts.hall.database.script(`
      insert into nuanhao.ticket (id, site_id, day, number, lane_id, language, code_hash, issued_at)
      select 'many' || i, '${SITE}', case when i <= 3000 then '2020-01-02' else '2020-01-01' end, 'A' || i, 'household', 'zh-CN',
             'many' || i, i * 10000
        from generate_series(1, 3300) i;
      insert into nuanhao.leg (id, ticket_id, site_id, number, language, lane_id, service_id, state, version, arrived_at,
                               credit, v, n, stint)
      select 'many' || i, 'many' || i, '${SITE}', 'A' || i, 'zh-CN', 'household', 'residence-permit', 'completed', 4,
             i * 10000, 0, i * 10000, i, 1
        from generate_series(1, 3300) i;
      insert into nuanhao.interval (leg_id, seq, state, from_at, to_at, actor)
      select 'many' || i, -i * 4 + k, (array['waiting', 'called', 'serving', 'completed'])[k], i * 10000 + k * 2000000,
             i * 10000 + (k + 1) * 2000000, 'staff:x'
        from generate_series(1, 3300) i, generate_series(1, 4) k;`)
    const fastest = { 300: Number.POSITIVE_INFINITY, 3000: Number.POSITIVE_INFINITY }
    for (let n = 0; n < 3; n++) {
      for (const [day, visits] of [
        ['2020-01-01', 300],
        ['2020-01-02', 3000],
      ] as const) {
        const began = performance.now()
        const { body } = await supervisor.get(`/sites/${SITE}/report?day=${day}`)
        expect(body).toMatchObject({ issued: visits, served: visits })
        fastest[visits] = Math.min(fastest[visits], performance.now() - began)
      }
    }
    expect(fastest[3000] / fastest[300]).toBeLessThan(40)
  })
})

describe('a cell of the sheet', () => {
  it('[REPORT9] is never a formula, and keeps its commas, quotes and lines', () => {
    const names = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', 'a,b', 'say "hi"', 'two\nlines']
    const services = names.map((name, index) =>
      serviceWith({ id: `s${index}`, name: { 'zh-CN': name, en: name } }),
    )
    const legs = services.map(({ id }, index) => ({
      ...{
        id,
        ticketId: id,
        number: id,
        laneId: 'a',
        serviceId: id,
        state: 'completed',
        arrivedAt: 0,
        care: false,
      },
      intervals: [{ state: 'waiting', from: 0, to: index, hold: null, byStaff: true }],
    })) as Parameters<typeof dayReport>[0]['legs']
    const log = {
      day: '2026-03-02',
      at: 0,
      legs,
      open: [],
      exceptions: [],
      ratings: [],
      suggestions: { count: 0, read: 0 },
      help: [],
    }
    const csv = reportCsv(dayReport(log, siteWith({ services })), ZONE)
    const cells = csv.split('\r\n').filter((line) => line.startsWith('事项 Service,'))
    expect(cells.map((line) => line.slice('事项 Service,'.length).replace(/,0,,,,0(,)+$/, ''))).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "'\tx",
      '"a,b"',
      '"say ""hi"""',
      '"two\nlines"',
    ])
  })
})
