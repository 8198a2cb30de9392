import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { STATUS } from './errors.ts'
import { problem } from './schemas.ts'

/** The keys of a union type, read from its source: types are gone when tests run. */
function keysOf(file: string, type: string): string[] {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8')
  const body = new RegExp(`export type ${type} =([^=]*?)\\n\\n`).exec(source)?.[1] ?? ''
  return [...body.matchAll(/'([a-z-]+)'/g)].flatMap(([, key]) => key ?? [])
}

describe('errors', () => {
  const refusals = keysOf('../domain/refusal.ts', 'RefusalKey')
  const edges = keysOf('./errors.ts', 'EdgeKey')

  it('[ERROR1] every key has a status, and every status a key', () => {
    expect(refusals.length).toBeGreaterThan(10)
    expect(edges.length).toBeGreaterThan(10)
    expect(Object.keys(STATUS).sort()).toEqual([...refusals, ...edges].sort())
    for (const [key, status] of Object.entries(STATUS)) {
      expect(status, key).toBeGreaterThanOrEqual(400)
      expect(status, key).toBeLessThan(600)
    }
  })

  it('[ERROR1] a refusal of the domain is never the server’s fault', () => {
    for (const key of refusals) expect(STATUS[key as keyof typeof STATUS], key).toBeLessThan(500)
  })

  it('[ERROR1] what is missing is 404, what is in the wrong state 409, what is old 412', () => {
    for (const [key, status] of Object.entries(STATUS)) {
      if (key.startsWith('unknown-')) expect(status, key).toBe(404)
      if (/^(counter-(closed|paused|busy|taken)|not-(waiting|called|serving))$/.test(key)) {
        expect(status, key).toBe(409)
      }
    }
    expect(STATUS.stale).toBe(412)
  })

  it('[ERROR1] the contract names every key', () => {
    for (const [code, status] of Object.entries(STATUS)) {
      expect(
        problem.safeParse({ type: `urn:nuanhao:${code}`, title: code, status, code }).success,
        code,
      ).toBe(true)
    }
    expect(problem.safeParse({ type: 'x', title: 'x', status: 400, code: 'x' }).success).toBe(false)
  })
})
