import { afterEach, describe, expect, inject, it } from 'vitest'
import { concurrency, loadOn } from '#test/harness/concurrency.ts'
import { HELD, interleave, RACED } from '#test/harness/interleave.ts'
import { checkLog } from '#test/harness/log-check.ts'
import { readLog } from '#test/harness/log-read.ts'
import { breakWith, DOUBLE_CALL, NO_COMPARE_AND_SET } from '#test/harness/mutants.ts'
import { type OwnHall, startOwnHall } from '#test/harness/own-hall.ts'

const MODES = ['embedded', 'services'] as const
/** Refusals that consoles asking at once must get; any other is a fault of the test or the hall. */
const EXPECTED = ['counter-busy', 'not-called', 'not-serving']

describe.each(MODES)('64 clients, 8 counters, 2,000 tickets, %s', (mode) => {
  it('[ONCE1] [TURN3] no ticket called twice, no counter with two, no number twice, every call in turn', {
    timeout: 400_000,
  }, async () => {
    const seed = 20_250_301
    const report = await concurrency({
      mode,
      postgresUrl: inject('postgresUrl'),
      tickets: 2_000,
      seed,
      nodes: 1,
    })
    const { load, log, violations } = report
    expect(report).toMatchObject({ clients: 64, counters: 8 })
    expect(load.faults).toEqual([])
    expect(Object.keys(load.refusals).filter((code) => !EXPECTED.includes(code))).toEqual([])
    expect(violations).toEqual([])
    expect(load).toMatchObject({ issued: 2_000, called: 2_000 })
    expect(log.legs).toHaveLength(2_000)
    expect(log.legs.filter(({ state }) => state !== 'completed' && state !== 'missed')).toEqual([])
    expect(report.mendedAfter).toBe(0)
    expect(report.divergences).toEqual({})
  })
})

describe.each(MODES)('a hall that is broken on purpose is found out, %s', (mode) => {
  let hall: OwnHall
  const start = async () => {
    hall = await startOwnHall({ mode, postgresUrl: inject('postgresUrl'), kiosks: 8, consoles: 2 })
  }
  afterEach(() => hall.stop())

  const rulesBroken = async () => {
    const violations = checkLog(await readLog(hall.database, hall.grand.siteId), null)
    return [...new Set(violations.map(({ rule }) => rule))]
  }

  it('a planted double call', async () => {
    await start()
    await breakWith(hall.database, DOUBLE_CALL)
    const load = await loadOn(hall, 100, 1)
    const violations = checkLog(await readLog(hall.database, hall.grand.siteId), load.told)
    expect(violations.filter(({ rule }) => rule === 'called-twice').length).toBeGreaterThan(0)
    expect(violations.filter(({ rule }) => rule === 'ticket-at-two').length).toBeGreaterThan(0)
  })

  it('the compare-and-set removed', async () => {
    await start()
    expect(await interleave(hall)).toEqual(HELD)
    expect(await rulesBroken()).toEqual([])
    await breakWith(hall.database, NO_COMPARE_AND_SET)
    await loadOn(hall, 60, 1)
    expect(await interleave(hall)).toEqual(RACED)
    expect(await rulesBroken()).toEqual(expect.arrayContaining(['counter-with-two', 'transition']))
  })
})
