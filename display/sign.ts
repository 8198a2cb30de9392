import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import { NEWS } from './wall.ts'

/** What a counter's own sign says. [SIGN1] */
export interface Sign {
  /** What is written above the window. */
  counter: string
  state: 'calling' | 'serving' | 'open' | 'paused' | 'closed'
  /** The number called or served there. */
  ticket: string | null
  /** Of the call that is awaited: a recall has another. */
  callId: number | null
  /** It is news: the sign flashes, and keeps its frame. */
  news: boolean
}

/**
 * The sign of a counter; null when the hall has no counter of that id.
 *
 * @param now ms on the server's clock
 */
export function signOf(board: PublicBoard, site: SiteView, counterId: string, now: number): Sign | null {
  const setting = site.counters.find(({ id }) => id === counterId)
  if (!setting) return null
  const at = board.counters[counterId]
  const ticket = at?.number ?? null
  const call = board.calls.find(({ number }) => number === ticket)
  const calling = ticket !== null && at?.serving === false
  return {
    counter: setting.number,
    state: ticket === null ? (at?.status ?? 'closed') : calling ? 'calling' : 'serving',
    ticket,
    callId: calling ? (call?.callId ?? null) : null,
    news: calling && call !== undefined && now - call.at < NEWS,
  }
}
