import { describe, expect, it } from 'vitest'
import { keyOf } from '#test/harness/decisions.ts'
import { legWith, serviceWith, siteWith, situationWith } from '#test/harness/legs.ts'
import { issue } from './issue.ts'

describe('issue', () => {
  const ticket = { id: 't', codeHash: 'hash', language: 'zh-CN', private: null } as const
  const wanted = { serviceId: 's1', credit: 0, ticket }

  it('[ISSUE1] makes a ticket and a leg in the lane of the service', () => {
    expect(issue(situationWith(), wanted, 0)).toEqual({
      event: 'ticket:issued',
      ticket: { ...ticket, laneId: 'a' },
      newLegs: [{ laneId: 'a', serviceId: 's1', credit: 0 }],
    })
  })

  it('[ISSUE1] care is the head start it was granted', () => {
    expect(issue(situationWith(), { ...wanted, credit: 1_234 }, 0).newLegs).toMatchObject([{ credit: 1_234 }])
  })

  it('[PREPARE2] [PREPARE3] what a skill of the hall is for needs the skill too; every leg says only that there is something', () => {
    const site = siteWith({
      services: [serviceWith(), serviceWith({ id: 's2' })],
      skills: [
        { id: 'signing', name: { 'zh-CN': '手语', en: 'Signing' }, accommodation: 'sign-language' },
        { id: 'dialect', name: { 'zh-CN': '方言', en: 'Dialect' } },
      ],
    })
    const legsFor = (rest: Partial<Parameters<typeof issue>[1]>) =>
      issue(situationWith({ site }), { ...wanted, more: ['s2'], order: 'any', ...rest }, 0).newLegs?.map(
        ({ skill, prepare }) => ({ skill, prepare }),
      )
    expect(legsFor({ accommodations: ['written', 'sign-language'] })).toEqual([
      { skill: 'signing', prepare: true },
      { skill: 'signing', prepare: true },
    ])
    expect(legsFor({ accommodations: ['sign-language'], skill: 'dialect' })?.[0]?.skill).toBe('dialect')
    expect(legsFor({ accommodations: ['written'] })?.[0]).toEqual({ skill: undefined, prepare: true })
    expect(legsFor({})?.[0]).toEqual({ skill: undefined, prepare: undefined })
    const nobodySigns = { ...situationWith(), site: { ...site, skills: [] } }
    const accommodations = ['sign-language'] as const
    expect(issue(nobodySigns, { ...wanted, accommodations }, 0).newLegs).toMatchObject([{ prepare: true }])
  })

  it('[CHECK4] what is said of materials is of services of the visit and of what they need, once each', () => {
    const papers = ['身份证', '户口簿'].map((name) => ({ 'zh-CN': name, en: name }))
    const site = siteWith({ services: [serviceWith({ materials: papers }), serviceWith({ id: 's2' })] })
    const say = (serviceId: string, here: string[], missing: string[]) => () =>
      issue(situationWith({ site }), { ...wanted, materials: [{ serviceId, here, missing }] }, 0)
    expect(say('s1', ['身份证'], ['户口簿'])).not.toThrow()
    expect(keyOf(say('s1', ['护照'], []))).toBe('unknown-material')
    expect(keyOf(say('s1', ['身份证'], ['身份证']))).toBe('unknown-material')
    expect(keyOf(say('s2', ['身份证'], []))).toBe('unknown-service')
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

  it('[TWICE1] whoever has a ticket for it is offered that one, whatever else stands in the way; nothing is issued', () => {
    const own = { mark: 'mark', legs: [legWith({ id: 'had' })] }
    const offered = { event: 'ticket:issued', offerBack: 'had' }
    expect(issue(situationWith({ own }), wanted, 0)).toEqual(offered)
    const closed = siteWith({ hours: [[], [], [], [], [], [], []] })
    expect(issue(situationWith({ own, site: closed, clockHeld: true }), wanted, 0)).toEqual(offered)
    expect(keyOf(() => issue(situationWith({ own }), { ...wanted, serviceId: 'x' }, 0))).toBe(
      'unknown-service',
    )
    expect(issue(situationWith({ own: { mark: 'mark', legs: [] } }), wanted, 0).newLegs).toHaveLength(1)
  })

  const services = ['s1', 's2', 's3'].map((id, i) => serviceWith({ id, laneId: i === 2 ? 'b' : 'a' }))
  const several = situationWith({ site: siteWith({ services }) })

  it('[VISIT1] several matters in sequence: one leg waits, and the others follow it', () => {
    const { newLegs } = issue(several, { ...wanted, more: ['s3', 's2'] }, 0)
    expect(newLegs).toEqual([{ laneId: 'a', serviceId: 's1', credit: 0, next: ['s3', 's2'] }])
  })

  it('[VISIT1] several matters in any order: all wait at once, each in its lane', () => {
    const { newLegs, ticket: made } = issue(several, { ...wanted, more: ['s3'], order: 'any' }, 0)
    expect(made?.laneId).toBe('a')
    expect(newLegs).toEqual([
      { laneId: 'a', serviceId: 's1', credit: 0 },
      { laneId: 'b', serviceId: 's3', credit: 0 },
    ])
  })

  it('[VISIT1] [VISIT2] refuses the same service twice, an unknown one among them, and more than a visit has', () => {
    expect(keyOf(() => issue(several, { ...wanted, more: ['s2', 's1'] }, 0))).toBe('already-in-visit')
    expect(keyOf(() => issue(several, { ...wanted, more: ['s2', 'no'] }, 0))).toBe('unknown-service')
    const many = Array.from({ length: 8 }, (_, i) => serviceWith({ id: `m${i}` }))
    const situation = situationWith({ site: siteWith({ services: many }) })
    const ids = many.map(({ id }) => id)
    const asked = (count: number) => ({ ...wanted, serviceId: 'm0', more: ids.slice(1, count) })
    expect(keyOf(() => issue(situation, asked(6), 0))).toBeNull()
    expect(keyOf(() => issue(situation, asked(7), 0))).toBe('too-many-matters')
  })

  it('[SKILL1] a skill the site has is needed by every leg, another is refused', () => {
    const site = siteWith({ services, skills: [{ id: 'signs', name: { 'zh-CN': '手语', en: 'Signs' } }] })
    const situation = situationWith({ site })
    const legs = issue(situation, { ...wanted, more: ['s3'], order: 'any', skill: 'signs' }, 0).newLegs
    expect(legs?.map(({ skill }) => skill)).toEqual(['signs', 'signs'])
    expect(keyOf(() => issue(situation, { ...wanted, skill: 'dialect' }, 0))).toBe('unknown-skill')
  })

  it('[QUOTA1] says which quotas it takes from', () => {
    const site = siteWith({ services: [serviceWith({ quota: 20 }), serviceWith({ id: 's2' })] })
    const change = issue(situationWith({ site }), { ...wanted, more: ['s2'] }, 0)
    expect(change.quotas).toEqual([{ serviceId: 's1', most: 20 }])
    expect(issue(several, wanted, 0)).not.toHaveProperty('quotas')
  })
})
