import { describe, expect, test } from 'vitest'
import { UNDO_WITHIN as DOMAIN_UNDO_WITHIN } from '#domain/decide.ts'
import type { StaffEvent } from '#protocol/events.ts'
import type { Leg } from './model.ts'
import { type Trail, trailAfter, UNDO_WITHIN, undoable } from './trail.ts'

const leg = (id: string, state: Leg['state'], counterId: string | null) =>
  ({ id, number: id.toUpperCase(), state, counterId }) as Leg

type Was = StaffEvent['from'][number]
const was = (state: Leg['state'], counterId: string | null): Was => ({ state, laneId: 'a', counterId })

function event(seq: number, type: StaffEvent['type'], rest: Partial<StaffEvent> = {}): StaffEvent {
  return { seq, at: seq * 1_000, day: 'd', revision: 1, type, legs: [], from: [], counters: [], ...rest }
}

const called = (seq: number, id: string, counterId = 'c1') =>
  event(seq, 'ticket:called', { legs: [leg(id, 'called', counterId)], from: [was('waiting', null)] })
const trailOf = (...events: StaffEvent[]) =>
  events.reduce<Trail | null>((trail, each) => trailAfter(trail, each, 'c1'), null)
const offered = (...events: StaffEvent[]) => {
  const trail = trailOf(...events)
  return undoable(trail, trail?.seq ?? 0, events.at(-1)!.at)
}

describe('what can be taken back', () => {
  test('[CONSOLE13] this counter’s last action, for as long as the rule says', () => {
    expect(UNDO_WITHIN).toBe(DOMAIN_UNDO_WITHIN)
    const trail = trailOf(called(1, 'x'))
    const left = (now: number) => undoable(trail, 1, now)?.seconds ?? null
    expect(undoable(trail, 1, 1_000)).toMatchObject({ type: 'ticket:called', number: 'X', seconds: 60 })
    expect([1_001, 2_000, 60_999, 61_000].map(left)).toEqual([60, 59, 1, null])
    // The screen's idea of the server's time may be a little behind.
    expect(left(0)).toBe(60)
  })

  test.each<[StaffEvent['type'], Leg[], Was[]]>([
    ['ticket:recalled', [leg('x', 'called', 'c1')], [was('called', 'c1')]],
    ['ticket:started', [leg('x', 'serving', 'c1')], [was('called', 'c1')]],
    ['ticket:completed', [leg('x', 'completed', 'c1')], [was('serving', 'c1')]],
    ['ticket:missed', [leg('x', 'missed', 'c1')], [was('called', 'c1')]],
    ['ticket:held', [leg('x', 'held', 'c1')], [was('serving', 'c1')]],
    ['ticket:resumed', [leg('x', 'called', 'c1')], [was('held', 'c2')]],
    ['ticket:resumed', [leg('x', 'waiting', null)], [was('held', 'c1')]],
    ['ticket:put-back', [leg('x', 'waiting', null)], [was('called', 'c1')]],
    ['ticket:recorded', [leg('x', 'completed', 'c1')], [was('waiting', null)]],
    [
      'ticket:transferred',
      [leg('x', 'transferred', 'c1'), leg('y', 'waiting', null)],
      [was('serving', 'c1'), null],
    ],
  ])('[CONSOLE13] %s is an action of the counter the ticket was or came to', (type, legs, from) => {
    expect(offered(event(1, type, { legs, from }))).toMatchObject({ type, number: 'X' })
  })

  test('[CONSOLE13] another counter’s action is not this one’s, and does not hide it', () => {
    expect(offered(called(1, 'x', 'c2'))).toBeNull()
    expect(offered(called(1, 'x'), called(2, 'y', 'c2'))).toMatchObject({ number: 'X' })
  })

  test('[CONSOLE13] a newer action takes its place', () => {
    const started = event(2, 'ticket:started', {
      legs: [leg('x', 'serving', 'c1')],
      from: [was('called', 'c1')],
    })
    expect(offered(called(1, 'x'), started)).toMatchObject({ type: 'ticket:started' })
  })

  test('[CONSOLE13] nothing once something followed: the ticket moved, the counter changed, or it was taken back', () => {
    const no = event(1, 'ticket:missed', { legs: [leg('x', 'missed', 'c1')], from: [was('called', 'c1')] })
    const rejoined = event(2, 'ticket:rejoined', {
      legs: [leg('x', 'waiting', null)],
      from: [was('missed', 'c1')],
    })
    expect(offered(no, rejoined)).toBeNull()
    const sent = event(1, 'ticket:transferred', {
      legs: [leg('x', 'transferred', 'c1'), leg('y', 'waiting', null)],
      from: [was('serving', 'c1'), null],
    })
    expect(offered(sent, called(2, 'y', 'c2'))).toBeNull()
    const paused = event(2, 'counter:paused', {
      counters: [
        {
          id: 'c1',
          number: '1',
          status: 'paused',
          staffId: 'me',
          skills: [],
          desk: null,
          since: 0,
          version: 2,
        },
      ],
    })
    expect(offered(no, paused)).toBeNull()
    const undone = event(2, 'ticket:undone', {
      legs: [leg('x', 'called', 'c1')],
      from: [was('missed', 'c1')],
    })
    expect(offered(no, undone)).toBeNull()
  })

  test('[CONSOLE13] what was missed may have changed anything, so nothing is offered after a gap', () => {
    expect(offered(called(1, 'x'), called(5, 'y', 'c2'))).toBeNull()
    expect(undoable(trailOf(called(1, 'x')), 4, 1_000)).toBeNull()
    expect(undoable(null, 1, 1_000)).toBeNull()
  })

  test('[CONSOLE13] an event that was heard before changes nothing', () => {
    const trail = trailOf(called(1, 'x'))
    expect(trailAfter(trail, called(1, 'x'), 'c1')).toBe(trail)
  })
})

describe('exceptions', () => {
  const specific = { ...called(1, 'x'), exception: 'called-specific' } as const

  test('[CONSOLE16] a ticket called out of turn is marked while it is at a counter', () => {
    const started = event(2, 'ticket:started', {
      legs: [leg('x', 'serving', 'c1')],
      from: [was('called', 'c1')],
    })
    const done = event(3, 'ticket:completed', {
      legs: [leg('x', 'completed', 'c1')],
      from: [was('serving', 'c1')],
    })
    expect(trailOf(specific, started)?.exceptions).toEqual({ x: 'called-specific' })
    expect(trailOf(specific, started, done)?.exceptions).toEqual({})
    expect(trailOf(called(1, 'x'))?.exceptions).toEqual({})
  })

  test('[CONSOLE16] an undo is logged, but marks no ticket', () => {
    const undone = { ...called(1, 'x'), type: 'ticket:undone', exception: 'undone' } as const
    expect(trailOf(undone)?.exceptions).toEqual({})
  })
})

describe('what else is remembered', () => {
  const completed = (seq: number, id: string, counterId = 'c1') =>
    event(seq, 'ticket:completed', {
      legs: [leg(id, 'completed', counterId), leg(`${id}-next`, 'waiting', null)],
      from: [was('serving', counterId), null],
    })
  const numbers = (...events: StaffEvent[]) => trailOf(...events)?.completed.map(({ id }) => id)

  test('[CONSOLE21] what was completed here, the latest first, as it now stands', () => {
    expect(numbers(completed(1, 'x'), completed(2, 'y'), completed(3, 'z', 'c2'))).toEqual(['y', 'x'])
    const corrected = event(2, 'ticket:corrected', { legs: [{ ...leg('x', 'completed', 'c1'), endedAt: 7 }] })
    expect(trailOf(completed(1, 'x'), corrected)?.completed[0]?.endedAt).toBe(7)
    const undone = event(2, 'ticket:undone', {
      legs: [leg('x', 'serving', 'c1')],
      from: [was('completed', 'c1')],
    })
    expect(numbers(completed(1, 'x'), undone)).toEqual([])
  })

  test('[CONSOLE13] [CONSOLE18] an added matter can be taken back', () => {
    const extended = event(1, 'ticket:extended', {
      legs: [leg('x', 'serving', 'c1')],
      from: [was('serving', 'c1')],
    })
    expect(offered(extended)).toMatchObject({ type: 'ticket:extended', number: 'X' })
  })

  test('[CONSOLE24] how many a counter gave back when it paused or closed, until it is open again', () => {
    const changed = (seq: number, type: StaffEvent['type'], id = 'c1', ...legs: Leg[]) =>
      event(seq, type, { counters: [{ id } as StaffEvent['counters'][number]], legs })
    const paused = changed(1, 'counter:paused', 'c1', leg('x', 'waiting', null), leg('y', 'waiting', null))
    expect(trailOf(paused)?.released).toBe(2)
    expect(trailOf(paused, changed(2, 'counter:paused', 'c2', leg('z', 'waiting', null)))?.released).toBe(2)
    expect(trailOf(paused, changed(2, 'counter:opened'))?.released).toBe(0)
  })
})
