/**
 * What the hall says when a ticket is called: chime, Mandarin, a pause, Mandarin again, English.
 * Pure: it turns a call into the steps that `announcer.ts` carries out.
 */

export type Language = 'zh-CN' | 'en'

/** How 1 is said in a ticket number: 幺 (yāo, cannot be mistaken for 七 across a noisy hall) or 一 (yī). */
export type One = 'yao' | 'yi'

/** One recording to play, then silence of `pauseMs` milliseconds. */
export interface Word {
  /** The clip's name within the voice folder, `<language>/<name>`: `zh-CN/qing`. */
  clip: string
  pauseMs: number
}

/** A step is played to its end, then followed by silence of `pauseMs` milliseconds. */
export type Step = ChimeStep | PhraseStep

export interface ChimeStep {
  type: 'chime'
  clip: 'chime'
  pauseMs: number
}

export interface PhraseStep {
  type: 'phrase'
  language: Language
  /** What the screen shows while it is said: `请 A012 号，到 3 号窗口`. */
  caption: string
  /** The same in full words, for a speech synthesiser where a recording is missing. */
  text: string
  words: Word[]
  pauseMs: number
}

export interface AnnouncementOptions {
  /** The ticket's public number, `A012`: letters and digits, said singly; at the dash of `K1-03` with a pause. */
  number: string
  /** The counter's number, 1–99 said as a number, anything else sign by sign. */
  counter: number | string
  /** The languages in the order they are said; the first is said `times` times, each other once. */
  languages: readonly Language[]
  one: One
  /** How often the first language is said: 2 unless told; 1 while more calls wait to be said. */
  times?: 1 | 2
}

/** Milliseconds of silence. Within a number they are short and even, so that it is heard as one number. */
const GAP = { chime: 150, joined: 20, sign: 50, word: 60, dash: 260, comma: 220, repeat: 600, language: 700 }

/** The steps of one announcement, in the order they are heard. */
export function announcement(options: AnnouncementOptions): Step[] {
  const { languages, times = 2 } = options
  const phrases = languages.flatMap((language, at) => {
    const said = phrase(language, options)
    const last = { ...said, pauseMs: at === languages.length - 1 ? 0 : GAP.language }
    return at === 0 && times === 2 ? [{ ...said, pauseMs: GAP.repeat }, last] : [last]
  })
  return [{ type: 'chime', clip: 'chime', pauseMs: GAP.chime }, ...phrases]
}

function phrase(language: Language, options: AnnouncementOptions): Omit<PhraseStep, 'pauseMs'> {
  const number = options.number.normalize('NFKC').toUpperCase()
  const counter = String(options.counter).normalize('NFKC').trim()
  const inChinese = language === 'zh-CN'
  const groups = number.split('-').map((part) => spelled(part, inChinese && options.one === 'yao'))
  const place = counterWords(counter, language)
  const said = (names: readonly string[], between: string) =>
    names.map((name) => read(name, language)).join(between)
  const signs = (afterMs: number): Word[] =>
    groups.flatMap((group, at) =>
      words(language, group, at === groups.length - 1 ? afterMs : GAP.dash, GAP.sign),
    )
  const spoken = groups.map((group) => said(group, ' ')).join(', ')
  if (inChinese) {
    return {
      type: 'phrase',
      language,
      caption: `请 ${number} 号，到 ${counter} 号窗口`,
      text: `请 ${spoken} 号，到${said(place, '')}号窗口`,
      words: [
        ...words(language, ['qing'], GAP.word),
        ...signs(GAP.word),
        ...words(language, ['hao'], GAP.comma),
        ...words(language, ['dao'], GAP.word),
        ...words(language, place, GAP.joined, GAP.joined),
        ...words(language, ['hao-chuangkou'], 0),
      ],
    }
  }
  return {
    type: 'phrase',
    language,
    caption: `Number ${number}, please go to counter ${counter}`,
    text: `Number ${spoken}, please go to counter ${said(place, ' ')}`,
    words: [
      ...words(language, ['number'], GAP.word),
      ...signs(GAP.comma),
      ...words(language, ['please-go-to-counter'], GAP.word),
      ...words(language, place, 0, GAP.joined),
    ],
  }
}

/** Words with `withinMs` of silence between them and `afterMs` after the last. */
function words(language: Language, names: readonly string[], afterMs: number, withinMs = 0): Word[] {
  const last = names.length - 1
  return names.map((name, at) => ({ clip: `${language}/${name}`, pauseMs: at === last ? afterMs : withinMs }))
}

/**
 * The clip names that say a counter's number, 1–99 as a number: Chinese 12 → 10, 2 (十二), 20 → 2, 10 (二十);
 * English 23 → 20, 3. Any other (a name, 101) is said sign by sign.
 */
export function counterWords(counter: number | string, language: Language): string[] {
  const label = String(counter).normalize('NFKC').trim()
  const value = /^\d+$/.test(label) ? Number(label) : Number.NaN
  if (!(value >= 1 && value <= 99)) return spelled(label.toUpperCase(), language === 'zh-CN')
  const ten = Math.floor(value / 10)
  const unit = value % 10
  if (language === 'zh-CN') {
    return [
      ...(ten > 1 ? [String(ten)] : []),
      ...(ten > 0 ? ['10'] : []),
      ...(unit > 0 ? [String(unit)] : []),
    ]
  }
  if (value <= 20) return [String(value)]
  return [String(ten * 10), ...(unit > 0 ? [String(unit)] : [])]
}

/** Sign by sign; hyphens, dots and blanks are silent. A sign no pack has a clip for is left to the synthesiser. */
function spelled(label: string, yao: boolean): string[] {
  return [...label.replace(/[\s\-_.·]/g, '')].map((sign) =>
    sign === '1' && yao ? 'yao' : sign.toLowerCase(),
  )
}

const CHINESE: Record<string, string> = {
  ...{ 0: '零', 1: '一', yao: '幺', 2: '二', 3: '三', 4: '四', 5: '五', 6: '六', 7: '七', 8: '八', 9: '九' },
  10: '十',
}
const ENGLISH = [
  ...[
    'zero',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty'],
]
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** A clip's name as the word a reader or a synthesiser would read: `yao` → 幺, `30` → thirty, `a` → A. */
function read(name: string, language: Language): string {
  if (language === 'zh-CN') return CHINESE[name] ?? name.toUpperCase()
  if (!/^\d+$/.test(name)) return name.toUpperCase()
  return ENGLISH[Number(name)] ?? TENS[Number(name) / 10] ?? name
}
