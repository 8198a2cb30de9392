// Renders the announcement clips in display/public/voice. The clips are committed: run this only to change them.
//   node scripts/voice/render.mjs            needs espeak-ng (1.51 or newer), sox and ffmpeg with libmp3lame

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encode, RATE, renderPack, run, work } from './studio.mjs'

const out = fileURLToPath(new URL('../../display/public/voice/', import.meta.url))

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

// --- what is said -------------------------------------------------------------------------------------------

/** @typedef {import('./studio.mjs').Clip} Clip */

// The pitch sinks slowly from 请 to 号窗口, as a spoken sentence does. [[…]] are espeak-ng phonemes: a third tone
// that is never last in its sentence stays low (21) and does not rise again.
/** @type {Record<string, Clip>} */
const mandarin = {
  qing: ['请', "[[tS;h'i21N]]", 54, 170],
  hao: ['号', 'hao4', 46, 120],
  dao: ['到', 'dao4', 52, 110],
  'hao-chuangkou': ['号窗口', 'hao4 chuang1kou3', 46, 152],
  0: ['零', 'ling2', 50, 165],
  1: ['一', 'yi1', 50, 120],
  yao: ['幺', 'yao1', 50, 120],
  2: ['二', 'er4', 50, 115],
  3: ['三', 'san1', 50, 140],
  4: ['四', 'si4', 50, 125],
  5: ['五', "[[w'u21]]", 50, 140],
  6: ['六', 'liu4', 50, 120],
  7: ['七', 'qi1', 50, 135],
  8: ['八', 'ba1', 50, 110],
  9: ['九', "[[tS;'iou21]]", 50, 140],
  10: ['十', 'shi2', 50, 140],
}

const units = [
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
const tens = {
  30: 'thirty',
  40: 'forty',
  50: 'fifty',
  60: 'sixty',
  70: 'seventy',
  80: 'eighty',
  90: 'ninety',
}

/**
 * @param {number} pitch
 * @param {string} [other]
 * @returns {Record<string, Clip>}
 */
const alphabet = (pitch, other) =>
  Object.fromEntries(letters.map((letter) => [letter.toLowerCase(), [letter, letter, pitch, 145, other]]))

/** @type {Record<string, {voice: string, clips: Record<string, Clip>}>} */
const packs = {
  'zh-CN': { voice: 'cmn-latn-pinyin', clips: { ...alphabet(52, 'en-us'), ...mandarin } },
  en: {
    voice: 'en-us',
    clips: {
      ...alphabet(50),
      number: ['Number', 'Number', 52, 150],
      'please-go-to-counter': ['please go to counter', 'please go to counter', 52, 155],
      ...Object.fromEntries(
        Object.entries({ ...units, ...tens }).map(([n, word]) => [n, [word, word, 48, 145]]),
      ),
    },
  },
}

/**
 * Two struck wooden bars, E5 then C5: a bar sounds its tone and, briefly, the 2nd, 4th and 10th partial.
 * @param {string} file
 */
function chime(file) {
  const seconds = 1.45
  const bars = [
    { start: 0, tone: 659.26, strength: 0.42 },
    { start: 0.34, tone: 523.25, strength: 0.46 },
  ]
  const partials = [
    { times: 1, share: 1, decay: 0.36 },
    { times: 2, share: 0.06, decay: 0.3 },
    { times: 4, share: 0.16, decay: 0.1 },
    { times: 10, share: 0.03, decay: 0.03 },
  ]
  const samples = new Int16Array(Math.round(seconds * RATE))
  for (const [at] of samples.entries()) {
    for (const { start, tone, strength } of bars) {
      const t = at / RATE - start
      if (t < 0) continue
      for (const { times, share, decay } of partials) {
        const wave = Math.sin(2 * Math.PI * tone * times * t) * Math.exp(-t / decay)
        samples[at] += Math.round(wave * Math.min(1, t / 0.004) * share * strength * 32767)
      }
    }
  }
  writeFileSync(join(work, 'chime.raw'), Buffer.from(samples.buffer))
  const raw = `-t raw -r ${RATE} -e signed -b 16 -c 1 chime.raw`
  const room = 'reverb 18 60 40 100 0 -3'
  run(`sox ${raw} -b 16 chime.wav gain -3 ${room} fade h 0 ${seconds} 0.3 norm -5`)
  encode('chime.wav', file)
}

for (const [language, pack] of Object.entries(packs)) renderPack(join(out, language), language, pack)
chime(join(out, 'chime.mp3'))
