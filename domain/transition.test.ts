import { describe, expect, it } from 'vitest'
import { calledLeg, situationWith } from '#test/harness/legs.ts'
import * as decide from './decide.ts'
import { Refusal } from './refusal.ts'
import { AT_COUNTER, allows, isFinal, LEG_STATES, OPEN_STATES, TRANSITIONS, type Verb } from './transition.ts'

const verbs = Object.keys(TRANSITIONS) as Verb[]

/** The life of a leg as the design draws it, written down apart from the table: `from verb to`. */
const DRAWN = [
  'waiting call called',
  'called recall called',
  'called more-time called',
  'waiting let-first waiting',
  'called start serving',
  'called complete completed',
  'serving complete completed',
  'called no-show missed',
  'missed rejoin waiting',
  'called hold held',
  'serving hold held',
  'held resume waiting',
  'held resume called',
  'called put-back waiting',
  'serving put-back waiting',
  'waiting transfer transferred',
  'called transfer transferred',
  'serving transfer transferred',
  'waiting cancel cancelled',
  'held cancel cancelled',
  'missed cancel cancelled',
  'waiting record completed',
  'waiting record missed',
  'held record completed',
  'held record missed',
  'missed record completed',
  'missed record missed',
  'waiting expire expired',
  'called expire expired',
  'serving expire expired',
  'held expire expired',
  'missed expire expired',
  'waiting renumber waiting',
  'called renumber waiting',
  'missed renumber waiting',
]

describe('the table', () => {
  it('[STATE1] says exactly what may become of a leg', () => {
    const said = verbs.flatMap((verb) =>
      TRANSITIONS[verb].from.flatMap((from) => TRANSITIONS[verb].to.map((to) => `${from} ${verb} ${to}`)),
    )
    expect(said.sort()).toEqual([...DRAWN].sort())
    expect(TRANSITIONS.issue).toEqual({ from: [], to: ['waiting'] })
  })

  it('[STATE1] allows a verb in the states of its row and in no other', () => {
    for (const verb of verbs) {
      const allowed = LEG_STATES.filter((state) => allows(verb, state))
      const drawn = LEG_STATES.filter((state) => DRAWN.some((line) => line.startsWith(`${state} ${verb} `)))
      expect(allowed, verb).toEqual(drawn)
    }
  })

  it('[STATE2] a final state is left by no verb, an open one by at least one', () => {
    for (const state of LEG_STATES) {
      const ways = verbs.filter((verb) => allows(verb, state))
      expect(isFinal(state), state).toBe(ways.length === 0)
      expect((OPEN_STATES as readonly string[]).includes(state), state).toBe(ways.length > 0)
    }
    for (const state of AT_COUNTER) expect(isFinal(state)).toBe(false)
  })
})

describe('decisions obey the table', () => {
  const decisions = {
    recall: decide.recall,
    start: decide.start,
    complete: decide.complete,
    'no-show': decide.noShow,
  } as const
  const cases = Object.entries(decisions).flatMap(([verb, decision]) =>
    LEG_STATES.map((state) => [verb as keyof typeof decisions, state, decision] as const),
  )

  it.each(cases)('[STATE1] %s of a leg that is %s', (verb, state, decision) => {
    const leg = calledLeg({ state })
    const act = () => decision(situationWith({ leg }), { staffId: 'clerk', supervises: false })
    if (!allows(verb, state)) return void expect(act).toThrow(Refusal)
    const [change] = act().legs ?? []
    expect(change).toMatchObject({ id: leg.id, version: leg.version })
    expect(TRANSITIONS[verb].to).toContain(change?.state)
  })

  it.each(LEG_STATES)(
    '[STATE1] a call that runs out of time ends as a no-show only while it is %s',
    (state) => {
      const act = () => decide.expireCall(situationWith({ leg: calledLeg({ state }) }), 1e9)
      if (allows('no-show', state)) expect(act().legs?.[0]?.state).toBe('missed')
      else expect(act).toThrow(Refusal)
    },
  )
})
