import { language } from '#ui/i18n.ts'
import { createReader } from './reader.ts'
import { phraseOf, phrasesOf } from './spoken.ts'
import { t } from './words.ts'

/** The voice of this kiosk. */
export const reader = createReader({
  screen: () =>
    phrasesOf(document.querySelector('dialog[open]') ?? document.querySelector('main') ?? document.body),
  nameOf: phraseOf,
  // Only who wants to hear needs it.
  voice: async () => (await import('./voice.ts')).openVoice(language.value),
  language: () => language.value,
  rest: () => [t('read-rest')],
})
