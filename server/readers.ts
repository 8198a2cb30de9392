import type { IncomingMessage, ServerResponse } from 'node:http'
import type { NextFunction, Request, Response } from 'express'
import { readerServices } from '#store/sites.ts'
import type { Parts } from './parts.ts'

/** The page of the kiosk; its scripts and every other page speak to their own server only. */
const KIOSK = /^\/kiosk\/(index\.html)?$/

/**
 * Says which services beside a kiosk its page may ask: those of the halls of this server, at their exact address, and only
 * the kiosk's page. [IDENT8] [CONTRACT5]
 */
export function readersOf({ hall, logger }: Parts) {
  return async function readers({ path }: Request, response: Response, next: NextFunction): Promise<void> {
    if (KIOSK.test(path)) {
      response.locals.readers = await readerServices(hall.database).catch((error: unknown) => {
        // The kiosk is there without its reader, and gets it with the next page.
        logger.warn({ error }, 'the readers of kiosks are not known')
        return []
      })
    }
    next()
  }
}

/** For `connect-src`. */
export function readerOrigins(_: IncomingMessage, response: ServerResponse): string {
  // Sockets begin outside of Express.
  const urls: string[] = (response as Partial<Response>).locals?.readers ?? []
  return [...new Set(urls.map((url) => new URL(url).origin))].join(' ')
}
