import { expect, test } from 'vitest'
import { messageProblems } from '#ui/message-problems.ts'
import { messages } from './later-words.ts'

test('[I18N1] the words that the phone fetches later are whole in both languages', () => {
  expect(messageProblems(messages)).toEqual([])
})
