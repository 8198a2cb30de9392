import { applySettings } from './apply-settings.ts'
import { checkpoint } from './checkpoint.ts'
import type { AnyChore } from './chore.ts'
import { closeDay } from './close-day.ts'
import { deliverWebhooks } from './deliver-webhooks.ts'
import { escalateHelp } from './escalate-help.ts'
import { expireCalls } from './expire-calls.ts'
import { keepAudit } from './keep-audit.ts'
import { oldHolds } from './old-holds.ts'
import { purge } from './purge.ts'
import { reconcileLines } from './reconcile-lines.ts'
import { rewrapKeys } from './rewrap-keys.ts'
import { trimBullmq } from './trim-bullmq.ts'
import { vacuum } from './vacuum.ts'

/** Every background job there is. */
export const CHORES: readonly AnyChore[] = [
  reconcileLines,
  expireCalls,
  escalateHelp,
  oldHolds,
  closeDay,
  applySettings,
  deliverWebhooks,
  purge,
  rewrapKeys,
  keepAudit,
  trimBullmq,
  vacuum,
  checkpoint,
]

/**
 * Checks the registry at start-up.
 *
 * @throws Error when a name is taken twice or an interval makes no sense
 */
export function checkRegistry(chores: readonly AnyChore[]): ReadonlyMap<string, AnyChore> {
  const byName = new Map<string, AnyChore>()
  for (const chore of chores) {
    if (byName.has(chore.name)) throw new Error(`two chores are called ${chore.name}`)
    if (!Number.isInteger(chore.every) || chore.every < 100) {
      throw new Error(`chore ${chore.name} runs every ${chore.every} ms`)
    }
    byName.set(chore.name, chore)
  }
  return byName
}
