import { goodSessions } from '#store/sessions.ts'
import type { Io } from './io.ts'
import type { Parts } from './parts.ts'

/** How often it is looked at what staff came with, ms. */
const LOOK = 2_000

/**
 * Cuts the screens of sessions that have ended. Most are cut at once, because it is said when one is ended; this finds those
 * that grew too old, and those that somebody ended who is no server and could say so to none. [SIGNIN2] [SIGNIN8] [HALL7]
 */
export function watchSessions(io: Io, { hall, logger }: Pick<Parts, 'hall' | 'logger'>) {
  async function look(): Promise<void> {
    const screens = [...io.sockets.sockets.values()].filter(({ data }) => data.principal.kind === 'staff')
    if (screens.length === 0) return
    const hashes = new Set(screens.map(({ data }) => data.credential))
    const good = await goodSessions(hall.database, [...hashes], hall.now())
    for (const hash of hashes) if (!good.has(hash)) hall.hints.revoke(hash)
  }
  const safely = () =>
    void look().catch((error) => logger.warn({ error }, 'sessions were not looked at; trying again'))
  const timer = setInterval(safely, LOOK)
  return { look: safely, stop: () => clearInterval(timer) }
}
