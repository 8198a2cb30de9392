import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publicNumber } from './numbering.ts'

describe('public numbers', () => {
  it('[NUM1] are the lane’s letter and its sequence, three digits at least', () => {
    expect(publicNumber('A', 1)).toBe('A001')
    expect(publicNumber('D', 42)).toBe('D042')
    expect(publicNumber('B', 999)).toBe('B999')
    expect(publicNumber('B', 1000)).toBe('B1000')
  })

  it('[NUM1] are different for different letters or sequences', () => {
    const letter = fc.constantFrom(...'ABCDEFGHJKMNPQRSTUVWXYZ')
    const sequence = fc.integer({ min: 1, max: 20_000 })
    fc.assert(
      fc.property(letter, sequence, letter, sequence, (a, m, b, n) => {
        expect(publicNumber(a, m) === publicNumber(b, n)).toBe(a === b && m === n)
      }),
    )
  })
})
