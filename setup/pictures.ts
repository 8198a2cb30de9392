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
/** How many pictures the notices of a hall have at most: all of them go through the operator's socket at once. */
export const MOST_PICTURES = 6
/** A name beside the file: no folder, no way out of this one. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_. -]{0,80}$/u

/** What a picture that is kept already is called in a file that was exported. */
export const KEPT = /^kept:([0-9a-f]{64})$/

/** Reads the pictures that a hall's file names, beside it. Never throws. */
export function picturesBeside(file: string, text: string): Pictures {
  const names = namesIn(text).slice(0, MOST_PICTURES + 1)
  return Object.fromEntries(names.map((name) => [name, read(join(dirname(file), name), name)]))
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

function read(path: string, name: string): Pictures[string] {
  if (!NAME.test(name)) return { problem: 'must be the name of a file beside this one' }
  try {
    if (statSync(path).size > LARGEST_PICTURE) return { problem: TOO_LARGE }
    return { data: readFileSync(path).toString('base64') }
  } catch (error) {
    return { problem: `cannot be read: ${(error as Error).message}` }
  }
}

const TOO_LARGE = `must be at most ${LARGEST_PICTURE / 1000} kB: make it smaller, 1200 × 900 is enough`

/** What a picture is, by its content and not by its name; or what is wrong with it. */
export function checkPicture(picture: Pictures[string] | undefined): CheckedPicture | string {
  if (!picture) return 'is not there: put the file beside this one'
  if ('problem' in picture) return picture.problem
  const bytes = Buffer.from(picture.data, 'base64')
  if (bytes.length > LARGEST_PICTURE) return TOO_LARGE
  const type = typeOf(bytes)
  if (!type) return 'is no JPEG, PNG or WebP picture'
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
