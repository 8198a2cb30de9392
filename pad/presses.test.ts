import { describe, expect, it } from 'vitest'
import type { PadRequest, PadResponse, PadVerb } from '#protocol/device.ts'
import { ApiError } from '#ui/api.ts'
import type { PadState } from './pad-state.ts'
import { createPresses } from './presses.ts'

/** A pad whose server answers when the test says so. */
function padWith(first: PadState | null) {
  let shown = first
  const sent: [PadVerb, PadRequest][] = []
  const answers: { yes: (said: PadResponse) => void; no: (error: Error) => void }[] = []
  let unknown = false
  const presses = createPresses({
    send: (verb, seen) => {
      sent.push([verb, seen])
      return new Promise((yes, no) => answers.push({ yes, no }))
    },
    shown: () => shown,
    onUnknown: () => {
      unknown = true
    },
  })
  return {
    presses,
    sent,
    answer: (said: PadResponse) => answers.shift()?.yes(said),
    refuse: (error: Error) => answers.shift()?.no(error),
    show: (state: PadState | null) => {
      shown = state
      presses.look()
    },
    isUnknown: () => unknown,
  }
}

const CALLED: PadState = { at: 'called', number: 'A001', calls: 1 }

describe('presses at a call pad', () => {
  it('[PAD3] [PAD4] one at a time, of what it shows, until the board shows what came of it', async () => {
    const pad = padWith({ at: 'free', waiting: 3 })
    const first = pad.presses.press('call-next')
    await pad.presses.press('call-next')
    await pad.presses.press('call-next', true)
    expect(pad.sent).toEqual([['call-next', { number: null }]])
    pad.answer({ number: 'A001' })
    await Promise.resolve()
    expect(pad.presses.pending.value).toBe('call-next')
    pad.show(CALLED)
    await first
    expect(pad.presses.pending.value).toBeNull()

    // The second click of a double click, and what means nothing now, are no presses.
    await pad.presses.press('recall', true)
    await pad.presses.press('complete')
    await pad.presses.press('call-next')
    expect(pad.sent).toHaveLength(1)
    void pad.presses.press('recall')
    expect(pad.sent[1]).toEqual(['recall', { number: 'A001', calls: 1 }])
  })

  it('[PAD4] nobody waits, a refusal, and a pad that is not known any more', async () => {
    const pad = padWith({ at: 'free', waiting: 0 })
    const nobody = pad.presses.press('call-next')
    pad.answer({ number: null })
    await nobody
    expect(pad.presses.word.value).toEqual({ type: 'nobody' })
    pad.show({ at: 'called', number: 'A001', calls: null })
    const stale = pad.presses.press('start')
    expect(pad.sent.at(-1)).toEqual(['start', { number: 'A001' }])
    expect(pad.presses.word.value).toBeNull()
    pad.refuse(new ApiError('stale', 412))
    await stale
    expect(pad.presses.word.value).toEqual({ type: 'refused', key: 'stale', facts: {} })
    const gone = pad.presses.press('start')
    pad.refuse(new ApiError('unauthenticated', 401))
    await gone
    expect(pad.isUnknown()).toBe(true)
    pad.show(null)
    await pad.presses.press('start')
    expect(pad.sent).toHaveLength(3)
  })
})
