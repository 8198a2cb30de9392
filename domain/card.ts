import type { CardRule, CareNeed } from './care.ts'

/** Weights of the first 17 digits of an identity number. Source: GB 11643-1999, after ISO 7064 MOD 11-2. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** The need that a card's number speaks for, by the site's rules; null: none of them knows it. [CARE4] */
export function cardNeed(number: string, rules: readonly CardRule[]): CareNeed | null {
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

/** Whether the check sign of an 18-sign identity number is right. */
function isIdentityNumber(number: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0)
  return CHECKS[sum % 11] === number[17]
}
