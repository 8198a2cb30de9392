import { describe, expect, it } from 'vitest'
import { readHeads } from './kept-heads.ts'

describe('heads kept outside', () => {
  const hash = 'a'.repeat(64)
  const head = { siteId: 'demo', n: 3, hash, at: 5 }

  it('[AUDIT7] are read from the file, and from the log as well', () => {
    const text = `${JSON.stringify({ ...head, name: '2026-03-09', bad: null })}\n\n${JSON.stringify({ level: 30, auditHead: head, msg: 'x' })}\n`
    expect(readHeads('heads', text)).toEqual([head, head])
    expect(readHeads('heads', '')).toEqual([])
  })

  it.each([
    'no json',
    '{"siteId":"demo"}',
    JSON.stringify({ ...head, hash: 'abc' }),
    JSON.stringify({ ...head, n: -1 }),
    '[]',
  ])('[AUDIT7] are refused by the line where there is none: %s', (line) => {
    expect(() => readHeads('heads', `${JSON.stringify(head)}\n${line}`)).toThrow('heads:2:')
  })
})
