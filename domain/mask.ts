/** What stands for a name, a phone number or an identity number where it is not revealed. Nothing else writes a mask. [MASK1] */

/** First sign of the name, `张*`. How long it is, is not told; of a name of one sign nothing is left. */
export function maskName(name: string): string {
  const [first = '', ...rest] = Array.from(name.trim())
  // Marks belong to the sign before them: a name of one sign and its marks is a name of one sign.
  return rest.some((sign) => !/^[\p{M}\p{Cf}\s]$/u.test(sign)) ? `${first}*` : '*'
}

/** `138****1234`; of a number shorter than a mobile's the last two, and of a very short one nothing. Spaces and dashes go. */
export function maskPhone(phone: string): string {
  return ends(phone.replaceAll(/[\s().-]/g, ''), (n) => (n >= 11 ? [3, 4] : n >= 7 ? [0, 2] : [0, 0]))
}

/** First three and last four of an identity number; of a shorter document's number the last two, of a very short one nothing. */
export function maskNumber(number: string): string {
  return ends(number, (n) => (n >= 15 ? [3, 4] : n >= 7 ? [0, 2] : [0, 0]))
}

/** Keeps so many signs at both ends, and a star for each one between. */
function ends(text: string, kept: (length: number) => [first: number, last: number]): string {
  const signs = Array.from(text)
  const [first, last] = kept(signs.length)
  return signs.map((sign, i) => (i < first || i >= signs.length - last ? sign : '*')).join('')
}
