import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'

/** A picture beside a hall's file, by the name the file says: base64 of its content, or why there is none. */
export type Pictures = Record<string, { data: string } | { problem: string }>

/** A picture as a check understood it. */
export interface CheckedPicture {
  /** SHA-256 of the content, hex. */
  id: string
  type: string
  data: string
}

/** Bytes. A photograph for a screen, made small, has room in it. */
export const LARGEST_PICTURE = 300_000
/** Bytes of a file beside a hall's, before it is written anew: what a phone's camera makes. */
const LARGEST_FILE = 8_000_000
/** How many pictures the notices of a hall have at most: all of them go through the operator's socket at once. */
export const MOST_PICTURES = 6
/** A name beside the file: no folder, no way out of this one. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_. -]{0,80}$/u

/** What a picture that is kept already is called in a file that was exported. */
export const KEPT = /^kept:([0-9a-f]{64})$/

/** Reads the pictures that a hall's file names, beside it, and writes each anew. Never throws. [PICTURE3] */
export async function picturesBeside(file: string, text: string): Promise<Pictures> {
  const pictures: Pictures = {}
  for (const name of namesIn(text).slice(0, MOST_PICTURES + 1)) {
    pictures[name] = await read(join(dirname(file), name), name)
  }
  return pictures
}

function namesIn(text: string): string[] {
  try {
    const { notices } = parse(text, { maxAliasCount: 1_000 }) as { notices?: unknown }
    const named = (Array.isArray(notices) ? notices : []).map(
      (notice) => (notice as { picture?: unknown })?.picture,
    )
    return [...new Set(named.filter((name) => typeof name === 'string'))].filter((name) => !KEPT.test(name))
  } catch {
    // What is wrong with the file is said by its check.
    return []
  }
}

async function read(path: string, name: string): Promise<Pictures[string]> {
  if (!NAME.test(name)) return { problem: 'must be the name of a file beside this one' }
  let bytes: Buffer
  try {
    if (statSync(path).size > LARGEST_FILE) return { problem: TOO_LARGE }
    bytes = readFileSync(path)
  } catch (error) {
    return { problem: `cannot be read: ${(error as Error).message}` }
  }
  if (!typeOf(bytes)) return { problem: NO_PICTURE }
  // Loaded for pictures only: the programs that read them are large.
  const { writtenAnew } = await import('./picture-anew.ts')
  try {
    const anew = await writtenAnew(bytes, LARGEST_PICTURE)
    return anew ? { data: anew.toString('base64') } : { problem: NO_PICTURE }
  } catch (error) {
    if (error instanceof RangeError) return { problem: TOO_LARGE }
    throw error
  }
}

const NO_PICTURE = 'is no JPEG, PNG or WebP picture'

const TOO_LARGE = `must be at most ${LARGEST_PICTURE / 1000} kB: make it smaller, 1200 × 900 is enough`

/** What a picture is, by its content and not by its name; or what is wrong with it. */
export function checkPicture(picture: Pictures[string] | undefined): CheckedPicture | string {
  if (!picture) return 'is not there: put the file beside this one'
  if ('problem' in picture) return picture.problem
  const bytes = Buffer.from(picture.data, 'base64')
  if (bytes.length > LARGEST_PICTURE) return TOO_LARGE
  const type = typeOf(bytes)
  if (!type) return NO_PICTURE
  return { id: createHash('sha256').update(bytes).digest('hex'), type, data: bytes.toString('base64') }
}

/** By the first bytes of the formats every browser shows and none runs: SVG is a program, so it is none of them. */
function typeOf(bytes: Buffer): string | null {
  const at = (from: number, signs: string) =>
    bytes.subarray(from, from + signs.length).toString('latin1') === signs
  if (at(0, '\xff\xd8\xff')) return 'image/jpeg'
  if (at(0, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'image/webp'
  return null
}
