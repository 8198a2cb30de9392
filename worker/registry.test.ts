import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Chore } from './chore.ts'
import { CHORES, checkRegistry } from './registry.ts'

const chore = (rest: Partial<Chore> = {}): Chore => ({
  name: 'sweep',
  every: 1_000,
  run: async () => undefined,
  ...rest,
})

describe('the registry of chores', () => {
  it('[CHORE1] holds every chore there is, each in a file of its name', () => {
    const names = [...checkRegistry(CHORES).keys()]
    const files = readdirSync(new URL('.', import.meta.url))
      .filter((file) => /^[a-z-]+\.ts$/.test(file))
      .map((file) => file.replace('.ts', ''))
      .filter((file) => !['chore', 'each-due', 'registry', 'start', 'main'].includes(file))
    expect(names.sort()).toEqual(files.sort())
  })

  it('[CHORE1] finds a chore by its name', () => {
    const sweep = chore()
    expect(checkRegistry([sweep, chore({ name: 'dust' })]).get('sweep')).toBe(sweep)
  })

  it('[CHORE1] refuses a name taken twice', () => {
    expect(() => checkRegistry([chore(), chore({ every: 5_000 })])).toThrow('two chores are called sweep')
  })

  it.each([0, -1, 99, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    '[CHORE1] refuses an interval of %d ms',
    (every) => {
      expect(() => checkRegistry([chore({ every })])).toThrow('chore sweep runs every')
    },
  )
})
