import { describe, expect, it } from 'vitest'
import { keyOf } from '#test/harness/decisions.ts'
import { siteWith, situationWith } from '#test/harness/legs.ts'
import { issue } from './issue.ts'

describe('issue', () => {
  const ticket = { id: 't', codeHash: 'hash', language: 'zh-CN', private: null } as const
  const wanted = { serviceId: 's1', care: false, legId: 'l', ticket }

  it('[ISSUE1] makes a ticket and a leg in the lane of the service', () => {
    expect(issue(situationWith(), wanted, 0)).toEqual({
      event: 'ticket:issued',
      ticket: { ...ticket, laneId: 'a' },
      newLegs: [{ id: 'l', laneId: 'a', serviceId: 's1', credit: 0 }],
    })
  })

  it('[ISSUE1] care has the head start of the site, whatever the need', () => {
    const situation = situationWith({ site: siteWith({ careCredit: 1_234 }) })
    expect(issue(situation, { ...wanted, care: true }, 0).newLegs).toMatchObject([{ credit: 1_234 }])
  })

  it('[ISSUE1] refuses a service the site does not have', () => {
    expect(keyOf(() => issue(situationWith(), { ...wanted, serviceId: 'x' }, 0))).toBe('unknown-service')
  })

  it('[ISSUE1] [DAY3] refuses outside the opening hours', () => {
    const site = siteWith({ hours: [[], [], [], [], [], [], []] })
    expect(keyOf(() => issue(situationWith({ site }), wanted, 0))).toBe('site-closed')
  })

  it('[CLOCK1] refuses while the clock is unconfirmed', () => {
    expect(keyOf(() => issue(situationWith({ clockHeld: true }), wanted, 0))).toBe('clock-unconfirmed')
  })
})
