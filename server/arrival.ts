import type { RequestHandler } from 'express'
import type { Parts } from './parts.ts'
import { credentialsOf } from './principal.ts'

/**
 * Counts a request for the address it comes from, unless its secret was somebody's lately: a hall's screens may share their address with
 * whoever floods it, and are bounded by themselves. Throws Fault `too-many`. [LIMIT1]
 */
export function arrival({ limits, identities, hall }: Parts): RequestHandler {
  return async function arrival({ headers, ip }, _, next) {
    if (!identities.knewLately(credentialsOf(headers), hall.now())) await limits.arrived(ip ?? '')
    next()
  }
}
