import { describe, expect, it } from 'vitest'
import { issueRequest } from '#protocol/schemas.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { randomOf } from './random.ts'
import { residentFor, strangerFor } from './resident.ts'

const hall = { ...DEMO_SITE, full: ['housing'] }
const crowd = (speed = 1, seed = 1) => {
  const random = randomOf(seed)
  return Array.from({ length: 2_000 }, () => residentFor(hall, speed, random))
}
const share = (of: boolean[]) => of.filter(Boolean).length / of.length

describe('a virtual resident', () => {
  it('[PRACTICE6] asks for what the hall has and a kiosk may ask, never a service whose numbers are given out', () => {
    for (const { request } of crowd()) {
      expect(issueRequest.safeParse(request).success).toBe(true)
      const service = hall.services.find(({ id }) => id === request.serviceId)
      expect(service && service.id !== 'housing').toBe(true)
      const names = service?.materials.map((material) => material['zh-CN'])
      for (const { here, missing } of request.materials ?? [])
        expect([...here, ...missing].sort()).toEqual([...(names ?? [])].sort())
    }
  })

  it('[PRACTICE6] some are cared for first, want something prepared, lack a paper, bring two matters, read English', () => {
    const all = crowd().map(({ request }) => request)
    expect(share(all.map(({ care }) => care !== undefined))).toBeCloseTo(0.15, 1)
    for (const some of [
      all.filter(({ accommodations }) => accommodations),
      all.filter(({ materials }) => materials?.some(({ missing }) => missing.length > 0)),
      all.filter(({ more }) => more),
      all.filter(({ language }) => language === 'en'),
    ]) {
      expect(some.length).toBeGreaterThan(50)
      expect(some.length).toBeLessThan(500)
    }
    const closed = residentFor({ ...hall, careBy: ['card'] }, 1, randomOf(1))
    expect(closed.request.care).toBeUndefined()
  })

  it('[PRACTICE6] some give up, silently or not, ask why, miss their call, come back, and need another thing', () => {
    const all = crowd()
    expect(share(all.map(({ patience }) => patience < 30 * 60_000))).toBeGreaterThan(0.08)
    expect(share(all.map(({ says }) => says))).toBeCloseTo(0.6, 1)
    expect(share(all.map(({ deafTo }) => deafTo > 0))).toBeCloseTo(0.145, 1)
    expect(share(all.map(({ asksHelp }) => asksHelp))).toBeCloseTo(0.08, 1)
    expect(share(all.map(({ backAfter }) => backAfter !== null))).toBeCloseTo(0.7, 1)
    expect(new Set(all.map(({ errand }) => errand?.kind))).toEqual(
      new Set([undefined, 'fetching', 'another-matter', 'other-lane']),
    )
  })

  it('[PRACTICE6] the same seed is the same people, and hurried ones do the same in less time', () => {
    expect(crowd()).toEqual(crowd())
    expect(crowd(1, 2)).not.toEqual(crowd())
    const [slow, fast] = [crowd(1)[0]!, crowd(10)[0]!]
    expect(fast.request).toEqual(slow.request)
    for (const of of ['patience', 'asksAfter', 'walk', 'stay', 'fetch'] as const) {
      expect(Math.abs(fast[of] - slow[of] / 10), of).toBeLessThan(1)
    }
  })

  it('[PRACTICE5] whoever took a number without them is served too, and makes no trouble', () => {
    expect(strangerFor(1, randomOf(1))).toMatchObject({ deafTo: 0, errand: null })
  })
})
