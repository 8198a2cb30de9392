import type { Signal } from '@preact/signals'
import { Gap } from '#protocol/apply-event.ts'

/** What a board needs of its connection. */
export interface Follower {
  /** The server was heard. */
  heard: () => void
  /** Comes back with a new handshake: the server sends what is missing. */
  again: () => void
}

export interface Followed<Board, Event> {
  snapshot: (snapshot: Board) => void
  event: (event: Event) => void
  /** The number of the last event, told by each heartbeat. */
  beat: (seq: number) => void
}

/**
 * Keeps a board in step: snapshot, then event by event. [LINK6] What does not fit, and what is still missing at
 * the second heartbeat, is asked for again. `onEvent` is told each event once, after the board has it.
 */
export function follow<Board extends { seq: number }, Event extends { seq: number }>(
  board: Signal<Board | null>,
  apply: (board: Board, event: Event) => Board,
  { heard, again }: Follower,
  onEvent?: (event: Event, board: Board) => void,
): Followed<Board, Event> {
  let behind: number | null = null

  return {
    snapshot(snapshot) {
      heard()
      board.value = snapshot
    },
    event(event) {
      heard()
      const before = board.peek()
      if (before === null) return again()
      let after: Board
      try {
        after = apply(before, event)
      } catch (error) {
        if (!(error instanceof Gap)) throw error
        return again()
      }
      if (after === before) return
      board.value = after
      onEvent?.(event, after)
    },
    beat(seq) {
      const have = board.peek()?.seq ?? -1
      // At one beat an event may still be on its way.
      if (seq > have && behind === have) again()
      behind = seq > have ? have : null
    },
  }
}
