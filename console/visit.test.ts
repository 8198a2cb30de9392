import { expect, test } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { Leg } from './model.ts'
import { addable, onwardOf, stepsOf } from './visit.ts'

const name = { 'zh-CN': 'n', en: 'n' }
const site = {
  full: ['s4'],
  services: ['s1', 's2', 's3', 's4'].map((id) => ({ id, name, laneId: `lane-${id}` })),
} as unknown as SiteView
const leg = (id: string, rest: Partial<Leg>) =>
  ({
    id,
    ticketId: 't',
    number: 'A001',
    state: 'waiting',
    n: 1,
    next: [],
    laneId: `lane-${rest.serviceId}`,
    ...rest,
  }) as Leg
const board = (...legs: Leg[]) =>
  ({ legs: Object.fromEntries(legs.map((each) => [each.id, each])) }) as StaffBoard

test('[CONSOLE17] a visit says this matter, those that follow, and those that wait or are under way elsewhere', () => {
  const here = leg('a', { serviceId: 's1', state: 'serving', next: ['s2'] })
  const also = leg('b', { serviceId: 's3', n: 2 })
  const stranger = leg('z', { serviceId: 's4', ticketId: 'other' })
  const steps = (...legs: Leg[]) =>
    stepsOf(site, board(here, stranger, ...legs), here).map((step) => [step.serviceId, step.when])
  expect(steps()).toEqual([
    ['s1', 'here'],
    ['s2', 'next'],
  ])
  expect(steps(also, leg('c', { serviceId: 's4', state: 'held', n: 3 }))).toEqual([
    ['s1', 'here'],
    ['s2', 'next'],
    ['s3', 'also'],
    ['s4', 'away'],
  ])
  expect(stepsOf(site, board(here), here)[1]?.laneId).toBe('lane-s2')
})

test('[CONSOLE17] a ticket with one matter has nothing to say of a visit', () => {
  const here = leg('a', { serviceId: 's1', state: 'called' })
  expect(stepsOf(site, board(here), here)).toEqual([])
})

test('[CONSOLE17] a completed ticket goes on where it waits now', () => {
  const next = leg('b', { serviceId: 's2' })
  const missed = leg('c', { serviceId: 's3', state: 'missed' })
  expect(onwardOf(board(next, missed), { id: 'a', ticketId: 't' }).map(({ id }) => id)).toEqual(['b'])
  expect(onwardOf(board(next), { id: 'a', ticketId: 'other' })).toEqual([])
})

test('[CONSOLE18] what can be added is what the visit does not have; a service without numbers is said to be full', () => {
  const here = leg('a', { serviceId: 's1', state: 'serving', next: ['s2'] })
  expect(addable(site, board(here), here).map(({ id, key, full }) => [id, key, full])).toEqual([
    ['s3', '1', false],
    ['s4', '2', true],
  ])
  const also = leg('b', { serviceId: 's3' })
  expect(addable(site, board(here, also), here).map(({ id }) => id)).toEqual(['s4'])
})
