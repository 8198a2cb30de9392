import { describe, expect, inject, it } from 'vitest'
import { crash } from '#test/harness/crash.ts'

const KILLS = 3
const SEED = Math.floor(Math.random() * 2 ** 31)

describe.each(['embedded', 'services'] as const)('kill −9 under load, %s', (mode) => {
  it(`[CRASH1] keeps every acknowledged ticket and call, in turn, and mends the line (seed ${SEED})`, {
    timeout: 400_000,
  }, async () => {
    const report = await crash({ mode, postgresUrl: inject('postgresUrl'), kills: KILLS, seed: SEED })
    expect(report.violations).toEqual([])
    expect(report.load.faults).toEqual([])
    expect(report.differencesAtEnd).toEqual([])
    expect(report.log.legs.filter(({ state }) => state !== 'completed' && state !== 'missed')).toEqual([])
    expect(report.exits).toEqual(mode === 'embedded' ? [0] : [0, 0])
    // It must have been a storm worth the name.
    expect(report.kills).toBe(KILLS)
    expect(report.load.lost).toBeGreaterThan(0)
    expect(report.load.repeated).toBeGreaterThan(0)
    if (mode === 'services') {
      expect(report).toMatchObject({ flushes: 2, outages: 1 })
      expect(report.answeredWhileAway).toBeGreaterThan(0)
    }
  })
})
