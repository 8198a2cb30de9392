import type { CounterSetting, Site } from '#domain/site.ts'
import { DEMO_SITE } from '#server/demo.ts'

/** Counters of the hall that is measured. */
export const COUNTERS = 8
/** Lanes of the hall that is measured, and of the raw side. */
export const LANES = DEMO_SITE.lanes.map(({ id }) => id)
/** Where a ticket of each lane is taken. */
export const SERVICES = DEMO_SITE.services.map(({ id }) => id)

const MINUTE = 60_000

/** The demo's hall with eight counters, two to a lane; like there, every other one also helps out in the next lane. */
export function benchSite(id: string): Omit<Site, 'revision'> {
  const counters = Array.from({ length: COUNTERS }, (_, index): CounterSetting => {
    const lane = (at: number) => LANES[at % LANES.length] ?? ''
    const helps = { laneId: lane(index + 1), rank: 'secondary', threshold: 15 * MINUTE } as const
    return {
      id: `${id}-c${index + 1}`,
      number: String(index + 1),
      name: { 'zh-CN': `${index + 1} 号窗口`, en: `Counter ${index + 1}` },
      lanes: [
        { laneId: lane(index), rank: 'primary', threshold: null },
        ...(Math.floor(index / LANES.length) === 1 ? [helps] : []),
      ],
    }
  })
  return { ...DEMO_SITE, id, counters }
}
