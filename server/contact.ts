import { CONTACT_EVERY, contact } from '#store/contact.ts'
import type { Io } from './io.ts'
import type { Parts } from './parts.ts'

/** Writes down which kiosks are connected, so that a kiosk's absence is known afterwards. [OFFLINE6] */
export function keepContact(io: Io, { hall, logger }: Parts): () => void {
  const connected = (): string[] =>
    [...io.sockets.sockets.values()].flatMap(({ data: { principal } }) =>
      principal.kind === 'kiosk' ? principal.id : [],
    )
  const timer = setInterval(() => {
    contact(hall.database, [...new Set(connected())], hall.now()).catch((error) =>
      logger.warn({ error }, 'contact with the kiosks could not be written down'),
    )
  }, CONTACT_EVERY)
  return () => clearInterval(timer)
}
