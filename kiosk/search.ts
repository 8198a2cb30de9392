import { type Language, localised } from '#ui/i18n.ts'
import type { Service } from './wish.ts'

type Text = Service['name']

const HAN = /\p{Script=Han}/u

/** The first sign of each letter in the order of pinyin; no sign begins with i, u or v. */
const FIRSTS = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀'
const LETTERS = 'abcdefghjklmnopqrstwxyz'
const pinyin = new Intl.Collator('zh-CN-u-co-pinyin')

/** The first letters of a text: `小孩上户口` has `xhshk`. A sign with two readings has one of them. */
export function initials(text: string): string {
  let letters = ''
  for (const sign of text) {
    if (HAN.test(sign)) letters += initialOf(sign)
    else if (/[a-z\d]/i.test(sign)) letters += sign.toLowerCase()
  }
  return letters
}

function initialOf(sign: string): string {
  const before = [...FIRSTS].filter((first) => pinyin.compare(first, sign) <= 0).length
  return LETTERS[before - 1] ?? ''
}

/** What somebody typed, without what does not matter: case, spaces at the ends, the marks an input method sets. */
function plain(said: string): string {
  return said.toLowerCase().replace(/['’]/g, '').replace(/\s+/g, ' ').trim()
}

/** Whether what was typed fits a text. [SEARCH1] */
function fits({ 'zh-CN': zh, en }: Text, said: string): boolean {
  if (HAN.test(said)) return zh.includes(said.replaceAll(' ', ''))
  const words = en.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return (
    said.split(' ').every((begin) => words.some((word) => word.startsWith(begin))) ||
    initials(zh).includes(said.replaceAll(' ', ''))
  )
}

/** Services that fit what was typed: by name, then by everyday words, then by department; else what is nearest. [SEARCH1] */
export function found(services: readonly Service[], typed: string): readonly Service[] {
  const said = plain(typed)
  if (said === '') return []
  const rank = ({ name, says, department }: Service) =>
    fits(name, said) ? 0 : says.some((text) => fits(text, said)) ? 1 : fits(department, said) ? 2 : null
  const ranked = services.flatMap((service) => {
    const place = rank(service)
    return place === null ? [] : [{ service, place }]
  })
  // Sorting keeps the hall's own order among equals.
  return ranked.length > 0
    ? ranked.sort((a, b) => a.place - b.place).map(({ service }) => service)
    : nearest(services, said)
}

/** Those that share most pairs of neighbouring Chinese signs with what was typed: `孩子上户口` is near `小孩上户口`. */
function nearest(services: readonly Service[], said: string): readonly Service[] {
  const pairs = [...said].flatMap((sign, at, signs) => {
    const next = signs[at + 1]
    return next && HAN.test(sign) && HAN.test(next) ? [sign + next] : []
  })
  const shared = ({ name, says }: Service) =>
    pairs.filter((pair) => [name, ...says].some((text) => text['zh-CN'].includes(pair))).length
  const most = Math.max(0, ...services.map(shared))
  return most === 0 ? [] : services.filter((service) => shared(service) === most)
}

/** As many words as a screen shows in large letters without moving. */
const PAGE = 16

/** One page of words after another, and then the first again. [SEARCH2] */
export function turned(words: readonly string[], page: number): readonly string[] {
  const pages = Math.max(1, Math.ceil(words.length / PAGE))
  const from = (page % pages) * PAGE
  return words.slice(from, from + PAGE)
}

/** Everyday words to be touched: every service's first, then every second, and so on; none twice. [SEARCH2] */
export function everydayWords(services: readonly Service[], spoken: Language): readonly string[] {
  const rounds = Math.max(0, ...services.map(({ says }) => says.length))
  const words = Array.from({ length: rounds }, (_, round) =>
    services.flatMap(({ says }) => {
      const text = says[round]
      const word = text && localised(text, spoken)
      // A hall may have these in Chinese only: whoever reads English is not shown what they cannot read.
      return word && !(spoken === 'en' && HAN.test(word)) ? [word] : []
    }),
  )
  return [...new Set(words.flat())]
}
