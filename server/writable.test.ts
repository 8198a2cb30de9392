import { describe, expect, it } from 'vitest'
import { isWritable } from './writable.ts'

describe('what a database can keep', () => {
  it('[BAD2] is every string without NUL and half characters, however deep', () => {
    for (const fine of ['', '暖号 A001', '👩🏽‍🦽', 1, null, true, [], { a: ['b', { c: '𠮷' }] }]) {
      expect(isWritable(fine), JSON.stringify(fine)).toBe(true)
    }
    for (const not of [
      '\0',
      'a\0',
      '\ud842',
      '\udfb7\ud842',
      ['\0'],
      { a: [{ b: '\ud800' }] },
      { 'k\0': 1 },
    ]) {
      expect(isWritable(not), JSON.stringify(not)).toBe(false)
    }
  })
})
