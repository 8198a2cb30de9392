import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { newKeyFile, readKeyFile } from './key-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'nuanhao-keys-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const fresh = () => join(folder, `k${files++}`, 'hall.key')
const written = (text: string) => {
  const file = join(folder, `w${files++}`)
  writeFileSync(file, text)
  return file
}
const key = Buffer.alloc(32, 1).toString('base64')

describe('the key file', () => {
  it('[SECRET1] is made when it may be, for its owner only, and then stays the same', () => {
    const file = fresh()
    const keys = readKeyFile(file, true)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700)
    for (const create of [true, false]) {
      expect(readKeyFile(file, create)).toEqual({ ...keys, reread: expect.any(Function) })
    }
  })

  it('[SECRET1] holds keys of 32 bytes, of which no two are alike', () => {
    const { current, keys, codes } = readKeyFile(fresh(), true)
    expect(keys[current]).toHaveLength(32)
    expect(codes).toHaveLength(32)
    expect(codes.equals(keys[current] as Buffer)).toBe(false)
    expect(newKeyFile()).not.toBe(newKeyFile())
  })

  it('[SECRET1] where servers share one, a missing file is not made: the message says how', () => {
    const file = fresh()
    expect(() => readKeyFile(file, false)).toThrow(/does not exist[\s\S]*npm run key/)
    expect(existsSync(file)).toBe(false)
  })

  it('[SECRET1] keeps old keys to open what they sealed', () => {
    const old = Buffer.alloc(32, 2).toString('base64')
    const file = written(JSON.stringify({ current: 'k2', keys: { k1: old, k2: key }, codes: key }))
    expect(Object.keys(readKeyFile(file, false).keys)).toEqual(['k1', 'k2'])
  })

  it.each([
    ['no JSON', 'oops', /is not JSON/],
    ['nothing in it', '{}', /current/],
    ['a short key', JSON.stringify({ current: 'k1', keys: { k1: 'AAAA' }, codes: key }), /32 bytes/],
    [
      'a short secret of codes',
      JSON.stringify({ current: 'k1', keys: { k1: key }, codes: 'AAAA' }),
      /32 bytes/,
    ],
    ['no key of that id', JSON.stringify({ current: 'k9', keys: { k1: key }, codes: key }), /k9/],
  ])('[SECRET1] a file with %s is refused and left as it is', (_, text, message) => {
    const file = written(text)
    expect(() => readKeyFile(file, true)).toThrow(message)
    expect(() => readKeyFile(file, true)).toThrow(file)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('[SECRET1] no message tells a key', () => {
    const file = written(JSON.stringify({ current: 'k9', keys: { k1: key, k2: `${key}x` }, codes: 'AAAA' }))
    try {
      readKeyFile(file, false)
      expect.unreachable()
    } catch (error) {
      expect((error as Error).message).not.toContain(key)
    }
  })

  it('[SECRET1] a path that cannot be read says so', () => {
    expect(() => readKeyFile(folder, true)).toThrow(/cannot be read/)
  })
})
