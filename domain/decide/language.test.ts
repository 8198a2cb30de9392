import { describe, expect, it } from 'vitest'
import { calledLeg, legWith, situationWith } from '#test/harness/legs.ts'
import { setLanguage } from './language.ts'

describe('the language of a ticket', () => {
  it('[DESK6] changes for every open matter of the visit, wherever it is, and moves none', () => {
    const situation = situationWith({ leg: calledLeg(), others: [legWith({ id: 'l2', version: 4 })] })
    expect(setLanguage(situation, 'en')).toEqual({
      event: 'ticket:changed',
      legs: [
        { id: 'l1', version: 1, state: 'called', language: 'en' },
        { id: 'l2', version: 4, state: 'waiting', language: 'en' },
      ],
    })
  })

  it('[DESK6] is refused where it is so already, and of a visit that is over', () => {
    const refused = (leg: Parameters<typeof legWith>[0], language: 'zh-CN' | 'en') => () =>
      setLanguage(situationWith({ leg: legWith(leg) }), language)
    expect(refused({}, 'zh-CN')).toThrow('same-place')
    expect(refused({ state: 'completed' }, 'en')).toThrow('wrong-state')
    expect(() => setLanguage(situationWith({}), 'en')).toThrow('unknown-ticket')
  })
})
