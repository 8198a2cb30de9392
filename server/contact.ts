import { CONTACT_EVERY, contact } from '#store/contact.ts'
import type { Io } from './io.ts'
import type { Parts } from './parts.ts'

/** Writes down which screens are connected: when one was last heard of, and when a kiosk was absent. [OFFLINE6] [HEALTH2] */
export function keepContact(io: Io, { hall, logger }: Parts): () => void {
  const connected = (): string[] =>
    [...io.sockets.sockets.values()].flatMap(({ data: { principal, hello } }) =>
      hello.view === 'public' ? principal.id : [],
    )
  const keep = () =>
    contact(hall.database, [...new Set(connected())], hall.now()).catch((error) =>
      logger.warn({ error }, 'contact with the screens could not be written down'),
    )
  const timer = setInterval(keep, CONTACT_EVERY)
  return () => clearInterval(timer)
}
