// What `npm run backup` and `npm run restore` have in common: where the key is from, and how they end.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { type BackupKey, readBackupKey, SHORTEST_PASSPHRASE } from '#settings/backup-key.ts'
import { EnvironmentError } from '#settings/environment.ts'
import { BadBackup, type Header, Refused } from '#store/backup/format.ts'
import { FolderInUse } from '#store/lock-file.ts'
import { WrongSchema } from '#store/migrate.ts'

/** The command is not one of those there are. */
export class Usage extends Error {}

/** Version of this program. */
export const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** Carries it out; ends with 0 when done, 1 when refused or the backup is bad (nothing has changed), 2 otherwise. */
export async function carryOut(work: () => Promise<string[]>): Promise<void> {
  try {
    process.stdout.write(`${(await work()).join('\n')}\n`)
  } catch (error) {
    const refused = [BadBackup, Refused, WrongSchema, FolderInUse].some((kind) => error instanceof kind)
    const known = refused || error instanceof Usage || error instanceof EnvironmentError
    process.stderr.write(`${known ? (error as Error).message : ((error as Error).stack ?? error)}\n`)
    process.exitCode = refused ? 1 : 2
  }
}

/** The key that `BACKUP_KEY` names, or a passphrase that is typed, or the first line of what is piped in. */
export async function backupKey(file: string | undefined, to: 'seal' | 'open'): Promise<BackupKey> {
  if (file !== undefined) return asUsage(() => readBackupKey(file))
  const passphrase = await ask('Passphrase of the backup: ')
  if (to === 'seal') {
    if (passphrase.length < SHORTEST_PASSPHRASE) {
      throw new Usage(
        `A passphrase has at least ${SHORTEST_PASSPHRASE} characters. Or make a key with "npm run backup -- key FILE" and name it with BACKUP_KEY.`,
      )
    }
    if (process.stdin.isTTY && (await ask('Once more: ')) !== passphrase)
      throw new Usage('These were two different ones.')
  }
  return { kind: 'passphrase', passphrase }
}

/** What a backup is of, in words. */
export function describeBackup(header: Header): string[] {
  const { program, mode, takenAt, sites, rows } = header
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
  const when = new Date(takenAt).toISOString().replace('T', ' ').slice(0, 19)
  return [
    `Taken ${when} UTC by version ${program}, ${mode} mode; ${total} rows in ${Object.keys(rows).length} tables`,
    ...sites.map(
      ({ id, name, seq, at }) =>
        `  ${id} ${name['zh-CN']} ${name.en}: last event ${seq}, ${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC`,
    ),
  ]
}

/** A wrong setting is said without a trace of where it was found. */
export function asUsage<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Usage((error as Error).message)
  }
}

/** What is typed is not shown. */
async function ask(question: string): Promise<string> {
  const unseen = new Writable({ write: (_piece, _encoding, done) => done() })
  const terminal = process.stdin.isTTY === true
  const reader = createInterface({ input: process.stdin, output: unseen, terminal })
  if (terminal) process.stderr.write(question)
  try {
    for await (const line of reader) return line
    throw new Usage('There is no key: name one with BACKUP_KEY, or type or pipe in a passphrase.')
  } finally {
    reader.close()
    if (terminal) process.stderr.write('\n')
  }
}
