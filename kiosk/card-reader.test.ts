import { expect, test } from 'vitest'
import { createCardReader } from './card-reader.ts'

/** Presses keys so many ms apart; the answers of the last one. */
function reader() {
  const cards: string[] = []
  const { press, forget } = createCardReader((number) => cards.push(number))
  let now = 0
  const type = (keys: readonly string[], apart: number): boolean => {
    let took = false
    for (const key of keys) {
      now += apart
      took = press(key, now)
    }
    return took
  }
  return { cards, type, forget, rest: (ms: number) => (now += ms) }
}
const card = [...'LA000042', 'Enter']

test('[KIOSK11] a burst of signs that ends in Enter is a card, and that Enter presses nothing', () => {
  const { cards, type } = reader()
  expect(type(card, 8)).toBe(true)
  expect(type(['Shift', 'L', 'Shift', 'A', ...'000042', 'Enter'], 90)).toBe(true)
  expect(cards).toEqual(['LA000042', 'LA000042'])
})

test('[IDENT7] the text of a code is read like a card', () => {
  const { cards, type } = reader()
  const link = 'https://hall.example:8443/phone/#ABCDEFGH23456789'
  expect(type([...link, 'Enter'], 8)).toBe(true)
  expect(cards).toEqual([link])
})

test('[KIOSK11] slow typing, too few signs, or signs no card has, are no card', () => {
  const { cards, type, rest } = reader()
  expect(type(card, 101)).toBe(false)
  rest(1_000)
  expect(type([...'123', 'Enter'], 8)).toBe(false)
  rest(1_000)
  expect(type([...'12 34 56', 'Enter'], 8)).toBe(false)
  rest(1_000)
  expect(type([...'9'.repeat(301), 'Enter'], 8)).toBe(false)
  expect(cards).toEqual([])
})

test('[KIOSK11] what a finger typed before is no part of the card, and Enter long after ends none', () => {
  const { cards, type, rest } = reader()
  type(['7'], 8)
  rest(500)
  type(card, 8)
  expect(cards).toEqual(['LA000042'])
  type([...'LA000043'], 8)
  rest(200)
  expect(type(['Enter'], 8)).toBe(false)
  expect(cards).toHaveLength(1)
})

test('[KIOSK11] nothing of a card is kept: not after Enter, not when the screen goes', () => {
  const { cards, type, forget } = reader()
  type(card, 8)
  expect(type(['Enter'], 8)).toBe(false)
  type([...'LA0000'], 8)
  forget()
  type([...'42', 'Enter'], 8)
  expect(cards).toHaveLength(1)
})
