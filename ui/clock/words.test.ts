import { expect, test } from 'vitest'
import { messageProblems } from '#ui/message-problems.ts'
import { messages } from './words.ts'

test('[I18N1] what staff are told of an unconfirmed clock is whole in both languages', () => {
  expect(messageProblems(messages)).toEqual([])
})
