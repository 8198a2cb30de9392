import type { Destination } from '#ui/api.ts'
import { type Desk, type Leg, type Person, supervises } from './model.ts'

/** What may be done with the ticket on the desk besides the main actions; each has its key. */
export type Aside = 'hold' | 'put-back' | 'transfer'

const ASIDES: readonly Aside[] = ['hold', 'put-back', 'transfer']

/** The quiet actions of a desk: with a ticket on it all of them, without none. [CONSOLE10] */
export function asidesOf(desk: Desk): readonly Aside[] {
  return desk.state === 'called' || desk.state === 'serving' ? ASIDES : []
}

/** Why a ticket is held. */
export type HoldKind = 'fetching' | 'papers-kept'

/** Why a supervisor calls a ticket out of turn: a key, so that the log says nothing about a person. */
export const REASONS = ['unwell', 'urgent', 'our-mistake', 'other'] as const
export type Reason = (typeof REASONS)[number]

/** One thing to be done that is not a main action. It names the ticket as it was seen. */
export type Errand =
  | { errand: 'hold'; leg: Leg; kind: HoldKind }
  | { errand: 'put-back'; leg: Leg }
  | { errand: 'transfer'; leg: Leg; to: Exclude<Destination, { staffId: string }> }
  | { errand: 'undo'; counterId: string }
  /** With a counter it is called there now, otherwise it waits in its old place. */
  | { errand: 'resume'; leg: Leg; counterId: string | null }
  | { errand: 'rejoin'; leg: Leg }
  | { errand: 'care'; leg: Leg; care: boolean }
  | { errand: 'change-service'; leg: Leg; serviceId: string }
  | { errand: 'cancel'; leg: Leg }
  | { errand: 'call'; leg: Leg; counterId: string; reason: Reason }

/** What an errand is called while it is pending; its button has this name too, so that only that one shows it. */
export function markOf(errand: Errand): string {
  switch (errand.errand) {
    case 'hold':
      return `hold-${errand.kind}`
    case 'put-back':
    case 'undo':
      return errand.errand
    case 'transfer':
      return 'laneId' in errand.to
        ? `transfer-lane-${errand.to.laneId}`
        : `transfer-counter-${errand.to.counterId}`
    case 'resume':
      return `${errand.counterId === null ? 'resume' : 'resume-here'}-${errand.leg.number}`
    case 'rejoin':
    case 'care':
      return `${errand.errand}-${errand.leg.number}`
    case 'cancel':
      return `cancel-sure-${errand.leg.number}`
    case 'change-service':
      return `change-${errand.leg.number}-${errand.serviceId}`
    case 'call':
      return `call-${errand.leg.number}-${errand.reason}`
  }
}

/**
 * Whether the errand still fits what lies on the desk. [CONSOLE11] One about the desk's ticket means the ticket that was
 * seen; one that calls somebody needs a desk that is free. Those about other tickets fit any desk.
 */
export function fits(errand: Errand, desk: Desk): boolean {
  switch (errand.errand) {
    case 'hold':
    case 'put-back':
    case 'transfer':
      return (
        (desk.state === 'called' || desk.state === 'serving') &&
        desk.leg.id === errand.leg.id &&
        desk.leg.version === errand.leg.version
      )
    case 'undo':
      return desk.state !== 'taken'
    case 'call':
      return desk.state === 'idle'
    case 'resume':
      return errand.counterId === null || desk.state === 'idle'
    case 'rejoin':
    case 'care':
    case 'change-service':
    case 'cancel':
      return true
  }
}

/** Whether the errand changes what lies on the desk, so that a press must mean what the desk now shows. */
export function movesDesk(errand: Errand): boolean {
  const { errand: name } = errand
  if (name === 'resume') return errand.counterId !== null
  return name === 'hold' || name === 'put-back' || name === 'transfer' || name === 'undo' || name === 'call'
}

/** What the menu of a waiting ticket offers, and to whom. [CONSOLE15] */
export type Choice = 'care' | 'change-service' | 'cancel' | 'call'

export function menuOf(person: Person): readonly Choice[] {
  return supervises(person)
    ? ['care', 'change-service', 'cancel', 'call']
    : ['care', 'change-service', 'cancel']
}
