import type { KnownCard } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import type { CareWay } from './care-way.ts'
import type { Visit } from './visit.ts'

/** Where something that is held to the reader is looked at: not while a number is made or shown. */
export function looksAtCards(at: Visit['at']): boolean {
  return at !== 'issuing' && at !== 'failed' && at !== 'ticket' && at !== 'already'
}

/** Whether the screen asks for a card that grants care. */
export function asksForCare(at: Visit['at'], way: CareWay): boolean {
  return at === 'card' || at === 'unknown-card' || (at === 'care' && way === 'card')
}

/**
 * What becomes of a card, by where its resident is. `take`: it grants the care that is asked about, so they get their number.
 * `unknown`: it does not. `kept`: it is good for what comes later. [KIOSK11] [IDENT6]
 */
export function afterCard(
  { care }: Pick<KnownCard, 'care'>,
  at: Visit['at'],
  way: CareWay,
): 'take' | 'unknown' | 'kept' {
  if (care && (asksForCare(at, way) || (at === 'care' && way === 'both'))) return 'take'
  return asksForCare(at, way) ? 'unknown' : 'kept'
}

/** What is said of something that was held to the reader, beside the screen. */
export type Said = 'reading' | 'lift' | 'silent' | 'wrong' | 'unknown' | 'old' | 'none' | 'failed' | 'away'

/** What is said when the server refuses what was read. */
export function saidOf(error: ErrorKey): Said {
  switch (error) {
    case 'wrong-identity':
      return 'wrong'
    case 'unknown-card':
    case 'malformed':
      return 'unknown'
    case 'unknown-ticket':
      return 'old'
    default:
      return 'failed'
  }
}
