import type { Localised } from '#domain/localised.ts'
import type { Why } from '#domain/why.ts'
import type { Slip } from '#protocol/printing.ts'
import { dayAndTime, PRACTICE } from '#protocol/slip.ts'
import { whyInWords } from '#protocol/why-words.ts'

/** What a paper says of a place in the order: counts, never a class and never a person. [DESK5] */
export interface WhyFacts extends Pick<Why, 'ahead' | 'arrivedBefore'> {
  /** Its own comes first. */
  language: Slip['language']
  hall: Localised
  practice: boolean
  timeZone: string
  number: string
  /** ms */
  askedAt: number
}

/** A small paper with the one sentence, in both languages: it may be shown to somebody else. */
export function whySlip({ language, hall, practice, ...facts }: WhyFacts, paper: Slip['paper']): Slip {
  const other = language === 'zh-CN' ? 'en' : 'zh-CN'
  const plain = (text: string) => ({ text, size: 'plain' }) as const
  return {
    paper,
    language,
    parts: [
      ...(practice ? [{ text: PRACTICE, size: 'large', strong: true, centred: true } as const] : []),
      { text: hall[language] || hall['zh-CN'], size: 'plain', strong: true, centred: true },
      { text: facts.number, size: 'number', strong: true, centred: true },
      { rule: true },
      plain(whyInWords(facts, language)),
      plain(whyInWords(facts, other)),
      { rule: true },
      plain(dayAndTime(facts.askedAt, facts.timeZone)),
    ],
  }
}
