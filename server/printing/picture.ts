import { inflateSync } from 'node:zlib'
import { DOTS, type Printer } from '#domain/printer.ts'

/** No ticket is longer, rows: half a metre of paper. */
const LONGEST = 4_000

/** The rows of a picture that a screen has drawn; null when it is none for this paper. */
export function rowsOf(picture: string, paper: Printer['paper']): Buffer | null {
  const bytes = DOTS[paper] / 8
  try {
    const rows = inflateSync(Buffer.from(picture, 'base64'), { maxOutputLength: bytes * LONGEST })
    return rows.length > 0 && rows.length % bytes === 0 ? rows : null
  } catch {
    return null
  }
}
