import { signal } from '@preact/signals'
import type { Localised } from '#domain/site.ts'
import type { Wait } from '#domain/wait.ts'
import { waitInWords } from '#protocol/wait-words.ts'

export type { Wait } from '#domain/wait.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export type Facts = Record<string, string | number>

/** The names between braces of a message: `'{n} ahead'` has `n`; so has `'{n|person|people}'`. */
type NameOf<Braced extends string> = Braced extends `${infer Name}|${string}` ? Name : Braced
type FactsIn<Message extends string> = Message extends `${string}{${infer Braced}}${infer Rest}`
  ? NameOf<Braced> | FactsIn<Rest>
  : never
type FactsArgument<Message extends string> = [FactsIn<Message>] extends [never]
  ? []
  : [facts: Record<FactsIn<Message>, string | number>]

type Messages = Record<string, string>

/** The language this screen speaks now. Chinese first. */
export const language = signal<Language>('zh-CN')

/** Where the choice is kept; null keeps it nowhere (a kiosk forgets it with its resident). */
let kept: string | null = null

/**
 * Starts the screen's language: the kept one, else `first`. Sets it on `<html lang>`.
 * @param keep a localStorage key, to remember the choice on this device
 */
export function startLanguage(first: Language, keep: string | null = null): void {
  kept = keep
  const remembered = keep === null ? null : readKept(keep)
  speak(remembered ?? first)
}

/** Changes the language, and remembers it when `startLanguage` was told where. */
export function setLanguage(next: Language): void {
  speak(next)
  if (kept === null) return
  try {
    localStorage.setItem(kept, next)
  } catch {
    // A locked-down browser keeps nothing: the choice lasts as long as the page.
  }
}

function speak(next: Language): void {
  language.value = next
  if (typeof document !== 'undefined') document.documentElement.lang = next
}

function readKept(keep: string): Language | null {
  try {
    const found = localStorage.getItem(keep)
    return LANGUAGES.find((known) => known === found) ?? null
  } catch {
    return null
  }
}

/**
 * The words of a screen. A key that is missing in one language, a key too many, a fact that is not given:
 * each is a type error. `{name}` is replaced by a fact; `{name|one|many}` chooses by it. [I18N1]
 */
export function createI18n<const M extends Messages>(messages: {
  'zh-CN': M
  en: { [K in NoInfer<keyof M>]: string }
}): { t: <K extends keyof M & string>(key: K, ...facts: FactsArgument<M[K]>) => string; messages: Both } {
  const words: Both = messages
  return {
    messages: words,
    t: (key, ...[facts]) => fill(words[language.value][key] ?? key, facts ?? {}),
  }
}

type Both = Record<Language, Messages>

/** Replaces the braces of a message by facts. */
export function fill(message: string, facts: Facts): string {
  return message.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (braces, name: string, one?: string, many?: string) => {
      const fact = facts[name]
      if (fact === undefined) return braces
      if (one === undefined || many === undefined) return String(fact)
      return Number(fact) === 1 ? one : many
    },
  )
}

/** A text of the hall in the language spoken now. */
export function localised(text: Localised, spoken: Language = language.value): string {
  return text[spoken] || text['zh-CN']
}

/** The same text in the language not spoken now. */
export function otherwise(text: Localised): string {
  return localised(text, language.value === 'en' ? 'zh-CN' : 'en')
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language.value, timeZone, options])
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(language.value, { ...options, timeZone, hourCycle: 'h23' })
    formats.set(key, found)
  }
  return found
}

/** `10:32` on the site's clock, whatever zone the screen itself is in. */
export function hourMinute(at: number, timeZone: string): string {
  return format(timeZone, { hour: '2-digit', minute: '2-digit' }).format(at)
}

/** `10:32:05` on the site's clock. */
export function hourMinuteSecond(at: number, timeZone: string): string {
  return format(timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at)
}

/** `11月21日星期五` / `Friday, November 21` at the site. */
export function dayAndWeekday(at: number, timeZone: string): string {
  return format(timeZone, { month: 'long', day: 'numeric', weekday: 'long' }).format(at)
}

/** `2026年11月21日` / `November 21, 2026` at the site. */
export function dayOfYear(at: number, timeZone: string): string {
  return format(timeZone, { year: 'numeric', month: 'long', day: 'numeric' }).format(at)
}

/** The zone of this device, until the site's is known. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** An expected wait in words. Null means that no counter serves the lane, and the words say so. [WAIT2] */
export function waitWords(wait: Wait | null, spoken: Language = language.value): string {
  return waitInWords(wait, spoken)
}
