import { describe, expect, it } from 'vitest'
import { EVENT_TYPES, type EventType } from '#domain/change.ts'
import type { Leg } from '#domain/leg.ts'
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
const leg = { ...calledLeg(), ...MARKED, ...EXTRAS } as Leg
const counter = { ...counterWith(), staffId: 'MARK-person', ...EXTRAS }

const event = (type: EventType): StaffEvent =>
  ({
    ...EXTRAS,
    type,
    seq: 7,
    at: 1_000,
    day: '2025-06-02',
    revision: 2,
    legs: [leg, { ...leg, id: 'MARK-second' }],
    counters: [counter],
    by: -5,
    actor: 'MARK-actor',
  }) as StaffEvent

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
/** All the hall is told, by kind of event. */
const TOLD: Record<EventType, object> = {
  'ticket:issued': { laneId: 'a' },
  'ticket:called': { call },
  'ticket:recalled': { call },
  'ticket:started': { counterId: 'c1', number: 'A001' },
  'ticket:completed': { counterId: 'c1' },
  'ticket:missed': { counterId: 'c1' },
  'counter:opened': { counterId: 'c1' },
  'counter:paused': { counterId: 'c1' },
  'counter:closed': { counterId: 'c1' },
  'site:clock-confirmed': { by: -5 },
}

describe('what the hall is told', () => {
  it.each(EVENT_TYPES)('[PRIVACY1] of %s exactly these fields, however much the event holds', (type) => {
    const told = toPublicEvent(event(type))
    expect(told).toStrictEqual({ ...numbered, type, ...TOLD[type] })
    expect(JSON.stringify(told)).not.toMatch(/MARK|765432/)
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
    const issued = (rest: Partial<Leg>) => toPublicEvent({ ...event('ticket:issued'), legs: [legWith(rest)] })
    expect(issued({ credit: 1_800_000 })).toStrictEqual(issued({ credit: 0 }))
    expect(toCall(calledLeg({ credit: 1_800_000 }))).toStrictEqual(toCall(calledLeg()))
  })

  it('[PRIVACY1] fails loudly on an event that is about nothing, rather than guess', () => {
    expect(() => toPublicEvent({ ...event('ticket:issued'), legs: [] })).toThrow('is about nothing')
    expect(() => toPublicEvent({ ...event('ticket:called'), legs: [legWith()] })).toThrow('was never called')
    expect(() => toPublicEvent({ ...event('ticket:completed'), legs: [legWith()] })).toThrow(
      'is at no counter',
    )
  })
})
