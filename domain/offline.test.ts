import { expect, it } from 'vitest'
import { offlineArrival } from './offline.ts'

const NOON = 12 * 3_600_000
const MINUTE = 60_000
/** Gone from 11:00 to 11:10, and from 11:30 to 11:40. */
const absences = [
  { from: NOON - 60 * MINUTE, to: NOON - 50 * MINUTE },
  { from: NOON - 30 * MINUTE, to: NOON - 20 * MINUTE },
]

it.each([
  ['within an absence, when the kiosk says', 55, 55],
  ['within a later one', 25, 25],
  ['before the kiosk was gone, when it was', 90, 60],
  ['in touch between two absences, when it was gone again', 40, 30],
  ['in touch since, now', 10, 0],
  ['ahead of the server, now', -10, 0],
])('[OFFLINE6] %s', (_, ago, arrived) => {
  expect(offlineArrival(NOON - ago * MINUTE, absences, NOON)).toBe(NOON - arrived * MINUTE)
})

it('[OFFLINE6] whoever was never absent wins nothing', () => {
  expect(offlineArrival(0, [], NOON)).toBe(NOON)
})
