import { actionKey } from '#ui/api.ts'
import type { Counter, Person } from './model.ts'

/** What this module needs of `sessionStorage` and of the page. */
export interface Page {
  stored: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  onLeave: (leaving: () => void) => void
}

const KEPT = 'nuanhao.console.desk'

/**
 * The id of this console: one for each tab, kept over a reload. [SHIFT4] A browser copies what a tab has stored into its
 * duplicate, so it is stored only from leaving the page until the page is back.
 */
export function deskIdOf({ stored, onLeave }: Page): string {
  const kept = attempt(() => {
    const found = stored().getItem(KEPT)
    stored().removeItem(KEPT)
    return found
  })
  const id = kept ?? actionKey()
  onLeave(() => attempt(() => stored().setItem(KEPT, id)))
  return id
}

/** A locked-down browser stores nothing: then a reload is a new console. */
function attempt<T>(what: () => T): T | null {
  try {
    return what()
  } catch {
    return null
  }
}

/** Whether this person works, or was working, at the counter from this console; forgotten when the counter closes. */
export function satAt(before: boolean, counter: Counter, { accountId }: Person, deskId: string): boolean {
  if (counter.status === 'closed') return false
  return before || (counter.desk === deskId && counter.staffId === accountId)
}

/**
 * Why this console steps back: the same person works the counter from another screen, or a colleague took over from this
 * console. [SHIFT5] Null: it does not. A counter that was opened without a screen is nobody's reason.
 */
export function steppedBack(
  counter: Counter,
  { accountId }: Person,
  deskId: string,
  sat: boolean,
): 'another-screen' | 'colleague' | null {
  if (counter.status === 'closed' || counter.desk === deskId) return null
  if (counter.staffId === accountId) return counter.desk === null ? null : 'another-screen'
  return sat ? 'colleague' : null
}
