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

type Who = Principal['kind'] | 'supervisor' | 'administrator'

/** Who may do what: one table for routes and sockets. `staff` is every person who signed in. */
export const POLICY: Record<Action, readonly Who[]> = {
  // Only while nobody can sign in; the handler checks that.
  'set-up': ['stranger', 'ticket'],
  'sign-in': ['stranger', 'staff', 'ticket'],
  'sign-out': ['staff'],
  'read-session': ['staff'],
  // A stranger only in a demo hall, which enrols its own screens; the handler checks that.
  'enrol-device': ['stranger', 'ticket', 'supervisor', 'administrator'],
  'read-sites': ['staff', 'kiosk', 'display', 'ticket'],
  'read-board': ['staff', 'kiosk', 'display'],
  issue: ['staff', 'kiosk'],
  'issue-offline': ['kiosk'],
  // A resident has held something to a reader.
  'show-card': ['staff', 'kiosk'],
  // A kiosk only by number.
  'read-tickets': ['staff', 'kiosk'],
  'read-ticket': ['staff', 'kiosk', 'ticket'],
  'read-why': ['staff', 'kiosk', 'ticket'],
  print: ['staff', 'kiosk'],
  track: ['stranger', 'staff', 'ticket'],
  'operate-counter': ['staff'],
  'serve-ticket': ['staff'],
  rejoin: ['staff', 'kiosk', 'ticket'],
  cancel: ['staff', 'ticket'],
  care: ['staff'],
  'more-time': ['staff', 'ticket'],
  rate: ['ticket'],
  // The tablet at a counter is a display.
  'rate-at-counter': ['display'],
  suggest: ['ticket'],
  'read-feedback': ['supervisor'],
  // Asking, and taking it back.
  'ask-help': ['kiosk'],
  'answer-help': ['staff'],
  'call-specific': ['supervisor'],
  'send-home': ['supervisor'],
  'confirm-clock': ['supervisor', 'administrator'],
  'read-events': ['staff'],
  'read-report': ['supervisor', 'administrator'],
  'manage-webhooks': ['administrator'],
  'read-metrics': ['supervisor', 'administrator'],
  'read-contract': ['stranger', 'staff', 'kiosk', 'display', 'ticket'],
}

/** Whether this principal may do this at all. Whose site, counter or ticket it is, is checked where it is known. */
export function may(principal: Principal, action: Action): boolean {
  const allowed = POLICY[action]
  if (allowed.includes(principal.kind)) return true
  return principal.kind === 'staff' && allowed.includes(principal.role as Who)
}
