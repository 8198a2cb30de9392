import { describe, expect, test } from 'vitest'
import type { TicketResponse } from '#protocol/api.ts'
import { type Api, ApiError } from '#ui/api.ts'
import { createHands, secondsUntilMine } from './hands.ts'
import { SETTLED } from './keys.ts'
import type { Desk, Leg } from './model.ts'

const counter = {
  id: 'c1',
  number: '1',
  status: 'open',
  staffId: 'me',
  skills: [],
  desk: null,
  since: 0,
  version: 1,
} as const
const idle: Desk = { state: 'idle', counter }
const leg = { id: 'x', ticketId: 't-x', number: 'A001', version: 2, state: 'called' } as Leg
const called: Desk = { state: 'called', counter, leg }

/** A call of the server that the test answers when it likes. */
function deferred<T>() {
  let answer: (value: T) => void = () => {}
  let refuse: (error: Error) => void = () => {}
  const promise = new Promise<T>((resolve, reject) => {
    answer = resolve
    refuse = reject
  })
  return { promise, answer, refuse }
}

function bench(api: Partial<Api>, first: Desk | null = idle) {
  const state = { desk: first, shown: false, now: 10_000, expired: 0 }
  const hands = createHands(
    {
      api: api as Api,
      desk: () => state.desk,
      shows: () => state.shown,
      isLastCall: ({ calls }) => calls >= 3,
      clock: () => state.now,
      deskId: 'tab-1',
      onExpired: () => {
        state.expired += 1
      },
    },
    () => state.now,
  )
  hands.look()
  return { state, hands }
}

/** Lets promises that are settled go on. */
const settle = () => new Promise<void>((done) => setImmediate(done))

describe('the clerk’s hands', () => {
  test('[CONSOLE9] a press is pending at once, until the board shows its result', async () => {
    const call = deferred<TicketResponse>()
    const { state, hands } = bench({ callNext: () => call.promise })
    const done = hands.act('next', 'key')
    expect(hands.pending.value).toBe('next')
    call.answer({ ticket: leg })
    await settle()
    expect(hands.pending.value).toBe('next')
    state.desk = called
    state.shown = true
    hands.look()
    await done
    expect(hands.pending.value).toBeNull()
  })

  test('[CONSOLE9] one action at a time: a second press while one is pending does nothing', async () => {
    let calls = 0
    const call = deferred<TicketResponse>()
    const { hands } = bench({
      callNext: () => {
        calls += 1
        return call.promise
      },
    })
    const done = hands.act('next', 'key')
    await hands.act('next', 'key')
    call.answer({ ticket: null })
    await done
    expect(calls).toBe(1)
  })

  describe('[KEYS5] a press while the answer is awaited', () => {
    const called2: Desk = { state: 'called', counter, leg: { ...leg, version: 3 } }

    function calling() {
      const call = deferred<TicketResponse>()
      const { state, hands } = bench({ callNext: () => call.promise })
      const done: string[] = []
      const ended = hands.act('next', 'key')
      const show = (desk: Desk) => {
        state.desk = desk
        state.shown = true
        hands.look()
      }
      return { call, hands, done, ended, show }
    }

    test('is carried out once it is there, when the desk showed the result; only the first', async () => {
      const { call, hands, done, ended, show } = calling()
      show(called)
      expect(hands.afterwards(() => done.push(`start, pending ${hands.pending.value}`))).toBe(true)
      expect(hands.afterwards(() => done.push('no-show'))).toBe(true)
      expect(done).toEqual([])
      call.answer({ ticket: leg })
      await ended
      expect(done).toEqual(['start, pending null'])
    })

    test('means nothing while the desk shows what it showed, nor when nothing is awaited', async () => {
      const { call, hands, done, ended, show } = calling()
      expect(hands.afterwards(() => done.push('start'))).toBe(false)
      show(called)
      call.answer({ ticket: leg })
      await ended
      expect(hands.afterwards(() => done.push('start'))).toBe(false)
      expect(done).toEqual([])
    })

    test('as often as the desk is ahead of the answer', async () => {
      const start = deferred<TicketResponse>()
      const call = deferred<TicketResponse>()
      const { state, hands } = bench({ callNext: () => call.promise, start: () => start.promise })
      const done: string[] = []
      const show = (desk: Desk) => {
        state.desk = desk
        state.shown = true
        hands.look()
      }
      void hands.act('next', 'key')
      show(called)
      expect(hands.afterwards(() => void hands.act('start', 'key'))).toBe(true)
      call.answer({ ticket: leg })
      await settle()
      expect(hands.pending.value).toBe('start')
      show({ state: 'serving', counter, leg: { ...leg, version: 3, state: 'serving' } as Leg })
      expect(hands.afterwards(() => done.push('complete'))).toBe(true)
      start.answer({ ticket: { ...leg, version: 3 } })
      await settle()
      expect(hands.pending.value).toBeNull()
      expect(done).toEqual(['complete'])
    })

    test('is dropped when the desk has changed again', async () => {
      const { call, hands, done, ended, show } = calling()
      show(called)
      hands.afterwards(() => done.push('start'))
      show(called2)
      call.answer({ ticket: leg })
      await ended
      expect(done).toEqual([])
    })

    test('is dropped when the answer is a refusal', async () => {
      const { call, hands, done, ended, show } = calling()
      show(called)
      hands.afterwards(() => done.push('start'))
      call.refuse(new ApiError('stale', 412))
      await ended
      expect(done).toEqual([])
      expect(hands.afterwards(() => done.push('start'))).toBe(false)
    })
  })

  test('[CONSOLE9] nobody waits is said, and is no error', async () => {
    const { hands } = bench({ callNext: async () => ({ ticket: null }) })
    await hands.act('next', 'key')
    expect(hands.word.value).toEqual({ type: 'nobody' })
  })

  test('[CONSOLE3] a ticket’s action carries the leg and the version that were seen', async () => {
    const sent: unknown[] = []
    const start: Api['start'] = async (id, action) => {
      sent.push([id, action])
      return { ticket: leg }
    }
    const { state, hands } = bench({ start }, called)
    state.shown = true
    await hands.act('start', 'key')
    expect(sent).toEqual([['t-x', { leg: 'x', version: 2 }]])
  })

  test('[CONSOLE9] a refusal is kept to be said, and the next action clears it', async () => {
    const stale = new ApiError('stale', 412)
    const { state, hands } = bench(
      { start: () => Promise.reject(stale), recall: async () => ({ ticket: leg }) },
      called,
    )
    state.shown = true
    await hands.act('start', 'key')
    expect(hands.word.value).toEqual({ type: 'error', key: 'stale', facts: {} })
    await hands.act('recall', 'key')
    expect(hands.word.value).toBeNull()
  })

  test('[SHIFT2] an ended session asks to sign in, and says nothing else', async () => {
    const ended = new ApiError('unauthenticated', 401)
    const { state, hands } = bench({ callNext: () => Promise.reject(ended) })
    await hands.act('next', 'key')
    expect(state.expired).toBe(1)
    expect(hands.word.value).toBeNull()
  })

  test('[CONSOLE9] what the desk does not allow, or a desk out of touch, is not sent', async () => {
    const { state, hands } = bench({})
    await hands.act('start', 'key')
    state.desk = null
    await hands.act('next', 'key')
    expect(hands.pending.value).toBeNull()
    expect(hands.word.value).toBeNull()
  })

  test('[KEYS3] a press in the moment another changed the desk is not carried out, and says so', async () => {
    const { state, hands } = bench({})
    state.desk = called
    hands.look()
    await hands.act('no-show', 'key')
    expect(hands.word.value).toEqual({ type: 'look-again' })
    expect(hands.pending.value).toBeNull()
    state.now += SETTLED - 1
    await hands.act('no-show', 'click')
    expect(hands.pending.value).toBeNull()
  })

  test('[KEYS3] the second half of a double click does not carry out the next action', async () => {
    let starts = 0
    const { state, hands } = bench({
      callNext: async () => ({ ticket: leg }),
      start: async () => {
        starts += 1
        return { ticket: leg }
      },
    })
    const first = hands.act('next', 'click')
    state.desk = called
    state.shown = true
    hands.look()
    await first
    await hands.act('start', 'double-click')
    expect(starts).toBe(0)
    expect(hands.word.value).toBeNull()
    await hands.act('start', 'click')
    expect(starts).toBe(1)
  })

  test('[CONSOLE23] another counter first: the call waits until it is this one’s turn, then works by itself', async () => {
    let calls = 0
    const refusal = new ApiError('not-your-turn', 409, { counter: '2', seconds: 12 })
    const callNext = () => {
      calls += 1
      return calls === 1 ? Promise.reject(refusal) : Promise.resolve({ ticket: null })
    }
    const { state, hands } = bench({ callNext })
    await hands.act('next', 'key')
    expect(hands.word.value).toEqual({ type: 'after', counter: '2', until: 22_000 })
    expect([10_000, 10_001, 21_999, 22_000].map((now) => secondsUntilMine(hands.word.value, now))).toEqual([
      12, 12, 1, 0,
    ])
    state.now = 21_000
    await hands.act('next', 'key')
    expect(calls).toBe(1)
    state.now = 22_000
    await hands.act('next', 'key')
    expect(calls).toBe(2)
    expect(hands.word.value).toEqual({ type: 'nobody' })
  })

  test('[CONSOLE22] [KEYS1] the second press of a recall does not set the ticket aside', async () => {
    let recalls = 0
    const recall = async () => {
      recalls += 1
      state.desk = { ...called, leg: { ...leg, version: leg.version + recalls, calls: 2 + recalls } }
      hands.look()
      return { ticket: leg }
    }
    const { state, hands } = bench({ recall }, { ...called, leg: { ...leg, calls: 2 } })
    state.shown = true
    await hands.act('recall', 'key')
    await hands.act('recall', 'key')
    expect(recalls).toBe(1)
    expect(hands.word.value).toEqual({ type: 'look-again' })
    state.now += SETTLED
    await hands.act('recall', 'key')
    expect(recalls).toBe(2)
  })

  test('[SHIFT4] opening a counter names this console', async () => {
    const asked: unknown[] = []
    const { hands } = bench(
      { openCounter: async (...given: unknown[]) => void asked.push(given) } as Partial<Api>,
      { state: 'closed', counter: { ...counter, status: 'closed' } },
    )
    const done = hands.act('open', 'click')
    await settle()
    expect(asked).toEqual([['c1', { desk: 'tab-1' }]])
    expect(hands.pending.value).toBe('open')
    void done
  })
})
