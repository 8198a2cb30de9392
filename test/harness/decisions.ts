import type { Change } from '#domain/change.ts'
import type { Actor } from '#domain/decide.ts'
import { Refusal } from '#domain/refusal.ts'

/** Sits at counter `c1`. */
export const clerk: Actor = { staffId: 'clerk', supervises: false }
/** Sits elsewhere. */
export const other: Actor = { staffId: 'other', supervises: false }
export const supervisor: Actor = { staffId: 'boss', supervises: true }
/** A device, a resident or a chore: nobody who operates counters. */
export const nobody: Actor = { staffId: null, supervises: false }

/** What a decision refuses with; null when it does not. */
export function refusal(act: () => Change): { key: string; facts: object } | null {
  try {
    act()
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { key: error.key, facts: error.facts }
  }
}

/** Only the key of it. */
export const keyOf = (act: () => Change): string | null => refusal(act)?.key ?? null
