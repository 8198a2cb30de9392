import { expect, test } from 'vitest'
import { serviceIcon } from './service-icon.ts'

test('every service has a picture, a known one its own', () => {
  expect(
    ['birth-registration', 'medical-insurance', 'social-insurance', 'old-age-allowance'].map(serviceIcon),
  ).toEqual(['birth', 'medical', 'shield', 'elder'])
  expect(serviceIcon('fishing-licence')).toBe('ticket')
})
