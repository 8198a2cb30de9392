// Renders the sentences of the kiosk in kiosk/public/voice, for machines without a voice: what never changes and helps most, headings,
// hints, and the buttons that lead on; never a care reason. Run it when kiosk/words.ts or kiosk/help-words.ts
// changes; the clips are committed.
//   node --import tsx scripts/voice/render-kiosk.mjs     needs espeak-ng (1.51 or newer), sox and ffmpeg with libmp3lame

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messages as helpMessages } from '#kiosk/help-words.ts'
import { messages } from '#kiosk/words.ts'
import { PINYIN } from './kiosk-pinyin.mjs'
import { renderPack } from './studio.mjs'

const out = fileURLToPath(new URL('../../kiosk/public/voice/', import.meta.url))

/** A sentence needs less than a word that is heard alone. */
const KBITS = 24

const packs = /** @type {const} */ ({
  'zh-CN': { voice: 'cmn-latn-pinyin', pitch: 50, speed: 150 },
  en: { voice: 'en-us', pitch: 50, speed: 150 },
})

for (const [language, { voice, pitch, speed }] of Object.entries(packs)) {
  const spoken = /** @type {'zh-CN' | 'en'} */ (language)
  /** @type {Record<string, string>} */
  const words = { ...messages[spoken], ...helpMessages[spoken] }
  /** @type {Record<string, import('./studio.mjs').Clip>} */
  const clips = {}
  for (const [key, pinyin] of Object.entries(PINYIN)) {
    const text = words[key]
    if (text === undefined || text.includes('{')) throw new Error(`"${key}" is not said, or changes.`)
    clips[key] = [text, language === 'zh-CN' ? pinyin : text, pitch, speed]
  }
  renderPack(join(out, language), language, { voice, clips }, KBITS)
}
