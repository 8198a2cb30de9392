import type { Language } from '#ui/i18n.ts'
import { chooseVoice, speak } from '#ui/voice.ts'
import { createClipVoice } from './clip-voice.ts'
import type { Voice } from './reader.ts'

/** Some browsers list their voices late, ms. */
const VOICES_LATE = 400

const clips = createClipVoice()

/** The machine's own voice for the language spoken now, else the recordings of the kiosk. [READ1] [READ4] */
export async function openVoice(language: Language): Promise<Voice> {
  const own = chooseVoice(await voices(), language)
  if (!own) return clips
  return {
    async say(phrase, _, volume) {
      if (phrase.length > 0) await speak(own, phrase.join(language === 'en' ? ', ' : '，'), volume)
      return true
    },
    stop: () => speechSynthesis.cancel(),
  }
}

function voices(): Promise<SpeechSynthesisVoice[]> {
  const synthesiser = globalThis.speechSynthesis as SpeechSynthesis | undefined
  const now = synthesiser?.getVoices() ?? []
  if (!synthesiser || now.length > 0) return Promise.resolve(now)
  return new Promise((resolve) => {
    const answer = () => resolve(synthesiser.getVoices())
    synthesiser.addEventListener('voiceschanged', answer, { once: true })
    setTimeout(answer, VOICES_LATE)
  })
}
