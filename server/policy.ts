import type { Principal } from './principal.ts'

/** Everything that can be asked of the API. */
export type Action =
  | 'set-up'
  | 'sign-in'
  | 'sign-out'
  | 'read-session'
  | 'enrol-device'
  | 'read-sites'
  | 'read-board'
  | 'issue'
  | 'issue-offline'
  | 'show-card'
  | 'read-tickets'
  | 'read-ticket'
  | 'read-why'
  | 'print'
  | 'track'
  | 'operate-counter'
  | 'serve-ticket'
  | 'rejoin'
  | 'cancel'
  | 'change-service'
  | 'change-language'
  | 'care'
  | 'more-time'
  | 'rate'
  | 'rate-at-counter'
  | 'suggest'
  | 'read-feedback'
  | 'ask-help'
  | 'answer-help'
  | 'call-specific'
  | 'send-home'
  | 'confirm-clock'
  | 'read-events'
  | 'read-report'
  | 'manage-webhooks'
  | 'read-metrics'
  | 'read-contract'

type Who = Principal['kind'] | 'volunteer' | 'supervisor' | 'administrator'

/** Who may do what: one table for routes and sockets. `staff` is every person who signed in and is no volunteer. [DESK7] */
export const POLICY: Record<Action, readonly Who[]> = {
  // Only while nobody can sign in; the handler checks that.
  'set-up': ['stranger', 'ticket'],
  'sign-in': ['stranger', 'staff', 'volunteer', 'ticket'],
  'sign-out': ['staff', 'volunteer'],
  'read-session': ['staff', 'volunteer'],
  // A stranger only in a demo hall, which enrols its own screens; the handler checks that.
  'enrol-device': ['stranger', 'ticket', 'supervisor', 'administrator'],
  'read-sites': ['staff', 'volunteer', 'kiosk', 'display', 'ticket'],
  'read-board': ['staff', 'volunteer', 'kiosk', 'display'],
  issue: ['staff', 'volunteer', 'kiosk'],
  'issue-offline': ['kiosk'],
  // A resident has held something to a reader.
  'show-card': ['staff', 'kiosk'],
  // A kiosk only by number.
  'read-tickets': ['staff', 'volunteer', 'kiosk'],
  'read-ticket': ['staff', 'volunteer', 'kiosk', 'ticket'],
  'read-why': ['staff', 'volunteer', 'kiosk', 'ticket'],
  print: ['staff', 'volunteer', 'kiosk'],
  track: ['stranger', 'staff', 'volunteer', 'ticket'],
  'operate-counter': ['staff'],
  'serve-ticket': ['staff'],
  rejoin: ['staff', 'volunteer', 'kiosk', 'ticket'],
  cancel: ['staff', 'volunteer', 'ticket'],
  'change-service': ['staff', 'volunteer'],
  'change-language': ['staff', 'volunteer'],
  care: ['staff', 'volunteer'],
  'more-time': ['staff', 'volunteer', 'ticket'],
  rate: ['ticket'],
  // The tablet at a counter is a display.
  'rate-at-counter': ['display'],
  suggest: ['ticket'],
  'read-feedback': ['supervisor'],
  // Asking, and taking it back.
  'ask-help': ['kiosk'],
  'answer-help': ['staff', 'volunteer'],
  'call-specific': ['supervisor'],
  'send-home': ['supervisor'],
  'confirm-clock': ['supervisor', 'administrator'],
  'read-events': ['staff'],
  'read-report': ['supervisor', 'administrator'],
  'manage-webhooks': ['administrator'],
  'read-metrics': ['supervisor', 'administrator'],
  'read-contract': ['stranger', 'staff', 'volunteer', 'kiosk', 'display', 'ticket'],
}

/** Whether this principal may do this at all. Whose site, counter or ticket it is, is checked where it is known. */
export function may(principal: Principal, action: Action): boolean {
  const allowed = POLICY[action]
  if (principal.kind !== 'staff') return allowed.includes(principal.kind)
  return allowed.includes(principal.role) || (isStaff(principal) && allowed.includes('staff'))
}

/** Whether the principal is one of the staff: whoever signed in and is no volunteer. */
export function isStaff(principal: Principal): boolean {
  return principal.kind === 'staff' && principal.role !== 'volunteer'
}
