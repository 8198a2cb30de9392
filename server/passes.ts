import type { ShownCard } from '#domain/card.ts'
import type { Keys } from '#settings/key-file.ts'
import { type PassedCard, seal, unseal } from '#store/private.ts'
import { type Principal, principalName } from './principal.ts'

/** A pass stands for a card this long, ms: longer than anybody stands at a kiosk. */
const LASTS = 3_600_000

/** What stands for a card from now on: the card, sealed for this screen, so that its number is sent once and nobody keeps it. [IDENT3] */
export function passFor(card: ShownCard, principal: Principal, keys: Keys, now: number): string {
  const { keyId, nonce, sealed } = seal({ ...card, until: now + LASTS }, ownerOf(principal), keys)
  return [keyId, nonce, sealed].map((part) => Buffer.from(part).toString('base64url')).join('.')
}

/** The card of a pass; null when it is no pass of this screen, or was one too long ago. */
export function cardOfPass(pass: string, principal: Principal, keys: Keys, now: number): ShownCard | null {
  const [keyId = '', nonce = '', sealed = ''] = pass
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString())
  try {
    const { until, ...card } = unseal<PassedCard>({ keyId, nonce, sealed }, ownerOf(principal), keys)
    return now < until ? card : null
  } catch {
    return null
  }
}

function ownerOf(principal: Principal): string {
  return `pass ${principal.siteId} ${principalName(principal)}`
}
