/** The browser's side of the announcements: plays the clips by WebAudio, sample-exact one after the other. */

import { chooseVoice, speak } from '#ui/voice.ts'
import type { Language } from './announce.ts'
import type { Announcer, Call, Player } from './announcer.ts'
import { type AnnouncerOptions, createAnnouncer } from './announcer.ts'
import { createClips } from './clips.ts'

/** `blocked`: the browser plays no sound until somebody taps the screen. */
export type SpeakerState = 'ready' | 'blocked'

export interface SpeakerOptions extends Omit<AnnouncerOptions, 'player'> {
  onState: (state: SpeakerState) => void
  /** A clip or manifest that could not be fetched or decoded. */
  onError?: (error: Error) => void
  /** The address of the hall's own voice pack, ending in a slash; null: the built-in one alone. */
  pack?: string | null
  /** 0 to 1, asked anew before each clip. */
  volume?: () => number
}

export interface Speaker extends Announcer {
  state(): SpeakerState
  /** Turns sound on; call it from a tap. Any tap or key on the page does the same. */
  unlock(): void
  /** Stops listening and closes the sound device. */
  dispose(): void
}

/** Seconds before a sound's end at which the next is scheduled, so that a busy page leaves no hole. */
const AHEAD = 0.08
/** Milliseconds the sound device may stand still, though running, before a clip counts as failed. */
const STUCK_MS = 4000
/** Milliseconds a browser that allows sound may take to start it, before the screen asks for a tap. */
const START_MS = 700

/** Opens the sound device and starts fetching every clip. Call once, when the display starts. */
export function createSpeaker(options: SpeakerOptions): Speaker {
  const { onState, onError = () => {}, volume = () => 1 } = options
  const context = openContext()
  const gain = context.createGain()
  gain.connect(context.destination)
  const builtIn = `${import.meta.env.BASE_URL}voice/`
  const clips = createClips(context, options.pack ? [options.pack, builtIn] : [builtIn], onError)

  let state: SpeakerState | null = null
  const opened = new Set<() => void>()
  let disposed = false
  /** The context's time at which all that is scheduled has ended, in seconds. */
  let scheduled = 0

  function report() {
    const now = context.state === 'running' ? 'ready' : 'blocked'
    if (now === 'ready') {
      for (const resolve of opened) resolve()
      opened.clear()
    }
    if (disposed || now === state) return
    state = now
    onState(now)
  }

  function resume() {
    // Without a tap this may stay pending or reject; the state says what came of it.
    if (context.state !== 'running' && context.state !== 'closed') context.resume().then(report, () => {})
  }

  /** Waits until the context's clock passes `time` (s). While it is suspended its clock stands, and so does this. */
  async function reached(time: number) {
    let seen = context.currentTime
    let movedAt = performance.now()
    while (context.currentTime < time) {
      if (disposed) throw new Error('The speaker was closed.')
      await sleep(Math.min(250, Math.max(5, (time - context.currentTime) * 1000)))
      if (context.state !== 'running' || context.currentTime > seen) {
        seen = context.currentTime
        movedAt = performance.now()
      } else if (performance.now() - movedAt > STUCK_MS) {
        throw new Error('The sound device stands still: check the audio output of this screen.')
      }
    }
  }

  const player: Player = {
    ready() {
      resume()
      if (context.state === 'running') return Promise.resolve()
      return new Promise((resolve) => {
        opened.add(resolve)
      })
    },
    async load(names) {
      await Promise.all(names.map((name) => clips.get(name)))
    },
    async play(name) {
      const { buffer, from, length } = await clips.get(name)
      gain.gain.value = Math.min(1, Math.max(0, volume()))
      const source = context.createBufferSource()
      source.buffer = buffer
      source.connect(gain)
      const start = Math.max(scheduled, context.currentTime + 0.01)
      source.start(start, from, length)
      scheduled = start + length
      await reached(scheduled - AHEAD)
    },
    async pause(ms) {
      scheduled = Math.max(scheduled, context.currentTime) + ms / 1000
      await reached(scheduled - AHEAD)
    },
    async say(text, language) {
      await reached(scheduled)
      await synthesise(text, language, volume())
    },
  }

  context.addEventListener('statechange', report)
  // A tap may come through any of these, depending on browser and input; each counts as the visitor's consent.
  const consents = ['pointerdown', 'pointerup', 'touchend', 'click', 'keydown'] as const
  for (const consent of consents) document.addEventListener(consent, resume, { capture: true, passive: true })
  document.addEventListener('visibilitychange', resume)
  resume()
  const starting = setTimeout(report, START_MS)
  clips.fetchAll()

  return {
    ...createAnnouncer({ ...options, player }),
    state: () => (context.state === 'running' ? 'ready' : 'blocked'),
    unlock: resume,
    dispose() {
      disposed = true
      clearTimeout(starting)
      context.removeEventListener('statechange', report)
      for (const consent of consents) document.removeEventListener(consent, resume, { capture: true })
      document.removeEventListener('visibilitychange', resume)
      context.close().catch(() => {})
    },
  }
}

export type { Call }

function synthesise(text: string, language: Language, volume: number): Promise<void> {
  const synthesiser = globalThis.speechSynthesis as SpeechSynthesis | undefined
  const voices = synthesiser?.getVoices() ?? []
  const voice = chooseVoice(voices, language)
  // A browser without a Mandarin voice reads no English either: half an announcement would mislead.
  if (!synthesiser || !voice || !chooseVoice(voices, 'zh-CN')) {
    return Promise.reject(new Error(`This browser has no voice for ${language}.`))
  }
  return speak(voice, text, volume)
}

/** Safari before 14.1 has the prefixed name only. */
function openContext(): AudioContext {
  const prefixed = (globalThis as { webkitAudioContext?: typeof AudioContext }).webkitAudioContext
  const Context = globalThis.AudioContext ?? prefixed
  if (!Context) throw new Error('This browser cannot play announcements: it has no WebAudio.')
  return new Context({ latencyHint: 'playback' })
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
