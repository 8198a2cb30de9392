import { expect, test } from 'vitest'
import { heldLeg, legWith } from '#test/harness/legs.ts'
import { alreadyFor, servicesOf } from './already.ts'

const HOUR = 3_600_000
const missed = legWith({ id: 'm', serviceId: 's3', state: 'missed', endedAt: 1_000 })
const legs = [
  legWith({ id: 'a', serviceId: 's1', next: ['s4'] }),
  heldLeg({ id: 'h', serviceId: 's2' }),
  missed,
]
const of = (services: string[], now = 2_000) => alreadyFor(services, legs, HOUR, now)?.id ?? null

test('[TWICE1] an open ticket for the same service, now or later in its visit, is the one there is', () => {
  expect(of(['s1'])).toBe('a')
  expect(of(['s2'])).toBe('h')
  expect(of(['s4'])).toBe('a')
  expect(of(['s9'])).toBeNull()
  expect(of(['s9', 's4', 's2'])).toBe('a')
  expect(alreadyFor(['s1'], [], HOUR, 0)).toBeNull()
})

test('[TWICE2] a missed one counts as long as it can rejoin', () => {
  expect(of(['s3'], 1_000 + HOUR)).toBe('m')
  expect(of(['s3'], 1_001 + HOUR)).toBeNull()
  expect(servicesOf(legs, HOUR, 2_000)).toEqual(['s1', 's4', 's2', 's3'])
  expect(servicesOf(legs, HOUR, 2 * HOUR)).toEqual(['s1', 's4', 's2'])
})
