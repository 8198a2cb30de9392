import type { CareNeed } from '../care.ts'
import { Refusal } from '../refusal.ts'
import type { Site } from '../site.ts'
import type { Actor } from './actor.ts'

/** What a resident says, or shows, to be cared for first. */
export interface CareAsked {
  need?: CareNeed
  /** The need that a card speaks for; null: a card was shown, and grants no care here. */
  byCard?: CareNeed | null
}

/**
 * Whether the site grants the care that is asked for, and what it is worth. A card speaks before a word does.
 * [CARE2] [CARE3] [CARE4]
 *
 * @returns the head start in ms, and the need where one is known: it is private
 * @throws Refusal `unknown-card`, `care-not-granted`
 */
export function grantCare(site: Site, actor: Actor, asked: CareAsked): { credit: number; need?: CareNeed } {
  const byWord = site.careBy.includes('declared') || (actor.staffId !== null && site.careBy.includes('staff'))
  if (!asked.byCard && !byWord) {
    throw new Refusal(asked.byCard === null ? 'unknown-card' : 'care-not-granted')
  }
  const need = asked.byCard ?? asked.need
  return { credit: careCreditOf(site, need), ...(need && { need }) }
}

/** The head start of care for a need, ms; of care without one, the site's own. [CARE3] */
export function careCreditOf({ careCredit, careCredits }: Site, need?: CareNeed): number {
  return (need && careCredits[need]) ?? careCredit
}
