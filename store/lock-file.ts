import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Thrown when another process has the folder open. */
export class FolderInUse extends Error {
  constructor(folder: string, pid: number) {
    super(
      `${folder} is in use by process ${pid}. Two programs on one database would destroy it: stop the other one, ` +
        'or give this one a folder of its own with DATA_DIR.',
    )
    this.name = 'FolderInUse'
  }
}

/**
 * Takes the folder for this process. A lock left by a process that is gone (kill −9, power cut) is taken over.
 *
 * @returns gives the folder back
 * @throws FolderInUse
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock')
  const own = `${process.pid} ${startOf(process.pid)}`
  try {
    writeFileSync(file, own, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const [pid = '', ...start] = readFileSync(file, 'utf8').split(' ')
    if (isRunning(Number(pid)) && startOf(Number(pid)) === start.join(' ')) {
      throw new FolderInUse(folder, Number(pid))
    }
    // Of two that find the same stale lock, one creates the new file and the other fails here.
    rmSync(file, { force: true })
    writeFileSync(file, own, { flag: 'wx' })
  }
  return () => rmSync(file, { force: true })
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process started, in the kernel's ticks: tells a process from a later one with its number. '' where unknown. */
function startOf(pid: number): string {
  try {
    // Field 22 of stat; the command in field 2 may hold spaces, so count from behind its closing bracket.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
