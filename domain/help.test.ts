import { describe, expect, it } from 'vitest'
import { HELP_STATES, HELP_TRANSITIONS, type HelpState, isOver, isRinging } from './help.ts'

const verbs = Object.values(HELP_TRANSITIONS)

describe('what may become of a call for help', () => {
  it('[HELP2] done and taken back are the end; every other state can be left, and each is reached', () => {
    for (const state of HELP_STATES) {
      expect([state, verbs.some(({ from }) => from.includes(state))]).toEqual([state, !isOver({ state })])
    }
    const reached = new Set<HelpState>(['ringing', ...verbs.map(({ to }) => to)])
    expect([...reached].sort()).toEqual([...HELP_STATES].sort())
  })

  it('[HELP2] it rings until somebody answers or takes it back, and whatever rings can be answered', () => {
    expect(HELP_STATES.filter((state) => isRinging({ state }))).toEqual(HELP_TRANSITIONS.answer.from)
    expect(HELP_TRANSITIONS.finish.from).toEqual([HELP_TRANSITIONS.answer.to])
  })
})
