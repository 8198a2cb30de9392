import type { SiteView } from '#protocol/api.ts'
import type { CallReason, Correction, Destination } from '#ui/api.ts'
import type { Desk, Leg, Person } from './model.ts'
import type { Order } from './visit.ts'

/** What may be done besides the main actions, mostly with the ticket on the desk; each has its key. */
export type Aside = 'hold' | 'put-back' | 'transfer' | 'add-service' | 'more' | 'times' | 'actions'

const ASIDES = ['hold', 'put-back', 'transfer', 'add-service', 'more'] as const satisfies Aside[]

/** The quiet actions with the ticket of a desk: with a ticket on it all of them, without none. [CONSOLE10] */
export function asidesOf(desk: Desk): readonly (typeof ASIDES)[number][] {
  return desk.state === 'called' || desk.state === 'serving' ? ASIDES : []
}

/** Why a ticket is held. */
export type HoldKind = NonNullable<Leg['hold']>

/** Why a supervisor calls a ticket out of turn. */
export const CALL_REASONS: readonly CallReason[] = ['unwell', 'urgent', 'our-mistake', 'other']

/** One thing to be done that is not a main action. It names the ticket as it was seen. */
export type Errand =
  | { errand: 'hold'; leg: Leg; kind: HoldKind }
  | { errand: 'put-back'; leg: Leg }
  | { errand: 'transfer'; leg: Leg; to: Destination; note?: string }
  | { errand: 'add-service'; leg: Leg; serviceId: string; order: Order }
  /** Of the action that was seen as the last one. */
  | { errand: 'undo'; counterId: string; seq: number }
  /** With a counter it is called there now, otherwise it waits in its old place. */
  | { errand: 'resume'; leg: Leg; counterId: string | null }
  | { errand: 'rejoin'; leg: Leg }
  | { errand: 'care'; leg: Leg; care: boolean }
  | { errand: 'change-service'; leg: Leg; serviceId: string }
  | { errand: 'skill'; leg: Leg; skill: string | null }
  | { errand: 'cancel'; leg: Leg }
  /** Its paper once more. */
  | { errand: 'print'; leg: Leg }
  /** On its resident's behalf. */
  | { errand: 'more-time'; leg: Leg }
  | { errand: 'language'; leg: Leg; language: Leg['language'] }
  /** What is left out was right; ms. */
  | { errand: 'correct-times'; leg: Leg; startedAt?: number; endedAt?: number; reason: Correction }
  /** A colleague's counter: what lies there stays. */
  | { errand: 'take-over'; counterId: string }
  | { errand: 'call'; leg: Leg; counterId: string; reason: CallReason }

/** What an errand is called while it is pending; its button has this name too, so that only that one shows it. */
export function markOf(errand: Errand): string {
  switch (errand.errand) {
    case 'hold':
      return `hold-${errand.kind}`
    case 'put-back':
    case 'undo':
    case 'take-over':
      return errand.errand
    case 'add-service':
      return `add-${errand.serviceId}`
    case 'skill':
      return `skill-${errand.leg.number}-${errand.skill ?? 'none'}`
    case 'correct-times':
      return `correct-${errand.reason}`
    case 'transfer':
      if ('laneId' in errand.to) return `transfer-lane-${errand.to.laneId}`
      if ('counterId' in errand.to) return `transfer-counter-${errand.to.counterId}`
      return `transfer-person-${errand.to.staffId}`
    case 'resume':
      return `${errand.counterId === null ? 'resume' : 'resume-here'}-${errand.leg.number}`
    case 'rejoin':
    case 'care':
    case 'print':
    case 'more-time':
    case 'language':
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
    case 'add-service':
      return (
        (desk.state === 'called' || desk.state === 'serving') &&
        desk.leg.id === errand.leg.id &&
        desk.leg.version === errand.leg.version
      )
    case 'undo':
    case 'correct-times':
      return desk.state !== 'taken'
    case 'take-over':
      return desk.state === 'taken'
    case 'call':
      return desk.state === 'idle'
    case 'resume':
      return errand.counterId === null || desk.state === 'idle'
    case 'rejoin':
    case 'care':
    case 'change-service':
    case 'skill':
    case 'cancel':
    case 'print':
    case 'more-time':
    case 'language':
      return true
  }
}

const MOVES = ['hold', 'put-back', 'transfer', 'undo', 'call', 'take-over'] satisfies Errand['errand'][]

/** Whether the errand changes what lies on the desk, so that a press must mean what the desk now shows. */
export function movesDesk(errand: Errand): boolean {
  const { errand: name } = errand
  if (name === 'resume') return errand.counterId !== null
  return MOVES.some((moving) => moving === name)
}

/** The language a ticket would be changed to. */
export function otherLanguage({ language }: Pick<Leg, 'language'>): Leg['language'] {
  return language === 'en' ? 'zh-CN' : 'en'
}

type More = Extract<Errand, { errand: 'print' | 'more-time' | 'language' }>

/** What is seldom needed of the ticket on the desk, with its keys: only what is possible now. [CONSOLE26] */
export function moreOf(leg: Leg, prints: boolean): readonly { key: string; errand: More }[] {
  const callStands = leg.state === 'called' && leg.waitsUntil === null
  return [
    ...(prints ? [{ key: '1', errand: { errand: 'print', leg } as const }] : []),
    ...(callStands ? [{ key: '2', errand: { errand: 'more-time', leg } as const }] : []),
    { key: '3', errand: { errand: 'language', leg, language: otherLanguage(leg) } },
  ]
}

/** What the menu of a waiting ticket offers, and to whom. [CONSOLE15] */
export type Choice =
  | 'care'
  | 'change-service'
  | 'more-time'
  | 'language'
  | 'skill'
  | 'print'
  | 'cancel'
  | 'call'

/** @param prints whether the hall has a printer */
export function menuOf(
  person: Person,
  { skills }: Pick<SiteView, 'skills'>,
  prints: boolean,
): readonly Choice[] {
  return [
    'care',
    'change-service',
    'more-time',
    'language',
    ...(skills.length > 0 ? (['skill'] as const) : []),
    ...(prints ? (['print'] as const) : []),
    'cancel',
    ...(person.may.includes('call-specific') ? (['call'] as const) : []),
  ]
}
