import { secondLanguage } from './words.ts'

/** The same in the hall's second language, smaller. */
export function Second({ text }: { text: string }) {
  return (
    <span class="second" lang={secondLanguage()}>
      {text}
    </span>
  )
}
