import { describe, expect, test } from 'vitest'
import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import { signOf } from './sign.ts'

const NOW = 1_000_000
const site = { counters: [{ id: 'c2', number: '2' }] } as unknown as SiteView
const board = (counter: Partial<PublicBoard['counters'][string]> | null, calledAgo = 1_000): PublicBoard => ({
  siteId: 'hall',
  seq: 9,
  at: NOW,
  day: '2026-03-02',
  revision: 1,
  help: {},
  waiting: {},
  counters: counter ? { c2: { status: 'open', number: null, serving: false, ...counter } } : {},
  calls: [
    {
      callId: 8,
      number: 'A005',
      counterId: 'c2',
      laneId: 'a',
      calls: 1,
      at: NOW - calledAgo,
      language: 'zh-CN',
    },
  ],
})

describe('a counter’s own sign', () => {
  const sign = (...given: Parameters<typeof board>) => signOf(board(...given), site, 'c2', NOW)

  test('[SIGN1] says who is called or served there, else open, paused or closed', () => {
    expect(sign({ number: 'A005' })).toEqual({
      counter: '2',
      state: 'calling',
      ticket: 'A005',
      callId: 8,
      news: true,
    })
    expect(sign({ number: 'A005', serving: true })).toMatchObject({
      state: 'serving',
      ticket: 'A005',
      news: false,
    })
    expect(sign({})).toMatchObject({ state: 'open', ticket: null, callId: null })
    expect(sign({ status: 'paused' })).toMatchObject({ state: 'paused', ticket: null })
    expect(sign(null)).toMatchObject({ state: 'closed', ticket: null })
    expect(signOf(board({}), site, 'c9', NOW)).toBeNull()
  })

  test('[SIGN2] flashes while a call is news, and anew with each call', () => {
    expect(sign({ number: 'A005' }, 60_000)).toMatchObject({ state: 'calling', news: false, callId: 8 })
  })
})
