/** What a mask may stand for, or a word that is not shown. */
export const REVEALABLE = ['identity', 'contact', 'need'] as const
export type Revealable = (typeof REVEALABLE)[number]

/** What somebody at a counter needs to see it for; `other` in a few words of their own. */
export const PURPOSES = ['check-person', 'fill-form', 'reach-person', 'prepare', 'other'] as const
export type Purpose = (typeof PURPOSES)[number]

/** Words of one's own are so long at most. */
export const PURPOSE_LONG = 40

/**
 * Whether words for a purpose may be written down for good: they may hold no number of four signs and more, and nothing of what
 * was confided. [REVEAL3]
 */
export function mayBeWritten(words: string, confided: readonly string[]): boolean {
  const plain = squeezed(words)
  if (/\p{N}{4}/u.test(plain)) return false
  return !confided.some((one) =>
    [one, ...partsOf(one)].map(squeezed).some((told) => told !== '' && plain.includes(told)),
  )
}

/** What tells a name without being all of it: two signs of a Chinese one that follow each other, a word of three letters of another. */
function partsOf(name: string): string[] {
  const pairs = Array.from(name.matchAll(/(?=(\p{Script=Han}{2}))/gu), ([, pair = '']) => pair)
  return [...pairs, ...(name.match(/\p{L}{3,}/gu) ?? []).filter((word) => !/\p{Script=Han}/u.test(word))]
}

/** As one reads it: without what is between the signs, and with wide signs as narrow ones. */
function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}\p{Cf}]/gu, '')
}
