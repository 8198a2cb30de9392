import { existsSync, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupKey } from '#settings/backup-key.ts'
import type { Environment } from '#settings/environment.ts'
import type { Database } from '../database.ts'
import { openEmbedded } from '../embedded.ts'
import { lockFolder } from '../lock-file.ts'
import { openPostgres } from '../postgres.ts'
import { isEmpty } from './catalogue.ts'
import { asOfNow, dump, headerOf } from './dump.ts'
import { type Header, Refused } from './format.ts'
import { copyLive } from './live-copy.ts'
import { fileFor, keepNewest, writeNew } from './new-file.ts'
import { partsOf } from './parts.ts'
import { readSealed, writeSealed } from './sealed-file.ts'

/** What a backup is made of, and for. */
export interface Taking {
  environment: Pick<Environment, 'mode' | 'DATA_DIR' | 'DATABASE_URL'>
  /** A file, or a folder for a file named by the time. */
  to: string
  key: BackupKey
  /** In a folder: how many backups stay. */
  keep: number | null
  /** Version of the program. */
  program: string
  /** The machine's clock, ms. */
  now: number
}

export interface Taken {
  file: string
  /** Size, bytes. */
  bytes: number
  header: Header
  /** Older backups that were removed. */
  removed: string[]
}

/**
 * Makes a backup of the hall as of one commit, while it runs or not. [BACKUP1] [BACKUP2]
 *
 * @throws Refused, FolderInUse when another backup is at work
 */
export async function takeBackup({ environment, to, key, keep, program, now }: Taking): Promise<Taken> {
  const { file, folder } = await fileFor(to, now)
  if (keep !== null && folder === null) throw new Refused(`--keep is for a folder, and ${to} is none`)
  const [header, bytes] = await withDatabase(environment, (database) =>
    database.transaction(async (query) => {
      await asOfNow(query)
      if (await isEmpty(query)) throw new Refused('there is no hall yet: nothing was backed up')
      const about = await headerOf(query, { program, mode: database.mode, takenAt: now })
      return [about, await writeNew(file, (into) => writeSealed(dump(query, about), key, into))] as const
    }),
  )
  const removed = folder !== null && keep !== null ? await keepNewest(folder, keep) : []
  return { file, bytes, header, removed }
}

/**
 * Reads a backup to its end and checks that it is whole; needs no hall. [BACKUP4]
 *
 * @throws BadBackup
 */
export async function verifyBackup(file: string, key: BackupKey): Promise<Header> {
  return readSealed(file, key, async (lines) => {
    let header: Header | undefined
    for await (const part of partsOf(lines)) if ('header' in part) header = part.header
    // A backup without one has been refused.
    return header as Header
  })
}

/** Embedded: opens a copy of the files, so that a server that has them open goes on, and one that starts may. */
async function withDatabase<T>(
  { mode, DATA_DIR, DATABASE_URL = '' }: Taking['environment'],
  work: (database: Database) => Promise<T>,
): Promise<T> {
  if (mode === 'services') return closing(await openPostgres(DATABASE_URL, () => undefined), work)
  if (!existsSync(join(DATA_DIR, 'pg')))
    throw new Refused(`there is no hall in ${DATA_DIR}: nothing was backed up`)
  const folder = join(DATA_DIR, 'backup')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  try {
    // What a backup that was killed has left goes first.
    const copy = join(folder, 'copy')
    await rm(copy, { recursive: true, force: true })
    await copyLive(join(DATA_DIR, 'pg'), join(copy, 'pg'))
    return await closing(await openEmbedded(copy), work)
  } finally {
    await rm(folder, { recursive: true, force: true })
    unlock()
  }
}

async function closing<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
