import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HelpCall } from '#domain/help.ts'
import { calledLeg, counterWith, legWith } from '#test/harness/legs.ts'
import { applyEvent, applyStaffEvent, Gap } from './apply-event.ts'
import { CALLS_SHOWN, type Call, type PublicBoard, type PublicCounter, type StaffBoard } from './board.ts'
import type { PublicEvent, StaffEvent } from './events.ts'

const call = (rest: Partial<Call> = {}): Call => ({
  callId: 5,
  number: 'A001',
  counterId: 'c1',
  laneId: 'a',
  calls: 1,
  at: 1_000,
  language: 'zh-CN',
  ...rest,
})
const board = (rest: Partial<PublicBoard> = {}): PublicBoard => ({
  siteId: 'hall',
  seq: 4,
  at: 900,
  day: '2025-06-02',
  revision: 1,
  waiting: {},
  counters: { c1: { status: 'open', number: null, serving: false } },
  calls: [],
  help: {},
  ...rest,
})
const numbered = { seq: 5, at: 1_000, day: '2025-06-02', revision: 1 }
const issued: PublicEvent = { ...numbered, type: 'ticket:issued', waiting: { a: 1 } }

describe('the public board', () => {
  it('[BOARD1] an event it already has changes nothing', () => {
    const before = board()
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 4 }), (seq) => {
        expect(applyEvent(before, { ...issued, seq })).toBe(before)
      }),
    )
  })

  it('[BOARD1] an event from further ahead is a gap', () => {
    for (const seq of [6, 7, 500]) {
      expect(() => applyEvent(board(), { ...issued, seq })).toThrow(Gap)
    }
  })

  it('[BOARD1] takes over number, time, day and revision of the event', () => {
    const after = applyEvent(board(), { ...issued, revision: 9 })
    expect(after).toMatchObject({ seq: 5, at: 1_000, day: '2025-06-02', revision: 9 })
  })

  it('[BOARD1] counts who waits, lane by lane, and keeps no lane at zero', () => {
    const two = applyEvent(board(), { ...issued, waiting: { a: 1, b: 2 } })
    expect(two.waiting).toEqual({ a: 1, b: 2 })
    const one = applyEvent(two, { ...numbered, seq: 6, type: 'ticket:transferred', waiting: { a: -1, b: 1 } })
    expect(one.waiting).toEqual({ b: 3 })
    const called = { waiting: { b: -3 }, call: call({ callId: 7 }) }
    const none = applyEvent(one, { ...numbered, seq: 7, type: 'ticket:called', ...called })
    expect(none.waiting).toEqual({})
  })

  it('[BOARD1] a call stands first, a recall of the same ticket takes its place, and ten are remembered', () => {
    let now = board({ seq: 0 })
    const say = (type: 'ticket:called' | 'ticket:recalled', number: string) => {
      const seq = now.seq + 1
      now = applyEvent(now, { ...numbered, seq, type, call: call({ callId: seq, number }) })
    }
    for (let n = 1; n <= 12; n++) say('ticket:called', `A${n}`)
    expect(now.calls.map(({ number }) => number)).toEqual(
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((n) => `A${n}`),
    )
    expect(now.calls).toHaveLength(CALLS_SHOWN)
    say('ticket:recalled', 'A7')
    expect(now.calls.map(({ number }) => number).slice(0, 3)).toEqual(['A7', 'A12', 'A11'])
    expect(now.calls).toHaveLength(CALLS_SHOWN)
    expect(now.calls[0]?.callId).toBe(13)
  })

  it('[BOARD1] of a counter what is said changes, and what is not said stays', () => {
    const said = (seq: number, what: Partial<PublicCounter>): PublicEvent => ({
      ...numbered,
      seq,
      type: 'ticket:started',
      counters: { c1: what },
    })
    const called = applyEvent(board(), said(5, { number: 'A001', serving: false }))
    expect(called.counters.c1).toEqual({ status: 'open', number: 'A001', serving: false })
    const started = applyEvent(called, said(6, { number: 'A001', serving: true }))
    expect(started.counters.c1).toEqual({ status: 'open', number: 'A001', serving: true })
    const paused = applyEvent(started, said(7, { status: 'paused' }))
    expect(paused.counters.c1).toEqual({ status: 'paused', number: 'A001', serving: true })
    const left = applyEvent(paused, said(8, { number: null, serving: false }))
    expect(left.counters.c1).toEqual({ status: 'paused', number: null, serving: false })
  })

  it('[BOARD1] one event may change several counters, also one it had not heard of', () => {
    for (const status of ['open', 'paused', 'closed'] as const) {
      const counters = { c1: { number: 'A001' }, c9: { status } }
      const after = applyEvent(board(), { ...numbered, type: 'counter:opened', counters })
      expect(after.counters).toEqual({
        c1: { status: 'open', number: 'A001', serving: false },
        c9: { status, number: null, serving: false },
      })
    }
  })

  it('[BOARD1] [DAY1] a new day clears the calls of the day before', () => {
    const yesterday = board({ calls: [call({ callId: 3 })] })
    const tomorrow = { ...numbered, day: '2025-06-03' }
    expect(applyEvent(yesterday, { ...issued, ...tomorrow }).calls).toEqual([])
    expect(applyEvent(yesterday, { ...tomorrow, type: 'ticket:called', call: call() }).calls).toEqual([
      call(),
    ])
    expect(applyEvent(yesterday, issued).calls).toHaveLength(1)
  })

  it('[CLOCK2] a confirmed clock moves the calls with it', () => {
    const after = applyEvent(board({ calls: [call({ at: 1_000 })] }), {
      ...numbered,
      type: 'site:clock-confirmed',
      by: -600,
    })
    expect(after.calls[0]?.at).toBe(400)
  })

  it('[CLOCK5] a day that is taken back leaves its calls on the wall', () => {
    const ahead = board({ day: '2025-06-03', calls: [call({ at: 86_401_000 })] })
    const back = { ...numbered, day: '2025-06-02', type: 'site:clock-confirmed', by: -86_400_000 } as const
    expect(applyEvent(ahead, back)).toMatchObject({ day: '2025-06-02', calls: [{ at: 1_000 }] })
  })

  it('[UNDO1] a call taken back leaves the calls that stand, newest first', () => {
    const wall = [call({ callId: 3, number: 'A003' }), call({ callId: 1, number: 'A001' })]
    const before = board({ calls: [call({ callId: 4, number: 'A001' }), ...wall.slice(0, 1)] })
    const undone: PublicEvent = { ...numbered, type: 'ticket:undone', calls: wall }
    expect(applyEvent(before, undone).calls).toEqual(wall)
    expect(applyEvent(before, { ...undone, calls: [] }).calls).toEqual([])
    // An undo that took no call back says nothing of the calls, and they stay.
    const { calls: _, ...other } = undone
    expect(applyEvent(before, other).calls).toEqual(before.calls)
  })

  it('[BOARD1] is pure: the board before stays as it was', () => {
    const before = board({ waiting: { a: 2 }, calls: [call({ number: 'A000', callId: 2 })] })
    const kept = structuredClone(before)
    const counters = { c1: { number: 'A001' } }
    applyEvent(before, { ...numbered, type: 'ticket:called', waiting: { a: -2 }, counters, call: call() })
    applyEvent(before, { ...numbered, type: 'counter:closed', counters: { c1: { status: 'closed' } } })
    applyEvent(before, { ...numbered, type: 'site:clock-confirmed', by: -600 })
    expect(before).toEqual(kept)
  })

  it('[BOARD1] what an event says changed, changes, whatever it calls itself: screens may be older than the server', () => {
    const unheard = {
      ...numbered,
      type: 'ticket:eaten',
      waiting: { a: 1 },
      counters: { c1: { number: 'A001' } },
    }
    expect(applyEvent(board(), unheard as never)).toEqual(
      board({
        seq: 5,
        at: 1_000,
        waiting: { a: 1 },
        counters: { c1: { status: 'open', number: 'A001', serving: false } },
      }),
    )
  })
})

describe('calls for help on the public board', () => {
  it('[BOARD1] [HELP5] each kiosk has its own; what is over leaves, and what is not named stays', () => {
    const ringing = { state: 'ringing', counterId: null } as const
    const asked = applyEvent(board({ help: { K2: ringing } }), {
      ...numbered,
      type: 'help:asked',
      help: { K1: ringing },
    })
    expect(asked.help).toEqual({ K1: ringing, K2: ringing })
    const done = applyEvent(asked, { ...numbered, seq: 6, type: 'help:done', help: { K2: null } })
    expect(done.help).toEqual({ K1: ringing })
    expect(applyEvent(done, { ...issued, seq: 7 }).help).toBe(done.help)
  })
})

describe('the staff board', () => {
  const staff = (rest: Partial<StaffBoard> = {}): StaffBoard => ({
    siteId: 'hall',
    seq: 4,
    at: 900,
    day: '2025-06-02',
    revision: 1,
    counters: { c1: counterWith() },
    legs: {},
    help: {},
    ...rest,
  })
  const event = (rest: Partial<StaffEvent> = {}): StaffEvent => ({
    ...numbered,
    type: 'ticket:issued',
    legs: [],
    from: [],
    counters: [],
    ...rest,
  })

  it('[BOARD2] what changed replaces what was', () => {
    const one = applyStaffEvent(staff(), event({ legs: [legWith()] }))
    expect(one.legs).toEqual({ l1: legWith() })
    const called = applyStaffEvent(one, event({ seq: 6, type: 'ticket:called', legs: [calledLeg()] }))
    expect(called.legs).toEqual({ l1: calledLeg() })
    const paused = counterWith({ status: 'paused', version: 4 })
    expect(applyStaffEvent(called, event({ seq: 7, counters: [paused] })).counters).toEqual({ c1: paused })
  })

  it.each(['completed', 'transferred', 'cancelled', 'expired'] as const)(
    '[BOARD2] a leg that is %s leaves',
    (state) => {
      const before = staff({ legs: { l1: calledLeg(), l2: legWith({ id: 'l2' }) } })
      expect(applyStaffEvent(before, event({ legs: [calledLeg({ state })] })).legs).toEqual({
        l2: legWith({ id: 'l2' }),
      })
    },
  )

  it.each(['held', 'missed'] as const)('[BOARD2] a leg that is %s stays', (state) => {
    const leg = calledLeg({ state })
    expect(applyStaffEvent(staff(), event({ legs: [leg] })).legs).toEqual({ l1: leg })
  })

  it('[BOARD2] an event it already has changes nothing; one from further ahead is a gap', () => {
    const before = staff()
    expect(applyStaffEvent(before, event({ seq: 4, legs: [legWith()] }))).toBe(before)
    expect(() => applyStaffEvent(before, event({ seq: 6 }))).toThrow(Gap)
  })

  it('[BOARD2] is pure: the board before stays as it was', () => {
    const before = staff({ legs: { l1: calledLeg() } })
    const kept = structuredClone(before)
    applyStaffEvent(
      before,
      event({ legs: [calledLeg({ state: 'completed' })], counters: [counterWith({ id: 'c2' })] }),
    )
    expect(before).toEqual(kept)
  })

  it('[BOARD2] [HELP5] a call for help is there as it was left, and leaves when it is over', () => {
    const ring: HelpCall = {
      ...{ id: 'h1', kiosk: 'K1', state: 'ringing', version: 1, askedAt: 900 },
      ...{ escalatedAt: null, answeredAt: null, counterId: null },
    }
    const before = staff()
    const one = applyStaffEvent(before, event({ type: 'help:asked', help: [ring] }))
    expect([before.help, one.help]).toEqual([{}, { h1: ring }])
    const coming: HelpCall = { ...ring, state: 'coming', version: 2, answeredAt: 950, counterId: 'c1' }
    const two = applyStaffEvent(one, event({ seq: 6, type: 'help:answered', help: [coming] }))
    expect(two.help).toEqual({ h1: coming })
    const over = applyStaffEvent(
      two,
      event({ seq: 7, type: 'help:done', help: [{ ...coming, state: 'done' }] }),
    )
    expect([two.help, over.help]).toEqual([{ h1: coming }, {}])
  })
})
