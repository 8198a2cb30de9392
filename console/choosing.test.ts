import { signal } from '@preact/signals'
import { describe, expect, test } from 'vitest'
import { createChoosing } from './choosing.ts'
import type { Place } from './destination.ts'
import { type Aside, type Errand, markOf } from './errand.ts'
import { choiceFor, KEYS, type Press } from './keys.ts'
import type { Counter, Desk, Leg } from './model.ts'

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
const called: Desk = { state: 'called', counter, leg }
const name = { 'zh-CN': 'b', en: 'b' }
const PLACES: Place[] = [
  { kind: 'lane', id: 'b', key: 'B', name, waiting: 0, served: true },
  { kind: 'counter', id: 'c2', key: '2', number: '2', status: 'open', busy: false },
  { kind: 'counter', id: 'c3', key: '3', number: '3', status: 'paused', busy: false },
]

const press = (key: string, rest: Partial<Press> = {}): Press => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : `Digit${key}`,
  repeat: false,
  isComposing: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  typing: false,
  ...rest,
})

function bench(first: Desk | null = called) {
  const done: string[] = []
  const errands: Errand[] = []
  const left: Aside[] = []
  const state = {
    desk: first,
    undoable: 7 as number | null,
    done: [] as Leg[],
    accepted: true,
    /** The desk shows what an answer on its way will say. */
    ahead: false,
    later: [] as (() => void)[],
  }
  const pending = signal<string | null>(null)
  const choosing = createChoosing({
    hands: {
      pending,
      act: async (action) => void done.push(action),
      run: async (errand: Errand) => {
        done.push(markOf(errand))
        errands.push(errand)
        return state.accepted
      },
      afterwards: (then) => {
        if (state.ahead) state.later.push(then)
        return state.ahead
      },
    },
    desk: () => state.desk,
    places: () => PLACES,
    matters: () => [
      { id: 's', name, laneId: 'b', key: '1', full: false },
      { id: 'f', name, laneId: 'b', key: '2', full: true },
    ],
    correctable: () => state.done,
    timeZone: () => 'Asia/Shanghai',
    undoable: () => state.undoable,
    prints: () => true,
    allThere: () => done.push('materials'),
    reveal: () => done.push('reveal'),
    goHelp: () => done.push('help'),
    onLeave: (aside) => left.push(aside),
  })
  const type = (...keys: string[]) => keys.map((key) => choosing.press(press(key)))
  return {
    choosing,
    done,
    errands,
    left,
    state,
    pending,
    type,
    open: () => choosing.open.value?.aside ?? null,
  }
}
const NINE = Date.parse('2026-03-02T09:00:00+08:00')
const settle = () => new Promise<void>((end) => setImmediate(end))

describe('keys of the quiet actions', () => {
  test.each([
    [['h', '1'], 'hold-fetching'],
    [['H', '2'], 'hold-papers-kept'],
    [['b'], 'put-back'],
    [['t', 'b'], 'transfer-lane-b'],
    [['t', '2'], 'transfer-counter-c2'],
    [['u'], 'undo'],
    [['a', '1'], 'add-s'],
  ])('[KEYS4] %s', async (keys, mark) => {
    const { type, done, open } = bench()
    expect(type(...keys)).toEqual(keys.map(() => true))
    expect(done).toEqual([mark])
    await settle()
    expect(open()).toBeNull()
  })

  test('[KEYS4] while a choice is open the desk’s keys mean nothing', () => {
    const { type, done, open } = bench()
    expect(type('h', 'n', 's', 'f', 'x', 'u', 'b')).toEqual([true, false, false, false, false, false, false])
    expect(done).toEqual([])
    expect(open()).toBe('hold')
  })

  test('[KEYS5] a key kept for its answer opens its choice then, and the errand that ends does not close it', async () => {
    const { type, choosing, state, open, pending } = bench()
    pending.value = 'resume'
    state.ahead = true
    expect(type('h', 'Escape')).toEqual([true, false])
    expect(open()).toBeNull()
    state.ahead = false
    pending.value = null
    const ending = choosing.run({ errand: 'resume', leg, counterId: 'c1' }, 'click')
    state.later[0]?.()
    await ending
    expect(open()).toBe('hold')
    expect(state.later).toHaveLength(1)
  })

  test('[HELP11] the key that goes to help means the same on every desk, and nothing while choosing', () => {
    for (const desk of [
      { state: 'closed', counter } as const,
      { state: 'paused', counter } as const,
      called,
    ]) {
      const { type, done } = bench(desk)
      expect(type('g')).toEqual([true])
      expect(done).toEqual(['help'])
    }
    const { type, done, choosing } = bench()
    expect(type('h', 'g')).toEqual([true, false])
    expect(choosing.press(press('g', { typing: true }))).toBe(false)
    expect(done).toEqual([])
  })

  test('[IDENT10] [CHECK6] a key each asks who it is and says that all materials are there; nothing while choosing', () => {
    const { type, done } = bench()
    type('i', 'm')
    expect(done).toEqual(['reveal', 'materials'])
    type('h', 'i', 'm')
    expect(done).toEqual(['reveal', 'materials'])
  })

  test('[TRAIL2] one key opens the last actions on any desk of one’s own, and there undo takes back the one that was seen', () => {
    for (const desk of [{ state: 'closed', counter } as const, { state: 'idle', counter } as const, called]) {
      const { type, open, errands, state } = bench(desk)
      type('l')
      expect(open()).toBe('actions')
      state.undoable = null
      type('u', 'n')
      expect(errands).toEqual([])
      state.undoable = 9
      type('u')
      expect(errands).toEqual([{ errand: 'undo', counterId: 'c1', seq: 9 }])
    }
    const taken = bench({ state: 'taken', counter })
    taken.type('l')
    expect(taken.open()).toBeNull()
  })

  test('[CONSOLE26] what is seldom needed opens with one key while a ticket is there, and is carried out with another', () => {
    const { type, done, open } = bench()
    type('e')
    expect(open()).toBe('more')
    type('1')
    const other = bench()
    other.type('e', '3')
    expect([...done, ...other.done]).toEqual(['print-A001', 'language-A001'])
    const idle = bench({ state: 'idle', counter })
    idle.type('e')
    expect(idle.open()).toBeNull()
  })

  test('[KEYS4] Escape and the key that opened it leave a choice, and the desk’s keys are back', () => {
    for (const way of ['Escape', 'h']) {
      const { type, done, left, open } = bench()
      type('h', way)
      expect(open()).toBeNull()
      expect(left).toEqual(['hold'])
      type('s')
      expect(done).toEqual(['start'])
    }
  })

  test('[KEYS4] a choice is for the ticket it was opened on: it does not reach another', () => {
    const { type, done, state } = bench()
    type('t')
    state.desk = { ...called, leg: { ...leg, id: 'y', version: 1 } }
    expect(type('2')).toEqual([false])
    expect(done).toEqual([])
    state.desk = { state: 'idle', counter }
    type('n')
    expect(done).toEqual(['next'])
  })

  test('[KEYS4] without a ticket, out of touch, or while something is pending, no choice opens', () => {
    for (const desk of [{ state: 'idle', counter } as const, null]) {
      const { type, done, open } = bench(desk)
      type('h', 't', 'b')
      expect(open()).toBeNull()
      expect(done).toEqual([])
    }
    const busy = bench()
    busy.pending.value = 'start'
    busy.type('h', 'b')
    expect(busy.open()).toBeNull()
    expect(busy.done).toEqual([])
  })

  test('[CONSOLE13] the key of undo means nothing when there is nothing to take back', () => {
    const { type, done, state } = bench()
    state.undoable = null
    type('u')
    expect(done).toEqual([])
  })

  test('[CONSOLE12] a counter that is not open is not chosen by its key either', () => {
    const { type, done } = bench()
    expect(type('t', '3')).toEqual([true, false])
    expect(done).toEqual([])
  })

  test('[CONSOLE18] an added matter comes after the present one, or at once when that was said; each time anew', async () => {
    const { choosing, type, errands } = bench()
    type('a', '0', '0', '0', '1')
    await settle()
    expect(errands.at(-1)).toMatchObject({ errand: 'add-service', serviceId: 's', order: 'any' })
    type('a')
    expect(choosing.draft.order.value).toBe('sequence')
    expect(type('2')).toEqual([false])
    type('1')
    expect(errands.at(-1)).toMatchObject({ order: 'sequence' })
  })

  test('[CONSOLE19] a note goes with the transfer, and nowhere else', async () => {
    const { choosing, type, errands } = bench()
    type('t')
    choosing.draft.note.value = ' Papers checked '
    type('b')
    await settle()
    expect(errands.at(-1)).toMatchObject({ errand: 'transfer', note: 'Papers checked' })
    expect(choosing.draft.note.value).toBe('')
    type('t')
    choosing.draft.note.value = 'left'
    type('Escape', 't', 'b')
    expect(errands.at(-1)).not.toHaveProperty('note')
  })

  test('[CONSOLE19] a note that could not be sent stays while its ticket is on the desk, and no longer', async () => {
    const { choosing, type, state } = bench()
    state.accepted = false
    type('t')
    choosing.draft.note.value = 'Papers checked'
    type('b')
    await settle()
    choosing.look()
    expect(choosing.draft.note.value).toBe('Papers checked')
    state.desk = { ...called, leg: { ...leg, id: 'y' } }
    choosing.look()
    expect(choosing.draft.note.value).toBe('')
  })

  test('[CONSOLE21] times are put right at a desk with nobody, too, by a reason, once something differs', async () => {
    const { choosing, type, state, errands, open } = bench({ state: 'idle', counter })
    type('c')
    expect(open()).toBeNull()
    const completed = { ...leg, state: 'completed', calledAt: NINE, startedAt: NINE, endedAt: NINE + 600_000 }
    state.done = [completed as Leg]
    expect(type('c', '3')).toEqual([true, true])
    expect(errands).toEqual([])
    choosing.draft.times.value = { leg: completed as Leg, begun: '09:00', done: '09:05' }
    type('3')
    expect(errands).toMatchObject([{ errand: 'correct-times', reason: 'forgotten', endedAt: NINE + 300_000 }])
  })

  test('[KEYS4] a lane whose letter is the opening key is chosen by it', () => {
    const options = [{ key: KEYS.transfer }]
    expect(choiceFor(press('t'), options, 'transfer')).toBe(options[0])
  })

  test('[KEYS4] a choice’s keys, too, are not for typing, composing, holding down or modifiers', () => {
    const options = [{ key: '1' }]
    const meant = (rest: Partial<Press>) => choiceFor(press('1', rest), options, 'hold')
    expect(meant({})).toBe(options[0])
    for (const no of ['repeat', 'isComposing', 'typing', 'ctrlKey', 'altKey', 'metaKey']) {
      expect(meant({ [no]: true })).toBeNull()
    }
    expect(meant({ key: 'Process' })).toBe(options[0])
    expect(meant({ key: 'Process', code: 'Numpad1' })).toBe(options[0])
  })
})
