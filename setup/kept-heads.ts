import { z } from 'zod'
import type { Head } from '#store/audit-verify.ts'

const head = z.object({
  siteId: z.string(),
  n: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.int().optional(),
})
/** A line of the file of heads, or of the log that says the same. */
const line = z.union([head, z.object({ auditHead: head }).transform(({ auditHead }) => auditHead)])

/**
 * Reads heads of chains that were kept outside: lines of AUDIT_HEADS, of `npm run audit -- heads`, or of the log.
 *
 * @throws Error that names the first line that is none
 */
export function readHeads(file: string, text: string): Head[] {
  return text.split('\n').flatMap((said, at) => {
    if (said.trim() === '') return []
    const parsed = line.safeParse(parsedOf(said))
    if (!parsed.success) throw new Error(`${file}:${at + 1}: is no head of an audit`)
    const { at: written, ...link } = parsed.data
    return { ...link, ...(written !== undefined && { at: written }) }
  })
}

function parsedOf(said: string): unknown {
  try {
    return JSON.parse(said)
  } catch {
    return null
  }
}
