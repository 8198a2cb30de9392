import { type ReadonlySignal, signal } from '@preact/signals'
import type { AskedHelp } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import { type Action, ApiError } from '#ui/api.ts'

/** How the call of whoever stands here is, as far as this kiosk has been answered. */
export type Own =
  | { at: 'none' }
  | { at: 'asking' }
  | { at: 'asked'; asked: AskedHelp; takingBack: boolean }
  | { at: 'failed' }

/** What the kiosk says of it. [HELP7] `desk`: nobody can be called from here, so it says where to go. [HELP8] */
export type HelpNow =
  | { at: 'calling' | 'ringing' | 'escalated' | 'done' | 'desk' }
  /** From the counter of that id; null: from none. */
  | { at: 'coming'; counterId: string | null }

/**
 * What is said now. The answer to the touch counts until the board has its event; from then on the board does: a call that is no
 * longer there is done. Out of touch the board says nothing.
 *
 * @param kiosk the kiosk's name
 */
export function helpNow(own: Own, board: PublicBoard | null, kiosk: string, lost: boolean): HelpNow | null {
  switch (own.at) {
    case 'none':
      return null
    case 'asking':
      return { at: lost ? 'desk' : 'calling' }
    case 'failed':
      return { at: 'desk' }
    case 'asked': {
      const behind = board === null || board.seq < own.asked.seq
      const call = behind ? own.asked.call : board.help[kiosk]
      if (call === undefined) return { at: 'done' }
      if (lost) return { at: 'desk' }
      switch (call.state) {
        case 'ringing':
        case 'escalated':
        case 'done':
          return { at: call.state }
        case 'coming':
          return { at: 'coming', counterId: call.counterId }
        case 'taken-back':
          return null
      }
    }
  }
}

export interface HelpSteps {
  own: ReadonlySignal<Own>
  /** Help, please: touched again while a call is open or being made, it is that call. [HELP1] */
  ask: () => Promise<void>
  /** Nobody is needed after all; or what was said has been read. Resolves to whether nothing more is to be said. */
  leave: () => Promise<boolean>
}

/** One resident's way to help. `open`: whether a call that was asked for is still open. */
export function createHelp(given: {
  ask: (action: Action) => Promise<AskedHelp>
  takeBack: (callId: string) => Promise<unknown>
  newKey: () => string
  open: () => boolean
}): HelpSteps {
  const own = signal<Own>({ at: 'none' })

  return {
    own,
    async ask() {
      const now = own.value
      if (now.at === 'asking' || (now.at === 'asked' && given.open())) return
      own.value = { at: 'asking' }
      own.value = await given.ask({ key: given.newKey() }).then(
        (asked): Own => ({ at: 'asked', asked, takingBack: false }),
        (): Own => ({ at: 'failed' }),
      )
    },
    async leave() {
      const now = own.value
      if (now.at === 'asking' || (now.at === 'asked' && now.takingBack)) return false
      if (now.at === 'asked' && given.open()) {
        own.value = { ...now, takingBack: true }
        const failed = await given.takeBack(now.asked.call.id).then(
          () => null,
          (error: unknown) => (error instanceof ApiError ? error.key : 'internal'),
        )
        // Over already is as good as taken back.
        if (failed !== null && failed !== 'help-over') {
          own.value = { ...now, takingBack: false }
          return false
        }
      }
      own.value = { at: 'none' }
      return true
    },
  }
}
