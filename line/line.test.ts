import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MODES, SITE, startHall, type TestHall } from '#test/harness/hall.ts'
import type { Proposal } from './lane-queue.ts'
import { Line } from './line.ts'

describe.each(MODES)('a line that was away, %s', (mode) => {
  let test: TestHall
  beforeAll(async () => {
    test = await startHall(mode)
  })
  afterAll(() => test.stop())

  it('[LINE3] is believed again only once it has been made whole', async () => {
    let back = () => {}
    const isBack = new Promise<void>((resolve) => {
      back = resolve
    })
    let makeWhole = () => {}
    const madeWhole = new Promise<void>((resolve) => {
      makeWhole = resolve
    })
    const line = new Line(test.running.parts.hall.line.connection, {
      onError: () => undefined,
      onAway: () => undefined,
      onBack: () => {
        back()
        return madeWhole
      },
    })
    expect([line.healthy, line.whole]).toEqual([true, true])
    const lost = { job: { moveToCompleted: () => Promise.reject(new Error('connection lost')) } }
    await line.settle(SITE, 'household', lost as unknown as Proposal, false)
    expect([line.healthy, line.whole]).toEqual([false, false])
    await isBack
    expect([line.healthy, line.whole]).toEqual([true, false])
    makeWhole()
    await expect.poll(() => line.whole).toBe(true)
    await line.lane(SITE, 'household').close()
  })
})
