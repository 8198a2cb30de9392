import { type ReadonlySignal, signal } from '@preact/signals'
import type { PadRequest, PadResponse, PadVerb } from '#protocol/device.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { ApiError } from '#ui/api.ts'
import type { Facts } from '#ui/i18n.ts'
import { type PadState, verbsOf } from './pad-state.ts'

/** What the pad says back. */
export type Word = { type: 'nobody' } | { type: 'refused'; key: ErrorKey; facts: Facts }

export interface Presses {
  /** What is being carried out. */
  pending: ReadonlySignal<PadVerb | null>
  word: ReadonlySignal<Word | null>
  /** `again`: the second click of a double click. */
  press: (verb: PadVerb, again?: boolean) => Promise<void>
  /** To be told each time the board was drawn anew. */
  look: () => void
}

/** How long a button stays pending for the board to show what the answer said, ms. */
const CATCH_UP = 2_000

/** One press at a time, each of what the pad shows, until the board shows what came of it. [PAD3] [PAD4] */
export function createPresses(given: {
  send: (verb: PadVerb, seen: PadRequest) => Promise<PadResponse>
  /** What the pad shows; null: nothing may be pressed. */
  shown: () => PadState | null
  onUnknown: () => void
}): Presses {
  const { send, shown, onUnknown } = given
  const pending = signal<PadVerb | null>(null)
  const word = signal<Word | null>(null)
  let looked: (() => void) | null = null

  async function press(verb: PadVerb, again = false): Promise<void> {
    const state = shown()
    if (again || pending.peek() !== null || state === null || !verbsOf(state).includes(verb)) return
    pending.value = verb
    word.value = null
    try {
      const { number } = await send(verb, seenIn(state))
      if (verb === 'call-next' && number === null) word.value = { type: 'nobody' }
      else await otherThan(state)
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown
      if (thrown.key === 'unauthenticated') onUnknown()
      else word.value = { type: 'refused', key: thrown.key, facts: thrown.facts }
    } finally {
      pending.value = null
    }
  }

  /** Until the board shows something else, or long enough that something is wrong. */
  function otherThan(state: PadState): Promise<void> {
    const before = JSON.stringify(state)
    return new Promise((done) => {
      const end = () => {
        clearTimeout(limit)
        looked = null
        done()
      }
      const limit = setTimeout(end, CATCH_UP)
      looked = () => {
        if (JSON.stringify(shown()) !== before) end()
      }
      looked()
    })
  }

  return { pending, word, press, look: () => looked?.() }
}

function seenIn(state: PadState): PadRequest {
  if (state.at === 'called')
    return { number: state.number, ...(state.calls !== null && { calls: state.calls }) }
  return { number: state.at === 'serving' ? state.number : null }
}
