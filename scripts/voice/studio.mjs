// Where clips are made: one synthetic person says both languages, espeak-ng's f2 voice, lower and with wider tones, so that the four
// tones of Mandarin lie nearly eight semitones apart instead of under five.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const work = mkdtempSync(join(tmpdir(), 'nuanhao-voice-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))
export const RATE = 24_000 // Hz, of the clips
const LOUDNESS = -19 // dBFS, RMS of the voiced part of every clip
const CEILING = -1.5 // dBFS, no sample of a clip is above

/**
 * Shown text, what espeak-ng reads, pitch 0–99, words a minute, and the voice if not the pack's.
 * @typedef {[text: string, read: string, pitch: number, speed: number, other?: string]} Clip
 */

/**
 * Runs a command line in the work folder; what may hold a blank comes as a further argument. Returns its output.
 * @param {string} line
 * @param {string[]} more
 */
export function run(line, ...more) {
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
 * @param {number} [kbits]
 */
export function encode(wav, file, kbits = 40) {
  const bare = '-map_metadata -1 -id3v2_version 0 -write_xing 0'
  run(`ffmpeg -v error -y -i ${wav} -c:a libmp3lame -b:a ${kbits}k -ar ${RATE} -ac 1 ${bare}`, file)
}

/**
 * Speaks one clip, takes off rumble and hiss, trims, levels, writes the mp3. Returns its length in seconds.
 * @param {string} voice
 * @param {Clip} clip
 * @param {string} file
 * @param {number} [kbits]
 */
function speak(voice, [, read, pitch, speed, other], file, kbits = 40) {
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
  encode('final.wav', file, kbits)
  return after.seconds
}

const version = addVoice()

/**
 * Renders one language's clips into a folder, with the manifest that names them.
 * @param {string} folder
 * @param {string} language
 * @param {{voice: string, clips: Record<string, Clip>}} pack
 * @param {number} [kbits]
 */
export function renderPack(folder, language, { voice, clips }, kbits) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  /** @type {Record<string, {file: string, text: string}>} */
  const listed = {}
  for (const [name, clip] of Object.entries(clips)) {
    const file = `${name}.mp3`
    const seconds = speak(voice, clip, join(folder, file), kbits)
    listed[name] = { file, text: clip[0] }
    console.log(`${language}/${name}`.padEnd(28), `${seconds.toFixed(2)} s`)
  }
  const manifest = { language, voice: `synthetic, espeak-ng ${version}`, clips: listed }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}
