import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { businessDay, dayClose } from '#domain/calendar.ts'
import * as decide from '#domain/decide.ts'
import type { Site } from '#domain/site.ts'
import type { Hall } from '#line/hall.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { KEPT_FOR } from '#store/data-dictionary.ts'
import { SESSION_IDLE } from '#store/sessions.ts'
import { readSite } from '#store/sites.ts'
import { addSite, deskOf, legOf } from '#test/harness/desk.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { FORGOTTEN_AFTER, purge } from './purge.ts'

const quiet = pino({ level: 'silent' })
const HOUR = 3_600_000
const DAY = 24 * HOUR
const SEALED = { keyId: 'k1', nonce: 'bm9uY2U=', sealed: 'c2VhbGVk' }
/** Another hall, where it is still today when the first has a new day. */
const WEST = {
  ...DEMO_SITE,
  id: 'west',
  timeZone: 'UTC',
  hours: DEMO_SITE.hours.map(() => [{ from: 0, to: 1440 }]),
  counters: DEMO_SITE.counters.map((counter) => ({ ...counter, id: `west-${counter.id}` })),
}

describe.each(MODES)('what has had its time, %s', (mode) => {
  let test: TestHall
  let hall: Hall
  let desk: ReturnType<typeof deskOf>
  let west: ReturnType<typeof deskOf>
  /** Today's visits: one done, one done with a note left on it, one that waits, and one of the other hall. */
  let done: string
  let noted: string
  let waiting: string
  let elsewhere: string

  const run = () => purge.run(hall, quiet)
  const at = (time: number) => {
    test.clock.ahead += time - hall.now()
  }
  const count = async (what: string) =>
    (await hall.database.query<{ count: number }>(`select count(*) from nuanhao.${what}`))[0]?.count
  /** Of which tickets there still is something confided, or a note. */
  const kept = async (table: 'private_record' | 'note' | 'material_check' | 'identity' | 'data_key') => {
    const rows = await hall.database.query<{ id: string }>(`select ticket_id as id from nuanhao.${table}`)
    return rows.map(({ id }) => id).sort()
  }
  const audited = async () => {
    const rows = await hall.database.query<{ actor: string; reason: string }>(
      `select actor, reason from nuanhao.audit where action = 'purged' order by n`,
    )
    return rows.map(({ actor, reason }) => ({ actor, ...JSON.parse(reason) }))
  }
  const issue = async (by: ReturnType<typeof deskOf>) => {
    const ticket = { id: crypto.randomUUID(), codeHash: crypto.randomUUID(), language: 'zh-CN' } as const
    const committed = await by.issue('residence-permit', false, {
      ticket: {
        ...ticket,
        private: SEALED,
        dataKeys: [{ kept: 'visit', ...SEALED }],
        materials: [{ serviceId: 'residence-permit', ...SEALED }],
        identity: { mark: 'mark', ...SEALED },
      },
    })
    return legOf(committed).ticketId
  }

  beforeAll(async () => {
    test = await startHall(mode)
    hall = test.running.parts.hall
    await addSite(hall, WEST)
    desk = deskOf(hall, SITE)
    west = deskOf(hall, 'west')
    // Noon of the site's tomorrow: the day does not end while the tests run.
    const today = businessDay(hall.now(), DEMO_SITE.timeZone)
    at(Date.parse(`${today}T04:00:00Z`) + DAY)
    await desk.counter('c2', decide.openCounter)
    await desk.counter('c3', decide.openCounter)
    await west.counter('west-c2', decide.openCounter)
    done = await issue(desk)
    noted = await issue(desk)
    waiting = await issue(desk)
    elsewhere = await issue(west)
    await desk.callNext('c2')
    await desk.ticket(done, decide.complete)
    await desk.callNext('c2')
    const note = { id: crypto.randomUUID(), ...SEALED, lock: SEALED.sealed }
    await desk.ticket(noted, (situation, actor) =>
      decide.transfer(situation, actor, { counterId: 'c3' }, note),
    )
    await desk.callNext('c3')
    await desk.ticket(noted, decide.complete)
    await west.callNext('west-c2')
    await west.ticket(elsewhere, decide.complete)
    await test.signIn('counter2')
  })
  afterAll(() => test.stop())

  it('[PURGE1] while it is their day nothing goes, done or not', async () => {
    at(hall.now() + 11 * HOUR)
    await run()
    expect(await kept('private_record')).toEqual([done, noted, waiting, elsewhere].sort())
    expect(await kept('note')).toEqual([noted])
    expect(await kept('material_check')).toEqual([done, noted, waiting, elsewhere].sort())
    expect(await kept('identity')).toEqual([done, noted, waiting, elsewhere].sort())
    expect(await kept('data_key')).toEqual([done, noted, waiting, elsewhere].sort())
    expect(await audited()).toEqual([])
  })

  it('[PURGE1] [IDENT5] when the day of their hall is over all goes that a finished visit confided, once, and is counted', async () => {
    at(hall.now() + 2 * HOUR)
    await Promise.all([run(), run()])
    await run()
    expect(await kept('private_record')).toEqual([waiting, elsewhere].sort())
    expect(await kept('material_check')).toEqual([waiting, elsewhere].sort())
    expect(await kept('identity')).toEqual([waiting, elsewhere].sort())
    expect(await kept('data_key')).toEqual([waiting, elsewhere].sort())
    expect(await kept('note')).toEqual([])
    const rows = await audited()
    expect(rows).toMatchObject([
      {
        actor: 'chore:purge',
        confided: 2,
        checks: 2,
        identities: 2,
        dataKeys: 2,
        notes: 1,
        keys: 0,
        counts: 0,
      },
    ])
    // Counts only: no ticket, nobody.
    expect(JSON.stringify(rows)).not.toMatch(new RegExp([done, noted, SEALED.sealed].join('|')))
    // The visits themselves stay for history.
    expect(await count(`ticket where id in ('${done}', '${noted}')`)).toBe(2)
  })

  it('[PURGE1] who was still waiting keeps what they confided until their visit ends', async () => {
    await desk.ticket(waiting, decide.cancel)
    await run()
    expect(await kept('private_record')).toEqual([elsewhere])
    at(hall.now() + 12 * HOUR)
    await run()
    expect(await kept('private_record')).toEqual([])
    expect(await kept('identity')).toEqual([])
  })

  it('[PURGE2] keys of commands go after two days, sessions when they have ended', async () => {
    const fresh = await issue(desk)
    const keys = await count('idempotency')
    expect(keys).toBeGreaterThan(10)
    await test.signIn('supervisor')
    // Of the first session, signed in a day before.
    expect(await count('session')).toBe(1)
    at(hall.now() + SESSION_IDLE + 1)
    await run()
    expect(await count('session')).toBe(0)
    await issue(desk)
    at(hall.now() + KEPT_FOR['two-days'] - SESSION_IDLE - HOUR)
    await run()
    expect(await count('idempotency')).toBe(2)
    at(hall.now() + 2 * HOUR)
    await run()
    expect(await count('idempotency')).toBe(1)
    expect((await audited()).reduce((sum, { keys: gone }) => sum + gone, 0)).toBe(keys)
    expect(await count(`leg where ticket_id = '${fresh}' and state = 'waiting'`)).toBe(1)
  })

  it('[PURGE3] the numbers of a day are counted for two months, and numbering goes on', async () => {
    const days = async () => {
      const rows = await hall.database.query<{ day: string }>(
        `select distinct day from nuanhao.lane_sequence where site_id = '${SITE}' order by day`,
      )
      return rows.map(({ day }) => day)
    }
    const [first] = await days()
    at(Date.parse(`${first}T04:00:00Z`) + 60 * DAY)
    await run()
    expect(await days()).toContain(first)
    at(hall.now() + DAY)
    const before = legOf(await desk.issue('residence-permit')).number
    await run()
    expect(await days()).not.toContain(first)
    const after = legOf(await desk.issue('residence-permit')).number
    expect(Number(after.slice(1))).toBe(Number(before.slice(1)) + 1)
  })

  it('[PURGE1] a hall with many goes in small steps', async () => {
    const many = 1_200
    await hall.database.query(
      `insert into nuanhao.ticket (id, site_id, day, number, lane_id, language, code_hash, issued_at)
       select 'old' || i, $1, '2020-01-01', 'X' || i, 'x', 'zh-CN', 'old' || i, 0 from generate_series(1, ${many}) i`,
      [SITE],
    )
    await hall.database.query(
      `insert into nuanhao.private_record (ticket_id, key_id, nonce, sealed)
       select 'old' || i, 'k1', '', '' from generate_series(1, ${many}) i`,
    )
    const so = (await audited()).length
    await run()
    expect(await count(`private_record where ticket_id like 'old%'`)).toBe(0)
    expect((await audited()).slice(so).map(({ confided }) => confided)).toEqual([500, 500, 200])
  })

  it('[PURGE5] twelve hours after the hall closed it goes too where nobody has ended the visit; the leg waits for a person', async () => {
    const opened = (await readSite(hall.database, SITE)) as Site
    const left = await issue(desk)
    const today = businessDay(hall.now(), opened.timeZone)
    const forgotten = dayClose(opened, today) + FORGOTTEN_AFTER
    expect(businessDay(forgotten, opened.timeZone)).not.toBe(today)
    at(forgotten - HOUR)
    await run()
    for (const table of ['private_record', 'identity', 'material_check', 'data_key'] as const) {
      expect(await kept(table)).toEqual([left])
    }
    at(forgotten + 1_000)
    await run()
    for (const table of ['private_record', 'identity', 'material_check', 'data_key'] as const) {
      expect(await kept(table)).toEqual([])
    }
    expect((await audited()).at(-1)).toMatchObject({ confided: 1, identities: 1, checks: 1, dataKeys: 1 })
    expect(await count(`leg where ticket_id = '${left}' and state = 'waiting'`)).toBe(1)
    await desk.ticket(left, decide.cancel)
  })
})
