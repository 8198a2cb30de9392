import { type ReadonlySignal, signal } from '@preact/signals'
import type { TicketResponse } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, ApiError } from '#ui/api.ts'
import type { Facts } from '#ui/i18n.ts'
import { type By, type Changed, settled } from './keys.ts'
import { type Action, type Command, commandOf, type Desk, deskMark } from './model.ts'

/** What the desk says back. */
export type Word =
  | { type: 'error'; key: ErrorKey; facts: Facts }
  /** Call-next found nobody. */
  | { type: 'nobody' }
  /** The press came while something changed, and was not carried out. */
  | { type: 'look-again' }

export interface Hands {
  pending: ReadonlySignal<Action | null>
  word: ReadonlySignal<Word | null>
  act: (action: Action, by: By) => Promise<void>
  dismiss: () => void
  /** To be told each time the board was drawn anew. */
  look: () => void
}

/** How long a button stays pending for the board to show what the answer said, ms. */
const CATCH_UP = 2_000

/**
 * Carries out the clerk's actions, one at a time. [CONSOLE9] A press is pending at once; it ends when the live board shows
 * its result, so the buttons of the old state never come back for a moment.
 */
export function createHands(
  given: {
    api: Api
    /** The desk as it is now; null when it must not be touched. */
    desk: () => Desk | null
    /** Whether the board shows the answered ticket. */
    shows: (leg: NonNullable<TicketResponse['ticket']>) => boolean
    onExpired: () => void
  },
  now: () => number = () => performance.now(),
): Hands {
  const { api, desk, shows, onExpired } = given
  const pending = signal<Action | null>(null)
  const word = signal<Word | null>(null)
  let mark: string | null = null
  let changed: Changed | null = null
  let looked: (() => void) | null = null

  function look(): void {
    const current = desk()
    const next = current === null ? null : deskMark(current)
    if (next !== null && mark !== null && next !== mark) {
      changed = { at: now(), mine: pending.value !== null }
      // What was said about the last state is no longer true.
      if (pending.value === null) word.value = null
    }
    if (next !== null) mark = next
    looked?.()
  }

  async function act(action: Action, by: By): Promise<void> {
    const current = desk()
    if (pending.value !== null || current === null) return
    const command = commandOf(action, current)
    if (command === null) return
    if (!settled(by, changed, now())) {
      if (by !== 'double-click') word.value = { type: 'look-again' }
      return
    }
    pending.value = action
    word.value = null
    const before = deskMark(current)
    try {
      const answer = await send(api, command)
      if (answer?.ticket === null) word.value = { type: 'nobody' }
      else if (answer) await until(() => shows(answer.ticket))
      else await until(() => mark !== before)
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown
      if (thrown.key === 'unauthenticated') onExpired()
      else word.value = { type: 'error', key: thrown.key, facts: thrown.facts }
    } finally {
      pending.value = null
    }
  }

  /** Until the board shows it, or long enough that something else is wrong. */
  function until(shown: () => boolean): Promise<void> {
    return new Promise((done) => {
      const end = () => {
        clearTimeout(limit)
        looked = null
        done()
      }
      const limit = setTimeout(end, CATCH_UP)
      looked = () => shown() && end()
      looked()
    })
  }

  return {
    pending,
    word,
    act,
    look,
    dismiss() {
      word.value = null
    },
  }
}

type Answer = { ticket: null } | { ticket: NonNullable<TicketResponse['ticket']> } | undefined

async function send(api: Api, command: Command): Promise<Answer> {
  switch (command.action) {
    case 'open':
      await api.openCounter(command.counterId)
      return undefined
    case 'pause':
      await api.pauseCounter(command.counterId)
      return undefined
    case 'close':
      await api.closeCounter(command.counterId)
      return undefined
    case 'next':
      return answered(await api.callNext(command.counterId))
    case 'recall':
      return answered(await api.recall(command.ticketId, { version: command.version }))
    case 'start':
      return answered(await api.start(command.ticketId, { version: command.version }))
    case 'complete':
      return answered(await api.complete(command.ticketId, { version: command.version }))
    case 'no-show':
      return answered(await api.noShow(command.ticketId, { version: command.version }))
  }
}

function answered({ ticket }: TicketResponse): Answer {
  return ticket === null ? { ticket: null } : { ticket }
}
