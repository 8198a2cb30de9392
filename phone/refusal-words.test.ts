import { expect, test } from 'vitest'
import type { ErrorKey } from '#protocol/errors.ts'
import { STATUS } from '#protocol/errors.ts'
import { refusalWords } from './refusal-words.ts'

test('[PHONE7] whatever is refused is said in words, and what a resident can meet in its own', () => {
  const keys = Object.keys(STATUS) as ErrorKey[]
  expect(keys.map(refusalWords).filter((words) => words.length < 8)).toEqual([])
  const told = (['unavailable', 'too-many', 'wrong-state', 'internal'] as const).map(refusalWords)
  expect(new Set(told).size).toBe(4)
  expect(refusalWords('not-missed')).toBe(refusalWords('wrong-state'))
})
