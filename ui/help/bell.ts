import { type ReadonlySignal, signal } from '@preact/signals'
import type { Urgency } from './ringing.ts'

/** A bell that rings on until it is answered. Browsers keep a page silent until it has been touched. [HELP10] */
export interface Bell {
  /** It should sound, and the browser holds it back until the next touch. */
  asleep: ReadonlySignal<boolean>
  /** From now on as urgent as this. */
  ring: (urgency: Urgency) => void
  close: () => void
}

type Loud = NonNullable<Urgency>
/** Hz, one after another: two calm ones, or four that rise. */
const TONES: Record<Loud, readonly number[]> = { ringing: [659, 523], escalated: [659, 784, 659, 880] }
/** From one ring to the next, ms. */
const PAUSE: Record<Loud, number> = { ringing: 4_000, escalated: 2_500 }
/** 0 to 1 */
const VOLUME: Record<Loud, number> = { ringing: 0.25, escalated: 0.5 }
/** Between two tones, s. */
const STEP = 0.28
/** Sound that is allowed begins within this, ms. */
const BEGINS = 400

export function createBell(): Bell {
  const asleep = signal(false)
  let now: Urgency = null
  let audio: AudioContext | null = null
  let timer: ReturnType<typeof setInterval> | undefined

  /** Whether the sound is awake; a browser that allows it may take a moment to begin, one that does not never answers. */
  async function awake(): Promise<boolean> {
    audio ??= new AudioContext()
    const resumed = audio.resume().catch(() => {})
    await Promise.race([resumed, new Promise((done) => setTimeout(done, BEGINS))])
    return audio.state === 'running'
  }

  async function sound(): Promise<void> {
    if (now === null || typeof AudioContext === 'undefined') return
    const woke = await awake()
    // It may have been answered meanwhile.
    if (now === null || audio === null) return
    asleep.value = !woke
    if (!woke) return
    for (const [place, pitch] of TONES[now].entries()) {
      const from = audio.currentTime + 0.03 + place * STEP
      const tone = audio.createOscillator()
      const loud = audio.createGain()
      tone.frequency.value = pitch
      loud.gain.setValueAtTime(0, from)
      loud.gain.linearRampToValueAtTime(VOLUME[now], from + 0.02)
      loud.gain.exponentialRampToValueAtTime(0.001, from + 0.7)
      tone.connect(loud).connect(audio.destination)
      tone.start(from)
      tone.stop(from + 0.75)
    }
  }

  /** A touch wakes it, and then it rings at once rather than at its next time. */
  function touched(): void {
    if (asleep.peek()) void sound()
  }
  addEventListener('pointerdown', touched)
  addEventListener('keydown', touched)

  return {
    asleep,
    ring(urgency) {
      if (urgency === now) return
      now = urgency
      clearInterval(timer)
      if (urgency === null) {
        asleep.value = false
        return
      }
      void sound()
      timer = setInterval(sound, PAUSE[urgency])
    },
    close() {
      now = null
      clearInterval(timer)
      removeEventListener('pointerdown', touched)
      removeEventListener('keydown', touched)
      void audio?.close()
    },
  }
}
