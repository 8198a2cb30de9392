import { describe, expect, it } from 'vitest'
import { cardNeed, isDisabilityCertificate } from './card.ts'
import type { CardRule } from './care.ts'

describe('cards that grant care', () => {
  // The identity number of the standard's own example, with kind 4 and degree 2 of disability after it.
  const certificate = '11010519491231002X42'

  it('[CARE4] a disability certificate has an identity number with its right check sign, a kind and a degree', () => {
    expect(isDisabilityCertificate(certificate)).toBe(true)
    expect(isDisabilityCertificate('11010519491231002142')).toBe(false)
    expect(isDisabilityCertificate('11010519491231002X82')).toBe(false)
    expect(isDisabilityCertificate('11010519491231002X45')).toBe(false)
    expect(isDisabilityCertificate('11010519491231002X4')).toBe(false)
  })

  it('[CARE4] the first rule that knows the whole number says the need', () => {
    const rules: CardRule[] = [
      { need: 'disabled', kind: 'disability-certificate' },
      { need: 'lives-alone', pattern: 'NA\\d{6}' },
    ]
    expect(cardNeed(' 11010519491231002x42 ', rules)).toBe('disabled')
    expect(cardNeed('NA123456', rules)).toBe('lives-alone')
    expect(cardNeed('NA1234567', rules)).toBeNull()
    expect(cardNeed(certificate, [])).toBeNull()
  })
})
