import type { Counter, Leg } from './leg.ts'
import type { LegState } from './transition.ts'

/** Every fact the log can hold. */
export const EVENT_TYPES = [
  'ticket:issued',
  'ticket:called',
  'ticket:recalled',
  'ticket:started',
  'ticket:completed',
  'ticket:missed',
  'counter:opened',
  'counter:paused',
  'counter:closed',
  'site:clock-confirmed',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** A leg that begins with this change. Number, turn and times are drawn under the site's lock. */
export interface NewLeg {
  id: string
  laneId: string
  serviceId: string
  /** Head start of care, ms: the turn is (moment of commit − credit, entry number). */
  credit: number
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
  private: { keyId: string; nonce: string; sealed: string } | null
}

/** A change to a leg decided on `version`; what is left out stays as it is. */
export interface LegChange {
  id: string
  version: number
  state: LegState
  counterId?: string | null
  /** Adds one call and gives it a new call id. */
  calls?: number
}

/** A change to a counter decided on `version`. */
export interface CounterChange {
  id: string
  version: number
  status: Counter['status']
  staffId: string | null
}

/**
 * What a decision wants to become true, all or nothing. The store commits it under the site's lock if every
 * version still stands, and otherwise asks for a new decision.
 */
export interface Change {
  event: EventType
  ticket?: NewTicket
  leg?: NewLeg
  legs?: LegChange[]
  counters?: CounterChange[]
  /** Call the smallest turn this counter may serve; which one is settled under the lock. `proposed` is the line's head. */
  pick?: { counterId: string; counterVersion: number; proposed?: string }
  /** What staff or the clock gave as the reason; a key, never free text about a person. */
  reason?: string
}

/** What a committed change made true. */
export interface Outcome {
  seq: number
  at: number
  /** The leg the command was about, as it now stands; null when nobody waited or no leg was meant. */
  leg: Leg | null
  counter: Counter | null
  /** For an issue: how many waiting legs of the lane have an earlier turn. */
  ahead: number | null
}
