import type { RefusalKey } from '#domain/refusal.ts'

/** Refusals that are not the domain's: of the edge, of identity, of the wire. */
export type EdgeKey =
  | 'malformed'
  | 'key-required'
  | 'unauthenticated'
  | 'wrong-credentials'
  | 'wrong-code'
  | 'already-set-up'
  | 'address-refused'
  | 'forbidden'
  | 'no-printer'
  | 'foreign-origin'
  | 'not-found'
  | 'unknown-device'
  | 'purpose-tells'
  | 'too-large'
  | 'key-reused'
  | 'too-many'
  | 'unavailable'
  | 'internal'

export type ErrorKey = RefusalKey | EdgeKey

/** The HTTP status of each error key. */
export const STATUS: Record<ErrorKey, number> = {
  malformed: 400,
  'key-required': 400,
  unauthenticated: 401,
  'wrong-credentials': 401,
  'wrong-code': 403,
  forbidden: 403,
  'foreign-origin': 403,
  'counter-not-yours': 403,
  'not-found': 404,
  'unknown-site': 404,
  'unknown-service': 404,
  'unknown-counter': 404,
  'unknown-ticket': 404,
  'unknown-device': 404,
  'unknown-lane': 404,
  'unknown-staff': 404,
  'unknown-skill': 404,
  'unknown-material': 404,
  'unknown-card': 404,
  'wrong-identity': 400,
  'purpose-tells': 400,
  'already-set-up': 409,
  'no-printer': 409,
  'address-refused': 409,
  'site-closed': 409,
  'clock-unconfirmed': 409,
  'counter-closed': 409,
  'counter-paused': 409,
  'counter-busy': 409,
  'counter-taken': 409,
  'not-at-counter': 409,
  'not-waiting': 409,
  'not-called': 409,
  'not-serving': 409,
  'not-missed': 409,
  'not-held': 409,
  'too-late-to-rejoin': 409,
  'papers-elsewhere': 409,
  'nothing-to-undo': 409,
  'too-late-to-undo': 409,
  'same-place': 409,
  'ticket-busy': 409,
  'already-in-visit': 409,
  'too-many-matters': 409,
  'care-not-granted': 403,
  'quota-reached': 409,
  'staff-away': 409,
  'not-your-turn': 409,
  'times-out-of-order': 409,
  'not-today': 409,
  'time-ahead': 409,
  'already-recorded': 409,
  'not-there-yet': 409,
  'counter-taken-then': 409,
  'ticket-elsewhere-then': 409,
  'site-open': 409,
  'nobody-inside': 409,
  'still-time': 409,
  'nobody-behind': 409,
  'time-given': 409,
  'not-completed': 409,
  'unknown-tag': 404,
  'too-late-to-rate': 409,
  'already-rated': 409,
  'already-suggested': 409,
  'unknown-help': 404,
  'help-answered': 409,
  'help-over': 409,
  'other-series': 403,
  'number-taken': 409,
  'day-over': 409,
  'known-as': 409,
  'wrong-state': 409,
  stale: 412,
  'too-large': 413,
  'key-reused': 422,
  'too-many': 429,
  internal: 500,
  unavailable: 503,
}
