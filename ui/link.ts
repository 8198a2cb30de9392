import { STALE_AFTER } from '#protocol/events.ts'

/** Whether a screen may be believed. `lost` says so, large; `revoked` is for good. */
export type LinkState = 'connecting' | 'live' | 'lost' | 'revoked'

/** What a screen knows of its touch with the server. Times are ms; `now` is always the screen's own clock. */
export interface Link {
  state: LinkState
  /** Own time of the last word, or of the start while there was none. */
  since: number
  /** Server time of the last word; null before the first. */
  lastHeard: number | null
  /** Server clock − own clock, from the last word that told the time. */
  offset: number
}

/** What can happen to a link. `serverAt` is the server's clock, on the words that tell it. */
export type LinkWord =
  | { type: 'heard'; now: number; serverAt?: number }
  | { type: 'tick'; now: number }
  | { type: 'revoked' }

/** [LINK1] A link begins as `connecting`: nothing is known, nothing is claimed. */
export function newLink(now: number): Link {
  return { state: 'connecting', since: now, lastHeard: null, offset: 0 }
}

/**
 * The link after a word. Pure.
 *
 * - [LINK2] Any word of the server makes it `live`; an open socket alone does not.
 * - [LINK3] Nothing heard for STALE_AFTER makes it `lost`, also when there never was a word.
 * - [LINK4] A word that tells the time sets the screen's clock to the server's.
 * - [LINK5] `revoked` is final.
 */
export function link(before: Link, word: LinkWord): Link {
  if (before.state === 'revoked') return before
  switch (word.type) {
    case 'heard': {
      const offset = word.serverAt === undefined ? before.offset : word.serverAt - word.now
      return { state: 'live', since: word.now, lastHeard: word.now + offset, offset }
    }
    case 'tick': {
      // Either way: a clock that was set back must not hide a silence.
      const silence = Math.abs(word.now - before.since)
      return silence >= STALE_AFTER && before.state !== 'lost' ? { ...before, state: 'lost' } : before
    }
    case 'revoked':
      return { ...before, state: 'revoked' }
    default:
      return never(word)
  }
}

/** The server's clock now, as far as this screen knows. */
export function serverClock({ offset }: Link, now: number): number {
  return now + offset
}

function never(word: never): never {
  throw new Error(`unknown word ${JSON.stringify(word)}`)
}
