import type { SiteView } from '#protocol/api.ts'
import { type Leg, minutesSince } from './model.ts'

/** A time against what the hall says of it, in whole minutes; `most` null: it says nothing. */
export interface Against {
  minutes: number
  most: number | null
  over: boolean
}

/** How long a ticket has waited for this call, against the wait its service promises. [CONSOLE27] */
export function waitAgainst({ services }: Pick<SiteView, 'services'>, leg: Leg, now: number): Against {
  const promised = services.find(({ id }) => id === leg.serviceId)?.targetWait ?? null
  const until = leg.calledAt ?? now
  return {
    minutes: minutesSince(leg.arrivedAt, until),
    most: promised === null ? null : Math.round(promised / MINUTE),
    over: promised !== null && until - leg.arrivedAt > promised,
  }
}

/** How long a ticket has been served, against what its service usually takes. [CONSOLE27] */
export function servingAgainst({ services }: Pick<SiteView, 'services'>, leg: Leg, now: number): Against {
  const usual = services.find(({ id }) => id === leg.serviceId)?.minutes ?? null
  const since = leg.startedAt ?? now
  return {
    minutes: minutesSince(since, now),
    most: usual === null ? null : Math.max(1, Math.round(usual)),
    over: usual !== null && now - since > usual * MINUTE,
  }
}

const MINUTE = 60_000
