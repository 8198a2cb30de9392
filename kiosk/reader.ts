import { type ReadonlySignal, signal } from '@preact/signals'
import type { Language } from '#ui/i18n.ts'
import type { Phrase } from './spoken.ts'

/** The steps of the volume: 1 to this. */
export const LOUDEST = 5
const FIRST_VOLUME = 4

export interface Voice {
  /**
   * Says one phrase to its end, or until `stop`.
   *
   * @param volume 0 to 1
   * @returns whether all of it was said
   */
  say: (phrase: Phrase, language: Language, volume: number) => Promise<boolean>
  stop: () => void
}

export interface ReaderParts {
  /** The words of the screen as it is now. */
  screen: () => Phrase[]
  /** The name of one thing on it. */
  nameOf: (one: Element) => Phrase
  /** The machine's own voice, or recordings. Asked at each reading: voices come late. */
  voice: () => Promise<Voice>
  language: () => Language
  /** Said last when something could not be said. */
  rest: () => Phrase
}

export interface Reader {
  /** `off`: nobody wants it. `quiet`: wanted, and saying nothing now. */
  state: ReadonlySignal<'off' | 'reading' | 'quiet'>
  /** The voice could not say all that stood on the screen. */
  partly: ReadonlySignal<boolean>
  /** 1 to `LOUDEST`. */
  volume: ReadonlySignal<number>
  /** Reads the screen from its top; again, if it was read before. */
  read: () => void
  /** Says the name of one thing. */
  name: (one: Element) => void
  /** Is silent until the next screen or `read`. */
  stop: () => void
  off: () => void
  louder: () => void
  softer: () => void
  /** As it was before anybody touched it. [KIOSK2] */
  forget: () => void
}

/** Reads a screen out, one reading at a time. [READ1] */
export function createReader({ screen, nameOf, voice, language, rest }: ReaderParts): Reader {
  const state = signal<'off' | 'reading' | 'quiet'>('off')
  const partly = signal(false)
  const volume = signal(FIRST_VOLUME)
  /** Which reading this is: one that was replaced says no more. */
  let current = {}
  let speaking: Voice | null = null

  function silence(): void {
    current = {}
    speaking?.stop()
    speaking = null
  }

  async function say(phrases: Phrase[], whole: boolean): Promise<void> {
    silence()
    const mine = current
    state.value = 'reading'
    const said = await voice()
    if (mine !== current) return
    speaking = said
    let all = true
    const one = async (phrase: Phrase): Promise<void> => {
      if (mine !== current) return
      const done = await said.say(phrase, language(), volume.value / LOUDEST).catch(() => false)
      all = all && done
    }
    for (const phrase of phrases) await one(phrase)
    if (mine !== current) return
    if (whole && !all) {
      partly.value = true
      await one(rest())
    }
    if (mine === current) state.value = 'quiet'
  }

  function off(): void {
    silence()
    state.value = 'off'
    partly.value = false
  }

  return {
    state,
    partly,
    volume,
    read() {
      partly.value = false
      void say(screen(), true)
    },
    name(one) {
      void say([nameOf(one)], false)
    },
    stop() {
      silence()
      if (state.value !== 'off') state.value = 'quiet'
    },
    off,
    louder() {
      volume.value = Math.min(volume.value + 1, LOUDEST)
    },
    softer() {
      volume.value = Math.max(volume.value - 1, 1)
    },
    forget() {
      off()
      volume.value = FIRST_VOLUME
    },
  }
}
