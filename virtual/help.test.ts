import { describe, expect, it } from 'vitest'
import type { HelpCall } from '#domain/help.ts'
import { helpfulnessAt, nextHelp } from './help.ts'

const { looksUp, helps } = helpfulnessAt(1)
const call = (rest: Partial<HelpCall> = {}): HelpCall => ({
  ...{ id: 'h1', kiosk: 'K1', state: 'ringing', version: 1, askedAt: 1_000 },
  ...{ escalatedAt: null, answeredAt: null, counterId: null },
  ...rest,
})
const next = (one: HelpCall, free: string[] = [], ours = false) => nextHelp(one, free, ours, helpfulnessAt(1))

describe('virtual staff and calls for help', () => {
  it('[HELP13] the first clerk who is free goes, and has helped a while later', () => {
    expect(next(call(), ['c2', 'c3'])).toEqual({ at: 1_000 + looksUp, deed: { do: 'answer', from: 'c2' } })
    const coming = call({ state: 'coming', answeredAt: 9_000, counterId: 'c2' })
    expect(next(coming, ['c3'], true)).toEqual({ at: 9_000 + helps, deed: { do: 'done' } })
  })

  it('[HELP13] where all are busy it is escalated, and the supervisor goes', () => {
    expect(next(call())).toBeNull()
    const told = call({ state: 'escalated', escalatedAt: 11_000 })
    expect(next(told)).toEqual({ at: 11_000 + looksUp, deed: { do: 'answer', from: null } })
  })

  it('[HELP13] what a person answered is theirs, and what is over is over', () => {
    expect(next(call({ state: 'coming', answeredAt: 9_000 }), ['c2'])).toBeNull()
    expect(next(call({ state: 'taken-back' }), ['c2'], true)).toBeNull()
  })
})
