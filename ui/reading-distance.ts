/**
 * How large a call stands, and from how far it can be read. A sign has to be 12.2 mm high for each metre of distance; a
 * screen of d inches has d × 25.4 mm over the diagonal of its pixels. docs/DISPLAY.md has the figures.
 */

/** mm of height for each metre of distance. */
export const MM_PER_METRE = 12.2
/** Height of a digit or capital letter, and of a Chinese character, of the font's size: the least of the fonts we name. */
export const DIGIT = 0.7
export const HAN = 0.82

/** How calls stand: one to three beside the panels, or one alone over the whole screen. */
export type Stand = 3 | 2 | 1 | 'alone'
const STANDS: readonly Stand[] = [3, 2, 1, 'alone']

/** rem of the number, for the usual and for a long one; and what part of it the words of the counter are, by language. */
interface Size {
  number: number
  long: number
  place: { 'zh-CN': number; en: number }
}

const SIZES: Record<'wide' | 'upright', Record<Stand, Size>> = {
  wide: {
    1: { number: 16.5, long: 15, place: { 'zh-CN': 0.45, en: 0.45 } },
    2: { number: 10.5, long: 8, place: { 'zh-CN': 0.5, en: 0.45 } },
    3: { number: 9, long: 8, place: { 'zh-CN': 0.5, en: 0.45 } },
    alone: { number: 21.5, long: 20, place: { 'zh-CN': 0.72, en: 0.68 } },
  },
  upright: {
    1: { number: 18.5, long: 15, place: { 'zh-CN': 0.42, en: 0.36 } },
    2: { number: 10, long: 7.5, place: { 'zh-CN': 0.45, en: 0.45 } },
    3: { number: 10, long: 7.5, place: { 'zh-CN': 0.45, en: 0.45 } },
    alone: { number: 21.5, long: 17, place: { 'zh-CN': 0.52, en: 0.42 } },
  },
}

/** A screen: its diagonal in inches, and its page in CSS pixels. */
export interface Screen {
  inches: number
  width: number
  height: number
}

const formOf = ({ width, height }: Screen) => (height >= width ? 'upright' : 'wide')

/** CSS pixels of a rem: the same rule as `--root` in display.css. */
export function remOf({ width, height }: Pick<Screen, 'width' | 'height'>): number {
  return height >= width ? Math.min(width / 67.5, height / 120) : Math.min(height / 67.5, width / 120)
}

/** How many metres away a sign of `px` CSS pixels can be read on that screen. */
export function metresOf(px: number, { inches, width, height }: Screen): number {
  const mm = (px * inches * 25.4) / Math.hypot(width, height)
  return mm / MM_PER_METRE
}

/** rem and proportion of a call that stands so. */
export function sizeOf(screen: Screen, stand: Stand, long: boolean, language: 'zh-CN' | 'en') {
  const { number, long: less, place } = SIZES[formOf(screen)][stand]
  return { number: long ? less : number, place: place[language] }
}

/** From how far the smallest sign of a call that stands so can be read, metres: its number, and the words of its counter. */
export function readableFrom(screen: Screen, stand: Stand, long: boolean): number {
  const smallest = (['zh-CN', 'en'] as const).map((language) => {
    const { number, place } = sizeOf(screen, stand, long, language)
    return Math.min(number * DIGIT, number * place * (language === 'en' ? DIGIT : HAN))
  })
  return metresOf(Math.min(...smallest) * remOf(screen), screen)
}

export interface Reading {
  /** The most calls that stand large beside each other, or one alone. */
  stand: Stand
  /** From how far it can then be read, metres. */
  metres: number
  /** The hall's distance is no more than that. */
  enough: boolean
}

/** As many calls at once as can be read from `metres`; null: the hall has not said how far. [WALL13] */
export function reading(screen: Screen, metres: number | null, long: boolean): Reading {
  const each = STANDS.map((stand) => ({ stand, metres: readableFrom(screen, stand, long) }))
  const found = each.find((one) => metres === null || one.metres >= metres)
  if (found) return { ...found, enough: true }
  return { stand: 'alone', metres: readableFrom(screen, 'alone', long), enough: false }
}

/** A number and a counter too long for the usual size. */
export function isLong(number: string, counter: string): boolean {
  return number.length + counter.length > 6
}
