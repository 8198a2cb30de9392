import { ACTIONS, type Action } from '#protocol/actions.ts'
import type { Role } from '#protocol/api.ts'
import { SCOPES, type Scope } from '#protocol/api-key.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import type { Hello, ServerEvents } from '#protocol/events.ts'
import type { Principal } from './principal.ts'

/** The devices, a resident with a ticket, nobody known, people by their role, and programs by each scope of their key. */
export type Who = Exclude<Principal['kind'], 'staff' | 'api-key'> | Role | `api-key:${Scope}`

/** Whoever works at a counter. */
const STAFF = ['staff', 'supervisor'] as const
/** And whoever receives people. [DESK7] */
const DESK = ['volunteer', ...STAFF] as const
/** Everybody who signed in. */
export const PEOPLE: readonly Who[] = [...DESK, 'director', 'auditor', 'administrator']

/** Who is told why a number stands where it stands: whoever receives and serves, and whoever examines the logs. [ROLE7] */
const CLASS = [...DESK, 'auditor'] as const
/** Who looks at the hall and its figures, and at nobody. [ROLE1] [ROLE2] */
const LOOKING = ['director', 'administrator'] as const

/** Programs with a key of one scope. [APIKEY2] */
export const PROGRAMS: readonly Who[] = SCOPES.map(ofScope)

/** Everybody there is; a test asks every route and every view as each of them. [ROLE4] */
export const EVERYBODY: readonly Who[] = [
  'stranger',
  'ticket',
  'kiosk',
  'display',
  'pad',
  ...PEOPLE,
  ...PROGRAMS,
]

/**
 * Who may do what: one table for routes, sockets and screens. An administrator sets the hall up and reads nothing that residents
 * confided; a director looks at figures; an auditor reads the logs and changes nothing. [ROLE1] [ROLE2] [ROLE3] [ROLE7]
 */
export const POLICY: Record<Action, readonly Who[]> = {
  // Only while nobody can sign in; the handler checks that.
  'set-up': ['stranger', 'ticket'],
  'sign-in': ['stranger', ...PEOPLE, 'ticket'],
  'sign-out': PEOPLE,
  'read-session': PEOPLE,
  'own-sessions': PEOPLE,
  'change-password': PEOPLE,
  'hall-sessions': ['supervisor', 'administrator'],
  // To others: whoever asks changes their own. [SIGNIN11]
  'give-password': ['administrator'],
  // Only to be approved, unless a supervisor or an administrator asks or the hall is a demo; the handler checks that.
  'enrol-device': ['stranger', 'ticket', ...PEOPLE],
  'read-devices': ['supervisor', 'director', 'auditor', 'administrator', 'api-key:screens'],
  'manage-devices': ['supervisor', 'administrator'],
  'read-sites': [...PEOPLE, 'kiosk', 'display', 'pad', 'ticket', 'api-key:hall'],
  // What the hall goes by, and who works there.
  'read-rules': [...STAFF, 'director', 'auditor', 'administrator'],
  'read-board': [...PEOPLE, 'kiosk', 'display', 'pad', 'api-key:hall'],
  // Of single numbers: head start and turn, skill, what is prepared, why it is held, out of turn, or was looked at. Everybody else
  // who may read a board, a report or the audit gets it without; the handlers and the sockets see to that. [ROLE7]
  'read-class': CLASS,
  issue: [...DESK, 'kiosk'],
  'issue-offline': ['kiosk'],
  // A resident has held something to a reader.
  'show-card': [...STAFF, 'kiosk'],
  // A kiosk only by number.
  'read-tickets': [...DESK, 'kiosk'],
  'read-ticket': [...DESK, 'kiosk', 'ticket'],
  'read-why': [...DESK, 'kiosk', 'ticket'],
  print: [...DESK, 'kiosk'],
  track: ['stranger', ...PEOPLE, 'ticket'],
  'operate-counter': STAFF,
  // Also where a colleague sits.
  'operate-any-counter': ['supervisor'],
  // Only its own counter's, for whoever sits there; the handler checks that. [PAD2]
  'press-pad': ['pad'],
  'serve-ticket': STAFF,
  // Only at their own counter; the handler checks that. [REVEAL1]
  reveal: STAFF,
  // At a resident's request: what is kept of them, and its removal. [ERASE1] [ERASE2]
  'answer-resident': ['supervisor'],
  rejoin: [...DESK, 'kiosk', 'ticket'],
  cancel: [...DESK, 'ticket'],
  'change-service': DESK,
  'change-language': DESK,
  care: DESK,
  'more-time': [...DESK, 'ticket'],
  rate: ['ticket'],
  // The tablet at a counter is a display.
  'rate-at-counter': ['display'],
  suggest: ['ticket'],
  'read-feedback': ['supervisor'],
  // Asking, and taking it back.
  'ask-help': ['kiosk'],
  'answer-help': DESK,
  'call-specific': ['supervisor'],
  'send-home': ['supervisor'],
  'confirm-clock': ['supervisor', 'administrator'],
  'read-events': [...STAFF, 'auditor'],
  'read-report': ['supervisor', 'director', 'auditor', 'administrator', 'api-key:report'],
  'read-audit': ['supervisor', 'auditor', 'administrator'],
  'manage-webhooks': ['administrator'],
  'manage-api-keys': ['administrator'],
  'read-metrics': ['supervisor', 'administrator', 'api-key:metrics'],
  'read-contract': ['stranger', ...PEOPLE, 'kiosk', 'display', 'pad', 'ticket', ...PROGRAMS],
}

const SCREENS = ['kiosk', 'display', 'pad'] as const

/** Who may watch what. A program asks and watches nothing. [ROLE4] */
export const VIEWS: Record<Hello['view'], readonly Who[]> = {
  public: SCREENS,
  staff: CLASS,
  overview: LOOKING,
  ticket: ['ticket'],
  // By the secret of a screen that waits; one that was let in is told once more what it is. [PAIR2]
  pairing: SCREENS,
}

/** Who is told what over a socket; a test hears a whole day of it as everybody. [ROLE4] */
export const TOLD: Record<keyof ServerEvents, readonly Who[]> = {
  'public:snapshot': SCREENS,
  'public:event': SCREENS,
  'staff:snapshot': CLASS,
  'staff:event': CLASS,
  'overview:snapshot': LOOKING,
  'overview:event': LOOKING,
  ticket: ['ticket'],
  heartbeat: [...SCREENS, ...PEOPLE, 'ticket'],
  printer: ['kiosk'],
  printers: PEOPLE,
  paper: POLICY.print,
  devices: POLICY['read-devices'].filter((who) => PEOPLE.includes(who)),
  paired: SCREENS,
  placed: SCREENS,
  token: SCREENS,
  revoked: [...SCREENS, ...PEOPLE, 'ticket'],
}

function ofScope(scope: Scope): Who {
  return `api-key:${scope}`
}

/** What a principal is to the table; a program may be several. */
function whoIs(principal: Principal): readonly Who[] {
  switch (principal.kind) {
    case 'staff':
      return [principal.role]
    case 'api-key':
      return principal.scopes.map(ofScope)
    default:
      return [principal.kind]
  }
}

/** Whether this principal may open that view at all. Of which hall is checked where it is known. */
export function mayWatch(principal: Principal, view: Hello['view']): boolean {
  return whoIs(principal).some((who) => VIEWS[view].includes(who))
}

/** What may be done with a password that was made up: choosing another one, and leaving. [SIGNIN4] */
export const FIRST: readonly Action[] = ['sign-in', 'sign-out', 'read-session', 'change-password']

/** Whether this principal may do this at all. Whose site, counter or ticket it is, is checked where it is known. */
export function may(principal: Principal, action: Action): boolean {
  return whyNot(principal, action) === null
}

/** Why this principal may not do this at all; null: they may. */
export function whyNot(principal: Principal, action: Action): ErrorKey | null {
  if (!whoIs(principal).some((who) => POLICY[action].includes(who)))
    return principal.kind === 'stranger' ? 'unauthenticated' : 'forbidden'
  const first = principal.kind === 'staff' && principal.initial && !FIRST.includes(action)
  return first ? 'password-change-first' : null
}

/** Everything that such a one may do: what a screen is told of its person. [ROLE5] */
export function actionsOf(who: Who): Action[] {
  return ACTIONS.filter((action) => POLICY[action].includes(who))
}
