import { describe, expect, it } from 'vitest'
import { FASTEST, readOptions, Usage } from './options.ts'

const read = (...args: string[]) => readOptions(args, 7)

describe('how a practice hall is asked for', () => {
  it('[PRACTICE7] is on this machine, in no folder that stays, and seeded by chance unless it is said', () => {
    expect(read()).toEqual({ port: 8080, host: '127.0.0.1', data: null, hall: null, speed: 5, seed: 7 })
    expect(
      read('--port', '8100', '--data=practice', '--hall', 'hall.yaml', '--speed', '1', '--seed=3'),
    ).toMatchObject({ port: 8100, data: 'practice', hall: 'hall.yaml', speed: 1, seed: 3 })
  })

  it.each([
    ['--speed', '0'],
    ['--speed', String(FASTEST + 1)],
    ['--speed', 'fast'],
    ['--port', '65536'],
    ['--seed', '1.5'],
    ['--seed', ''],
    ['--data', ''],
    ['--folder', 'practice'],
    ['practice'],
  ])('[PRACTICE7] what is out of bounds or unknown is said, with what there is: %s %s', (...args) => {
    expect(() => read(...args)).toThrow(Usage)
    expect(() => read(...args)).toThrow(/npm run demo/)
  })
})
