import { signal } from '@preact/signals'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Facts, fill, language } from './i18n.ts'

/** Said of any error until its own words are here. */
const MEANWHILE = {
  'zh-CN': '出了点问题，请再试一次，或请工作人员帮忙。',
  en: 'Something went wrong. Please try again, or ask our staff for help.',
}
/** Tried again after this, ms. */
const AGAIN = 3_000

const fetched = signal<typeof import('./errors-i18n.ts') | null>(null)

/**
 * The words for an error in the language spoken now. They are long and seldom needed, so they come behind the first view; a
 * component that says one is rendered anew when they are here. [BUDGET1]
 */
export function errorWords(key: ErrorKey, facts: Facts = {}): string {
  const words = fetched.value
  if (!words) return MEANWHILE[language.value]
  if (key === 'too-many' && facts.seconds !== undefined) {
    const said = facts.of === 'name' ? words.NAME_WAITS : words.TOO_MANY_FOR
    return fill(said[language.value], { minutes: Math.ceil(Number(facts.seconds) / 60) })
  }
  return fill(words.ERROR_WORDS[language.value][key], facts)
}

async function fetchWords(): Promise<void> {
  try {
    fetched.value = await import('./errors-i18n.ts')
  } catch {
    setTimeout(fetchWords, AGAIN)
  }
}
void fetchWords()
