import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'

/** Host and port as the browser has them in its address, through as many proxies as are trusted. */
export function hostOf(request: IncomingMessage, proxies: number): string | undefined {
  return forwarded(request, 'x-forwarded-host', proxies) ?? request.headers.host
}

/** Whether the browser asked over HTTPS, through as many proxies as are trusted. */
export function isSecure(request: IncomingMessage, proxies: number): boolean {
  const scheme = forwarded(request, 'x-forwarded-proto', proxies)
  return scheme === undefined ? (request.socket as TLSSocket).encrypted === true : scheme === 'https'
}

/** What the first of the proxies was asked, as each of them passes it on. */
function forwarded({ headers }: IncomingMessage, name: string, proxies: number): string | undefined {
  const value = proxies > 0 ? headers[name] : undefined
  return (
    String(value ?? '')
      .split(',')[0]
      ?.trim() || undefined
  )
}

/** Whether it comes from no foreign page, as far as the browser names one. [SIGNIN9] [ORIGIN1] */
export function isFromOwnPage(request: IncomingMessage, proxies: number): boolean {
  const { origin } = request.headers
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === hostOf(request, proxies))
}
