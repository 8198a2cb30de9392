import { describe, expect, it } from 'vitest'
import { EVENT_TYPES, type EventType } from '#domain/change.ts'
import type { HelpCall } from '#domain/help.ts'
import type { Leg } from '#domain/leg.ts'
import type { LegState } from '#domain/transition.ts'
import { calledLeg, counterWith, legWith } from '#test/harness/legs.ts'
import type { StaffEvent } from './events.ts'
import { toCall, toPublicEvent, toPublicTicket } from './public.ts'

/** A leg on which everything private is marked; the marks look like nothing else. */
const MARKED = {
  id: 'MARK-leg',
  ticketId: 'MARK-ticket',
  credit: 7_654_321,
  v: 7_654_322,
  n: 7_654_323,
  assignedStaffId: 'MARK-staff',
  assignedCounterId: 'MARK-counter',
  skill: 'MARK-skill',
} as const
/** What no leg has, should it ever get there. */
const EXTRAS = {
  name: 'MARK-name',
  phone: 'MARK-phone',
  need: 'MARK-need',
  contact: { name: 'MARK-contact' },
  private: { sealed: 'MARK-sealed' },
}
const marked = (leg: Leg): Leg => ({ ...leg, ...MARKED, ...EXTRAS })
const counter = { ...counterWith({ status: 'paused' }), staffId: 'MARK-person', ...EXTRAS }
const leg = marked(calledLeg())
const waiting = marked(legWith())
const serving = marked(calledLeg({ state: 'serving' }))
/** Called before this event, which is number 7. */
const before = marked(calledLeg({ callId: 4 }))
const at = (state: LegState, rest: Partial<Leg> = {}) => ({ ...before, state, ...rest })

const numbered = { seq: 7, at: 1_000, day: '2025-06-02', revision: 2 }
const call = {
  callId: 7,
  number: 'A001',
  counterId: 'c1',
  laneId: 'a',
  calls: 1,
  at: 1_000,
  language: 'zh-CN',
}
const nobody = { c1: { number: null, serving: false } }
const called = { c1: { number: 'A001', serving: false } }
const served = { c1: { number: 'A001', serving: true } }

const ring = { id: 'MARK-help', kiosk: 'K1', version: 7_654_325, askedAt: 7_654_326, ...EXTRAS }
const helped = (type: EventType, rest: Pick<HelpCall, 'state' | 'counterId'>): StaffEvent =>
  moved(type, [], { help: [{ ...ring, escalatedAt: 7_654_327, answeredAt: 7_654_328, ...rest }] })

/** An event that moved legs: of each, where it was (null: it begins) and as it now stands. */
const moved = (type: EventType, moves: [Leg | null, Leg][], rest: Partial<StaffEvent> = {}): StaffEvent =>
  ({
    ...EXTRAS,
    ...numbered,
    type,
    from: moves.map(([was]) => was),
    legs: moves.map(([, now]) => now),
    counters: [],
    actor: 'MARK-actor',
    ...rest,
  }) as StaffEvent

/** Of every kind of event one that holds more than it should, and all the hall is told of it. */
const TOLD: Record<EventType, [event: Omit<StaffEvent, 'type'>, told: object]> = {
  'ticket:issued': [moved('ticket:issued', [[null, waiting]]), { waiting: { a: 1 } }],
  'ticket:called': [
    moved('ticket:called', [[waiting, leg]], { exception: 'called-specific' }),
    { waiting: { a: -1 }, counters: called, call },
  ],
  'ticket:recalled': [moved('ticket:recalled', [[before, leg]]), { counters: called, call }],
  'ticket:started': [moved('ticket:started', [[before, serving]]), { counters: served }],
  'ticket:completed': [moved('ticket:completed', [[serving, at('completed')]]), { counters: nobody }],
  'ticket:missed': [moved('ticket:missed', [[before, at('missed')]]), { counters: nobody }],
  'ticket:rejoined': [
    moved('ticket:rejoined', [[at('missed'), at('waiting', { counterId: null })]]),
    { waiting: { a: 1 } },
  ],
  'ticket:held': [
    moved('ticket:held', [[serving, at('held', { hold: 'papers-kept' })]]),
    { counters: nobody },
  ],
  'ticket:resumed': [
    moved('ticket:resumed', [[at('held'), leg]], { exception: 'resumed-here' }),
    { counters: called, call },
  ],
  'ticket:put-back': [
    moved('ticket:put-back', [[before, at('waiting', { counterId: null })]]),
    { waiting: { a: 1 }, counters: nobody },
  ],
  'ticket:transferred': [
    moved('ticket:transferred', [
      [serving, at('transferred')],
      [null, { ...waiting, id: 'MARK-second', laneId: 'b' }],
    ]),
    { waiting: { b: 1 }, counters: nobody },
  ],
  'ticket:cancelled': [
    moved('ticket:cancelled', [[waiting, at('cancelled', { counterId: null })]]),
    { waiting: { a: -1 } },
  ],
  'ticket:changed': [moved('ticket:changed', [[waiting, { ...waiting, credit: 0, n: 7_654_324 }]]), {}],
  'ticket:extended': [
    moved('ticket:extended', [
      [serving, { ...serving, next: ['MARK-service'] }],
      [null, { ...waiting, id: 'MARK-second', laneId: 'b' }],
    ]),
    { waiting: { b: 1 }, counters: served },
  ],
  'ticket:corrected': [moved('ticket:corrected', [[at('completed'), at('completed')]]), {}],
  'ticket:more-time': [
    moved('ticket:more-time', [
      [waiting, { ...waiting, n: 7_654_324, stint: 2 }],
      [at('called', { callId: 1 }), at('called', { callId: 1, waitsUntil: 7_654_399 })],
    ]),
    { counters: called },
  ],
  // Nothing that chimes, and the wall without it. Its counter may have somebody by now.
  'ticket:recorded': [
    moved('ticket:recorded', [[waiting, at('completed', { onPaper: true })]], {
      exception: 'on-paper',
      wall: [before],
    }),
    { waiting: { a: -1 }, calls: [{ ...call, callId: 4 }] },
  ],
  'ticket:renumbered': [
    moved(
      'ticket:renumbered',
      [[before, at('waiting', { number: 'K1-03', counterId: null, callId: null })]],
      {
        wall: [],
      },
    ),
    { waiting: { a: 1 }, counters: nobody, calls: [] },
  ],
  'ticket:hold-overdue': [moved('ticket:hold-overdue', [[at('held'), at('held')]]), {}],
  'ticket:expired': [
    moved('ticket:expired', [
      [waiting, at('expired', { counterId: null })],
      [at('missed'), at('expired')],
    ]),
    { waiting: { a: -1 } },
  ],
  'ticket:undone': [
    moved('ticket:undone', [[at('completed'), before]], { exception: 'undone', wall: [leg, before] }),
    { counters: called, calls: [call, { ...call, callId: 4 }] },
  ],
  'counter:opened': [
    moved('counter:opened', [], { counters: [{ ...counter, status: 'open' }] }),
    { counters: { c1: { status: 'open' } } },
  ],
  'counter:paused': [
    moved('counter:paused', [], { counters: [counter] }),
    { counters: { c1: { status: 'paused' } } },
  ],
  'counter:closed': [
    moved('counter:closed', [], { counters: [{ ...counter, status: 'closed' }] }),
    { counters: { c1: { status: 'closed' } } },
  ],
  'help:asked': [
    helped('help:asked', { state: 'ringing', counterId: null }),
    { help: { K1: { state: 'ringing', counterId: null } } },
  ],
  'help:answered': [
    helped('help:answered', { state: 'coming', counterId: 'c2' }),
    { help: { K1: { state: 'coming', counterId: 'c2' } } },
  ],
  'help:escalated': [
    helped('help:escalated', { state: 'escalated', counterId: null }),
    { help: { K1: { state: 'escalated', counterId: null } } },
  ],
  'help:done': [helped('help:done', { state: 'done', counterId: 'c2' }), { help: { K1: null } }],
  'help:taken-back': [
    helped('help:taken-back', { state: 'taken-back', counterId: null }),
    { help: { K1: null } },
  ],
  'site:changed': [
    moved('site:changed', [[waiting, { ...waiting, assignedStaffId: null }]], { counters: [counter] }),
    { counters: { c1: { status: 'paused' } } },
  ],
  'site:clock-confirmed': [
    {
      ...helped('site:clock-confirmed', { state: 'ringing', counterId: null }),
      legs: [waiting, before],
      by: -5,
    },
    { by: -5 },
  ],
}

describe('what the hall is told', () => {
  it.each(EVENT_TYPES)('[PRIVACY1] of %s exactly these fields, however much the event holds', (type) => {
    const [event, told] = TOLD[type]
    const said = toPublicEvent({ ...event, type })
    expect(said).toStrictEqual({ ...numbered, type, ...told })
    expect(JSON.stringify(said)).not.toMatch(/MARK|765432/)
  })

  it('[PRIVACY1] of a leg that comes where another leaves only who is there now', () => {
    const next = marked(calledLeg({ number: 'A002' }))
    const leaves: [Leg, Leg] = [serving, at('completed')]
    const comes: [Leg, Leg] = [waiting, next]
    for (const moves of [
      [leaves, comes],
      [comes, leaves],
    ]) {
      expect(toPublicEvent(moved('ticket:called', moves))).toMatchObject({
        counters: { c1: { number: 'A002', serving: false } },
        waiting: { a: -1 },
      })
    }
  })

  it('[PRIVACY1] of a transfer within a lane nothing that did not change', () => {
    const again = moved('ticket:transferred', [
      [waiting, at('transferred', { counterId: null })],
      [null, waiting],
    ])
    expect(toPublicEvent(again)).toStrictEqual({ ...numbered, type: 'ticket:transferred' })
  })

  it('[PRIVACY1] of a call and of a ticket at the kiosk no turn and no class', () => {
    expect(JSON.stringify(toCall(leg))).not.toMatch(/MARK|765432/)
    const { id, ...ticket } = toPublicTicket(leg)
    expect(id).toBe('MARK-ticket')
    expect(JSON.stringify(ticket)).not.toMatch(/MARK|765432/)
    expect(Object.keys(ticket).sort()).toEqual(
      ['callId', 'counterId', 'issuedAt', 'laneId', 'number', 'serviceId', 'state', 'version'].sort(),
    )
  })

  it('[PRIVACY1] of an ordinary and a care ticket the same', () => {
    const issued = (rest: Partial<Leg>) => toPublicEvent(moved('ticket:issued', [[null, legWith(rest)]]))
    expect(issued({ credit: 1_800_000 })).toStrictEqual(issued({ credit: 0 }))
    expect(toCall(calledLeg({ credit: 1_800_000 }))).toStrictEqual(toCall(calledLeg()))
  })

  it('[PRIVACY1] [CARE1] of care granted and withdrawn the same', () => {
    const care = (credit: number) =>
      toPublicEvent(moved('ticket:changed', [[legWith(), legWith({ credit })]]))
    expect(care(1_800_000)).toStrictEqual(care(0))
  })

  it('[PRIVACY1] fails loudly on an event that makes no sense, rather than guess', () => {
    const issued = moved('ticket:issued', [[null, waiting]])
    const nowhere = 'does not say where its legs were'
    expect(() => toPublicEvent({ ...issued, from: [] })).toThrow(nowhere)
    expect(() => toPublicEvent({ ...issued, legs: [] })).toThrow(nowhere)
    const neverCalled = { ...leg, callId: null, callCounterId: null, calledAt: null }
    expect(() => toPublicEvent(moved('ticket:called', [[waiting, neverCalled]]))).toThrow('was never called')
    expect(() => toPublicEvent({ ...issued, wall: [waiting] })).toThrow('was never called')
    for (const lost of [at('called', { counterId: null }), at('serving', { counterId: null })]) {
      expect(() => toPublicEvent(moved('ticket:completed', [[lost, at('completed')]]))).toThrow(
        'is at no counter',
      )
      expect(() => toPublicEvent(moved('ticket:started', [[before, lost]]))).toThrow('is at no counter')
    }
  })
})
