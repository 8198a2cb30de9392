import { readFileSync } from 'node:fs'
import type { ErrorKey } from '#protocol/errors.ts'

let common: ReadonlySet<string> | undefined

/** Names that are first tried at any hall. */
const OURS = ['nuanhao', '暖号', 'supervisor', 'counter', 'volunteer']

/**
 * Why somebody else would soon guess this password; null: not for these reasons. NIST SP 800-63B asks for no more, and for no mixture of
 * signs. [SIGNIN10]
 *
 * @param names of the account and of its hall, in any language
 */
export function weaknessOf(
  password: string,
  names: readonly string[],
): Extract<ErrorKey, 'common-password' | 'password-is-name'> | null {
  const plain = plainOf(password)
  // One to four signs, again and again.
  if (/^(.{1,4}?)\1+$/u.test(plain)) return 'common-password'
  common ??= read()
  if (common.has(plain)) return 'common-password'
  if (
    [...OURS, ...names].some(
      (name) => lettersOf(plain) === lettersOf(plainOf(name)) || plain === plainOf(name),
    )
  ) {
    return 'password-is-name'
  }
  return null
}

function plainOf(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/gu, '')
}

/** Without what people put before and behind a word: `supervisor2026!`. */
function lettersOf(plain: string): string {
  return plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '') || plain
}

function read(): ReadonlySet<string> {
  const lines = readFileSync(new URL('common.txt', import.meta.url), 'utf8').split('\n')
  return new Set(lines.filter((line) => line !== '' && line !== '#' && !line.startsWith('# ')))
}
