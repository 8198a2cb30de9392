import { effect, type ReadonlySignal } from '@preact/signals'
import type { SiteView } from '#protocol/api.ts'
import type { OverviewBoard } from '#protocol/board.ts'
import type { LiveStaff } from './live.ts'

/** Of a session, what its hall's live board has a say in. */
export interface Followed {
  site: ReadonlySignal<SiteView | null>
  /** The server no longer knows the session. */
  expire: () => void
  /** Asks for the hall's settings again. */
  refresh: () => Promise<void>
}

/**
 * Ends the session when the server does, and asks for the hall's settings whenever they may be others: with each reason of the
 * wire, and when the board is of another revision. A server that was started again may have found its clock behind the
 * log. [CLOCK4] [SHIFT2]
 *
 * @returns what ends this
 */
export function followSession(
  live: Pick<LiveStaff<OverviewBoard>, 'link' | 'reasons' | 'board'>,
  session: Followed,
): () => void {
  const ends = [
    effect(() => {
      if (live.link.value === 'revoked') session.expire()
    }),
    effect(() => {
      if (live.reasons.value > 0) void session.refresh()
    }),
    effect(() => {
      const revision = live.board.value?.revision
      // Peeked: the answer itself is no reason to ask again.
      if (revision !== undefined && revision !== session.site.peek()?.revision) void session.refresh()
    }),
  ]
  return () => {
    for (const end of ends) end()
  }
}
