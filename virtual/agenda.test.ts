import { expect, it } from 'vitest'
import { Agenda } from './agenda.ts'

it('[PRACTICE6] things happen in the order of their moments, and those of one moment as they were entered', () => {
  const agenda = new Agenda<string>()
  for (const [at, what] of [
    [3, 'c'],
    [1, 'a'],
    [3, 'd'],
    [1.5, 'b'],
    [2, 'gone'],
  ] as const) {
    agenda.add(at, what)
  }
  agenda.drop((what) => what === 'gone')
  expect(agenda.dueAt()).toBe(1)
  expect([1, 2, 3, 4, 5].map(() => agenda.take()?.what ?? null)).toEqual(['a', 'b', 'c', 'd', null])
  expect(agenda.dueAt()).toBeNull()
})
