import type { Language } from '#ui/i18n.ts'
import type { Voice } from './reader.ts'

/** The recordings: those of the kiosk's own words, and those of letters and digits that the hall display has. */
const OWN = `${import.meta.env.BASE_URL}voice/`
const SIGNS = '/display/voice/'

type Pack = Map<string, string>

/**
 * Recordings for a machine without a voice. They say what never changes, the headings, hints and buttons of the kiosk, and a ticket's
 * number sign by sign; not the names of services or counts, and they say so. [READ4]
 */
export function createClipVoice(): Voice {
  const packs = new Map<Language, Promise<Pack>>()
  let playing: { audio: HTMLAudioElement; end: () => void } | null = null
  let stopped = {}

  function pack(language: Language): Promise<Pack> {
    const known = packs.get(language) ?? load(language)
    packs.set(language, known)
    // Once more when it is next needed.
    known.catch(() => packs.delete(language))
    return known
  }

  function play(address: string, volume: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const audio = new Audio(address)
      audio.volume = volume
      playing = { audio, end: resolve }
      audio.onended = () => resolve()
      audio.onerror = () => reject(new Error(`${address} could not be played.`))
      audio.play().catch(reject)
    })
  }

  return {
    async say(phrase, language, volume) {
      const mine = stopped
      const clips = await pack(language)
      let all = true
      for (const part of phrase) {
        const files = filesFor(part, clips)
        if (!files) all = false
        for (const file of files ?? []) {
          if (mine !== stopped) return all
          await play(file, volume)
        }
      }
      return all
    },
    stop() {
      stopped = {}
      playing?.audio.pause()
      playing?.end()
      playing = null
    },
  }
}

/** `A 0 1 2` or `K 1, 0 3`, as a ticket's number is named, is said sign by sign; anything else is one recording or none. */
function filesFor(part: string, clips: Pack): string[] | null {
  const whole = clips.get(part)
  if (whole) return [whole]
  if (!/^\w(,? \w)*$/.test(part)) return null
  const signs = part.toLowerCase().split(/,? /)
  const files = signs.flatMap((sign) => clips.get(sign) ?? [])
  return files.length === signs.length ? files : null
}

/** What is said → where its recording is. */
async function load(language: Language): Promise<Pack> {
  const pack: Pack = new Map()
  const signs = await manifest(`${SIGNS}${language}/`)
  for (const [name, { file }] of signs) if (name.length === 1) pack.set(name, `${SIGNS}${language}/${file}`)
  // Where two numbers sound alike, 1 is said 幺.
  const yao = signs.get('yao')
  if (yao) pack.set('1', `${SIGNS}${language}/${yao.file}`)
  for (const { file, text } of (await manifest(`${OWN}${language}/`)).values()) {
    pack.set(text, `${OWN}${language}/${file}`)
  }
  return pack
}

async function manifest(folder: string): Promise<Map<string, { file: string; text: string }>> {
  const response = await fetch(`${folder}manifest.json`)
  if (!response.ok) throw new Error(`${folder}manifest.json answered ${response.status}.`)
  return new Map(Object.entries((await response.json()).clips))
}
