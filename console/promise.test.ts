import { describe, expect, test } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import { calledLeg } from '#test/harness/legs.ts'
import { servingAgainst, waitAgainst } from './promise.ts'

const MINUTE = 60_000
const site = {
  services: [
    { id: 's1', targetWait: 15 * MINUTE, minutes: 7.5 },
    { id: 's2', targetWait: null, minutes: 0.4 },
  ],
} as SiteView

describe('times against what the hall says of them', () => {
  test('[CONSOLE27] the wait of the call against the promised one: over once it is longer, and still after the call', () => {
    const waited = (minutes: number, serviceId = 's1') => {
      const leg = calledLeg({ serviceId, arrivedAt: 0, calledAt: minutes * MINUTE })
      return waitAgainst(site, leg, 99 * MINUTE)
    }
    expect(waited(12)).toEqual({ minutes: 12, most: 15, over: false })
    expect(waited(15).over).toBe(false)
    expect(waited(15.5)).toEqual({ minutes: 15, most: 15, over: true })
    expect(waited(40, 's2')).toEqual({ minutes: 40, most: null, over: false })
    expect(waited(40, 'gone')).toMatchObject({ most: null, over: false })
  })

  test('[CONSOLE27] the time at the counter against what the service takes', () => {
    const served = (minutes: number, serviceId = 's1') =>
      servingAgainst(site, calledLeg({ serviceId, startedAt: 0 }), minutes * MINUTE)
    expect(served(7)).toEqual({ minutes: 7, most: 8, over: false })
    expect(served(7.6)).toEqual({ minutes: 7, most: 8, over: true })
    expect(served(1, 's2')).toEqual({ minutes: 1, most: 1, over: true })
    expect(served(1, 'gone')).toMatchObject({ most: null, over: false })
  })
})
