import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LANGUAGES } from '#ui/i18n.ts'
import { messages as helpMessages } from './help-words.ts'
import { messages } from './words.ts'

const REASONS = ['need-pregnant', 'need-disabled', 'need-lives-alone', 'need-infant', 'need-other']

test.each(LANGUAGES)(
  '[READ4] [READ3] %s: the recordings say what the screens say now, and no reason',
  (language) => {
    const folder = new URL(`public/voice/${language}/`, import.meta.url)
    const { clips } = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'))
    const files = readdirSync(folder)
    const words: Record<string, string> = { ...messages[language], ...helpMessages[language] }
    for (const [key, { file, text }] of Object.entries<{ file: string; text: string }>(clips)) {
      // Other words? node --import tsx scripts/voice/render-kiosk.mjs, with the pinyin in scripts/voice/kiosk-pinyin.mjs.
      expect(words[key], `the recording of "${key}" is out of date`).toBe(text)
      expect(files).toContain(file)
    }
    for (const key of [
      'welcome',
      'care-title',
      'your-number',
      'idle-title',
      'read-rest',
      'back',
      'done',
      'help',
      'help-coming',
    ]) {
      expect(clips).toHaveProperty([key])
    }
    for (const key of REASONS) expect(clips).not.toHaveProperty([key])
  },
)
