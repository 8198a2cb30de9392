import type { Leg } from './leg.ts'

/** The open legs of today's tickets that whoever shows the same identity took. */
export interface OwnLegs {
  /** What the identity is known by for this day at this site; says nothing of it. */
  mark: string
  legs: Leg[]
}

/**
 * Of somebody's open legs the one that already is for one of these services, now or later in its visit; null: none is.
 * A missed one counts while it can rejoin: then that is the way back. [TWICE1] [TWICE2]
 *
 * @param rejoinWithin ms
 */
export function alreadyFor(
  services: readonly string[],
  legs: readonly Leg[],
  rejoinWithin: number,
  now: number,
): Leg | null {
  const standing = legs.filter((leg) => stands(leg, rejoinWithin, now))
  for (const service of services) {
    const found =
      standing.find(({ serviceId }) => serviceId === service) ??
      standing.find(({ next }) => next.includes(service))
    if (found) return found
  }
  return null
}

/** The services that these legs are for. */
export function servicesOf(legs: readonly Leg[], rejoinWithin: number, now: number): string[] {
  const standing = legs.filter((leg) => stands(leg, rejoinWithin, now))
  return [...new Set(standing.flatMap(({ serviceId, next }) => [serviceId, ...next]))]
}

function stands({ state, endedAt }: Leg, rejoinWithin: number, now: number): boolean {
  return state !== 'missed' || (endedAt !== null && now - endedAt <= rejoinWithin)
}
