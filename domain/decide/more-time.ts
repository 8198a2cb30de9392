import type { Change } from '../change.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { changed, legFor, to } from './actor.ts'

/** So much longer a call stands for a resident who is on the way, ms. */
export const MORE_TIME = 60_000

/**
 * More time: a called resident is on the way, and the call stands a minute longer, once; a waiting one lets others go
 * first, as far as whoever rejoins. [MORETIME1] [MORETIME2]
 */
export function moreTime(situation: Situation): Change {
  const { leg, site } = situation
  if (leg?.state === 'called' && leg.calledAt !== null) {
    if (leg.waitsUntil !== null) throw new Refusal('time-given')
    const waitsUntil = leg.calledAt + site.callTimeout + MORE_TIME
    return changed('ticket:more-time', {
      ...to(legFor(situation, 'more-time', 'not-called'), 'called'),
      waitsUntil,
    })
  }
  const waiting = legFor(situation, 'let-first', 'not-waiting')
  return changed('ticket:more-time', { ...to(waiting, 'waiting'), enter: 'let-first' })
}
