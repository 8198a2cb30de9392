import { describe, expect, it } from 'vitest'
import { offeredElsewhere } from './offer.ts'

describe('tickets offered in turn', () => {
  const free = [
    { counterId: 'c1', number: '1', since: 3_000 },
    { counterId: 'c2', number: '2', since: 1_000 },
    { counterId: 'c3', number: '3', since: 2_000 },
  ]
  /** How long each counter still has to wait at a moment. */
  const waits = (enteredAt: number, now: number) =>
    ['c1', 'c2', 'c3'].map((id) => offeredElsewhere({ enteredAt, free }, id, 10_000, now)?.wait ?? 0)

  it('[OFFER1] the counter free longest may call at once, each other one offer later', () => {
    expect(waits(5_000, 5_000)).toEqual([20_000, 0, 10_000])
    expect(waits(5_000, 15_000)).toEqual([10_000, 0, 0])
    expect(waits(5_000, 25_000)).toEqual([0, 0, 0])
    expect(offeredElsewhere({ enteredAt: 5_000, free }, 'c1', 10_000, 5_000)?.first.counterId).toBe('c2')
  })

  it('[OFFER1] for a ticket that waited before any counter was free the first offer begins with the counter', () => {
    expect(waits(0, 1_000)).toEqual([20_000, 0, 10_000])
    expect(waits(0, 11_000)).toEqual([10_000, 0, 0])
  })

  it('[OFFER1] counters free since the same moment have an order too, and one alone waits for nobody', () => {
    const twins = free.map((counter) => ({ ...counter, since: 0 }))
    const at = (id: string) => offeredElsewhere({ enteredAt: 0, free: twins }, id, 10_000, 0)?.wait ?? 0
    expect(['c1', 'c2', 'c3'].map(at)).toEqual([0, 10_000, 20_000])
    expect(offeredElsewhere({ enteredAt: 0, free: free.slice(0, 1) }, 'c1', 10_000, 0)).toBeNull()
  })
})
