import { expect, test } from 'vitest'
import { messageProblems } from '#ui/message-problems.ts'
import { messages as health } from './health-words.ts'
import { messages } from './words.ts'

test('[I18N1] the page of the screens is whole in both languages', () => {
  expect(messageProblems(messages)).toEqual([])
  expect(messageProblems(health)).toEqual([])
})
