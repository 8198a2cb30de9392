import { expect, test } from 'vitest'
import { messageProblems } from '#ui/message-problems.ts'
import { messages } from './words.ts'

test('[I18N1] the words of new passwords are whole in both languages', () => {
  expect(messageProblems(messages)).toEqual([])
})
