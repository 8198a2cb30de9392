// Renders the announcement clips in display/public/voice. The clips are committed: run this only to change them.
//   node scripts/voice/render.mjs            needs espeak-ng (1.51 or newer), sox and ffmpeg with libmp3lame
// One synthetic person says both languages: espeak-ng's f2 voice, lower and with wider tones, so that the four
// tones of Mandarin lie nearly eight semitones apart instead of under five.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const out = fileURLToPath(new URL('../../display/public/voice/', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'nuanhao-voice-'))
const RATE = 24_000 // Hz, of the clips
const LOUDNESS = -19 // dBFS, RMS of the voiced part of every clip
const CEILING = -1.5 // dBFS, no sample of a clip is above

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

// --- what is said -------------------------------------------------------------------------------------------

/**
 * Shown text, what espeak-ng reads, pitch 0–99, words a minute, and the voice if not the pack's.
 * @typedef {[text: string, read: string, pitch: number, speed: number, other?: string]} Clip
 */

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

// --- how it is made ------------------------------------------------------------------------------------------

/**
 * Runs a command line in the work folder; what may hold a blank comes as a further argument. Returns its output.
 * @param {string} line
 * @param {string[]} more
 */
function run(line, ...more) {
  const [tool = '', ...args] = line.split(' ')
  return execFileSync(tool, [...args, ...more], { cwd: work, maxBuffer: 1 << 26 })
}

/** Copies espeak-ng's data and adds the voice to it, since espeak-ng finds variants only in its own folder. */
function addVoice() {
  const banner = run('espeak-ng --version').toString()
  const installed = /Data at:\s*(.+)/.exec(banner)?.[1]?.trim()
  if (!installed) throw new Error(`espeak-ng did not say where its data is: ${banner}`)
  cpSync(installed, join(work, 'espeak-ng-data'), { recursive: true })
  const variants = join(work, 'espeak-ng-data', 'voices', '!v')
  const female = readFileSync(join(variants, 'f2'), 'utf8')
  const warm = female
    .replace(/^name.*$/m, 'name nuanhao')
    .replace(/^pitch.*$/m, 'pitch 130 260')
    .replace(/^echo.*\n/m, '')
  writeFileSync(join(variants, 'nuanhao'), warm)
  return /[\d.]+\d/.exec(banner)?.[0] ?? 'unknown'
}

/**
 * Of 16-bit mono samples at RATE: RMS (dBFS) of the frames within 20 dB of the loudest 20 ms frame, peak (dBFS), seconds.
 * @param {Buffer} pcm
 */
function measure(pcm) {
  const samples = new Int16Array(new Uint8Array(pcm).buffer)
  const frame = RATE / 50
  const powers = []
  let peak = 1
  for (let at = 0; at < samples.length; at += frame) {
    const part = samples.subarray(at, at + frame)
    powers.push(part.reduce((sum, sample) => sum + (sample / 32768) ** 2, 0) / frame)
    peak = part.reduce((most, sample) => Math.max(most, Math.abs(sample)), peak)
  }
  const loudest = Math.max(...powers)
  const voiced = powers.filter((power) => power > loudest / 100)
  const mean = voiced.reduce((sum, power) => sum + power, 0) / voiced.length
  return { rms: 10 * Math.log10(mean), peak: 20 * Math.log10(peak / 32768), seconds: samples.length / RATE }
}

/**
 * No Xing or ID3 extras: the player cuts the encoder's silence itself, whatever a decoder makes of them.
 * @param {string} wav
 * @param {string} file
 */
function encode(wav, file) {
  const bare = '-map_metadata -1 -id3v2_version 0 -write_xing 0'
  run(`ffmpeg -v error -y -i ${wav} -c:a libmp3lame -b:a 40k -ar ${RATE} -ac 1 ${bare}`, file)
}

/**
 * Speaks one clip, takes off rumble and hiss, trims, levels, writes the mp3. Returns its length in seconds.
 * @param {string} voice
 * @param {Clip} clip
 * @param {string} file
 */
function speak(voice, [, read, pitch, speed, other], file) {
  const person = `${other ?? voice}+nuanhao`
  run(`espeak-ng --path=${work} -v ${person} -a 60 -p ${pitch} -s ${speed} -w spoken.wav`, read)
  const warmth = 'highpass 90 equalizer 220 1q 1.5 equalizer 3000 1.2q 2 treble -3 6500'
  const front = 'silence 1 0.005 0.15% fade h 0.004'
  const back = 'reverse silence 1 0.005 0.15% fade h 0.015 reverse'
  run(`sox spoken.wav -b 16 clean.wav gain -4 ${warmth} rate -v ${RATE} ${front} ${back}`)
  const { rms } = measure(run('sox clean.wav -t raw -'))
  // A soft-kneed limiter, which acts only where levelling would go over the ceiling.
  const limit = 'compand 0.002,0.04 6:-12,-6,0,-2.5 0 -90 0.002'
  run(`sox clean.wav -b 16 level.wav gain ${(LOUDNESS - rms).toFixed(2)} ${limit}`)
  const after = measure(run('sox level.wav -t raw -'))
  const trim = Math.min(LOUDNESS - after.rms, CEILING - after.peak)
  run(`sox level.wav -b 16 final.wav gain ${trim.toFixed(2)}`)
  encode('final.wav', file)
  return after.seconds
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

const version = addVoice()
for (const [language, { voice, clips }] of Object.entries(packs)) {
  const folder = join(out, language)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  /** @type {Record<string, {file: string, text: string}>} */
  const listed = {}
  for (const [name, clip] of Object.entries(clips)) {
    const file = `${name}.mp3`
    const seconds = speak(voice, clip, join(folder, file))
    listed[name] = { file, text: clip[0] }
    console.log(`${language}/${name}`.padEnd(28), `${seconds.toFixed(2)} s`)
  }
  const manifest = { language, voice: `synthetic, espeak-ng ${version}`, clips: listed }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}
chime(join(out, 'chime.mp3'))
rmSync(work, { recursive: true, force: true })
