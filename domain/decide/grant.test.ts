import { describe, expect, it } from 'vitest'
import { clerk, nobody } from '#test/harness/decisions.ts'
import { siteWith } from '#test/harness/legs.ts'
import type { CareSource } from '../care.ts'
import { Refusal } from '../refusal.ts'
import { type CareAsked, grantCare } from './grant.ts'

/** What is granted, or the key of the refusal. */
function granted(careBy: CareSource[], asked: CareAsked, actor = nobody) {
  const site = siteWith({
    careBy,
    careCredit: 1_000,
    careCredits: { 'lives-alone': 3_000, pregnant: 0 },
  })
  try {
    return grantCare(site, actor, asked)
  } catch (error) {
    if (error instanceof Refusal) return error.key
    throw error
  }
}

describe('granting care', () => {
  it('[CARE2] as the site allows: by word, by card, by staff', () => {
    expect(granted(['declared'], {})).toEqual({ credit: 1_000 })
    expect(granted(['staff'], {})).toBe('care-not-granted')
    expect(granted(['staff'], {}, clerk)).toEqual({ credit: 1_000 })
    expect(granted(['card'], {})).toBe('care-not-granted')
    expect(granted(['card'], {}, clerk)).toBe('care-not-granted')
    expect(granted(['card'], { byCard: 'lives-alone' })).toEqual({ credit: 3_000, need: 'lives-alone' })
  })

  it('[CARE3] a need has its own head start where the site gives one, also none at all', () => {
    expect(granted(['declared'], { need: 'lives-alone' })).toEqual({ credit: 3_000, need: 'lives-alone' })
    expect(granted(['declared'], { need: 'pregnant' })).toEqual({ credit: 0, need: 'pregnant' })
    expect(granted(['declared'], { need: 'infant' })).toEqual({ credit: 1_000, need: 'infant' })
  })

  it('[CARE4] a card that grants none is refused where a word does not do; the card speaks for the need, not the word', () => {
    expect(granted(['card'], { byCard: null })).toBe('unknown-card')
    expect(granted(['card', 'declared'], { byCard: null })).toEqual({ credit: 1_000 })
    expect(granted(['card'], { byCard: 'lives-alone', need: 'pregnant' })).toEqual({
      credit: 3_000,
      need: 'lives-alone',
    })
  })
})
