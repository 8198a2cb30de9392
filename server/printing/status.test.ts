import { describe, expect, it } from 'vitest'
import { isSensor, isStatus, readStatus, type StatusBytes } from './status.ts'

const WELL = 0x12
const bytes = (...wrong: [number, number][]): StatusBytes => {
  const said: [number, number, number, number] = [WELL, WELL, WELL, WELL]
  for (const [at, bits] of wrong) said[at] = (said[at] ?? 0) | bits
  return said
}

describe('how a printer says it is', () => {
  it('[PRINT9] is read from DLE EOT 1 to 4, what must be done something about first', () => {
    expect(readStatus(bytes())).toBe('ready')
    expect(readStatus(bytes([3, 0x0c]))).toBe('paper-low')
    expect(readStatus(bytes([0, 0x08], [1, 0x20], [3, 0x6c]))).toBe('paper-out')
    expect(readStatus(bytes([0, 0x08], [1, 0x04], [3, 0x60]))).toBe('cover-open')
    expect(readStatus(bytes([0, 0x08], [2, 0x08]))).toBe('fault')
    expect(readStatus(bytes([1, 0x40]))).toBe('fault')
    expect(readStatus(bytes([0, 0x08]))).toBe('offline')
  })

  it('[PRINT9] answers to one question are not taken for those to another', () => {
    for (let byte = 0; byte < 256; byte++) expect(isStatus(byte) && isSensor(byte)).toBe(false)
    expect(isStatus(WELL | 0x6c)).toBe(true)
    expect(isSensor(0x0c)).toBe(true)
  })
})
