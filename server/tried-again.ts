import { createHash } from 'node:crypto'

/** An id that is the same for every try: of who asked, the client's key, and what else tells it from another. 32 hex digits. */
export function idOfTries(...said: string[]): string {
  return createHash('sha256').update(said.join(' ')).digest('hex').slice(0, 32)
}
