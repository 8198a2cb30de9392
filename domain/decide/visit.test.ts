import { describe, expect, it } from 'vitest'
import { clerk, keyOf, other } from '#test/harness/decisions.ts'
import { calledLeg, heldLeg, legWith, serviceWith, siteWith, situationWith } from '#test/harness/legs.ts'
import type { Leg } from '../leg.ts'
import { cancel } from './move.ts'
import { complete } from './serve.ts'
import { rejoin } from './set-aside.ts'
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
          ...{ laneId: 'b', serviceId: 's2', next: ['s3'], credit: 4_000, skill: null, noted: false },
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
      newLegs: [{ laneId: 'b', serviceId: 's2', credit: 0, skill: null, noted: false, goesOn: place }],
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
