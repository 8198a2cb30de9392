import type { Leg } from '#domain/leg.ts'
import type { Site } from '#domain/site.ts'
import { AT_COUNTER } from '#domain/transition.ts'
import { expectedWait, type Wait } from '#domain/wait.ts'
import { why } from '#domain/why.ts'
import type { StaffBoard, TicketView } from '#protocol/board.ts'

/** What a resident sees of their own ticket: nobody else, no turn, no class. [PHONE1] */
export function ticketView(site: Site, board: StaffBoard, leg: Leg): TicketView {
  const waiting = leg.state === 'waiting'
  const place = waiting ? why(leg, Object.values(board.legs)) : null
  const service = site.services.find(({ id }) => id === leg.serviceId)
  if (!service) throw new Error(`${leg.id} waits for a service the site does not have`)
  const counter = site.counters.find(({ id }) => id === leg.counterId)
  return {
    siteId: site.id,
    ticketId: leg.ticketId,
    siteName: site.name,
    number: leg.number,
    state: leg.state,
    serviceId: leg.serviceId,
    serviceName: service.name,
    laneId: leg.laneId,
    counter: counter && isAt(leg) ? counter.number : null,
    hold: leg.hold,
    callId: leg.callId,
    ahead: place?.ahead ?? null,
    wait: place ? waitInLane(site, board, leg.laneId, place.ahead, service.minutes) : null,
    issuedAt: leg.arrivedAt,
    language: leg.language,
    at: board.at,
    seq: board.seq,
  }
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
