import type { Change } from '../change.ts'
import type { Leg } from '../leg.ts'
import { Refusal } from '../refusal.ts'
import type { Situation } from '../site.ts'
import { isFinal } from '../transition.ts'
import { to } from './actor.ts'

/**
 * The language a ticket is called, shown and printed in from now on; of its whole visit. [DESK6] Refuses `wrong-state` of a
 * visit that is over, and `same-place`.
 */
export function setLanguage({ leg, others }: Situation, language: Leg['language']): Change {
  if (!leg) throw new Refusal('unknown-ticket')
  const open = [leg, ...others].filter(({ state }) => !isFinal(state))
  if (open.length === 0) throw new Refusal('wrong-state', { state: leg.state })
  const changing = open.filter((one) => one.language !== language)
  if (changing.length === 0) throw new Refusal('same-place')
  return { event: 'ticket:changed', legs: changing.map((one) => ({ ...to(one, one.state), language })) }
}
