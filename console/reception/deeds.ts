import type { Action } from '#protocol/actions.ts'
import type { Leg } from '../model.ts'

/** What the reception does with a ticket that was found, or just given. */
export type Deed =
  | 'rejoin'
  | 'more-time'
  | 'care'
  | 'change-service'
  | 'language'
  | 'print'
  | 'why'
  | 'cancel'

/** The key of each; shown on its button. One key means one thing at the reception. [DESK8] */
export const KEYS = {
  find: 'F',
  'wish-care': 'Q',
  'wish-language': 'E',
  help: 'G',
  rejoin: 'R',
  'more-time': 'M',
  care: 'K',
  'change-service': 'C',
  language: 'L',
  print: 'P',
  why: 'W',
  cancel: 'X',
} as const satisfies Record<Deed | 'find' | 'wish-care' | 'wish-language' | 'help', string>

/** Which deeds ask something first. */
export type Choice = 'change-service' | 'why' | 'cancel'

export function asks(deed: Deed): deed is Choice {
  return deed === 'change-service' || deed === 'why' || deed === 'cancel'
}

/** That it is to be done, of what was asked. */
export const SURE_KEY = 'Y'

/** What each state allows; what lies at a counter is the counter's. [DESK4] */
const POSSIBLE: Partial<Record<Leg['state'], readonly Deed[]>> = {
  waiting: ['more-time', 'care', 'change-service', 'language', 'print', 'why', 'cancel'],
  called: ['more-time', 'language', 'print'],
  serving: ['language', 'print'],
  held: ['language', 'print', 'cancel'],
  missed: ['rejoin', 'language', 'print', 'cancel'],
}

/** What whoever does it must be allowed. */
const TAKES: Record<Deed, Action> = {
  rejoin: 'rejoin',
  'more-time': 'more-time',
  care: 'care',
  'change-service': 'change-service',
  language: 'change-language',
  print: 'print',
  why: 'read-why',
  cancel: 'cancel',
}

/** What this person may do with a ticket as it stands. A called one is given a minute once. [ROLE5] */
export function deedsOf(
  { state, waitsUntil }: Pick<Leg, 'state' | 'waitsUntil'>,
  may: readonly Action[],
): readonly Deed[] {
  const possible = (POSSIBLE[state] ?? []).filter((deed) => may.includes(TAKES[deed]))
  const given = state === 'called' && waitsUntil !== null
  return given ? possible.filter((deed) => deed !== 'more-time') : possible
}
