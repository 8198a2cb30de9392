import { cardNeed } from '../card.ts'
import type { CareNeed } from '../care.ts'
import { Refusal } from '../refusal.ts'
import type { Site } from '../site.ts'
import type { Actor } from './actor.ts'

/** What a resident says, or shows, to be cared for first. */
export interface CareAsked {
  need?: CareNeed
  /** Number of a card that grants care; looked at here and kept nowhere. */
  card?: string
}

/**
 * Whether the site grants the care that is asked for, and what it is worth. [CARE2] [CARE3] [CARE4]
 *
 * @returns the head start in ms, and the need where one is known: it is private
 * @throws Refusal `unknown-card`, `care-not-granted`
 */
export function grantCare(site: Site, actor: Actor, asked: CareAsked): { credit: number; need?: CareNeed } {
  const byCard = asked.card === undefined ? null : cardNeed(asked.card, site.cards)
  if (asked.card !== undefined && !byCard) throw new Refusal('unknown-card')
  const sources = [
    byCard ? ('card' as const) : ('declared' as const),
    ...(actor.staffId === null ? [] : ['staff' as const]),
  ]
  if (!sources.some((source) => site.careBy.includes(source))) throw new Refusal('care-not-granted')
  const need = byCard ?? asked.need
  return { credit: careCreditOf(site, need), ...(need && { need }) }
}

/** The head start of care for a need, ms; of care without one, the site's own. [CARE3] */
export function careCreditOf({ careCredit, careCredits }: Site, need?: CareNeed): number {
  return (need && careCredits[need]) ?? careCredit
}
