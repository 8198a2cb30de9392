import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Api } from '#ui/api.ts'
import { type LiveStaff, watchStaff } from '#ui/live.ts'
import { type Trail, trailAfter } from './trail.ts'

/** Among so many events, whatever can still be taken back is found. */
const RECENT = 200

/**
 * The hall's board, live, and this counter's trail in it. Watched anew with each `sitting`. What happened just before the
 * page was opened is asked for, so that it can be taken back, too.
 */
export function useTrail(
  api: Api,
  siteId: string,
  counterId: string,
  sitting: number,
): { live: LiveStaff; trail: ReadonlySignal<Trail | null> } {
  const trail = useSignal<Trail | null>(null)
  const live = useMemo(
    () =>
      watchStaff({
        siteId,
        onEvent: (event) => {
          trail.value = trailAfter(trail.peek(), event, counterId)
        },
      }),
    [siteId, sitting],
  )
  useEffect(() => () => live.close(), [live])

  useEffect(() => {
    let asked = false
    return live.board.subscribe((board) => {
      if (asked || !board) return
      asked = true
      void past(board.seq)
    })
  }, [live])

  async function past(seq: number): Promise<void> {
    // Only a convenience: without an answer the trail begins with the next event.
    const events = await api.events(siteId, Math.max(0, seq - RECENT)).catch(() => [])
    if (trail.peek() !== null) return
    trail.value = events
      .filter((event) => event.seq <= seq)
      .reduce<Trail | null>((before, event) => trailAfter(before, event, counterId), null)
  }

  return { live, trail }
}
