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

/** How each command says what it is about. [CONSOLE3] */
const SEEN = { leg: 'x', version: 2 }

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
    {
      api,
      desk: () => state.desk,
      shows: () => true,
      isLastCall: () => false,
      clock: () => state.now,
      deskId: 'tab-1',
      onExpired: () => {},
    },
    () => state.now,
  )
  hands.look()
  return { hands, asked, state }
}

describe('errands are carried out', () => {
  test('[SHIFT5] taking over says so and names this console, and only a counter that is somebody’s is taken over', async () => {
    const taken = bench({ state: 'taken', counter })
    const over = taken.hands.run({ errand: 'take-over', counterId: 'c1' }, 'click')
    taken.state.desk = idle
    taken.hands.look()
    expect(await over).toBe(true)
    expect(taken.asked).toEqual([['openCounter', 'c1', { desk: 'tab-1', takeOver: true }]])
    const own = bench(idle)
    expect(await own.hands.run({ errand: 'take-over', counterId: 'c1' }, 'click')).toBe(false)
    expect(own.asked).toEqual([])
  })

  test('[CONSOLE21] that times were put right is said', async () => {
    const { hands } = bench(idle)
    await hands.run({ errand: 'correct-times', leg, endedAt: 9, reason: 'other' }, 'key')
    expect(hands.word.value).toEqual({ type: 'corrected', number: 'A001' })
  })

  test.each<[Errand, unknown[]]>([
    [{ errand: 'hold', leg, kind: 'fetching' }, ['hold', 't-x', { kind: 'fetching' }, SEEN]],
    [{ errand: 'put-back', leg }, ['putBack', 't-x', SEEN]],
    [{ errand: 'transfer', leg, to: { laneId: 'b' } }, ['transfer', 't-x', { to: { laneId: 'b' } }, SEEN]],
    [{ errand: 'undo', counterId: 'c1', seq: 7 }, ['undo', 'c1', { seq: 7 }]],
    [{ errand: 'resume', leg, counterId: null }, ['resume', 't-x', {}, SEEN]],
    [{ errand: 'rejoin', leg }, ['rejoin', 't-x', SEEN]],
    [{ errand: 'care', leg, care: false }, ['care', 't-x', { care: false }, SEEN]],
    [{ errand: 'change-service', leg, serviceId: 's' }, ['changeService', 't-x', { serviceId: 's' }, SEEN]],
    [
      { errand: 'transfer', leg, to: { laneId: 'b' }, note: 'n' },
      ['transfer', 't-x', { to: { laneId: 'b' }, note: 'n' }, SEEN],
    ],
    [
      { errand: 'add-service', leg, serviceId: 's', order: 'any' },
      ['addService', 't-x', { serviceId: 's', order: 'any' }, SEEN],
    ],
    [{ errand: 'skill', leg, skill: null }, ['skill', 't-x', { skill: null }, SEEN]],
    [
      { errand: 'correct-times', leg, endedAt: 9, reason: 'other' },
      ['correctTimes', 't-x', { endedAt: 9, reason: 'other' }, SEEN],
    ],
    [{ errand: 'cancel', leg }, ['cancel', 't-x', SEEN]],
    [{ errand: 'more-time', leg }, ['onTicket', 't-x', 'more-time', {}, SEEN]],
    [{ errand: 'language', leg, language: 'en' }, ['onTicket', 't-x', 'language', { language: 'en' }, SEEN]],
  ])('[CONSOLE11] %j', async (errand, call) => {
    const { hands, asked } = bench(called)
    expect(await hands.run(errand, 'click')).toBe(true)
    expect(asked).toEqual([call])
  })

  test.each<[Errand, unknown[]]>([
    [{ errand: 'resume', leg, counterId: 'c1' }, ['resume', 't-x', { counterId: 'c1' }, SEEN]],
    [
      { errand: 'call', leg, counterId: 'c1', reason: 'unwell' },
      ['call', 't-x', { counterId: 'c1', reason: 'unwell' }, SEEN],
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
    await hands.run({ errand: 'undo', counterId: 'c1', seq: 7 }, 'key')
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
