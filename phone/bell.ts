import { type ReadonlySignal, signal } from '@preact/signals'

/** The sound and the shake of news. Browsers stay silent until the page is touched, so it is switched on by hand. [PHONE16] */
export interface Bell {
  on: ReadonlySignal<boolean>
  /** Switched on, but the browser holds it back until the next touch. */
  asleep: ReadonlySignal<boolean>
  /** False where this browser cannot sound at all. */
  able: boolean
  turn: (on: boolean) => void
  ring: (news: News) => void
}

/** A call rings longest. */
export type News = 'called' | 'near'

/** Two soft falling tones, Hz, for each kind of news. */
const TONES: Record<News, readonly number[]> = { called: [784, 587, 784, 587], near: [587, 494] }
/** ms: shake, rest, shake … */
const SHAKES: Record<News, number[]> = { called: [400, 200, 400, 200, 600], near: [200, 150, 200] }
/** Where the wish for sound is kept: after a reload it is as it was. */
const KEPT = 'nuanhao.phone.sound'

export function createBell(): Bell {
  const able = typeof AudioContext !== 'undefined'
  const on = signal(able && wished())
  const asleep = signal(on.peek())
  let audio: AudioContext | null = null

  function sound(news: News): void {
    if (!audio || !on.peek()) return
    const start = audio.currentTime + 0.05
    for (const [place, pitch] of TONES[news].entries()) {
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

  /** Within a touch this wakes the sound; without one a browser may leave it asleep. */
  async function wake(): Promise<boolean> {
    if (!on.peek()) return false
    audio ??= new AudioContext()
    await audio.resume()
    asleep.value = audio.state !== 'running'
    return !asleep.value
  }

  if (able) {
    const touched = () => {
      if (asleep.peek()) void wake()
    }
    addEventListener('pointerdown', touched)
    addEventListener('keydown', touched)
    // A phone that was in a pocket may have put the sound to sleep.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible' || audio?.state === 'running') return
      asleep.value = on.peek()
      if (audio) void wake()
    })
  }

  return {
    on,
    asleep,
    able,
    turn(next) {
      on.value = next
      keep(next)
      // Heard at once: so the resident knows that it works, and how it sounds.
      if (next && able) void wake().then(() => sound('near'))
    },
    ring(news) {
      navigator.vibrate?.(SHAKES[news])
      sound(news)
    },
  }
}

function wished(): boolean {
  try {
    return localStorage.getItem(KEPT) === 'on'
  } catch {
    return false
  }
}

function keep(wish: boolean): void {
  try {
    if (wish) localStorage.setItem(KEPT, 'on')
    else localStorage.removeItem(KEPT)
  } catch {
    // Kept as long as the page.
  }
}
