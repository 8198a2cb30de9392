import { type Leg, OVERVIEW_FIELDS, type OverviewLeg } from '#domain/leg.ts'
import type { OverviewBoard, StaffBoard } from './board.ts'
import type { OverviewEvent, StaffEvent } from './events.ts'

/** Named fields only, so that what is added to a leg later does not slip through. */
function toOverviewLeg(leg: Leg): OverviewLeg {
  return Object.fromEntries(OVERVIEW_FIELDS.map((field) => [field, leg[field]])) as unknown as OverviewLeg
}

/** What of a staff board whoever looks at the hall and serves nobody may know. [ROLE7] */
export function toOverviewBoard({
  siteId,
  seq,
  at,
  day,
  revision,
  counters,
  legs,
  help,
}: StaffBoard): OverviewBoard {
  const seen = Object.entries(legs).map(([id, leg]) => [id, toOverviewLeg(leg)])
  return { siteId, seq, at, day, revision, counters, legs: Object.fromEntries(seen), help }
}

/** The same of an event. [ROLE7] */
export function toOverviewEvent(event: StaffEvent): OverviewEvent {
  const { seq, at, day, revision, type, legs, counters, help, exception, by } = event
  return {
    ...{ seq, at, day, revision, type, counters, legs: legs.map(toOverviewLeg) },
    ...(help && { help }),
    ...(exception && { exception }),
    ...(by !== undefined && { by }),
  }
}
