import { existsSync, readFileSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

/** A visit that was erased: ids only. */
export interface ErasedVisit {
  siteId: string
  ticketId: string
  /** ms */
  at: number
}

const line = z.object({ siteId: z.string(), ticketId: z.string(), at: z.int() })

/** Adds it to a file outside the database, which a restore of an earlier backup reads. [BACKUP11] */
export async function rememberErased(file: string, { siteId, ticketId, at }: ErasedVisit): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await appendFile(file, `${JSON.stringify({ siteId, ticketId, at })}\n`, { mode: 0o600, flush: true })
}

/**
 * The visits that were erased; null where there is no such file.
 *
 * @throws Error that names the first line that is none. The last one may be cut off: the machine stopped while it was written
 */
export function readErased(file: string): ErasedVisit[] | null {
  if (!existsSync(file)) return null
  const [unfinished = '', ...lines] = readFileSync(file, 'utf8').split('\n').reverse()
  return [...lines.reverse(), ...(parsed(unfinished) ? [unfinished] : [])].flatMap((said, at) => {
    if (said === '') return []
    const visit = parsed(said)
    if (!visit) throw new Error(`${file}:${at + 1}: is no erased visit`)
    return [visit]
  })
}

function parsed(said: string): ErasedVisit | null {
  try {
    return line.parse(JSON.parse(said))
  } catch {
    return null
  }
}
