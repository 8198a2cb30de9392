/**
 * The recorded clips of the announcements, in `voice/` beside the app: `chime.mp3`, and a folder per language with its
 * `manifest.json` and clips.
 */

import type { Language } from './announce.ts'

/** Milliseconds a clip may take to arrive. */
const FETCH_MS = 8000

/** A decoded clip and the part of it that can be heard, in seconds. */
export interface Clip {
  buffer: AudioBuffer
  from: number
  length: number
}

/** Fetches and decodes each clip once. A clip that failed is fetched again when it is next needed. */
/**
 * @param bases the hall's own pack, if it has one, and the built-in one, each ending in a slash. A language, or the chime,
 *   that the first does not have at all comes from the next: whole, so that no phrase is said by two voices. [VOICE13]
 */
export function createClips(
  context: AudioContext,
  bases: readonly string[],
  onError: (error: Error) => void,
) {
  const kept = new Map<string, Promise<unknown>>()
  const reported = new WeakSet<Error>()

  function once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const made = (kept.get(key) as Promise<T> | undefined) ?? make()
    if (!kept.has(key)) {
      kept.set(key, made)
      made.catch((error: unknown) => {
        kept.delete(key)
        const told = error instanceof Error ? error : new Error(String(error))
        // A missing manifest fails every clip of its pack with the same error: one report is enough.
        if (!reported.has(told)) onError(told)
        reported.add(told)
      })
    }
    return made
  }

  /** The first folder that has what is wanted. */
  async function fromFirst<T>(fetched: (base: string) => Promise<T>): Promise<T> {
    let failure: unknown
    for (const base of bases) {
      try {
        return await fetched(base)
      } catch (error) {
        failure ??= error
        if (base !== bases.at(-1)) onError(error instanceof Error ? error : new Error(String(error)))
      }
    }
    throw failure
  }

  const manifest = (language: string) =>
    once(`${language}/`, () =>
      fromFirst(async (base) => ({
        base,
        words: files(await (await fetchInTime(`${base}${language}/manifest.json`)).json()),
      })),
    )

  async function fetched(name: string): Promise<Response> {
    const [language, word] = name.split('/')
    if (!language || !word) return fromFirst((base) => fetchInTime(`${base}${name}.mp3`))
    const { base, words } = await manifest(language)
    const file = words.get(word)
    if (!file)
      throw new Error(`The voice pack ${language} has no clip "${word}": add it to its manifest.json.`)
    return fetchInTime(`${base}${language}/${file}`)
  }

  const get = (name: string): Promise<Clip> =>
    once(name, async () => {
      const response = await fetched(name)
      const buffer = await decode(context, await response.arrayBuffer())
      const { from, to } = audible(buffer.getChannelData(0), buffer.sampleRate)
      return { buffer, from, length: to - from }
    })

  return {
    get,
    /** Everything in the packs, so that a call need not wait for the network. Failures are reported by `onError`. */
    fetchAll() {
      get('chime').catch(() => {})
      for (const language of ['zh-CN', 'en'] satisfies Language[]) {
        manifest(language).then(
          async ({ words }) => {
            // One after the other: the board comes first.
            for (const word of words.keys()) await get(`${language}/${word}`).catch(() => {})
          },
          () => {},
        )
      }
    },
  }
}

/** Clip name → file name. Throws on anything that is not a voice pack's manifest. */
function files(manifest: unknown): Map<string, string> {
  const clips = (manifest as { clips?: unknown } | null)?.clips
  if (typeof clips !== 'object' || clips === null) throw new Error('A voice pack needs {"clips": {...}}.')
  const found = new Map<string, string>()
  for (const [name, clip] of Object.entries(clips)) {
    const file = (clip as { file?: unknown } | null)?.file
    if (typeof file !== 'string') throw new Error(`The clip "${name}" of the voice pack names no file.`)
    found.set(name, file)
  }
  return found
}

/**
 * The part of a mono clip that can be heard, in seconds. What an encoder or a recording adds before and after is
 * left out, so that the silence between words is ours alone, on every decoder. A silent clip is kept whole.
 */
export function audible(samples: Float32Array, sampleRate: number): { from: number; to: number } {
  const THRESHOLD = 0.003 // of full scale, −50 dB
  const MARGIN = 0.008 // s
  let first = 0
  while (first < samples.length && Math.abs(samples[first] ?? 0) < THRESHOLD) first++
  let last = samples.length - 1
  while (last > first && Math.abs(samples[last] ?? 0) < THRESHOLD) last--
  const length = samples.length / sampleRate
  if (first >= samples.length) return { from: 0, to: length }
  return {
    from: Math.max(0, first / sampleRate - MARGIN),
    to: Math.min(length, (last + 1) / sampleRate + MARGIN),
  }
}

/** By callbacks, which old Safari knows too. */
function decode(context: AudioContext, data: ArrayBuffer): Promise<AudioBuffer> {
  return new Promise((resolve, reject) => {
    context.decodeAudioData(data, resolve, (error) =>
      reject(error ?? new Error('A clip could not be decoded.')),
    )
  })
}

async function fetchInTime(address: string): Promise<Response> {
  const abort = new AbortController()
  const limit = setTimeout(() => abort.abort(), FETCH_MS)
  try {
    const response = await fetch(address, { signal: abort.signal })
    if (!response.ok) throw new Error(`${address} answered ${response.status}.`)
    return response
  } catch (error) {
    throw new Error(`${address} could not be fetched: ${error instanceof Error ? error.message : error}`)
  } finally {
    clearTimeout(limit)
  }
}
