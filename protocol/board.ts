import type { HelpCall } from '#domain/help.ts'
import type { Counter, Leg, OverviewLeg } from '#domain/leg.ts'
import type { Localised, Material } from '#domain/site.ts'
import type { Step } from '#domain/visit.ts'
import type { Wait } from '#domain/wait.ts'

export { presentLeg } from '#domain/visit.ts'

/** A call as the hall sees it. */
export interface Call {
  /** The call's own id: a recall has a new one, so it chimes and speaks again. */
  callId: number
  number: string
  counterId: string
  laneId: string
  /** Times this ticket has been called in this wait. */
  calls: number
  /** ms */
  at: number
  language: 'zh-CN' | 'en'
}

/** A counter as the hall sees it. */
export interface PublicCounter {
  status: Counter['status']
  /** The number called or served there now. */
  number: string | null
  serving: boolean
}

/** An open call for help as the hall sees it. */
export interface PublicHelp extends Pick<HelpCall, 'state' | 'counterId'> {}

/** What everybody in the hall may know. No name, class, virtual arrival, or id that leads to one. */
export interface PublicBoard {
  siteId: string
  seq: number
  /** Time of the last event, ms. */
  at: number
  day: string
  revision: number
  /** Waiting count by lane id; a lane nobody waits in is absent. */
  waiting: Record<string, number>
  /** By counter id. */
  counters: Record<string, PublicCounter>
  /** Latest call of each of the last tickets of the day, newest first. */
  calls: Call[]
  /** Open calls for help, by the kiosk's name. */
  help: Record<string, PublicHelp>
}

/** How many calls a board remembers. */
export const CALLS_SHOWN = 10

/** What staff may know: every open leg with its turn. */
export interface StaffBoard<L extends OverviewLeg = Leg> {
  siteId: string
  seq: number
  at: number
  day: string
  revision: number
  /** By counter id. */
  counters: Record<string, Counter>
  /** Open legs by leg id. */
  legs: Record<string, L>
  /** Open calls for help by their id. */
  help: Record<string, HelpCall>
}

/** What whoever looks at the hall and serves nobody may know. [ROLE7] */
export type OverviewBoard = StaffBoard<OverviewLeg>

/** What one resident sees of their own ticket. */
export interface TicketView {
  siteId: string
  /** What the phone names when it rejoins or gives up. */
  ticketId: string
  siteName: Localised
  /** The hall is one to practise in. */
  practice: boolean
  timeZone: string
  number: string
  state: Leg['state']
  serviceId: string
  serviceName: Localised
  laneId: string
  /** What is written above the window: once called, and while papers are kept there. */
  counter: string | null
  /** Why it is held; null unless held. */
  hold: Leg['hold']
  /** The latest call's id: grows with every recall. */
  callId: number | null
  /** Only while waiting. */
  ahead: number | null
  /** Of those ahead, how many arrived before; the others have an earlier turn: care, booking or return. */
  arrivedBefore: number | null
  /** Only while waiting; null also when no counter serves the lane now. */
  wait: Wait | null
  issuedAt: number
  language: 'zh-CN' | 'en'
  /** The matters of the visit, in order. */
  steps: { serviceName: Localised; state: Step['state']; counter: string | null }[]
  /** What to bring for the present matter. */
  materials: Material[]
  /** Asking for more time would let others go first: the turn is near, and somebody is behind. */
  mayLetFirst: boolean
  /** A called resident has asked for a minute. */
  minuteGiven: boolean
  /** Its latest call was made on paper and entered afterwards. */
  onPaper: boolean
  /** The matter that was done last, which may be rated until then, ms. */
  toRate: { legId: string; serviceName: Localised; until: number } | null
  /** What the hall says to a resident who was sent home. */
  farewell: Localised | null
  /** Site clock of this view, ms. */
  at: number
  seq: number
}
