import { type Language, localised } from '#ui/i18n.ts'
import { missingOf, toBring } from './bring.ts'
import type { Wish } from './wish.ts'
import { messages } from './words.ts'

/** A code of more bytes than this is too fine for an old phone's camera. */
const LARGEST = 700

/** The list in plain words, a line for each thing. It is all the code holds: no link, no number, nobody's name. [CHECK3] */
export function listText(hall: string, wish: Wish, spoken: Language): string {
  const full = lines(hall, wish, spoken, true)
  const text = sizeOf(full) <= LARGEST ? full : lines(hall, wish, spoken, false)
  return cut(text)
}

function lines(hall: string, wish: Wish, spoken: Language, withWhere: boolean): string {
  const words = messages[spoken]
  const missing = missingOf(wish)
  const names = wish.services.map(({ name }) => localised(name, spoken))
  const rest = toBring(wish.services).filter((material) => !missing.includes(material))
  return [
    hall,
    names.join(spoken === 'en' ? ', ' : '、'),
    ...(missing.length > 0 ? [`${words['list-missing']}`] : []),
    ...missing.map((material) => {
      const where = withWhere && material.where ? ` (${localised(material.where, spoken)})` : ''
      return `□ ${localised(material, spoken)}${where}`
    }),
    ...(rest.length > 0 ? [`${words['list-rest']}`] : []),
    ...rest.map((material) => `□ ${localised(material, spoken)}`),
  ].join('\n')
}

const sizeOf = (text: string) => new TextEncoder().encode(text).length

/** Whole lines only, as many as fit. */
function cut(text: string): string {
  let short = text
  while (sizeOf(short) > LARGEST && short.includes('\n')) short = short.slice(0, short.lastIndexOf('\n'))
  return short === text ? text : `${short}\n…`
}
