import { describe, expect, it } from 'vitest'
import { calledLeg, heldLeg, legWith, serviceWith, siteWith, situationWith } from '#test/harness/legs.ts'
import { issueOffline, type OfflineWanted } from './offline.ts'

const HOUR = 3_600_000
/** Noon of a day in the hall's zone. */
const NOW = Date.parse('2025-06-02T12:00:00+08:00')
const ticket = { id: 't1', codeHash: 'h', language: 'zh-CN', private: null } as const
const absences = [{ from: NOW - HOUR, to: NOW }]

const wanted = (rest: Partial<OfflineWanted> = {}): OfflineWanted => ({
  ...{
    kiosk: 'K1',
    number: 'K1-03',
    at: NOW - HOUR / 2,
    services: ['s1'],
    order: 'sequence',
    credit: 0,
    ticket,
  },
  ...rest,
})
const services = [serviceWith({ quota: 1 }), serviceWith({ id: 's2', laneId: 'b' })]
const hall = (rest: Parameters<typeof situationWith>[0] = {}) =>
  situationWith({ site: siteWith({ services }), offline: { absences, issued: null }, ...rest })
/** The same visit was issued an ordinary number. */
const issuedAs = (leg: ReturnType<typeof legWith>, others = [] as (typeof leg)[], known = false) =>
  hall({ leg, others, offline: { absences, issued: { seq: 5, known } } })

describe('a ticket that a kiosk issued by itself', () => {
  it('[OFFLINE3] [OFFLINE6] keeps its number and its time, and waits in the lane of its first matter', () => {
    expect(issueOffline(hall(), wanted({ credit: 9 }), NOW)).toEqual({
      event: 'ticket:issued',
      ticket: { ...ticket, laneId: 'a', offline: { number: 'K1-03', arrivedAt: NOW - HOUR / 2 } },
      newLegs: [{ laneId: 'a', serviceId: 's1', credit: 9 }],
      quotas: [{ serviceId: 's1', most: null }],
    })
  })

  it('[OFFLINE7] is taken over after closing time', () => {
    const closed = siteWith({ services, hours: [[], [], [], [], [], [], []] })
    expect(issueOffline(hall({ site: closed }), wanted(), NOW).event).toBe('ticket:issued')
  })

  it('[OFFLINE7] loses the matters that are no longer offered, and keeps the order of the others', () => {
    const { newLegs } = issueOffline(hall(), wanted({ services: ['gone', 's2', 's1'] }), NOW)
    expect(newLegs).toEqual([{ laneId: 'b', serviceId: 's2', credit: 0, next: ['s1'] }])
    const any = issueOffline(hall(), wanted({ services: ['s2', 's1'], order: 'any' }), NOW)
    expect(any.newLegs?.map(({ serviceId }) => serviceId)).toEqual(['s2', 's1'])
  })

  it.each([
    ['other-series', { number: 'K2-03' }],
    ['other-series', { number: 'K11-03' }],
    ['other-series', { number: 'A003' }],
    ['day-over', { at: NOW - 13 * HOUR }],
    ['unknown-service', { services: ['gone'] }],
    ['already-in-visit', { services: ['s1', 's1'] }],
  ] as const)('[OFFLINE5] is refused: %s', (key, rest) => {
    expect(() => issueOffline(hall(), wanted(rest), NOW)).toThrow(key)
  })

  it('[CLOCK1] waits for the time to be confirmed', () => {
    expect(() => issueOffline(hall({ clockHeld: true }), wanted(), NOW)).toThrow('clock-unconfirmed')
  })
})

describe('a visit that was issued an ordinary number as well', () => {
  const renumber = { ticketId: 'ticket-of-l1', number: 'K1-03' }

  it('[OFFLINE8] has the number its resident has', () => {
    const second = legWith({ id: 'l2', ticketId: 'ticket-of-l1', version: 4 })
    expect(issueOffline(issuedAs(legWith(), [second]), wanted(), NOW)).toEqual({
      event: 'ticket:renumbered',
      renumber,
      legs: [
        { id: 'l1', version: 1, state: 'waiting' },
        { id: 'l2', version: 4, state: 'waiting' },
      ],
    })
  })

  it.each([calledLeg(), calledLeg({ state: 'missed' })])(
    '[OFFLINE8] waits in the old place after a call in vain: $state',
    (leg) => {
      const { legs } = issueOffline(issuedAs(leg), wanted(), NOW)
      const back = { state: 'waiting', uncalled: true, enter: 'same-place', counterId: null }
      expect(legs).toEqual([{ id: 'l1', version: 1, ...back }])
    },
  )

  it('[OFFLINE8] keeps the other number once somebody came with it', () => {
    for (const leg of [calledLeg({ state: 'serving' }), heldLeg(), calledLeg({ state: 'completed' })]) {
      expect(() => issueOffline(issuedAs(leg), wanted(), NOW)).toThrow('known-as')
    }
    expect(() => issueOffline(issuedAs(legWith(), [], true), wanted(), NOW)).toThrow('known-as')
  })

  it('[OFFLINE8] is issued anew where it was ended without its resident', () => {
    for (const state of ['cancelled', 'expired'] as const) {
      expect(issueOffline(issuedAs(legWith({ state })), wanted(), NOW).event).toBe('ticket:issued')
    }
  })
})
