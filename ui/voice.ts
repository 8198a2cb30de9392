import type { Language } from './i18n.ts'

/** Milliseconds a synthesiser may take for one phrase: some never report the end. */
const SAY_MS = 15_000

/**
 * A Mandarin or English voice that this machine itself has. Cantonese (zh-HK) is not Mandarin; a remote voice would
 * wait on a network.
 */
export function chooseVoice<V extends Pick<SpeechSynthesisVoice, 'lang' | 'localService'>>(
  voices: readonly V[],
  language: Language,
): V | undefined {
  const tag = (voice: V) => voice.lang.toLowerCase().replace('_', '-')
  const wanted = language === 'zh-CN' ? ['zh-cn', 'zh-hans', 'cmn', 'zh'] : ['en-us', 'en']
  const local = voices.filter((voice) => voice.localService && !tag(voice).endsWith('-hk'))
  for (const start of wanted) {
    const voice = local.find((candidate) => tag(candidate).startsWith(start))
    if (voice) return voice
  }
  return undefined
}

/** Says a text to its end with this voice. */
export function speak(voice: SpeechSynthesisVoice, text: string, volume: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = 0.9
    utterance.volume = volume
    const limit = setTimeout(() => speechSynthesis.cancel(), SAY_MS)
    utterance.onend = () => {
      clearTimeout(limit)
      resolve()
    }
    utterance.onerror = (event) => {
      clearTimeout(limit)
      reject(new Error(`The browser's voice failed: ${event.error}.`))
    }
    speechSynthesis.speak(utterance)
  })
}
