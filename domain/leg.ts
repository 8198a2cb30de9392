import type { LegState } from './transition.ts'

/** *fetching*: the resident fetches a paper, any counter may resume. *papers-kept*: papers lie here, this counter resumes. */
export const HOLD_KINDS = ['fetching', 'papers-kept', 'another-step'] as const
export type HoldKind = (typeof HOLD_KINDS)[number]

/**
 * One stay of a ticket in one lane, as staff may see it. Times are milliseconds since the epoch on the
 * site's clock. Class and turn (`credit`, `v`, `n`) are staff-only; the care need is not here at all.
 */
export interface Leg {
  id: string
  ticketId: string
  /** The ticket's public face, `A012`. */
  number: string
  laneId: string
  serviceId: string
  state: LegState
  /** Grows by one with every change; compared on commit. */
  version: number
  arrivedAt: number
  /** Head start in ms: how much earlier than its arrival the leg counts. */
  credit: number
  /** Virtual arrival, ms. */
  v: number
  /** Entry number of the current stint; draws are in commit order. */
  n: number
  /** Which wait within the leg this is, from 1. */
  stint: number
  counterId: string | null
  /** Only this counter may take it. */
  assignedCounterId: string | null
  /** Only this person may take it. */
  assignedStaffId: string | null
  /** A skill the serving person must have. */
  skill: string | null
  /** Calls in the stint it was last called in. */
  calls: number
  /** The event number of its latest call: the call's own id at this site. */
  callId: number | null
  /** Where that call was to; the leg may have left since. */
  callCounterId: string | null
  calledAt: number | null
  startedAt: number | null
  endedAt: number | null
  /** Its latest call was made on paper and entered afterwards: nobody announced it. */
  onPaper: boolean
  /** Why it is held; null unless held. */
  hold: HoldKind | null
  heldAt: number | null
  /** The hold has lasted longer than the site allows, and was said so once. */
  holdOverdue: boolean
  /** Its papers lie at the assigned counter. */
  papers: boolean
  /** Staff left a note for whoever serves it next. */
  noted: boolean
  /** The resident has asked for something to be prepared; what it is, is sealed. */
  prepare: boolean
  /** Its resident is called and has asked for a minute: the call stands until then, ms. */
  waitsUntil: number | null
  /** Services that follow this one in the same visit, in order. */
  next: readonly string[]
  language: 'zh-CN' | 'en'
}

/**
 * What of a leg tells where it stands and since when: nothing of its class and turn, of what its resident needs, or why it is held.
 * For whoever looks at the hall and serves nobody. [ROLE7]
 */
export const OVERVIEW_FIELDS = [
  ...(['id', 'ticketId', 'number', 'laneId', 'serviceId', 'state', 'arrivedAt'] as const),
  ...(['counterId', 'assignedCounterId', 'assignedStaffId', 'calledAt', 'startedAt', 'heldAt'] as const),
] as const satisfies readonly (keyof Leg)[]

export type OverviewLeg = Pick<Leg, (typeof OVERVIEW_FIELDS)[number]>

/** A counter as it stands. */
export interface Counter {
  id: string
  /** What is written above the window. */
  number: string
  status: 'open' | 'paused' | 'closed'
  /** The account sitting there; null when closed. */
  staffId: string | null
  /** Skills of the person sitting there. */
  skills: readonly string[]
  /** The console that opened it last: another that shows it steps back; null when it was opened without a screen. */
  desk: string | null
  /** Since when it has had this status and person, ms. */
  since: number
  version: number
}
