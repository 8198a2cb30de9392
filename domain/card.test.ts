import { describe, expect, it } from 'vitest'
import { keyOf } from '#test/harness/decisions.ts'
import { siteWith } from '#test/harness/legs.ts'
import { cardNeed, isDisabilityCertificate, meaningOfCard, ticketCodeIn } from './card.ts'
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

describe('what a card is good for', () => {
  const number = '11010519491231002X'
  const taking = siteWith({
    identity: { keyboard: true, service: null },
    careBy: ['card'],
    cards: [
      { need: 'disabled', kind: 'disability-certificate' },
      { need: 'lives-alone', pattern: 'LA\\d{6}' },
    ],
  })

  it('[IDENT6] one card speaks for the need and says who its bearer is; each only where the site wants it', () => {
    const card = { number: `${number}42`, name: '张三' }
    expect(meaningOfCard(taking, card)).toEqual({ need: 'disabled', identity: { number, name: '张三' } })
    expect(meaningOfCard({ ...taking, careBy: ['staff'] }, card).need).toBeNull()
    expect(meaningOfCard({ ...taking, identity: null }, card).identity).toBeNull()
    expect(meaningOfCard(taking, { number })).toEqual({ need: null, identity: { number } })
    expect(meaningOfCard(taking, { number: 'LA000042' })).toEqual({ need: 'lives-alone', identity: null })
  })

  it('[IDENT2] [CARE4] what is good for nothing is refused; a number that cannot be, by its own name', () => {
    const refusal = (read: string, site = taking) =>
      keyOf(() => {
        meaningOfCard(site, { number: read })
        throw new Error('not refused')
      })
    expect(refusal('XX1234')).toBe('unknown-card')
    expect(refusal('110105194912310021')).toBe('wrong-identity')
    expect(refusal('110105194912310021', { ...taking, identity: null })).toBe('unknown-card')
    expect(refusal(number, { ...taking, identity: null })).toBe('unknown-card')
  })

  it('[IDENT7] the code on a ticket is its link; anything else is none', () => {
    const code = 'ABCDEFGH23456789'
    expect(ticketCodeIn(`https://hall.example:8443/phone/#${code}`)).toBe(code)
    expect(ticketCodeIn(` HTTP://192.168.1.5/PHONE/#${code.toLowerCase()} `)).toBe(code)
    for (const other of [
      code,
      `https://hall.example/phone/#${code}2`,
      `https://hall.example/phone/${code}`,
    ]) {
      expect(ticketCodeIn(other)).toBeNull()
    }
  })
})
