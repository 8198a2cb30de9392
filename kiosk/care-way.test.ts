import { expect, test } from 'vitest'
import { careWay } from './care-way.ts'

test('[KIOSK11] care is asked the way the hall grants it', () => {
  expect(careWay({ careBy: ['declared', 'staff'] })).toBe('declared')
  expect(careWay({ careBy: ['card', 'staff', 'declared'] })).toBe('both')
  expect(careWay({ careBy: ['staff', 'card'] })).toBe('card')
  expect(careWay({ careBy: ['staff'] })).toBe('staff')
  expect(careWay({ careBy: [] })).toBe('none')
})
