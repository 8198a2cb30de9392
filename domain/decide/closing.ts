import { businessDay, isDayOver } from '../calendar.ts'
import type { Change } from '../change.ts'
import type { Leg } from '../leg.ts'
import type { Localised } from '../localised.ts'
import { Refusal } from '../refusal.ts'
import type { Site, Situation } from '../site.ts'
import { changed, legFor, to } from './actor.ts'

/**
 * Send home: a person decides that those who are still inside after closing time, or were left over from an earlier day,
 * are not served any more, and says why. Whoever is called or served is not sent home. [CLOSE2]
 * Refuses `site-open`, `nobody-inside`.
 */
export function sendHome({ site, inside }: Situation, note: Localised, now: number): Change {
  const over = isDayOver(site, now)
  const going = inside.filter((leg) => over || isOfEarlierDay(site, leg, now))
  if (going.length === 0) throw new Refusal(over || inside.length === 0 ? 'nobody-inside' : 'site-open')
  return {
    event: 'ticket:expired',
    legs: going.map((leg) => to(leg, 'expired')),
    farewell: note,
    reason: 'sent-home',
  }
}

/**
 * A missed ticket that can no longer rejoin is expired once its day is over. It is the only one the clock ends by itself:
 * its resident is not in the hall. Refuses `not-missed` when that is not so. [CLOSE3]
 */
export function expireMissed(situation: Situation, now: number): Change {
  const leg = legFor(situation, 'rejoin', 'not-missed')
  const { site } = situation
  const gone = leg.endedAt !== null && now - leg.endedAt > site.rejoinWithin
  if (!gone || !(isDayOver(site, now) || isOfEarlierDay(site, leg, now))) throw new Refusal('not-missed')
  return { ...changed('ticket:expired', to(leg, 'expired')), reason: 'day-over' }
}

function isOfEarlierDay({ timeZone }: Site, leg: Leg, now: number): boolean {
  return businessDay(leg.arrivedAt, timeZone) < businessDay(now, timeZone)
}
