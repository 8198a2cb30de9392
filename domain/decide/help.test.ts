import { describe, expect, it } from 'vitest'
import { counterWith, situationWith } from '#test/harness/legs.ts'
import { ESCALATE_AFTER, HELP_STATES, HELP_TRANSITIONS, type HelpCall, type HelpVerb } from '../help.ts'
import type { Situation } from '../site.ts'
import { answerHelp, askHelp, endHelpWithDay, escalateHelp, finishHelp, takeBackHelp } from './help.ts'

const NOON = Date.parse('2026-03-02T04:00:00Z')
const DAY = 24 * 3_600_000
const CLERK = { staffId: 'clerk', supervises: false }

const call = (rest: Partial<HelpCall> = {}): HelpCall => ({
  id: 'h1',
  kiosk: 'K1',
  state: 'ringing',
  version: 3,
  askedAt: NOON,
  escalatedAt: null,
  answeredAt: null,
  counterId: null,
  ...rest,
})
const found = (rest: Partial<HelpCall> = {}, more: Partial<Situation> = {}) =>
  situationWith({ help: call(rest), counter: null, ...more })

const DECISIONS: Record<HelpVerb, (situation: Situation) => unknown> = {
  answer: (situation) => answerHelp(situation, CLERK, null),
  escalate: (situation) => escalateHelp(situation, NOON + ESCALATE_AFTER),
  finish: finishHelp,
  'take-back': (situation) => takeBackHelp(situation, 'K1'),
  'end-with-day': (situation) => endHelpWithDay(situation, NOON + DAY),
}

describe('decisions on calls for help', () => {
  it('[HELP2] each verb does what the table says, and where it says nothing is refused', () => {
    for (const [verb, { from, to }] of Object.entries(HELP_TRANSITIONS)) {
      for (const state of HELP_STATES) {
        const decide = () => DECISIONS[verb as HelpVerb](found({ state }))
        if (from.includes(state)) {
          expect(decide()).toMatchObject({ help: { id: 'h1', version: 3, state: to } })
        } else {
          const key = ['done', 'taken-back'].includes(state)
            ? 'help-over'
            : verb === 'answer'
              ? 'help-answered'
              : 'wrong-state'
          expect(decide, `${verb} ${state}`).toThrow(key)
        }
      }
      expect(() => DECISIONS[verb as HelpVerb](situationWith())).toThrow('unknown-help')
    }
  })

  it('[HELP1] asking names the kiosk and nothing else; whether a call is open is settled under the lock', () => {
    expect(askHelp('K1')).toEqual({ event: 'help:asked', askHelp: { kiosk: 'K1' } })
  })

  it('[HELP3] somebody goes from the counter they operate, whatever it does; not from a colleague’s', () => {
    for (const status of ['open', 'paused', 'closed'] as const) {
      const counter = counterWith({ status, staffId: status === 'closed' ? null : 'clerk' })
      expect(answerHelp(found({}, { counter }), CLERK, 'c1')).toEqual({
        event: 'help:answered',
        help: { id: 'h1', version: 3, state: 'coming', counterId: 'c1' },
      })
    }
    const theirs = found({}, { counter: counterWith({ staffId: 'colleague' }) })
    expect(() => answerHelp(theirs, CLERK, 'c1')).toThrow('counter-not-yours')
    expect(answerHelp(theirs, { ...CLERK, supervises: true }, 'c1')).toMatchObject({ event: 'help:answered' })
  })

  it('[HELP3] who is later is told which counter was first', () => {
    const late = () => answerHelp(found({ state: 'coming', counterId: 'c1' }), CLERK, null)
    expect(late).toThrow(expect.objectContaining({ key: 'help-answered', facts: { counter: '1' } }))
    const fromNowhere = () => answerHelp(found({ state: 'coming' }), CLERK, null)
    expect(fromNowhere).toThrow(expect.objectContaining({ key: 'help-answered', facts: {} }))
  })

  it('[HELP4] not a moment before its time', () => {
    expect(() => escalateHelp(found(), NOON + ESCALATE_AFTER - 1)).toThrow('wrong-state')
    expect(escalateHelp(found(), NOON + ESCALATE_AFTER)).toMatchObject({ event: 'help:escalated' })
  })

  it('[HELP6] only the kiosk that asked takes it back; it ends with its day, and not before', () => {
    expect(() => takeBackHelp(found(), 'K2')).toThrow('unknown-help')
    expect(takeBackHelp(found({ state: 'coming' }), 'K1')).toMatchObject({ event: 'help:taken-back' })
    // The business day of the hall ends at its own midnight.
    const midnight = Date.parse('2026-03-02T16:00:00Z')
    expect(() => endHelpWithDay(found(), midnight - 1)).toThrow('wrong-state')
    expect(endHelpWithDay(found(), midnight)).toMatchObject({ event: 'help:done', reason: 'day-over' })
  })
})
