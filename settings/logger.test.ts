import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'

describe('the log', () => {
  it('[LEAK3] of an error it has kind, message, place and code, and no value that a library hung on it', () => {
    const lines: string[] = []
    const logger = createLogger('info', { write: (line) => void lines.push(line) })
    const hung = {
      code: '23505',
      params: ['王小明'],
      detail: 'Key (name)=(王小明)',
      command: { args: ['王小明'] },
    }
    const error = Object.assign(new TypeError('duplicate key'), hung)
    const around = new Error('it failed', { cause: error })
    const several = new AggregateError([error], 'all failed')
    for (const one of [error, around, several, '王小明'.length]) logger.error({ error: one }, 'a part failed')
    expect(lines.join('')).not.toContain('王小明')
    const [first, second, third] = lines.map((line) => JSON.parse(line).error)
    expect(Object.keys(first)).toEqual(['type', 'message', 'stack', 'code'])
    expect(first).toMatchObject({ type: 'TypeError', message: 'duplicate key', code: '23505' })
    expect(second.stack).toContain('logger.test.ts')
    expect(third.aggregateErrors).toMatchObject([{ message: 'duplicate key', code: '23505' }])
  })
})
