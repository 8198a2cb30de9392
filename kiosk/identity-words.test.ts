import { expect, test } from 'vitest'
import { messageProblems } from '#ui/message-problems.ts'
import { messages } from './identity-words.ts'

test('[WORDS1] what is said of cards and codes is whole in both languages', () => {
  expect(messageProblems(messages)).toEqual([])
})
