import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { applyEvent } from '#protocol/apply-event.ts'
import type { PublicBoard } from '#protocol/board.ts'
import type { PublicEvent } from '#protocol/events.ts'
import { follow } from './follow.ts'

const fresh: PublicBoard = {
  siteId: 'hall',
  seq: 4,
  at: 0,
  day: '2025-11-21',
  revision: 1,
  waiting: {},
  counters: {},
  calls: [],
  help: {},
}
const issued = (seq: number): PublicEvent => ({
  type: 'ticket:issued',
  waiting: { a: 1 },
  seq,
  at: seq,
  day: fresh.day,
  revision: 1,
})

function screen() {
  const board = signal<PublicBoard | null>(null)
  const told: number[] = []
  const wire = { heard: 0, again: 0 }
  const followed = follow(
    board,
    applyEvent,
    { heard: () => wire.heard++, again: () => wire.again++ },
    (event, after) => told.push(event.seq, after.seq),
  )
  return { board, told, wire, ...followed }
}

test('[LINK6] snapshot, then events: each is told once, after the board has it', () => {
  const { board, told, wire, snapshot, event } = screen()
  snapshot(fresh)
  event(issued(5))
  event(issued(5))
  event(issued(6))
  expect(board.value).toMatchObject({ seq: 6, waiting: { a: 2 } })
  expect(told).toEqual([5, 5, 6, 6])
  expect(wire).toEqual({ heard: 4, again: 0 })
})

test('[LINK6] an event from further ahead asks again, and changes nothing', () => {
  const { board, told, wire, snapshot, event } = screen()
  snapshot(fresh)
  event(issued(6))
  expect(board.value).toBe(fresh)
  expect(told).toEqual([])
  expect(wire.again).toBe(1)
})

test('[LINK6] an event before any snapshot asks again', () => {
  const { wire, event } = screen()
  event(issued(5))
  expect(wire.again).toBe(1)
})

test('[LINK6] an event lost on the way is missed at the second heartbeat, not at the first', () => {
  const { wire, snapshot, beat } = screen()
  snapshot(fresh)
  beat(4)
  beat(5)
  expect(wire.again).toBe(0)
  beat(5)
  expect(wire.again).toBe(1)
})

test('[LINK6] a board that moves on between heartbeats is late, not lost', () => {
  const { wire, snapshot, event, beat } = screen()
  snapshot(fresh)
  beat(5)
  event(issued(5))
  beat(6)
  event(issued(6))
  beat(6)
  expect(wire.again).toBe(0)
})

test('[LINK6] an error that is not a gap is not swallowed', () => {
  const board = signal<PublicBoard | null>(fresh)
  const wire = { heard: () => undefined, again: () => expect.unreachable('asked again') }
  const broken = () => {
    throw new TypeError('the event makes no sense')
  }
  const { event } = follow<PublicBoard, PublicEvent>(board, broken, wire)
  expect(() => event(issued(5))).toThrow('makes no sense')
  expect(board.value).toBe(fresh)
})
