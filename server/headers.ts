import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'
import { hostOf, isSecure } from './forwarded.ts'
import { readerOrigins } from './readers.ts'

/** A year, s. */
const STRICT_FOR = 31_536_000

/** What no page of ours needs, and whoever came to run in one should not have. */
const NO_FEATURES = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'bluetooth', 'hid']

type Handler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

/**
 * The headers of every answer, the first ones of sockets too: only our own scripts, styles and sockets; `wasm`, frames and foreign
 * images have no business here. HTTPS is promised only over HTTPS: a hall without it must stay reachable. [HEADER1]
 *
 * @param proxies how many stand in front
 * @param styles from where a page may take them
 */
export function headers(proxies: number, styles: readonly string[] = ["'self'"]): Handler {
  const guard = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: styles,
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", (request) => ownSockets(hostOf(request, proxies)), readerOrigins],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Set here, only where there is HTTPS.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  return function headers(request, response, next) {
    if (isSecure(request, proxies)) response.setHeader('Strict-Transport-Security', `max-age=${STRICT_FOR}`)
    response.setHeader('Permissions-Policy', NO_FEATURES.map((feature) => `${feature}=()`).join(', '))
    guard(request, response, next)
  }
}

/** Older browsers do not count the sockets of a page's own server as its own. */
function ownSockets(host: string | undefined): string {
  return host !== undefined && /^[\w.:[\]-]+$/.test(host) ? `ws://${host} wss://${host}` : "'self'"
}
