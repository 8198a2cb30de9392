import { revokedOf } from '#store/devices.ts'
import { goodSessions } from '#store/sessions.ts'
import type { Io } from './io.ts'
import type { Parts } from './parts.ts'

/** How often it is looked at what staff and screens came with, ms. */
const LOOK = 2_000

/**
 * Cuts the screens of sessions that have ended, and those that were switched off. Most are cut at once, because it is said when one is
 * ended; this finds those that grew too old, those that somebody ended who is no server and could say so to none, and those of which
 * the word was lost, or came before they were let in. [SIGNIN2] [SIGNIN8] [HALL7] [PAIR7]
 */
export function watchSessions(io: Io, { hall, logger }: Pick<Parts, 'hall' | 'logger'>) {
  async function look(): Promise<void> {
    const screens = [...io.sockets.sockets.values()]
    const people = screens.filter(({ data }) => data.principal.kind === 'staff')
    if (people.length > 0) {
      const hashes = new Set(people.map(({ data }) => data.credential))
      const good = await goodSessions(hall.database, [...hashes], hall.now())
      for (const hash of hashes) if (!good.has(hash)) hall.hints.revoke(hash)
    }
    const ofHall = screens.filter(({ data }) => data.hello.view === 'public')
    if (ofHall.length === 0) return
    const revoked = await revokedOf(hall.database, [...new Set(ofHall.map(({ data }) => data.principal.id))])
    for (const { data } of ofHall) if (revoked.has(data.principal.id)) hall.hints.revoke(data.credential)
  }
  const safely = () =>
    void look().catch((error) => logger.warn({ error }, 'sessions were not looked at; trying again'))
  const timer = setInterval(safely, LOOK)
  return { look: safely, stop: () => clearInterval(timer) }
}
