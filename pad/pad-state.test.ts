import { describe, expect, it } from 'vitest'
import type { PublicBoard } from '#protocol/board.ts'
import { PAD_VERBS } from '#protocol/device.ts'
import { PAD_KEYS, type PadState, padState, verbOfKey, verbsOf } from './pad-state.ts'

const site = {
  counters: [
    {
      ...{ id: 'c2', number: '2', name: { 'zh-CN': '', en: '' } },
      lanes: [
        { laneId: 'a', rank: 'primary' as const, threshold: null },
        { laneId: 'b', rank: 'secondary' as const, threshold: null },
      ],
    },
  ],
}
type Board = Pick<PublicBoard, 'waiting' | 'counters' | 'calls'>
const board = (counter: Board['counters'][string], more: Partial<Board> = {}): Board => ({
  ...{ waiting: { a: 2, b: 1, c: 9 }, counters: { c2: counter }, calls: [], ...more },
})
const call = {
  ...{ callId: 7, number: 'A001', counterId: 'c2', laneId: 'a', calls: 2, at: 0, language: 'en' as const },
}

describe('what a call pad shows', () => {
  it('[PAD4] its counter as the board has it', () => {
    const free = { status: 'open' as const, number: null, serving: false }
    expect(padState(board(free), site, 'c2')).toEqual({ at: 'free', waiting: 3 })
    expect(padState(board({ ...free, status: 'paused' }), site, 'c2')).toEqual({ at: 'paused' })
    expect(padState(board({ ...free, status: 'closed' }), site, 'c2')).toEqual({ at: 'closed' })
    expect(padState(board(free), site, 'c9')).toEqual({ at: 'no-counter' })
    const called = { ...free, number: 'A001' }
    expect(padState(board(called, { calls: [call] }), site, 'c2')).toEqual({
      ...{ at: 'called', number: 'A001', calls: 2 },
    })
    // Ten others were called since.
    expect(padState(board(called), site, 'c2')).toMatchObject({ at: 'called', calls: null })
    // A number of another counter, or another number here, is not this call.
    for (const other of [
      { ...call, counterId: 'c3' },
      { ...call, number: 'A002' },
    ]) {
      expect(padState(board(called, { calls: [other] }), site, 'c2')).toMatchObject({ calls: null })
    }
    expect(padState(board({ ...called, serving: true }, { calls: [call] }), site, 'c2')).toEqual({
      ...{ at: 'serving', number: 'A001' },
    })
  })

  it('[PAD4] only the buttons that mean something now', () => {
    const verbs = (state: PadState) => verbsOf(state)
    expect(verbs({ at: 'free', waiting: 0 })).toEqual(['call-next'])
    expect(verbs({ at: 'called', number: 'A001', calls: 1 })).toEqual(['start', 'recall', 'no-show'])
    expect(verbs({ at: 'serving', number: 'A001' })).toEqual(['complete'])
    for (const at of ['closed', 'paused', 'no-counter'] as const) expect(verbs({ at })).toEqual([])
  })

  it('[PAD4] a digit is one verb in every state; held down, or with another key, it is none', () => {
    const press = { repeat: false, ctrlKey: false, altKey: false, metaKey: false }
    expect(PAD_VERBS.map((verb) => verbOfKey({ ...press, key: PAD_KEYS[verb] }))).toEqual([...PAD_VERBS])
    expect(new Set(Object.values(PAD_KEYS)).size).toBe(PAD_VERBS.length)
    for (const spoilt of [{ repeat: true }, { ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
      expect(verbOfKey({ ...press, key: '1', ...spoilt })).toBeNull()
    }
    expect(verbOfKey({ ...press, key: 'Enter' })).toBeNull()
  })
})
