import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { readdir, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupKey } from '#settings/backup-key.ts'
import type { Environment } from '#settings/environment.ts'
import type { Keys } from '#settings/key-file.ts'
import type { Database, Query } from '../database.ts'
import { openEmbedded } from '../embedded.ts'
import { lockFolder } from '../lock-file.ts'
import { lockSchema, MAY_NOT } from '../migrate.ts'
import { openPostgres } from '../postgres.ts'
import { eraseWithin } from '../residents.ts'
import { hasSchema, isEmpty } from './catalogue.ts'
import type { ErasedVisit } from './erased-visits.ts'
import { fill } from './fill.ts'
import { type Header, Refused } from './format.ts'
import { sync } from './new-file.ts'
import { partsOf } from './parts.ts'
import { readSealed } from './sealed-file.ts'
import { fitsTickets, type GoesOn, giveUp, takeUp } from './take-up.ts'

/** What a hall is brought back from. */
export interface Restoring {
  environment: Pick<Environment, 'mode' | 'DATA_DIR' | 'DATABASE_URL' | 'KEY_FILE'>
  file: string
  key: BackupKey
  /** The hall's keys; null: bring it back without. */
  keys: Keys | null
  /** How many numbers of today each lane leaves for tickets that were issued after the backup. */
  skip: number
  /** Visits that were erased, after the backup too: erased again; null: nobody knows. [BACKUP11] */
  erased: readonly ErasedVisit[] | null
  /** The machine's clock, ms. */
  now: number
  actor: string
}

export interface Restored {
  header: Header
  goesOn: GoesOn[]
  /** How many visits the backup had whole, and were erased again. */
  erasedAgain: number
}

/** So much earlier than a backup an erasing may seem to be that it does not know of, by another machine's clock, ms. */
const CLOCKS_DIFFER = 3_600_000

/** What may lie in a DATA_DIR without a hall: of programs that were killed. */
const LEFT_LYING = ['lock', 'control.sock', 'restore', 'backup']

/**
 * Brings a hall back into an empty database, all or nothing. [BACKUP6]
 *
 * @throws Refused, BadBackup, WrongSchema, FolderInUse
 */
export async function restoreBackup(restoring: Restoring): Promise<Restored> {
  return restoring.environment.mode === 'services' ? intoServer(restoring) : intoFolder(restoring)
}

/** One transaction: whoever looks sees nothing of it before all is there. */
async function intoServer(restoring: Restoring): Promise<Restored> {
  const database = await openPostgres(restoring.environment.DATABASE_URL ?? '', () => undefined)
  try {
    return await database.transaction(async (query) => {
      // Servers that start meanwhile wait here, and then find the hall.
      await lockSchema(query)
      if (!(await isEmpty(query))) {
        throw new Refused('the database of DATABASE_URL holds a hall: restore into an empty one')
      }
      if (await hasSchema(query)) await query('drop schema nuanhao cascade')
      return bringBack(query, restoring)
    })
  } catch (error) {
    if ((error as { code?: string }).code !== MAY_NOT) throw error
    throw new Refused(
      'the login of DATABASE_URL may not make the hall’s tables: restore with the owner’s, and then "npm run migrate"',
    )
  } finally {
    await database.close()
  }
}

/** In a folder of its own, which gets its name when it is whole. */
async function intoFolder(restoring: Restoring): Promise<Restored> {
  const { DATA_DIR } = restoring.environment
  const made = !existsSync(DATA_DIR)
  mkdirSync(DATA_DIR, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(DATA_DIR)
  const folder = join(DATA_DIR, 'restore')
  try {
    const found = readdirSync(DATA_DIR).filter((name) => !LEFT_LYING.includes(name))
    if (found.length > 0) {
      throw new Refused(
        `${DATA_DIR} is not empty, it has ${found.join(', ')}: restore into an empty folder, or move this one away`,
      )
    }
    await rm(folder, { recursive: true, force: true })
    const restored = await inFolder(folder, restoring)
    await syncAll(folder)
    await rename(join(folder, 'pg'), join(DATA_DIR, 'pg'))
    await sync(DATA_DIR)
    return restored
  } finally {
    await rm(folder, { recursive: true, force: true })
    unlock()
    // Fails where something lies in it now.
    if (made) await rmdir(DATA_DIR).catch(() => undefined)
  }
}

async function inFolder(folder: string, restoring: Restoring): Promise<Restored> {
  const database: Database = await openEmbedded(folder)
  try {
    const restored = await database.transaction((query) => bringBack(query, restoring))
    // What it was written with is not needed any more: it would be as large again.
    await database.query('checkpoint')
    return restored
  } finally {
    await database.close()
  }
}

async function bringBack(
  query: Query,
  { environment, file, key, keys, skip, erased, now, actor }: Restoring,
): Promise<Restored> {
  const header = await readSealed(file, key, (lines) => fill(query, partsOf(lines)))
  if (keys && !(await fitsTickets(query, keys.codes))) {
    throw new Refused(
      `KEY_FILE ${environment.KEY_FILE} is not the one of this hall: tickets’ links would not open, and what residents ` +
        'confided could not be read. Put the hall’s own there; if it is lost, restore with --without-key-file.',
    )
  }
  if (!keys) await giveUp(query)
  const goesOn = await takeUp(query, { now, skip, takenAt: header.takenAt, actor })
  let erasedAgain = 0
  for (const { siteId, ticketId, at } of keys ? (erased ?? []) : []) {
    // The backup has what was written to a visit that was erased before it was made.
    if (at < header.takenAt - CLOCKS_DIFFER) continue
    const asking = { siteId, ticketId, by: { principal: actor }, reason: 'restored', now } as const
    if (keys && (await eraseWithin(query, keys, asking))) erasedAgain += 1
  }
  return { header, goesOn, erasedAgain }
}

async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) await sync(join(entry.parentPath, entry.name))
  }
  await sync(folder)
}
