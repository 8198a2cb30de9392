import type { HelpCall } from './help.ts'
import type { Counter, Leg } from './leg.ts'
import type { Localised } from './localised.ts'
import type { Past } from './past.ts'
import type { FirstPrintState } from './printer.ts'
import type { LegState } from './transition.ts'

/** Every fact the log can hold. */
export const EVENT_TYPES = [
  'ticket:issued',
  'ticket:called',
  'ticket:recalled',
  'ticket:started',
  'ticket:completed',
  'ticket:missed',
  'ticket:rejoined',
  'ticket:held',
  'ticket:resumed',
  'ticket:put-back',
  'ticket:transferred',
  'ticket:cancelled',
  'ticket:changed',
  'ticket:extended',
  'ticket:corrected',
  'ticket:hold-overdue',
  'ticket:more-time',
  'ticket:recorded',
  'ticket:expired',
  'ticket:undone',
  'ticket:renumbered',
  'counter:opened',
  'counter:paused',
  'counter:closed',
  'help:asked',
  'help:answered',
  'help:escalated',
  'help:done',
  'help:taken-back',
  'site:clock-confirmed',
  'site:changed',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** A leg that begins with this change. Its number is its ticket's; id and entry number are drawn under the site's lock. */
export interface NewLeg {
  laneId: string
  serviceId: string
  /** Head start of care, ms. */
  credit: number
  /** Waits since then, ms; without it since now. */
  since?: number
  /** Of a leg that goes on from another: the ticket, and the place it keeps. Without it the leg arrives now. */
  goesOn?: { ticketId: string; arrivedAt: number; v: number }
  assignedCounterId?: string | null
  assignedStaffId?: string | null
  skill?: string | null
  /** Services that follow in the same visit. */
  next?: readonly string[]
  /** Staff left a note for the next. */
  noted?: boolean
  /** The resident has asked for something to be prepared. */
  prepare?: boolean
}

/** A ticket that begins with this change. */
export interface NewTicket {
  id: string
  /** Lane whose letter and sequence name it. */
  laneId: string
  /** SHA-256 of the code in the resident's link, hex. */
  codeHash: string
  language: 'zh-CN' | 'en'
  /** Encrypted care need, accommodations and contact, if any were given. */
  private: Sealed | null
  /** What opens all that is encrypted of it, now or later, itself encrypted. */
  dataKeys?: (Sealed & { kept: 'visit' | 'words' })[]
  /** Encrypted: what the resident said of the materials of each service. */
  materials?: (Sealed & { serviceId: string })[]
  /** Its kiosk had no server: the number it gave, and when, ms. Refused as `number-taken` if another ticket of the day has it. */
  offline?: { number: string; arrivedAt: number }
  /** Encrypted: who its resident is, and by what the same identity is known again today. */
  identity?: Sealed & { mark: string }
}

/** Encrypted with AES-256-GCM; base64. */
export interface Sealed {
  keyId: string
  nonce: string
  sealed: string
}

/** A note, by the id that its row has. */
export type SealedNote = Sealed & { id: string; lock: string }

/**
 * How a leg comes (again) to wait. `same-place`: with its v and a new entry number. `rejoin`: with the later of its own v
 * and that of the third waiting (of the last, if fewer), and a new entry number. `let-first`: the same of the others who wait,
 * refused as `still-time` or `nobody-behind`. Each is a stint of its own.
 */
export type Entering = 'same-place' | 'rejoin' | 'let-first'

/** A change to a leg decided on `version`; what is left out stays as it is. */
export interface LegChange {
  id: string
  version: number
  state: LegState
  /** Given when the leg is to wait again. */
  enter?: Entering
  counterId?: string | null
  assignedCounterId?: string | null
  assignedStaffId?: string | null
  serviceId?: string
  /** Adds one call and gives it a new call id. */
  calls?: number
  hold?: Leg['hold']
  /** Care granted or withdrawn: the new head start, ms. v is computed again from the arrival. */
  credit?: number
  skill?: string | null
  /** The ticket's, from now on. */
  language?: Leg['language']
  next?: readonly string[]
  /** Its papers lie at the assigned counter. */
  papers?: boolean
  holdOverdue?: boolean
  /** The call stands until then, ms. */
  waitsUntil?: number
  /** Nobody had the number it was called by: it is as if it had not been called. */
  uncalled?: true
  /** Of a call made on paper, when it was called, ms: then it was begun and ended as follows. */
  calledAt?: number
  /** And what the log had of that time: if it has changed meanwhile, this is decided again. */
  past?: Past
  /** Else only of a correction of times, ms: when it was really begun, and when it was really done. */
  startedAt?: number | null
  endedAt?: number
  /** Its new state began then and not now, ms. */
  since?: number
}

/** A change to a counter decided on `version`. */
export interface CounterChange {
  id: string
  version: number
  status: Counter['status']
  staffId: string | null
  desk: string | null
}

/** A change to a call for help decided on `version`. */
export interface HelpChange extends Pick<HelpCall, 'id' | 'version' | 'state'> {
  /** Given when somebody goes. */
  counterId?: string | null
}

/**
 * What a decision wants to become true, all or nothing. The store commits it under the site's lock if every
 * version still stands, and otherwise asks for a new decision.
 */
export interface Change {
  event: EventType
  ticket?: NewTicket
  newLegs?: NewLeg[]
  legs?: LegChange[]
  counters?: CounterChange[]
  /** Somebody at this kiosk asks for help: a call of its own, unless one of this kiosk is open, which is settled under the lock. */
  askHelp?: { kiosk: string }
  help?: HelpChange
  /** Call the smallest turn this counter may serve; which one is settled under the lock. `proposed` is the line's head. */
  pick?: { counterId: string; counterVersion: number; proposed?: string }
  /** Take back the counter's last action. */
  undo?: { counterId: string; seq: number }
  /** Refused as `quota-reached` if the service has given out this many today; null: counted all the same. */
  quotas?: { serviceId: string; most: number | null }[]
  /** The ticket has this number instead. Refused as `number-taken`. */
  renumber?: { ticketId: string; number: string }
  /** Nothing is to become true: this leg, by its id, is of the ticket its resident has already. */
  offerBack?: string
  /** For whoever serves the ticket next. */
  note?: SealedNote
  /** The new ticket's paper, a job of its own. */
  print?: { printerId: string; deviceId: string | null; state: FirstPrintState }
  /** What residents whose tickets are ended by this are told. */
  farewell?: Localised
  /** Out of the turn order: logged, counted and shown. */
  exception?: Exception
  /** What staff or the clock gave as the reason; a key, never free text about a person. */
  reason?: string
}

/** Ways in which a leg may be called, or come back, out of its turn. */
export const EXCEPTIONS = ['called-specific', 'resumed-here', 'undone', 'on-paper'] as const
export type Exception = (typeof EXCEPTIONS)[number]

/** What a committed change made true. */
export interface Outcome {
  seq: number
  at: number
  /** The leg the command was about, as it now stands; null when nobody waited or no leg was meant. */
  leg: Leg | null
  counter: Counter | null
  /** The call for help the command was about, as it now stands. */
  help: HelpCall | null
  /** For an issue: how many waiting legs of the lane have an earlier turn. */
  ahead: number | null
}
