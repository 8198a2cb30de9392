import { describe, expect, test } from 'vitest'
import { CALL_REASONS as DOMAIN_REASONS } from '#domain/decide.ts'
import { allows } from '#domain/transition.ts'
import { actionsOf } from '#server/policy.ts'
import { asidesOf, CALL_REASONS, type Errand, fits, markOf, menuOf, moreOf, movesDesk } from './errand.ts'
import type { Counter, Desk, Leg } from './model.ts'

const counter: Counter = {
  id: 'c1',
  number: '1',
  status: 'open',
  staffId: 'me',
  skills: [],
  desk: null,
  since: 0,
  version: 1,
}
const leg = { id: 'x', ticketId: 't-x', number: 'A001', version: 2, state: 'called' } as Leg
const idle: Desk = { state: 'idle', counter }
const called: Desk = { state: 'called', counter, leg }
const serving: Desk = { state: 'serving', counter, leg }

/** One of each kind. */
const ERRANDS: Errand[] = [
  { errand: 'hold', leg, kind: 'fetching' },
  { errand: 'hold', leg, kind: 'papers-kept' },
  { errand: 'put-back', leg },
  { errand: 'transfer', leg, to: { laneId: 'b' } },
  { errand: 'transfer', leg, to: { counterId: 'c2' } },
  { errand: 'undo', counterId: 'c1', seq: 7 },
  { errand: 'resume', leg, counterId: null },
  { errand: 'resume', leg, counterId: 'c1' },
  { errand: 'rejoin', leg },
  { errand: 'care', leg, care: true },
  { errand: 'change-service', leg, serviceId: 's' },
  { errand: 'cancel', leg },
  { errand: 'print', leg },
  { errand: 'more-time', leg },
  { errand: 'language', leg, language: 'en' },
  { errand: 'add-service', leg, serviceId: 's', order: 'any' },
  { errand: 'skill', leg, skill: 'signs' },
  { errand: 'skill', leg, skill: null },
  { errand: 'correct-times', leg, endedAt: 1, reason: 'forgotten' },
  { errand: 'take-over', counterId: 'c1' },
  { errand: 'call', leg, counterId: 'c1', reason: 'unwell' },
]
const names = (chosen: (errand: Errand) => boolean) => ERRANDS.filter(chosen).map((errand) => markOf(errand))

describe('errands', () => {
  test('[CALL5] the reasons of a call out of turn are the domain’s', () => {
    expect(CALL_REASONS).toEqual(DOMAIN_REASONS)
  })

  test('[CONSOLE10] [CONSOLE18] hold, put back, transfer and a further matter are offered while a ticket is on the desk, as the table of states allows', () => {
    expect(asidesOf(called)).toEqual(['hold', 'put-back', 'transfer', 'add-service', 'more'])
    expect(asidesOf(serving)).toEqual(asidesOf(called))
    for (const aside of ['hold', 'put-back', 'transfer'] as const) {
      expect(allows(aside, 'called') && allows(aside, 'serving')).toBe(true)
    }
    for (const state of ['idle', 'closed', 'paused', 'taken'] as const) {
      expect(asidesOf({ state, counter })).toEqual([])
    }
  })

  test('[CONSOLE11] each errand has a mark of its own, so that only its button is pending', () => {
    expect(new Set(ERRANDS.map(markOf)).size).toBe(ERRANDS.length)
  })

  test('[CONSOLE11] what is done with the ticket on the desk means the ticket that was seen', () => {
    const putBack: Errand = { errand: 'put-back', leg }
    expect(fits(putBack, called)).toBe(true)
    expect(fits(putBack, serving)).toBe(true)
    expect(fits(putBack, { ...called, leg: { ...leg, version: 3 } })).toBe(false)
    expect(fits(putBack, { ...called, leg: { ...leg, id: 'y' } })).toBe(false)
    expect(fits(putBack, idle)).toBe(false)
  })

  test('[CONSOLE11] whom an errand calls needs a free desk; other tickets can be seen to at any desk', () => {
    const onDesk = ['resume-here-A001', 'call-A001-unwell']
    const anyDesk = [
      'resume-A001',
      'rejoin-A001',
      'care-A001',
      'change-A001-s',
      'cancel-sure-A001',
      'print-A001',
      'more-time-A001',
      'language-A001',
      'skill-A001-signs',
      'skill-A001-none',
    ]
    expect(names((errand) => fits(errand, idle))).toEqual(
      expect.arrayContaining([...onDesk, ...anyDesk, 'undo']),
    )
    expect(names((errand) => fits(errand, { state: 'taken', counter })).sort()).toEqual(
      [...anyDesk, 'take-over'].sort(),
    )
    expect(names((errand) => fits(errand, idle))).not.toContain('take-over')
    for (const mark of onDesk) expect(names((errand) => fits(errand, serving))).not.toContain(mark)
  })

  test('[CONSOLE11] only what moves the desk waits until the desk is still', () => {
    expect(names(movesDesk)).toEqual([
      'hold-fetching',
      'hold-papers-kept',
      'put-back',
      'transfer-lane-b',
      'transfer-counter-c2',
      'undo',
      'resume-here-A001',
      'take-over',
      'call-A001-unwell',
    ])
  })

  test('[CONSOLE15] calling out of turn is offered to supervisors only', () => {
    const none = { skills: [] }
    expect(menuOf({ accountId: 'me', may: actionsOf('staff') }, none, false)).toEqual([
      'care',
      'change-service',
      'more-time',
      'language',
      'cancel',
    ])
    expect(menuOf({ accountId: 'chief', may: actionsOf('supervisor') }, none, false)).toContain('call')
  })

  test('[CONSOLE26] its paper where the hall prints, more time while its call stands and was not given it, and the other language', () => {
    const keys = (of: Leg, prints: boolean) =>
      moreOf(of, prints).map(({ key, errand }) => `${key} ${errand.errand}`)
    const waits = { ...leg, waitsUntil: null, language: 'zh-CN' } as Leg
    expect(keys(waits, true)).toEqual(['1 print', '2 more-time', '3 language'])
    expect(keys({ ...waits, waitsUntil: 9 }, false)).toEqual(['3 language'])
    expect(keys({ ...waits, state: 'serving' }, true)).toEqual(['1 print', '3 language'])
    expect(moreOf(waits, false).at(-1)?.errand).toMatchObject({ language: 'en' })
    expect(moreOf({ ...waits, language: 'en' }, false).at(-1)?.errand).toMatchObject({ language: 'zh-CN' })
    expect(allows('more-time', 'called') && !allows('more-time', 'serving')).toBe(true)
  })

  test('[CONSOLE20] a need is offered where the hall has skills', () => {
    const skills = [{ id: 'signs', name: { 'zh-CN': '手语', en: 'Sign language' } }]
    expect(menuOf({ accountId: 'me', may: actionsOf('staff') }, { skills }, true)).toContain('skill')
  })
})
