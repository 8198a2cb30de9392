import type { Who } from './hall-plan.ts'

/** What can be asked of a hall. */
export type Verb =
  | 'issue'
  | 'issue-offline'
  | 'open'
  | 'pause'
  | 'close'
  | 'call-next'
  | 'call'
  | 'recall'
  | 'start'
  | 'complete'
  | 'no-show'
  | 'rejoin'
  | 'hold'
  | 'resume'
  | 'resume-here'
  | 'put-back'
  | 'transfer'
  | 'change-service'
  | 'add-service'
  | 'correct-times'
  | 'record'
  | 'cancel'
  | 'care'
  | 'skill'
  | 'send-home'
  | 'undo'

export type Destination = { laneId: string } | { counterId: string } | { staffId: string }
export type Order = 'sequence' | 'any'

/** A question to the hall, in the model's names. */
export interface Request {
  verb: Verb
  by: Who
  key: string
  /** The same key with another question. */
  altered?: true
  ticketId?: string
  counterId?: string
  serviceId?: string
  more?: string[]
  order?: Order
  /** Care is asked for, granted or withdrawn. */
  care?: boolean
  need?: 'pregnant'
  /** Of a number that a kiosk gave by itself, and when, ms. */
  number?: string
  at?: number
  skill?: string | null
  kind?: 'fetching' | 'papers-kept' | 'another-step'
  to?: Destination
  note?: string
  takeOver?: true
  /** Of a call made on paper. */
  outcome?: 'completed' | 'missed'
  calledAt?: number
  /** Real times, ms. */
  startedAt?: number
  endedAt?: number
  /** Of an undo: the event that is meant. */
  seq?: number
  /** `If-Match`. */
  version?: number
}
