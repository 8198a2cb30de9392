import { goodSessions } from '#store/sessions.ts'
import type { Io } from './io.ts'
import type { Parts } from './parts.ts'
import type { Principal } from './principal.ts'

type Staff = Extract<Principal, { kind: 'staff' }>

/** How often it is looked at what staff came with, ms. */
const LOOK = 2_000

/**
 * Cuts the screens of sessions that have ended, or whose person has another role. Most are cut at once, because it is said; this finds
 * those that grew too old, and those that somebody ended or changed who is no server and could say so to none.
 * [SIGNIN2] [SIGNIN8] [SIGNIN12] [HALL7]
 */
export function watchSessions(io: Io, { hall, logger }: Pick<Parts, 'hall' | 'logger'>) {
  async function look(): Promise<void> {
    const known = new Map<string, Staff>()
    for (const { data } of io.sockets.sockets.values()) {
      if (data.principal.kind === 'staff') known.set(data.credential, data.principal)
    }
    if (known.size === 0) return
    const good = await goodSessions(hall.database, [...known.keys()], hall.now())
    for (const [hash, { siteId, role }] of known) {
      const is = good.get(hash)
      if (!is) hall.hints.revoke(hash)
      else if (is.siteId !== siteId || is.role !== role) hall.hints.recheck(hash)
    }
  }
  const safely = () =>
    void look().catch((error) => logger.warn({ error }, 'sessions were not looked at; trying again'))
  const timer = setInterval(safely, LOOK)
  return { look: safely, stop: () => clearInterval(timer) }
}
