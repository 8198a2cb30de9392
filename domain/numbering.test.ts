import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownNumber, publicNumber, seriesOf } from './numbering.ts'

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

describe('a number of a kiosk’s own series', () => {
  it('[OFFLINE3] has the kiosk’s name and two digits at least', () => {
    expect([1, 12, 123].map((sequence) => ownNumber('K1', sequence))).toEqual(['K1-01', 'K1-12', 'K1-123'])
  })

  it('[OFFLINE3] says whose it is, and a number of a lane says nobody’s', () => {
    expect(['K1-03', 'K12-103', 'K101', 'A012', 'K1-3', 'K-03', ''].map(seriesOf)).toEqual([
      ...['K1', 'K12', null, null, null, null, null],
    ])
  })
})
