import type { Localised } from '#domain/localised.ts'
import type { Wait } from '#domain/wait.ts'
import type { Slip, SlipPart } from '#protocol/printing.ts'
import { waitInWords } from '#protocol/wait-words.ts'

/** What a paper ticket tells its resident. Nothing here is about the person: no need, no reason, no name. [PRINT4] */
export interface SlipFacts {
  language: 'zh-CN' | 'en'
  hall: Localised
  /** The hall is one to practise in. */
  practice: boolean
  timeZone: string
  number: string
  /** The matters of the visit, in order. */
  services: readonly Localised[]
  /** What the screen said when the ticket was issued; null when no screen did. */
  issue: { ahead: number; wait: Wait | null } | null
  /** ms */
  issuedAt: number
  /** What to bring for the first matter. */
  materials: readonly Localised[]
  /** The link in the QR code; null when phones cannot reach the server. */
  trackUrl: string | null
  /** It may not be the only paper of this ticket. */
  again: boolean
}

const WORDS = {
  'zh-CN': {
    number: '您的号码',
    ahead: (n: number) => `取号时前面 ${n} 人`,
    wait: (words: string) => `预计等候 ${words}`,
    issued: (time: string) => `取号时间 ${time}`,
    bring: '请带好：',
    listen: '请留意大屏幕和广播叫号。',
    scan: '微信扫一扫，看排队进度',
  },
  en: {
    number: 'Your number',
    ahead: (n: number) => `Ahead of you when issued: ${n}`,
    wait: (words: string) => `Expected wait: ${words}`,
    issued: (time: string) => `Issued ${time}`,
    bring: 'Please have with you:',
    listen: 'Please watch the screen and listen for your number.',
    scan: 'Scan to follow the line',
  },
}

/** On the second paper in both languages: staff must know it whatever the resident reads. [PRINT6] [PRINT8] */
const AGAIN = '补打 REPRINT'

/** So that nobody takes a paper of a practice hall for a number to wait with. [PRACTICE1] */
export const PRACTICE = '练习 PRACTICE'

/** `2026-11-22 10:32` on the hall's clock. */
export function dayAndTime(at: number, timeZone: string): string {
  const style = { dateStyle: 'short', timeStyle: 'short', timeZone } as const
  return new Intl.DateTimeFormat('sv-SE', style).format(at)
}

/** A ticket's paper in its resident's language. */
export function slipOf(facts: SlipFacts, paper: 58 | 80): Slip {
  const {
    language,
    hall,
    practice,
    timeZone,
    number,
    services,
    issue,
    issuedAt,
    materials,
    trackUrl,
    again,
  } = facts
  const words = WORDS[language]
  const said = (text: Localised) => text[language] || text['zh-CN']
  const plain = (text: string): SlipPart => ({ text, size: 'plain' })
  const parts: SlipPart[] = [
    ...(again ? [{ text: AGAIN, size: 'plain', strong: true, centred: true } as const] : []),
    ...(practice ? [{ text: PRACTICE, size: 'large', strong: true, centred: true } as const] : []),
    { text: said(hall), size: 'plain', strong: true, centred: true },
    { rule: true },
    { text: words.number, size: 'plain', centred: true },
    { text: number, size: 'number', strong: true, centred: true },
    ...services.map((service) => ({ text: said(service), size: 'large', centred: true }) as const),
    { rule: true },
    ...(issue ? [plain(words.ahead(issue.ahead)), plain(words.wait(waitInWords(issue.wait, language)))] : []),
    plain(words.issued(dayAndTime(issuedAt, timeZone))),
    ...(materials.length > 0
      ? [
          { rule: true } as const,
          { text: words.bring, size: 'plain', strong: true } as const,
          ...materials.map((material) => plain(`- ${said(material)}`)),
        ]
      : []),
    { rule: true },
    plain(words.listen),
    ...(trackUrl === null
      ? []
      : [{ qr: trackUrl } as const, { text: words.scan, size: 'plain', centred: true } as const]),
  ]
  return { paper, language, parts }
}
