import { describe, expect, it } from 'vitest'
import { paperState, paperTrouble } from './paper.ts'

const network = { jobId: 't1', how: 'network', slip: null } as const
const well = { how: 'network', state: 'ready', paper: 80 } as const
const empty = { how: 'network', state: 'paper-out', paper: 80 } as const

describe('the paper of a ticket', () => {
  it('[PRINT10] is said as it is: on its way, there, or not there', () => {
    expect(paperState(null, 't1', null, null)).toBe('none')
    expect(paperState({ ...network, how: 'browser' }, 't1', null, null)).toBe('handed-over')
    expect(paperState(network, 't1', well, null)).toBe('printing')
    expect(paperState(network, 't1', null, null)).toBe('printing')
    expect(paperState(network, 't1', empty, null)).toBe('failed')
    expect(paperState(network, 't1', empty, { jobId: 't1', ticketId: 't1', state: 'printed' })).toBe(
      'printed',
    )
    expect(paperState(network, 't1', well, { jobId: 't1', ticketId: 't1', state: 'given-up' })).toBe('failed')
    expect(paperState(network, 't1', well, { jobId: 't1', ticketId: 't0', state: 'given-up' })).toBe(
      'printing',
    )
  })

  it('[PRINT10] that there is none is said before a number is taken', () => {
    expect(paperTrouble(empty)).toBe('paper-out')
    for (const state of ['cover-open', 'fault', 'offline'] as const) {
      expect(paperTrouble({ how: 'network', state, paper: 80 })).toBe('no-paper')
    }
    for (const state of ['ready', 'paper-low', 'unknown'] as const) {
      expect(paperTrouble({ how: 'network', state, paper: 80 })).toBeNull()
    }
    expect(paperTrouble({ how: 'browser', state: 'unknown', paper: 80 })).toBeNull()
    expect(paperTrouble(null)).toBeNull()
  })
})
