import { expect, test } from 'vitest'
import { createLyingCard } from './lying-card.ts'

const card = { number: '11010519491231002X' }

test('[IDENT9] a card is read when it is put there, and not again while it lies', () => {
  const lying = createLyingCard()
  lying.begin()
  expect([null, card, card, null, card].map(lying.seen)).toEqual([null, 'read', null, null, 'read'])
})

test('[IDENT9] [KIOSK2] one that was forgotten is not the next resident’s: it has to be lifted first', () => {
  const lying = createLyingCard()
  lying.begin()
  expect(lying.seen(card)).toBe('read')
  lying.begin()
  expect([card, card, null, card].map(lying.seen)).toEqual(['lift', null, null, 'read'])
  lying.seen(null)
  lying.begin()
  expect(lying.seen(card)).toBe('read')
})
