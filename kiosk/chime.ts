/** Two soft tones, high then low, s and Hz. */
const TONES = [
  { at: 0, hertz: 659 },
  { at: 0.34, hertz: 523 },
]
const RINGS = 0.9
let context: AudioContext | null = null

/** Calls somebody who is not looking. Needs no file and no voice; the browser allows it once the screen was touched. [KIOSK4] */
export function chime(volume: number): void {
  const Context = globalThis.AudioContext as typeof AudioContext | undefined
  if (!Context) return
  context ??= new Context()
  void context.resume().catch(() => {})
  for (const { at, hertz } of TONES) {
    const start = context.currentTime + at
    const gain = context.createGain()
    gain.gain.setValueAtTime(0.5 * volume, start)
    gain.gain.exponentialRampToValueAtTime(0.001, start + RINGS)
    const tone = context.createOscillator()
    tone.frequency.value = hertz
    tone.connect(gain).connect(context.destination)
    tone.start(start)
    tone.stop(start + RINGS)
  }
}
