import { describe, expect, test } from 'vitest'
import { type Api, ApiError } from '#ui/api.ts'
import type { Errand } from './errand.ts'
import { createHands } from './hands.ts'
import { SETTLED } from './keys.ts'
import { type Counter, type Desk, type Leg, shows } from './model.ts'

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

/** Hands whose every call of the server is noted and answered with `leg`. */
function bench(first: Desk | null, refuse?: ApiError) {
  const asked: unknown[][] = []
  const api = new Proxy({} as Api, {
    get:
      (_, name) =>
      async (...given: unknown[]) => {
        asked.push([name, ...given])
        if (refuse) throw refuse
        return { ticket: leg }
      },
  })
  const state = { desk: first, now: 10_000 }
  const hands = createHands(
    { api, desk: () => state.desk, shows: () => true, onExpired: () => {} },
    () => state.now,
  )
  hands.look()
  return { hands, asked, state }
}

describe('errands are carried out', () => {
  test.each<[Errand, unknown[]]>([
    [{ errand: 'hold', leg, kind: 'fetching' }, ['hold', 't-x', { kind: 'fetching' }, { version: 2 }]],
    [{ errand: 'put-back', leg }, ['putBack', 't-x', { version: 2 }]],
    [
      { errand: 'transfer', leg, to: { laneId: 'b' } },
      ['transfer', 't-x', { to: { laneId: 'b' } }, { version: 2 }],
    ],
    [{ errand: 'undo', counterId: 'c1' }, ['undo', 'c1']],
    [{ errand: 'resume', leg, counterId: null }, ['resume', 't-x', {}, { version: 2 }]],
    [{ errand: 'rejoin', leg }, ['rejoin', 't-x', { version: 2 }]],
    [{ errand: 'care', leg, care: false }, ['care', 't-x', { care: false }, { version: 2 }]],
    [
      { errand: 'change-service', leg, serviceId: 's' },
      ['changeService', 't-x', { serviceId: 's' }, { version: 2 }],
    ],
    [{ errand: 'cancel', leg }, ['cancel', 't-x', { version: 2 }]],
  ])('[CONSOLE11] %j', async (errand, call) => {
    const { hands, asked } = bench(called)
    expect(await hands.run(errand, 'click')).toBe(true)
    expect(asked).toEqual([call])
  })

  test.each<[Errand, unknown[]]>([
    [{ errand: 'resume', leg, counterId: 'c1' }, ['resume', 't-x', { counterId: 'c1' }, { version: 2 }]],
    [
      { errand: 'call', leg, counterId: 'c1', reason: 'unwell' },
      ['call', 't-x', { counterId: 'c1', reason: 'unwell' }, { version: 2 }],
    ],
  ])('[CONSOLE11] %j, to a free desk only', async (errand, call) => {
    const free = bench(idle)
    expect(await free.hands.run(errand, 'click')).toBe(true)
    expect(free.asked).toEqual([call])
    const busy = bench(called)
    expect(await busy.hands.run(errand, 'click')).toBe(false)
    expect(busy.asked).toEqual([])
    expect(busy.hands.word.value).toEqual({ type: 'look-again' })
  })

  test('[CONSOLE11] one at a time with the main actions, pending by its own mark', async () => {
    const { hands, asked } = bench(called)
    const first = hands.run({ errand: 'put-back', leg }, 'key')
    expect(hands.pending.value).toBe('put-back')
    await hands.act('start', 'key')
    await hands.run({ errand: 'rejoin', leg }, 'click')
    await first
    expect(asked).toHaveLength(1)
    expect(hands.pending.value).toBeNull()
  })

  test('[CONSOLE11] a refusal is said, and a desk out of touch sends nothing', async () => {
    const refused = bench(called, new ApiError('papers-elsewhere', 409))
    expect(await refused.hands.run({ errand: 'rejoin', leg }, 'click')).toBe(false)
    expect(refused.hands.word.value).toMatchObject({ type: 'error', key: 'papers-elsewhere' })
    const lost = bench(null)
    expect(await lost.hands.run({ errand: 'rejoin', leg }, 'click')).toBe(false)
    expect(lost.asked).toEqual([])
  })

  test('[CONSOLE11] in the moment another changed the desk, what moves it is not carried out', async () => {
    const { hands, asked, state } = bench(idle)
    state.desk = called
    hands.look()
    expect(await hands.run({ errand: 'put-back', leg }, 'key')).toBe(false)
    expect(hands.word.value).toEqual({ type: 'look-again' })
    expect(await hands.run({ errand: 'rejoin', leg }, 'click')).toBe(true)
    expect(await hands.run({ errand: 'rejoin', leg }, 'double-click')).toBe(false)
    state.now += SETTLED
    expect(await hands.run({ errand: 'put-back', leg }, 'key')).toBe(true)
    expect(asked.map(([name]) => name)).toEqual(['rejoin', 'putBack'])
  })

  test('[CONSOLE13] an undo says what came back, until the next action', async () => {
    const { hands } = bench(called)
    await hands.run({ errand: 'undo', counterId: 'c1' }, 'key')
    expect(hands.word.value).toEqual({ type: 'undone', number: 'A001' })
    await hands.act('recall', 'key')
    expect(hands.word.value).toBeNull()
  })

  test('[CONSOLE11] what an undo brings back is pending until it is on the board again', () => {
    const board = { legs: {} } as Parameters<typeof shows>[0]
    expect(shows(board, { id: 'x', version: 3, state: 'called' })).toBe(false)
    expect(shows(board, { id: 'x', version: 3, state: 'cancelled' })).toBe(true)
  })
})
