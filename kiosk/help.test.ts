import { describe, expect, it } from 'vitest'
import type { AskedHelp } from '#protocol/api.ts'
import type { PublicBoard, PublicHelp } from '#protocol/board.ts'
import { ApiError } from '#ui/api.ts'
import { createHelp, helpNow, type Own } from './help.ts'

const answer = (rest: Partial<AskedHelp['call']> = {}): AskedHelp => ({
  call: { id: 'h1', state: 'ringing', counterId: null, ...rest },
  seq: 5,
})
const asked: Own = { at: 'asked', asked: answer(), takingBack: false }
const board = (seq: number, help: Record<string, PublicHelp> = {}) => ({ seq, help }) as PublicBoard
const call = (state: PublicHelp['state'], counterId: string | null = null) => ({ K1: { state, counterId } })

describe('what the kiosk says of a call for help', () => {
  it('[HELP7] nothing before it is asked for; then how the call stands', () => {
    expect(helpNow({ at: 'none' }, board(9, call('ringing')), 'K1', false)).toBeNull()
    expect(helpNow({ at: 'asking' }, board(9), 'K1', false)).toEqual({ at: 'calling' })
    for (const state of ['ringing', 'escalated'] as const) {
      expect(helpNow(asked, board(9, call(state)), 'K1', false)).toEqual({ at: state })
    }
    const coming = helpNow(asked, board(9, call('coming', 'c3')), 'K1', false)
    expect(coming).toEqual({ at: 'coming', counterId: 'c3' })
  })

  it('[HELP7] the answer to the touch counts until the board has it; what is no longer there is done', () => {
    expect(helpNow(asked, null, 'K1', false)).toEqual({ at: 'ringing' })
    expect(helpNow(asked, board(4), 'K1', false)).toEqual({ at: 'ringing' })
    expect(helpNow(asked, board(5), 'K1', false)).toEqual({ at: 'done' })
    expect(helpNow(asked, board(9, { K2: { state: 'ringing', counterId: null } }), 'K1', false)).toEqual({
      at: 'done',
    })
  })

  it('[HELP8] out of touch, or where it failed, it says where to go; what is done stays done', () => {
    expect(helpNow({ at: 'failed' }, board(9), 'K1', false)).toEqual({ at: 'desk' })
    expect(helpNow({ at: 'asking' }, board(9), 'K1', true)).toEqual({ at: 'desk' })
    expect(helpNow(asked, board(9, call('ringing')), 'K1', true)).toEqual({ at: 'desk' })
    expect(helpNow(asked, board(9), 'K1', true)).toEqual({ at: 'done' })
  })
})

function stage(given: { open?: () => boolean; takeBack?: () => Promise<unknown> } = {}) {
  const keys: (string | undefined)[] = []
  const answers: ((answered: AskedHelp | Error) => void)[] = []
  const taken: string[] = []
  let made = 0
  const steps = createHelp({
    ask: ({ key }) => {
      keys.push(key)
      return new Promise((resolve, reject) =>
        answers.push((answered) => (answered instanceof Error ? reject(answered) : resolve(answered))),
      )
    },
    takeBack: async (callId) => {
      taken.push(callId)
      await given.takeBack?.()
    },
    newKey: () => {
      made += 1
      return `key-${made}`
    },
    open: given.open ?? (() => true),
  })
  return { steps, keys, taken, answer: (answered: AskedHelp | Error) => answers.shift()?.(answered) }
}

describe('the way to help', () => {
  it('[HELP1] however often it is touched, one call is made; once it is over, another', async () => {
    let open = true
    const { steps, keys, answer: say } = stage({ open: () => open })
    const first = steps.ask()
    void steps.ask()
    say(answer())
    await first
    void steps.ask()
    expect([keys, steps.own.value]).toEqual([['key-1'], asked])
    open = false
    void steps.ask()
    expect(keys).toEqual(['key-1', 'key-2'])
  })

  it('[HELP8] a call that failed can be tried again', async () => {
    const { steps, keys, answer: say } = stage()
    const first = steps.ask()
    say(new ApiError('unavailable', 0))
    await first
    expect(steps.own.value).toEqual({ at: 'failed' })
    void steps.ask()
    expect(keys).toHaveLength(2)
  })

  it('[HELP6] [HELP7] it is taken back once; what is over or could not be made is only put away', async () => {
    const { steps, taken, answer: say } = stage()
    const first = steps.ask()
    expect(await steps.leave()).toBe(false)
    say(answer())
    await first
    const [left, again] = await Promise.all([steps.leave(), steps.leave()])
    expect([left, again, taken, steps.own.value]).toEqual([true, false, ['h1'], { at: 'none' }])
    const over = stage({ open: () => false })
    const asking = over.steps.ask()
    over.answer(answer())
    await asking
    expect([await over.steps.leave(), over.taken]).toEqual([true, []])
  })

  it('[HELP6] what ended in the meantime counts as taken back; where it could not be said, the call stands', async () => {
    const open = async (error: ApiError) => {
      const one = stage({ takeBack: () => Promise.reject(error) })
      const asking = one.steps.ask()
      one.answer(answer())
      await asking
      return { left: await one.steps.leave(), own: one.steps.own.value }
    }
    expect(await open(new ApiError('help-over', 409))).toEqual({ left: true, own: { at: 'none' } })
    expect(await open(new ApiError('unavailable', 0))).toEqual({ left: false, own: asked })
  })
})
