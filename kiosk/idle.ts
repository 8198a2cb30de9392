import type { Size } from '#ui/appearance.ts'

/** Untouched for this long, the screen asks whether anybody is there, ms. Longer in 长辈版. [KIOSK4] */
export const ASKS_AFTER: Record<Size, number> = { standard: 45_000, large: 90_000 }
/** Time to answer before everything is cleared, ms. Each answer gives all of it again, as often as it is given. */
export const ANSWER_WITHIN = 30_000
/** How long a ticket stays on the screen, ms: it asks within this time, not after it. */
export const TICKET_STAYS = ASKS_AFTER

export type Idle = { at: 'here' } | { at: 'asking'; seconds: number } | { at: 'gone' }

/** What a screen untouched for `untouched` ms takes its resident to be. */
export function idle(untouched: number, size: Size): Idle {
  const asking = untouched - ASKS_AFTER[size]
  if (asking < 0) return { at: 'here' }
  if (asking >= ANSWER_WITHIN) return { at: 'gone' }
  return { at: 'asking', seconds: secondsLeft(ANSWER_WITHIN - asking) }
}

/** Whole seconds, as a countdown shows them: the last one is 1. */
export function secondsLeft(ms: number): number {
  return Math.max(Math.ceil(ms / 1_000), 0)
}
