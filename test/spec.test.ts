import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const notOurs = ['node_modules', 'dist', 'data', 'docs', 'test-results']

/** Every source within a top-level folder, with its text. */
const sources = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !notOurs.includes(entry.name))
  .flatMap((entry) =>
    readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(entry.name, file),
    ),
  )
  .filter((file) => /\.(tsx?|mjs|sql)$/.test(file) && file !== join('test', 'spec.test.ts'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

/** The numbers of the rules, in the order of the document. */
const rules = [
  ...readFileSync(join(root, 'docs', 'SPEC.md'), 'utf8').matchAll(/^- \*\*([A-Z]+\d+)\*\* \S/gm),
].flatMap(([, id]) => id ?? [])

/** Ids at the start of a string, as in a test's title: `'[CALL3] [SERVE1] …'`. */
function titled(text: string): string[] {
  return [...text.matchAll(/['"`]((?:\[[A-Z]+\d+\] ?)+)/g)].flatMap(([, ids]) => idsIn(ids ?? ''))
}

function idsIn(text: string): string[] {
  return [...text.matchAll(/\[([A-Z]+\d+)\]/g)].flatMap(([, id]) => id ?? [])
}

const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file)
const tested = new Set(sources.filter(({ file }) => isTest(file)).flatMap(({ text }) => titled(text)))

describe('the specification', () => {
  it('is found, with its rules and tests', () => {
    expect(rules.length).toBeGreaterThan(50)
    expect(tested.size).toBeGreaterThan(30)
    expect(sources.length).toBeGreaterThan(100)
  })

  it('names no rule twice', () => {
    expect(rules.filter((id, at) => rules.indexOf(id) !== at)).toEqual([])
  })

  it('has a test for every rule', () => {
    expect(rules.filter((id) => !tested.has(id))).toEqual([])
  })

  it('has every rule that the threat model names', () => {
    const threats = readFileSync(join(root, 'SECURITY.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| **'))
      .flatMap((line) => [...(line.split('|').at(-2) ?? '').matchAll(/\b[A-Z]+\d+\b/g)].map(([id]) => id))
    expect(threats.length).toBeGreaterThan(30)
    expect(threats.filter((id) => !rules.includes(id))).toEqual([])
  })

  it('has a rule for every id that a test or a comment names', () => {
    const strangers = sources.flatMap(({ file, text }) =>
      [...new Set(idsIn(text))].filter((id) => !rules.includes(id)).map((id) => `${id} in ${file}`),
    )
    expect(strangers).toEqual([])
  })
})
