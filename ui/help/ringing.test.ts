import { describe, expect, it } from 'vitest'
import type { HelpCall } from '#domain/help.ts'
import { answeredByKey, helpRows, urgencyOf } from './ringing.ts'

const call = (id: string, state: HelpCall['state'], askedAt: number): HelpCall => ({
  ...{ id, kiosk: id, state, version: 1, askedAt },
  ...{ escalatedAt: null, answeredAt: null, counterId: null },
})
const board = (...calls: HelpCall[]) => Object.fromEntries(calls.map((one) => [one.id, one]))

describe('calls for help as staff see them', () => {
  it('[HELP10] escalated ones first, then the oldest that ring, then those somebody goes to', () => {
    const rows = helpRows(
      board(
        call('goes', 'coming', 1),
        call('young', 'ringing', 9),
        call('old', 'ringing', 5),
        call('told', 'escalated', 7),
      ),
    )
    expect(rows.map(({ id }) => id)).toEqual(['told', 'old', 'young', 'goes'])
  })

  it('[HELP10] it rings until somebody answers, more urgently once one is escalated', () => {
    expect(urgencyOf([])).toBeNull()
    expect(urgencyOf(helpRows(board(call('a', 'coming', 1))))).toBeNull()
    expect(urgencyOf(helpRows(board(call('a', 'coming', 1), call('b', 'ringing', 2))))).toBe('ringing')
    expect(urgencyOf(helpRows(board(call('a', 'escalated', 9), call('b', 'ringing', 2))))).toBe('escalated')
  })

  it('[HELP11] the key answers the first that rings, and while its clerk is on the way none', () => {
    const rows = helpRows(board(call('told', 'escalated', 7), call('old', 'ringing', 5)))
    expect(answeredByKey(rows, new Set())?.id).toBe('told')
    expect(answeredByKey([], new Set())).toBeNull()
    const second = helpRows(board(call('told', 'coming', 7), call('old', 'ringing', 5)))
    expect(answeredByKey(second, new Set(['told']))).toBeNull()
    // A colleague is on the way: this clerk is free.
    expect(answeredByKey(second, new Set())?.id).toBe('old')
    expect(answeredByKey(helpRows(board(call('told', 'coming', 7))), new Set())).toBeNull()
    const done = helpRows(board(call('old', 'ringing', 5)))
    expect(answeredByKey(done, new Set(['told']))?.id).toBe('old')
  })
})
