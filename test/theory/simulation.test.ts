import { describe, expect, it } from 'vitest'
import { erlangWait, type Hall, simulate } from './simulation.ts'

const CUSTOMERS = 4_000_000
/** Near saturation waits of neighbours are so alike that more customers are needed for the same precision. */
const NEAR_SATURATION = 10_000_000
const SEEDS = [20_250_301, 77]
/** A head start nobody can make up for. */
const ALWAYS = 1e9

const hall = (other: Partial<Hall>): Hall => ({
  counters: 4,
  load: 0.8,
  careShare: 0.5,
  headStart: 0,
  customers: CUSTOMERS,
  seed: 1,
  ...other,
})

/** Within a share of what theory says. */
function expectNear(found: number, expected: number, share: number): void {
  expect(Math.abs(found / expected - 1)).toBeLessThan(share)
}

describe.each(SEEDS)('the turn rule in a simulated hall, seed %i', (seed) => {
  it('[THEORY2] an endless head start is Cobham’s priority queue', () => {
    const { care, ordinary } = simulate(hall({ headStart: ALWAYS, seed }))
    expectNear(care, 0.2485, 0.03)
    expectNear(ordinary, 1.2426, 0.03)
    expectNear((care + ordinary) / 2, erlangWait(4, 0.8), 0.02)
  })

  it('[THEORY2] no head start is first come, first served', () => {
    const { care, ordinary } = simulate(hall({ seed }))
    expect(erlangWait(4, 0.8)).toBeCloseTo(0.7455, 3)
    expectNear(care, 0.7455, 0.03)
    expectNear(ordinary, 0.7455, 0.03)
  })

  it.each([
    [1, 3.88, 4.66],
    [2, 3.35, 4.79],
    [4, 2.51, 5.0],
    [8, 1.46, 5.27],
  ])('[THEORY2] at .95 load a head start of %d services', (headStart, first, second) => {
    const { care, ordinary } = simulate(
      hall({ load: 0.95, careShare: 0.2, headStart, seed, customers: NEAR_SATURATION }),
    )
    expectNear(care, first, 0.05)
    expectNear(ordinary, second, 0.05)
    // What care gains the others lose, no more: with equal service the weighted mean wait cannot change.
    expectNear(0.2 * care + 0.8 * ordinary, erlangWait(4, 0.95), 0.05)
  })
})
