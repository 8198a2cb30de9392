import { expect, test } from 'vitest'
import { STANDS, standing } from './turns.ts'

test('[WALL6] texts take turns in one place, each for its time; one stands still', () => {
  const at = (turn: number, texts: string[]) => standing(texts, turn * STANDS)
  expect([0, 0.99, 1, 2, 3].map((turn) => at(turn, ['a', 'b', 'c']))).toEqual(['a', 'a', 'b', 'c', 'a'])
  expect([at(0, ['a']), at(7, ['a']), at(3, [])]).toEqual(['a', 'a', null])
})
