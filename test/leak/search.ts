import type { Mark, Whom } from './marks.ts'

/** Somewhere a mark may have come to. */
export interface Place {
  kind:
    | 'answer'
    | 'event'
    | 'log'
    | 'metrics'
    | 'url'
    | 'paper'
    | 'webhook'
    | 'sheet'
    | 'column'
    | 'job'
    | 'file'
    | 'backup'
  /** Which one: a route, a view, a column, a file. */
  name: string
  whom: Whom
  text: string
}

/** Where a mark is that the dictionary does not say. */
export function leaks(marks: readonly Mark[], places: readonly Place[]): string[] {
  const found = new Set<string>()
  for (const mark of marks) {
    const written = waysToWrite(mark.word)
    for (const place of places) {
      if (mayBeIn(mark, place) || !written.some((way) => place.text.includes(way))) continue
      found.add(`${mark.field} in ${place.kind} ${place.name}, told to ${place.whom}`)
    }
  }
  return [...found].sort()
}

/** Whether a mark is anywhere among these: what was never there cannot leak. */
export function isIn(mark: Mark, places: readonly Place[]): boolean {
  return places.some(({ text }) => text.includes(mark.word))
}

function mayBeIn({ told, clear, name }: Mark, { kind, name: place, whom }: Place): boolean {
  if (kind === 'column') return name === true || clear.has(place)
  // The same rows as they lie on the disk: what stands in a column in the clear stands there too.
  if (kind === 'file') return name === true || clear.size > 0
  if (name && whom === 'nobody') return true
  return told.has(whom)
}

/**
 * As it is, as its bytes lie in a file that is read byte by byte, and as programs write it into addresses, headers, JSON, Redis' log, and
 * binary data as text.
 */
function waysToWrite(word: string): string[] {
  const bytes = Buffer.from(word)
  const plain = /^[\x20-\x7e]*$/.test(word)
  const hex = bytes.toString('hex')
  const short = bytes.length < 9
  return [
    word,
    ...(plain
      ? [word.toLowerCase()]
      : [
          bytes.toString('latin1'),
          encodeURIComponent(word),
          encodeURIComponent(word).toLowerCase(),
          word.replaceAll(
            /[^\x20-\x7e]/g,
            (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
          ),
          hex.replaceAll(/../g, '\\x$&'),
        ]),
    // Too short a piece of these would be found by chance.
    ...(short ? [] : [hex, ...inBase64(bytes)]),
  ]
}

/** At each of the three places of a group of bytes, without what the neighbours have a part in. */
function inBase64(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const from = before === 0 ? 0 : before + 1
    const whole = Math.floor((before + bytes.length) / 3) * 4
    return text.slice(from, whole)
  })
}
