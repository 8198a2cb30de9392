import { readFileSync } from 'node:fs'

/** What seals backups, or opens them. */
export type BackupKey =
  | { kind: 'passphrase'; passphrase: string }
  /** age's secret keys, `AGE-SECRET-KEY-1…`: seal and open. */
  | { kind: 'secret'; keys: string[] }
  /** age's public keys, `age1…`: only seal. */
  | { kind: 'public'; keys: string[] }

/** A passphrase that seals has so many letters at least: whoever has the file may try for years. */
export const SHORTEST_PASSPHRASE = 12

const SECRET = /^AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]+$/
const PUBLIC = /^age1[a-z0-9]+$/

/**
 * Reads the file that `BACKUP_KEY` names: age's secret keys or public ones, one a line; lines with `#` are remarks.
 *
 * @throws Error that says what to do, without a word of the content
 */
export function readBackupKey(file: string): BackupKey {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`BACKUP_KEY ${file} cannot be read: ${(error as Error).message}`)
  }
  const keys = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (keys.length > 0 && keys.every((key) => SECRET.test(key))) return { kind: 'secret', keys }
  if (keys.length > 0 && keys.every((key) => PUBLIC.test(key))) return { kind: 'public', keys }
  throw new Error(
    `BACKUP_KEY ${file} holds no keys: make one with "npm run backup -- key FILE", or put public keys (age1…) into it, one a line`,
  )
}
