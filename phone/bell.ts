import { type ReadonlySignal, signal } from '@preact/signals'

/** The sound and the shake of a call. Browsers stay silent until the page is touched, so it is switched on by hand. */
export interface Bell {
  on: ReadonlySignal<boolean>
  /** False where this browser cannot sound at all. */
  able: boolean
  turn: (on: boolean) => void
  ring: () => void
}

/** Two soft falling tones, Hz. */
const TONES = [784, 587]
/** ms: shake, rest, shake, rest, shake */
const SHAKE = [400, 200, 400, 200, 600]

export function createBell(): Bell {
  const on = signal(false)
  let audio: AudioContext | null = null

  function sound(): void {
    if (!audio || !on.peek()) return
    const start = audio.currentTime + 0.05
    for (const [place, pitch] of [...TONES, ...TONES].entries()) {
      const from = start + place * 0.45
      const tone = audio.createOscillator()
      const loud = audio.createGain()
      tone.frequency.value = pitch
      loud.gain.setValueAtTime(0, from)
      loud.gain.linearRampToValueAtTime(0.35, from + 0.03)
      loud.gain.exponentialRampToValueAtTime(0.001, from + 0.9)
      tone.connect(loud).connect(audio.destination)
      tone.start(from)
      tone.stop(from + 0.95)
    }
  }

  return {
    on,
    able: typeof AudioContext !== 'undefined',
    turn(next) {
      on.value = next
      if (!next || typeof AudioContext === 'undefined') return
      audio ??= new AudioContext()
      // Heard at once: so the resident knows that it works, and how it sounds.
      void audio.resume().then(sound)
    },
    ring() {
      navigator.vibrate?.(SHAKE)
      sound()
    },
  }
}
