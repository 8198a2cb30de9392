import { describe, expect, it } from 'vitest'
import { clerk, keyOf, other, supervisor } from '#test/harness/decisions.ts'
import { calledLeg, heldLeg, legWith, serviceWith, siteWith, situationWith } from '#test/harness/legs.ts'
import type { Leg } from '../leg.ts'
import { cancel } from './move.ts'
import { callSpecific, complete } from './serve.ts'
import { hold, rejoin, resume } from './set-aside.ts'
import { addService } from './visit.ts'

const services = ['s1', 's2', 's3'].map((id) =>
  serviceWith({ id, laneId: id === 's1' ? 'a' : 'b', quota: id === 's3' ? 5 : null }),
)
const site = siteWith({ services })
const situation = (leg: Leg, ...others: Leg[]) => situationWith({ site, leg, others })
const place = { ticketId: 'ticket-of-l1', arrivedAt: 0, v: 0 }

describe('a visit of several matters', () => {
  it('[VISIT1] when one is completed the next waits, with arrival, head start and turn kept', () => {
    const leg = calledLeg({ arrivedAt: 9_000, credit: 4_000, v: 6_000, next: ['s2', 's3'] })
    expect(complete(situation(leg), clerk)).toEqual({
      event: 'ticket:completed',
      legs: [{ id: 'l1', version: 1, state: 'completed' }],
      newLegs: [
        {
          ...{
            laneId: 'b',
            serviceId: 's2',
            next: ['s3'],
            credit: 4_000,
            skill: null,
            noted: false,
            prepare: false,
          },
          goesOn: { ticketId: 'ticket-of-l1', arrivedAt: 9_000, v: 6_000 },
        },
      ],
    })
  })

  it('[VISIT1] a service the site no longer has is passed over; after the last nothing waits', () => {
    expect(complete(situation(calledLeg({ next: ['gone', 's2'] })), clerk).newLegs).toMatchObject([
      { serviceId: 's2', next: [] },
    ])
    expect(complete(situation(calledLeg({ next: ['gone'] })), clerk)).not.toHaveProperty('newLegs')
    expect(complete(situation(calledLeg()), clerk)).not.toHaveProperty('newLegs')
  })

  it('[VISIT2] in sequence the matter is added after the others, at once it waits in its own lane', () => {
    const leg = calledLeg({ next: ['s2'] })
    expect(addService(situation(leg), clerk, 's3', 'sequence')).toEqual({
      event: 'ticket:extended',
      legs: [{ id: 'l1', version: 1, state: 'called', next: ['s2', 's3'] }],
      quotas: [{ serviceId: 's3', most: 5 }],
    })
    expect(addService(situation(calledLeg()), clerk, 's2', 'any')).toEqual({
      event: 'ticket:extended',
      legs: [{ id: 'l1', version: 1, state: 'called' }],
      newLegs: [
        { laneId: 'b', serviceId: 's2', credit: 0, skill: null, noted: false, prepare: false, goesOn: place },
      ],
    })
  })

  it('[VISIT2] refuses what is in the visit already, however it is in it', () => {
    const say = (leg: Leg, ...others: Leg[]) =>
      keyOf(() => addService(situation(leg, ...others), clerk, 's2', 'any'))
    expect(say(calledLeg({ serviceId: 's2' }))).toBe('already-in-visit')
    expect(say(calledLeg({ next: ['s2'] }))).toBe('already-in-visit')
    expect(say(calledLeg(), legWith({ id: 'l2', serviceId: 's2' }))).toBe('already-in-visit')
    expect(say(calledLeg(), legWith({ id: 'l2', serviceId: 's3', next: ['s2'] }))).toBe('already-in-visit')
    expect(say(calledLeg(), legWith({ id: 'l2', serviceId: 's3' }))).toBeNull()
  })

  it('[VISIT2] while it waits or is held any member of staff adds, at a counter who operates it', () => {
    const say = (leg: Leg, actor = other) => keyOf(() => addService(situation(leg), actor, 's2', 'sequence'))
    expect(say(legWith())).toBeNull()
    expect(say(heldLeg())).toBeNull()
    expect(say(calledLeg())).toBe('counter-not-yours')
    expect(say(calledLeg(), clerk)).toBeNull()
    expect(say(calledLeg({ state: 'missed' }))).toBe('wrong-state')
    expect(say(calledLeg({ state: 'completed' }))).toBe('wrong-state')
  })

  const waitingFor = (id: string) => heldLeg({ id, hold: 'another-step', counterId: 'c1' })
  const back = (id: string) => ({
    ...{ id, version: 1, state: 'waiting', enter: 'same-place', counterId: null, hold: null },
  })

  it('[HOLD4] another step first: what follows waits at once, and the rest stays with the leg that comes back', () => {
    expect(hold(situation(calledLeg({ next: ['s2', 's3'] })), clerk, 'another-step')).toEqual({
      event: 'ticket:held',
      legs: [{ id: 'l1', version: 1, state: 'held', hold: 'another-step', next: ['s3'] }],
      newLegs: [
        { laneId: 'b', serviceId: 's2', credit: 0, skill: null, noted: false, prepare: false, goesOn: place },
      ],
    })
    const alone = {
      event: 'ticket:held',
      legs: [{ id: 'l1', version: 1, state: 'held', hold: 'another-step' }],
    }
    expect(hold(situation(calledLeg()), clerk, 'another-step')).toEqual(alone)
    expect(hold(situation(calledLeg({ next: ['s2'] })), clerk, 'fetching')).not.toHaveProperty('newLegs')
  })

  it('[HOLD4] when the step is done what was held for it comes back by itself, and not before', () => {
    const step = calledLeg({ id: 'l2', serviceId: 's2' })
    expect(complete(situation(step, waitingFor('l1')), clerk)).toEqual({
      event: 'ticket:completed',
      legs: [{ id: 'l2', version: 1, state: 'completed' }, back('l1')],
    })
    const moreToDo = [
      complete(situation({ ...step, next: ['s3'] }, waitingFor('l1')), clerk),
      complete(situation(step, waitingFor('l1'), legWith({ id: 'l3', serviceId: 's3' })), clerk),
    ]
    for (const { legs } of moreToDo) expect(legs?.map(({ id }) => id)).toEqual(['l2'])
    expect(complete(situation(step, heldLeg({ id: 'l1' })), clerk).legs).toHaveLength(1)
  })

  it('[HOLD4] [ONCE1] it is not called here while its step is at another counter, but may wait again', () => {
    const held = waitingFor('l1')
    const away = situation(held, calledLeg({ id: 'l2', counterId: 'c2' }))
    expect(keyOf(() => resume(away, clerk, true))).toBe('ticket-busy')
    expect(keyOf(() => resume(away, clerk, false))).toBeNull()
    expect(keyOf(() => resume(situation(held, legWith({ id: 'l2' })), clerk, true))).toBeNull()
    const asked = situation(legWith(), waitingFor('l2'))
    expect(keyOf(() => callSpecific(asked, supervisor, 'unwell'))).toBeNull()
  })

  it('[VISIT4] cancelling ends every open leg of the visit, unless one is at a counter', () => {
    const change = cancel(situation(heldLeg(), legWith({ id: 'l2', version: 4 })))
    expect(change.legs).toEqual([
      { id: 'l1', version: 1, state: 'cancelled' },
      { id: 'l2', version: 4, state: 'cancelled' },
    ])
    expect(keyOf(() => cancel(situation(legWith(), calledLeg({ id: 'l2' }))))).toBe('wrong-state')
  })

  it('[VISIT4] rejoining brings back what was missed in time, and leaves what waits where it is', () => {
    const missed = (id: string, endedAt: number) => calledLeg({ id, state: 'missed', endedAt })
    const visit = situation(
      missed('l1', 5_000),
      missed('l2', 6_000),
      missed('l3', 1_000),
      legWith({ id: 'l4' }),
    )
    const late = 5_000 + site.rejoinWithin
    expect(rejoin(visit, late).legs?.map(({ id }) => id)).toEqual(['l1', 'l2'])
    expect(keyOf(() => rejoin(visit, 6_001 + site.rejoinWithin))).toBe('too-late-to-rejoin')
  })
})
