import { expect, test } from 'vitest'
import { afterCard, looksAtCards, saidOf } from './held.ts'

test('[KIOSK11] [IDENT6] a card that grants the care that is asked about makes a number; any other is said there, and kept elsewhere', () => {
  const grants = { care: true }
  const grantsNone = { care: false }
  for (const at of ['card', 'unknown-card'] as const) {
    expect(afterCard(grants, at, 'both')).toBe('take')
    expect(afterCard(grantsNone, at, 'both')).toBe('unknown')
  }
  expect(afterCard(grants, 'care', 'card')).toBe('take')
  expect(afterCard(grantsNone, 'care', 'card')).toBe('unknown')
  expect(afterCard(grants, 'care', 'both')).toBe('take')
  // Beside the question whether care is wanted no card is asked for.
  expect(afterCard(grantsNone, 'care', 'both')).toBe('kept')
  expect(afterCard(grantsNone, 'care', 'declared')).toBe('kept')
  for (const at of ['home', 'search', 'identity', 'check', 'need'] as const) {
    expect(afterCard(grants, at, 'card')).toBe('kept')
  }
})

test('[IDENT9] while a number is made or shown nothing is looked at', () => {
  expect((['home', 'search', 'identity', 'care'] as const).every(looksAtCards)).toBe(true)
  expect((['issuing', 'failed', 'ticket', 'already'] as const).some(looksAtCards)).toBe(false)
})

test('[IDENT2] [IDENT7] what was refused is said by what it was', () => {
  expect(saidOf('wrong-identity')).toBe('wrong')
  expect(saidOf('unknown-card')).toBe('unknown')
  expect(saidOf('malformed')).toBe('unknown')
  expect(saidOf('unknown-ticket')).toBe('old')
  expect(saidOf('unavailable')).toBe('failed')
})
