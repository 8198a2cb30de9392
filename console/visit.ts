import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { Leg } from './model.ts'

/** One matter of a visit, from where the ticket's leg stands. What is done has left the board. */
export interface Step {
  serviceId: string
  /** Where it is or will be waited for; null for a service that the hall no longer has. */
  laneId: string | null
  /** *here*: this leg. *next*: after it. *also*: waits at the same time. *away*: at a counter, held or missed. */
  when: 'here' | 'next' | 'also' | 'away'
}

/** The matters of the visit that are still open, this leg's first; empty when there is only the one. [CONSOLE17] */
export function stepsOf(site: SiteView, board: StaffBoard, leg: Leg): readonly Step[] {
  const laneOf = (serviceId: string) => site.services.find(({ id }) => id === serviceId)?.laneId ?? null
  const following = (serviceId: string): Step => ({ serviceId, laneId: laneOf(serviceId), when: 'next' })
  const others = siblingsOf(board, leg)
  const steps: Step[] = [
    { serviceId: leg.serviceId, laneId: leg.laneId, when: 'here' },
    ...leg.next.map(following),
    ...others.flatMap((other): Step[] => [
      {
        serviceId: other.serviceId,
        laneId: other.laneId,
        when: other.state === 'waiting' ? 'also' : 'away',
      },
      ...other.next.map(following),
    ]),
  ]
  return steps.length > 1 ? steps : []
}

/** The other open legs of the same ticket, in the order in which they began to wait. */
export function siblingsOf(board: StaffBoard, { id, ticketId }: Pick<Leg, 'id' | 'ticketId'>): Leg[] {
  return Object.values(board.legs)
    .filter((other) => other.ticketId === ticketId && other.id !== id)
    .sort((a, b) => a.n - b.n)
}

/** Where a ticket that is done here goes next: what waits for it now; empty when the visit is over. [CONSOLE17] */
export function onwardOf(board: StaffBoard, done: Pick<Leg, 'id' | 'ticketId'>): readonly Leg[] {
  return siblingsOf(board, done).filter(({ state }) => state === 'waiting')
}

/** When an added matter comes: after the present one, or at once, at whichever counter is free first. */
export type Order = 'sequence' | 'any'

/** A service that can be added to the visit. */
export interface Matter {
  id: string
  name: SiteView['services'][number]['name']
  laneId: string
  key: string | null
  /** Its numbers are all given out today. */
  full: boolean
}

/** The services that are not in the visit yet, with the digits that choose them. [CONSOLE18] */
export function addable(site: SiteView, board: StaffBoard, leg: Leg): readonly Matter[] {
  const visit = [leg, ...siblingsOf(board, leg)].flatMap(({ serviceId, next }) => [serviceId, ...next])
  return site.services
    .filter(({ id }) => !visit.includes(id))
    .map(({ id, name, laneId }, index) => ({
      id,
      name,
      laneId,
      key: index < 9 ? String(index + 1) : null,
      full: site.full.includes(id),
    }))
}
