import { expect, test } from 'vitest'
import { messageProblems } from '#ui/message-problems.ts'
import { messages } from './help-words.ts'

test('[I18N1] what the kiosk says of a call for help is whole in both languages', () => {
  expect(messageProblems(messages)).toEqual([])
})
