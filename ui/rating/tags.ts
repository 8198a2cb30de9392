import { RATING_TAGS } from '#domain/rating.ts'
import { localised } from '../i18n.ts'

/** The tag of a code in words; a code nobody knows is itself. */
export function tagWords(code: string): string {
  const found = Object.values(RATING_TAGS).find((tags) => code in tags)?.[code]
  return found ? localised(found) : code
}
