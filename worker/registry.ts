import type { Chore } from './chore.ts'
import { expireCalls } from './expire-calls.ts'
import { reconcileLines } from './reconcile-lines.ts'

/** Every background job there is. */
export const CHORES: readonly Chore[] = [reconcileLines, expireCalls]

/**
 * Checks the registry at start-up.
 *
 * @throws Error when a name is taken twice or an interval makes no sense
 */
export function checkRegistry(chores: readonly Chore[]): ReadonlyMap<string, Chore> {
  const byName = new Map<string, Chore>()
  for (const chore of chores) {
    if (byName.has(chore.name)) throw new Error(`two chores are called ${chore.name}`)
    if (!Number.isInteger(chore.every) || chore.every < 100) {
      throw new Error(`chore ${chore.name} runs every ${chore.every} ms`)
    }
    byName.set(chore.name, chore)
  }
  return byName
}
