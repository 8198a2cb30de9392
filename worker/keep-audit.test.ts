import { readFile, writeFile } from 'node:fs/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { businessDay, dayBefore } from '#domain/calendar.ts'
import type { Hall } from '#line/hall.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { auditKeeping } from '#settings/audit-keeping.ts'
import { type HallRequest, runHallCommand } from '#setup/commands.ts'
import { readHeads } from '#setup/kept-heads.ts'
import { keepHead, lastHead, pruneAudit, turnVolume } from '#store/audit-heads.ts'
import { auditOf, KEPT_AT_LEAST } from '#store/audit-verify.ts'
import type { Client } from '#test/harness/client.ts'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import { aged, unguarded } from '#test/harness/unguarded.ts'
import { keepAudit } from './keep-audit.ts'

const DAY = 86_400_000

describe.each(MODES)('the audit is kept, %s', (mode) => {
  let test: TestHall
  let hall: Hall
  let kiosk: Client
  let log: string[]

  beforeEach(async () => {
    test = await startHall(mode)
    hall = test.running.parts.hall
    kiosk = await test.enrol('kiosk')
    log = []
  })
  afterEach(() => test.stop())

  const keep = () =>
    keepAudit.run(
      { ...hall, keys: test.running.parts.keys, allowed: [], audit: auditKeeping(test.environment) },
      pino({ level: 'info' }, { write: (line) => void log.push(line) }),
    )
  const issue = () => kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })
  const rows = () => auditOf(hall.database.query).rows(SITE, 0, 10_000)
  const kept = async () =>
    readHeads('heads', await readFile(auditKeeping(test.environment).heads, 'utf8').catch(() => ''))
  const verify = async () =>
    runHallCommand(
      hall.database,
      { command: 'audit-verify', heads: await kept() },
      hall.now(),
      'operator:test',
    )
  const ahead = (time: number) => {
    test.clock.ahead = time
  }
  /** As somebody does who may do anything in the database. */
  const tamper = (...statements: string[]) =>
    unguarded(hall.database, async (query) => {
      for (const statement of statements) await query(statement)
    })
  /** Two closed volumes and one that is open; the first was closed longer than half a year ago. */
  const threeVolumes = async () => {
    await issue()
    await aged(hall.database, KEPT_AT_LEAST + 40 * DAY)
    for (const time of [-KEPT_AT_LEAST - 5 * DAY, -KEPT_AT_LEAST + 34 * DAY]) {
      ahead(time)
      await keep()
      await issue()
    }
    ahead(0)
  }

  it('[AUDIT7] the head of a day that is over goes into the file and the log, once', async () => {
    await issue()
    const { n, hash } = (await rows()).at(-1)!
    ahead(DAY)
    await keep()
    const head = expect.objectContaining({ siteId: SITE, n, hash })
    expect(await kept()).toContainEqual(head)
    expect(log.map((line) => JSON.parse(line).auditHead)).toContainEqual(head)
    expect(await lastHead(hall.database, SITE, '9999-12-31')).toMatchObject({ n, hash, bad: null })
    const { length } = await kept()
    await keep()
    expect(await kept()).toHaveLength(length)
    ahead(2 * DAY)
    await keep()
    expect((await kept()).length).toBeGreaterThan(length)
    expect((await verify()).code).toBe(0)
  })

  it('[AUDIT7] a day on which nothing was written down yet has no head', async () => {
    ahead(-3 * DAY)
    await keep()
    expect(await kept()).toEqual([])
    expect(await lastHead(hall.database, SITE, '9999-12-31')).toBeNull()
  })

  it('[AUDIT7] rows that were taken from the end show by the file alone', async () => {
    for (const _ of 'four') await issue()
    ahead(DAY)
    await keep()
    const { n } = (await rows()).at(-1)!
    await tamper(
      `delete from nuanhao.audit where site_id = '${SITE}' and n > ${n - 2}`,
      'delete from nuanhao.audit_head',
      `update nuanhao.audit_chain set n = ${n - 2}, hash = (select hash from nuanhao.audit where site_id = '${SITE}' and n = ${n - 2})
        where site_id = '${SITE}'`,
    )
    expect(await verify()).toMatchObject({
      code: 1,
      output: `${SITE}: row ${n - 1} is gone, and all after it (cut-off)`,
    })
    const blind: HallRequest = { command: 'audit-verify', heads: [] }
    const unseen = await runHallCommand(hall.database, blind, hall.now(), 'operator:test')
    expect(unseen).toMatchObject({ code: 0, output: expect.stringContaining('without heads kept outside') })
  })

  it('[AUDIT7] [AUDIT6] a file that lost heads is not enough to say that all is well', async () => {
    await issue()
    ahead(DAY)
    await keep()
    const first = await kept()
    await issue()
    ahead(2 * DAY)
    const day = dayBefore(businessDay(hall.now(), DEMO_SITE.timeZone))
    await keep()
    const file = auditKeeping(test.environment).heads
    const whole = await readFile(file, 'utf8')
    // What was written down only now may have come after the file was read.
    await writeFile(file, first.map((head) => `${JSON.stringify(head)}\n`).join(''))
    expect(await verify()).toMatchObject({ code: 0 })
    ahead(2 * DAY + 660_000)
    expect(await verify()).toMatchObject({
      code: 2,
      output: expect.stringMatching(
        new RegExp(
          `^${SITE}: the head of ${day} was written down outside, of row \\d+, and those here end at row ${first.at(-1)?.n}`,
        ),
      ),
    })
    await writeFile(file, '')
    expect(await verify()).toMatchObject({
      code: 2,
      output: expect.stringContaining('none of this chain is here'),
    })
    await writeFile(file, whole)
    expect(await verify()).toMatchObject({ code: 0 })
    const { output } = await runHallCommand(
      hall.database,
      { command: 'audit-heads' },
      hall.now(),
      'operator:test',
    )
    await writeFile(file, output)
    expect(await verify()).toMatchObject({ code: 0 })
  })

  it('[AUDIT7] a head that somebody made up for a day to come keeps no day from its own', async () => {
    await issue()
    const { n, hash } = (await rows()).at(-1)!
    await keepHead(hall.database, { siteId: SITE, name: '9999-12-31', n, hash, at: 0, bad: null })
    ahead(DAY)
    await keep()
    expect(await kept()).toContainEqual(expect.objectContaining({ siteId: SITE, n, hash }))
  })

  it('[AUDIT7] a chain that does not hold is an error in the log, and nothing is removed', async () => {
    await threeVolumes()
    const { n } = (await rows()).at(-1)!
    await tamper(`update nuanhao.audit set actor = 'staff:other' where site_id = '${SITE}' and n = ${n}`)
    ahead(DAY)
    await keep()
    const bad = log.map((line) => JSON.parse(line)).filter(({ level }) => level === 50)
    expect(bad).toMatchObject([{ auditHead: { siteId: SITE, bad: `changed ${n}` } }])
    expect((await rows())[0]?.n).toBe(1)
    expect(await verify()).toMatchObject({
      code: 1,
      output: `${SITE}: row ${n} was changed: its hash is not its own (changed)`,
    })
  })

  it('[AUDIT8] a volume a month; the oldest goes whole after its time, and the rest holds', async () => {
    await threeVolumes()
    const before = await rows()
    await keep()
    const after = await rows()
    const first = after[0]?.n ?? 0
    expect(first).toBeGreaterThan(1)
    expect(after).toEqual(before.filter(({ n }) => n >= first))
    expect(await verify()).toMatchObject({ code: 0 })
    const none = await auditOf(hall.database.query).rows('', 0, 10_000)
    expect(none).toContainEqual(
      expect.objectContaining({
        actor: 'chore:keep-audit',
        action: 'audit:pruned',
        subject: '1',
        origin: 'program',
      }),
    )
    await issue()
    await keep()
    expect(await verify()).toMatchObject({ code: 0 })
  })

  it('[AUDIT8] nothing goes before half a year, whatever the program says and whatever its clock', async () => {
    await aged(hall.database, KEPT_AT_LEAST + 40 * DAY)
    ahead(-KEPT_AT_LEAST + DAY)
    expect(await turnVolume(hall.database, hall.now())).toBe(2)
    ahead(0)
    expect(await turnVolume(hall.database, hall.now())).toBe(3)
    expect(await pruneAudit(hall.database, hall.now(), 0)).toBe(0)
    expect(await pruneAudit(hall.database, hall.now() + 1_000 * DAY, 0)).toBe(0)
    expect((await rows())[0]?.n).toBe(1)
  })

  it('[AUDIT8] nothing goes with a row that is younger than its volume says', async () => {
    await aged(hall.database, KEPT_AT_LEAST + 40 * DAY)
    await issue()
    ahead(-KEPT_AT_LEAST - 5 * DAY)
    expect(await turnVolume(hall.database, hall.now())).toBe(2)
    ahead(0)
    expect(await pruneAudit(hall.database, hall.now(), 0)).toBe(0)
    expect((await rows())[0]?.n).toBe(1)
  })

  it('[AUDIT8] a volume is closed by the database’s clock at the latest, and time does not go back', async () => {
    expect(await turnVolume(hall.database, hall.now() + 4_000 * DAY)).toBe(1)
    expect(await turnVolume(hall.database, hall.now() - 40 * DAY)).toBe(1)
    // A clock that was wrong when the volume was opened.
    await aged(hall.database, -400 * DAY)
    expect(await turnVolume(hall.database, hall.now())).toBe(2)
    expect(await turnVolume(hall.database, hall.now())).toBe(2)
  })

  it('[AUDIT8] [AUDIT6] a changed checkpoint is found, one that is gone, and a volume that went too early', async () => {
    await threeVolumes()
    await keep()
    const [{ n } = { n: 0 }] = await rows()
    const file = auditKeeping(test.environment).heads
    const whole = await readFile(file, 'utf8')
    await writeFile(file, '')
    await tamper('create table nuanhao.head_kept as select * from nuanhao.audit_head')
    const back = [
      'delete from nuanhao.audit_head',
      'insert into nuanhao.audit_head select * from nuanhao.head_kept',
    ]
    await tamper(`update nuanhao.audit_head set hash = '\\x00' where site_id = '${SITE}' and n = ${n - 1}`)
    expect(await verify()).toMatchObject({
      code: 1,
      output: expect.stringContaining(`${SITE}: row ${n - 1} was replaced`),
    })
    await tamper(...back, `delete from nuanhao.audit_head where site_id = '${SITE}'`)
    expect(await verify()).toMatchObject({ code: 1, output: `${SITE}: row 1 is missing (missing)` })
    await tamper(...back)
    await writeFile(file, whole)
    expect(await verify()).toMatchObject({ code: 0 })
    const young = { siteId: SITE, n: n - 2, hash: 'a'.repeat(64), at: hall.now() - DAY }
    await writeFile(file, `${JSON.stringify(young)}\n`)
    expect(await verify()).toMatchObject({
      code: 1,
      output: expect.stringContaining(`row ${n - 1} is gone with its volume`),
    })
  })
})
