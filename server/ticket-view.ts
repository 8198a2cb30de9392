import type { Leg } from '#domain/leg.ts'
import type { Localised } from '#domain/localised.ts'
import { RATE_WITHIN } from '#domain/rating.ts'
import type { Site } from '#domain/site.ts'
import { AT_COUNTER } from '#domain/transition.ts'
import { compareTurns } from '#domain/turn.ts'
import { presentLeg, stepsOf } from '#domain/visit.ts'
import { expectedWait, type Wait } from '#domain/wait.ts'
import { why } from '#domain/why.ts'
import type { StaffBoard, TicketView } from '#protocol/board.ts'
import type { Visit } from '#store/tickets.ts'

/** What a resident sees of their own ticket: nobody else, no turn, no class. [PHONE1] [VISIT3] */
export function ticketView(site: Site, board: StaffBoard, { legs, farewell }: Visit): TicketView {
  const [first, ...rest] = legs
  if (!first) throw new Error('a visit without a leg')
  const leg = presentLeg([first, ...rest])
  const waiting = leg.state === 'waiting'
  const place = waiting ? why(leg, Object.values(board.legs)) : null
  const service = site.services.find(({ id }) => id === leg.serviceId)
  const counter = numberOf(site, leg.counterId)
  return {
    siteId: site.id,
    ticketId: leg.ticketId,
    siteName: site.name,
    practice: site.practice,
    timeZone: site.timeZone,
    number: leg.number,
    state: leg.state,
    serviceId: leg.serviceId,
    serviceName: nameOf(site, leg.serviceId),
    laneId: leg.laneId,
    counter: isAt(leg) ? counter : null,
    hold: leg.hold,
    callId: leg.callId,
    ahead: place?.ahead ?? null,
    arrivedBefore: place?.arrivedBefore ?? null,
    wait: place ? waitInLane(site, board, leg.laneId, place.ahead, service?.minutes ?? 0) : null,
    issuedAt: leg.arrivedAt,
    language: leg.language,
    steps: stepsOf(legs).map(({ serviceId, state, counterId }) => ({
      serviceName: nameOf(site, serviceId),
      state,
      counter: numberOf(site, counterId),
    })),
    materials: service?.materials ?? [],
    mayLetFirst: place !== null && place.ahead < LET_FIRST && behind(leg, board) > 0,
    minuteGiven: leg.waitsUntil !== null,
    onPaper: leg.onPaper,
    toRate: toRate(site, legs),
    farewell,
    at: board.at,
    seq: board.seq,
  }
}

/** Whoever lets others go first stands behind the third of them: `let_first_v` in the store says the same. [MORETIME1] */
const LET_FIRST = 3

function behind(me: Leg, { legs }: StaffBoard): number {
  return Object.values(legs).filter(
    (leg) => leg.state === 'waiting' && leg.laneId === me.laneId && compareTurns(leg, me) > 0,
  ).length
}

/** [RATE1] */
function toRate(site: Site, legs: readonly Leg[]): TicketView['toRate'] {
  const [last] = legs
    .filter(({ state }) => state === 'completed')
    .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))
  if (!last) return null
  return {
    legId: last.id,
    serviceName: nameOf(site, last.serviceId),
    until: (last.endedAt ?? 0) + RATE_WITHIN,
  }
}

/** A service that has been taken out of the catalogue since keeps its id as its name. */
function nameOf({ services }: Site, serviceId: string): Localised {
  return services.find(({ id }) => id === serviceId)?.name ?? { 'zh-CN': serviceId, en: serviceId }
}

function numberOf({ counters }: Site, counterId: string | null): string | null {
  return counters.find(({ id }) => id === counterId)?.number ?? null
}

/** Whether the resident belongs at the counter: called or served there, or their papers lie there. */
function isAt({ state, hold }: Leg): boolean {
  return (AT_COUNTER as readonly string[]).includes(state) || hold === 'papers-kept'
}

function waitInLane(
  site: Site,
  board: StaffBoard,
  laneId: string,
  ahead: number,
  minutes: number,
): Wait | null {
  const open = site.counters.filter(
    ({ id, lanes }) =>
      board.counters[id]?.status === 'open' && lanes.some((served) => served.laneId === laneId),
  )
  const busy = new Set(
    Object.values(board.legs)
      .filter(({ state }) => (AT_COUNTER as readonly string[]).includes(state))
      .map(({ counterId }) => counterId),
  )
  return expectedWait(ahead, open.length, open.filter(({ id }) => !busy.has(id)).length, minutes)
}
