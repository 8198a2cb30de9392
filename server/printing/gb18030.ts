import iconv from 'iconv-lite'

/** CJK Extension A: GB18030 has written it in four bytes since 2000, and the fonts of printers have it. */
const EXTENSION_A: readonly [number, number] = [0x3400, 0x4db5]
/** What a font need not have, although it can be encoded. */
const PRIVATE_USE: readonly [number, number] = [0xe000, 0xf8ff]

/**
 * Whether a printer with a Chinese font can write a text: ASCII, what GB18030 writes in two bytes, and Extension A. All else is
 * in no printer's font or needs shaping, and is drawn instead. [PRINT5]
 */
export function carries(text: string): boolean {
  return [...text].every((letter) => {
    const code = letter.codePointAt(0) ?? 0
    if (code >= 0x20 && code <= 0x7e) return true
    if (within(code, EXTENSION_A)) return true
    return code > 0x7f && !within(code, PRIVATE_USE) && iconv.encode(letter, 'gb18030').length === 2
  })
}

export function encodeGb18030(text: string): Buffer {
  return iconv.encode(text, 'gb18030')
}

/** Columns a letter takes: the Chinese font is twice as wide as the Latin one. */
export function columnsOf(letter: string): number {
  return (letter.codePointAt(0) ?? 0) <= 0x7e ? 1 : 2
}

function within(code: number, [from, to]: readonly [number, number]): boolean {
  return code >= from && code <= to
}
