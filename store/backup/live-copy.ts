import { constants, type Dirent } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused } from './format.ts'

/** Where PostgreSQL writes down which checkpoint a recovery begins from. */
const CONTROL = join('global', 'pg_control')
/** The log that recovery reads. */
const LOG = 'pg_wal'
/** Of the process that has it open, and not of the database. */
const NOT_COPIED = new Set(['postmaster.pid', 'postmaster.opts'])
/** A checkpoint comes every few minutes at most, and a copy takes seconds. */
const TRIES = 5

/**
 * Copies the files of an embedded database, also while a server writes them; nothing waits for it. Opened, the copy is the
 * database as of one commit shortly before the end of the copying, as if the power had failed at that moment.
 *
 * The data files are copied first, then the log. Whatever page was copied too early, too late or torn, recovery writes
 * anew: since its last checkpoint PostgreSQL logs each page whole before it first changes it, and never writes a page before
 * the log of it. That holds only while the checkpoint stays the last one, so a copy that a newer one came into is made again.
 *
 * @param from the folder PostgreSQL calls its data directory
 * @param to made anew
 * @throws Refused when checkpoints keep coming; Error when there is no database
 */
export async function copyLive(from: string, to: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const control = await readFile(join(from, CONTROL))
    await rm(to, { recursive: true, force: true })
    await copyFolder(from, to, (path) => path !== LOG && path !== CONTROL)
    await copyFolder(join(from, LOG), join(to, LOG), () => true)
    await writeFile(join(to, CONTROL), control, { mode: 0o600 })
    if (control.equals(await readFile(join(from, CONTROL)))) return
  }
  throw new Refused(
    `${from} was never at rest long enough to be copied: try again, at an hour when less happens`,
  )
}

async function copyFolder(
  from: string,
  to: string,
  wanted: (path: string) => boolean,
  inside = '',
): Promise<void> {
  await mkdir(join(to, inside), { recursive: true, mode: 0o700 })
  const entries: Dirent[] = await readdir(join(from, inside), { withFileTypes: true })
  for (const entry of entries) {
    const path = join(inside, entry.name)
    if (!wanted(path) || NOT_COPIED.has(entry.name)) continue
    if (entry.isDirectory()) await copyFolder(from, to, wanted, path)
    // Where the file system can, the copy shares the blocks until one of both changes.
    else if (entry.isFile())
      await copyFile(join(from, path), join(to, path), constants.COPYFILE_FICLONE).catch(unlessGone)
  }
}

/** What PostgreSQL removes while it is copied, its log says too. */
function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
