import { expect, test } from 'vitest'
import { ANSWER_WITHIN, ASKS_AFTER, idle, secondsLeft, TICKET_STAYS } from './idle.ts'

test.each(['standard', 'large'] as const)('[KIOSK4] %s: asks, waits for an answer, then clears', (size) => {
  const asks = ASKS_AFTER[size]
  expect(idle(asks - 1, size)).toEqual({ at: 'here' })
  expect(idle(asks, size)).toEqual({ at: 'asking', seconds: 30 })
  expect(idle(asks + ANSWER_WITHIN - 1, size)).toEqual({ at: 'asking', seconds: 1 })
  expect(idle(asks + ANSWER_WITHIN, size)).toEqual({ at: 'gone' })
})

test('[KIOSK4] 长辈版 has twice the time', () => {
  expect(ASKS_AFTER.large).toBe(2 * ASKS_AFTER.standard)
  expect(TICKET_STAYS.large).toBe(2 * TICKET_STAYS.standard)
})

test('[KIOSK4] there are 30 s to answer, and the ticket asks within its time', () => {
  expect(ANSWER_WITHIN).toBeGreaterThanOrEqual(30_000)
  expect(ASKS_AFTER).toEqual({ standard: 45_000, large: 90_000 })
  expect(TICKET_STAYS.standard).toBeGreaterThan(ANSWER_WITHIN)
})

test('[KIOSK4] a countdown ends at 1, never below 0', () => {
  expect([20_000, 19_999, 1, 0, -5].map(secondsLeft)).toEqual([20, 20, 1, 0, 0])
})
