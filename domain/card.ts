import type { CareNeed } from './care.ts'
import { type Identity, isIdentityNumber, readIdentityNumber } from './identity.ts'
import { Refusal } from './refusal.ts'
import type { Site } from './site.ts'

/** What a reader has read of a card. Looked at, and kept nowhere as it is. */
export interface ShownCard {
  /** A number, or the text of a code. */
  number: string
  /** The name on it, if the reader says it. */
  name?: string
}

/** What a card says at a site: what it is good for there. */
export interface CardMeaning {
  /** The need it speaks for. */
  need: CareNeed | null
  identity: Identity | null
}

type CardSettings = Pick<Site, 'cards' | 'careBy' | 'identity'>

/**
 * What a card is good for at this site: care, where cards grant it; an identity, where the site takes one; one card may be
 * good for both. Refuses `wrong-identity` for an identity number that cannot be, else `unknown-card`. [CARE4] [IDENT6]
 */
export function meaningOfCard({ cards, careBy, identity }: CardSettings, card: ShownCard): CardMeaning {
  const need = careBy.includes('card') ? cardNeed(card.number, cards) : null
  const number = identity ? identityNumberOf(card.number) : null
  if (number === 'wrong' && !need) throw new Refusal('wrong-identity')
  const known = number === null || number === 'wrong' ? null : { number, ...nameOf(card) }
  if (!need && !known) throw new Refusal('unknown-card')
  return { need, identity: known }
}

/** The need that a card's number speaks for, by the site's rules; null: none of them knows it. [CARE4] */
export function cardNeed(number: string, rules: CardSettings['cards']): CareNeed | null {
  const written = number.trim().toUpperCase()
  const rule = rules.find((each) =>
    'kind' in each
      ? isDisabilityCertificate(written)
      : new RegExp(`^(?:${each.pattern})$`, 'u').test(written),
  )
  return rule?.need ?? null
}

/**
 * Whether this is the number of a disability certificate of the People's Republic of China: the bearer's identity number,
 * the kind of disability (1–7) and its degree (1–4).
 */
export function isDisabilityCertificate(number: string): boolean {
  const found = /^(\d{17}[\dX])[1-7][1-4]$/.exec(number)
  return found?.[1] !== undefined && isIdentityNumber(found[1])
}

/** The code in a ticket's link, which is what the code on a ticket says; null: it is no such link. [IDENT7] */
export function ticketCodeIn(read: string): string | null {
  return /^https?:\/\/\S+\/phone\/#([2-9A-HJKMNP-Z]{16})$/i.exec(read.trim())?.[1]?.toUpperCase() ?? null
}

/** A disability certificate names its bearer too. */
function identityNumberOf(read: string): string | 'wrong' | null {
  const written = read.trim().toUpperCase()
  return isDisabilityCertificate(written) ? written.slice(0, 18) : readIdentityNumber(read)
}

function nameOf({ name }: ShownCard): { name?: string } {
  return name === undefined ? {} : { name }
}
