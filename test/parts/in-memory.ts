import { statfsSync } from 'node:fs'

/** Memory as a folder, on Linux. */
const MEMORY = '/dev/shm'
/** What the databases and browsers of a whole run take at once at most, with room to spare, bytes. */
const NEEDED = 4 * 2 ** 30

/**
 * Lets temporary files lie in memory where there is room for them: nothing of a test outlives it, and a disk takes
 * three times as long for a commit. For this process and those it starts; who has set TMPDIR has decided already.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env.TMPDIR === undefined && roomIn(MEMORY) >= NEEDED) process.env.TMPDIR = MEMORY
}

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}
