import { expect, test } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import { insideAfterHours, unservedWithout } from './left-waiting.ts'
import type { Counter, Leg } from './model.ts'

const lanes = (...ids: string[]) => ids.map((laneId) => ({ laneId, rank: 'primary', threshold: null }))
const site = {
  timeZone: 'Asia/Shanghai',
  hours: Array.from({ length: 7 }, () => [{ from: 9 * 60, to: 17 * 60 }]),
  days: {},
  lanes: ['a', 'b', 'c'].map((id) => ({ id, letter: id.toUpperCase() })),
  counters: [
    { id: 'c1', number: '1', lanes: lanes('a', 'b') },
    { id: 'c2', number: '2', lanes: lanes('b') },
  ],
} as unknown as SiteView

function board(status: [Counter['status'], Counter['status']], ...legs: Partial<Leg>[]): StaffBoard {
  return {
    counters: { c1: { id: 'c1', status: status[0] }, c2: { id: 'c2', status: status[1] } },
    legs: Object.fromEntries(legs.map((leg, n) => [n, { state: 'waiting', ticketId: `t${n}`, ...leg }])),
  } as unknown as StaffBoard
}
const waiting = [{ laneId: 'a' }, { laneId: 'a' }, { laneId: 'b' }, { laneId: 'c' }]

test('[CONSOLE24] who waits in a lane of this counter that no open counter serves is said', () => {
  const unserved = (...status: [Counter['status'], Counter['status']]) =>
    unservedWithout(site, board(status, ...waiting), 'c1').map(({ letter, waiting: n }) => [letter, n])
  expect(unserved('paused', 'open')).toEqual([['A', 2]])
  expect(unserved('closed', 'paused')).toEqual([
    ['A', 2],
    ['B', 1],
  ])
  expect(unserved('open', 'closed')).toEqual([])
  expect(unservedWithout(site, board(['paused', 'open']), 'c1')).toEqual([])
})

test('[CONSOLE25] residents still inside are counted once the day is over, those who missed their call not', () => {
  const at = (time: string) => Date.parse(`2026-03-02T${time}:00+08:00`)
  const inside = board(
    ['open', 'open'],
    { ticketId: 't' },
    { ticketId: 't', state: 'held' },
    { ticketId: 'u', state: 'serving' },
    { ticketId: 'v', state: 'missed' },
  )
  expect(insideAfterHours(site, inside, at('16:59'))).toBe(0)
  expect(insideAfterHours(site, inside, at('17:00'))).toBe(2)
  expect(insideAfterHours(site, board(['open', 'open']), at('18:00'))).toBe(0)
})
