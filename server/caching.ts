import type { ServerResponse } from 'node:http'

/** What is answered is kept by no browser and no proxy, unless a file says otherwise of itself. [HEADER2] */
export function keepNothing(_request: unknown, response: ServerResponse, next: () => void): void {
  response.setHeader('Cache-Control', 'no-store')
  next()
}

/** What is the same for everybody may be kept, and is asked for anew each time. */
export function askAnew(response: ServerResponse): void {
  response.setHeader('Cache-Control', 'no-cache')
}
