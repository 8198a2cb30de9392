import { createWriteStream, existsSync } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { Refused } from './format.ts'

/** Names this program gives to files in a folder of backups; their order is that of their times. */
const NAME = /^nuanhao-\d{8}-\d{6}\.age$/
/** A file that is not whole yet, or never became so. */
const PART = '.part'

/** The file that is meant: `to` itself, or within the folder `to` a new one named by the time, UTC. */
export async function fileFor(to: string, now: number): Promise<{ file: string; folder: string | null }> {
  const isFolder = to.endsWith('/') || (existsSync(to) && (await stat(to)).isDirectory())
  if (!isFolder) return { file: to, folder: null }
  const [day = '', time = ''] = new Date(now)
    .toISOString()
    .replace(/[-:]|\..*/g, '')
    .split('T')
  return { file: join(to, `nuanhao-${day}-${time}.age`), folder: to }
}

/**
 * Writes a new file that its owner alone may read. It has its name only once all of it is on the disk; another of that name
 * is never touched. [BACKUP5]
 *
 * @returns its size, bytes
 * @throws Refused
 */
export async function writeNew(file: string, write: (into: Writable) => Promise<void>): Promise<number> {
  const part = `${file}${PART}`
  if (existsSync(file)) throw new Refused(`${file} is there already: a backup is never written over another`)
  await reserve(part)
  try {
    await write(createWriteStream(part))
    await sync(part)
    const { size } = await stat(part)
    if (existsSync(file))
      throw new Refused(`${file} has come meanwhile: a backup is never written over another`)
    await rename(part, file)
    await sync(dirname(file))
    return size
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function reserve(part: string): Promise<void> {
  try {
    await (await open(part, 'wx', 0o600)).close()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') {
      throw new Refused(`${part} is there already: another backup is at work, or was cut off; then remove it`)
    }
    if (code === 'ENOENT') throw new Refused(`${dirname(part)} is not there: make the folder first`)
    throw error
  }
}

/**
 * Removes all but the newest `keep` backups of a folder, and what never became whole before them. Other files stay.
 *
 * @returns the names of those removed
 */
export async function keepNewest(folder: string, keep: number): Promise<string[]> {
  const names = (await readdir(folder)).sort()
  const backups = names.filter((name) => NAME.test(name))
  const newest = backups.at(-1) ?? ''
  const old = backups.slice(0, Math.max(0, backups.length - keep))
  const cutOff = names.filter(
    (name) => name.endsWith(PART) && NAME.test(name.slice(0, -PART.length)) && name < newest,
  )
  for (const name of [...old, ...cutOff]) await rm(join(folder, name))
  return old
}

/** Has the disk keep a file, or the names in a folder. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
