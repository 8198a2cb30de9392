import { reconcile } from '#line/reconcile.ts'
import type { Chore } from './chore.ts'

/** Makes the line what the waiting legs say it should be. Lanes whose counts agree are left alone. */
export const reconcileLines: Chore = {
  name: 'reconcile-lines',
  every: 2_000,
  run: (hall) => reconcile(hall, false),
}
