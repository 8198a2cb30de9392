import { maskName, maskNumber, maskPhone } from './mask.ts'

/** Who somebody is, as their card says. Private: sealed, and read at the serving counter only. */
export interface Identity {
  /** 18 signs, as `readIdentityNumber` gives them. */
  number: string
  name?: string
}

/** What a screen may show of it. */
export interface MaskedIdentity {
  number: string
  /** null: the card said none. */
  name: string | null
}

/** Whom to ask for, and where, as a screen may show it. */
export interface MaskedContact {
  name: string | null
  phone: string | null
}

/** Weights of the first 17 digits. Source: GB 11643-1999, after ISO 7064 MOD 11-2. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'
/** A number that stands by itself: a longer run of signs is another thing. */
const STANDING = /(?<![0-9A-Z])\d{17}[\dX](?![0-9A-Z])/gi

/** The check sign that belongs to 17 digits. */
export function checkSignOf(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  return CHECKS[sum % 11] ?? ''
}

/** Whether these 18 signs are an identity number: the check sign is right, and so is the day of birth. [IDENT2] */
export function isIdentityNumber(number: string): boolean {
  return /^\d{17}[\dX]$/.test(number) && checkSignOf(number) === number[17] && isDay(number.slice(6, 14))
}

/**
 * The identity number in what a reader has read: the number alone, or the only one in a longer text, as a code may have it.
 * `wrong`: there is one that cannot be. null: there is none, or more than one. [IDENT2]
 */
export function readIdentityNumber(read: string): string | 'wrong' | null {
  const [found, ...more] = read.match(STANDING) ?? []
  if (found === undefined || more.length > 0) return null
  const number = found.toUpperCase()
  return isIdentityNumber(number) ? number : 'wrong'
}

/** First sign of the name; first three and last four of the number. [IDENT3] */
export function masked({ number, name }: Identity): MaskedIdentity {
  return { number: maskNumber(number), name: name ? maskName(name) : null }
}

export function maskedContact({ name, phone }: { name?: string; phone?: string }): MaskedContact {
  return { name: name ? maskName(name) : null, phone: phone ? maskPhone(phone) : null }
}

/** Whether eight digits, `YYYYMMDD`, are a day there was. */
function isDay(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)]
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day) && Number(year) >= 1800
}
