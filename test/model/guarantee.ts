import type { Counter, Leg } from '#domain/leg.ts'
import type { StaffEvent } from '#protocol/events.ts'
import { PLAN } from './hall-plan.ts'

/**
 * The guarantee of the turn, from the log alone: whoever is called before a waiting resident whom the counter could have
 * taken, and who has missed no call, arrived at most their own head start later. [TURN6] Takes events in the model's names.
 */
export class Guarantee {
  readonly #legs = new Map<string, Leg>()
  readonly #counters = new Map<string, Counter>()
  readonly #missed = new Set<string>()

  /** @returns what breaks the guarantee, in words */
  take(event: StaffEvent): string[] {
    const broken =
      event.type === 'ticket:called' && !event.exception
        ? event.legs.flatMap((called) => this.#broken(called, event.at))
        : []
    for (const leg of event.legs) {
      this.#legs.set(leg.id, leg)
      if (leg.state === 'missed') this.#missed.add(leg.ticketId)
    }
    for (const counter of event.counters) this.#counters.set(counter.id, counter)
    return broken
  }

  #broken(called: Leg, at: number): string[] {
    const lanes = PLAN.counters.find(({ id }) => id === called.counterId)?.lanes ?? []
    const here = [...this.#legs.values()].filter(
      (leg) => leg.state === 'waiting' && this.#couldTake(called, leg),
    )
    const first = (laneId: string) =>
      Math.min(...here.filter((leg) => leg.laneId === laneId).map(({ v }) => v))
    const served = lanes.filter(
      ({ laneId, rank, threshold }) =>
        rank === 'primary' || (threshold !== null && at - first(laneId) >= threshold),
    )
    const open = here.some(({ laneId }) => served.some((lane) => lane.laneId === laneId)) ? served : lanes
    const headStart = Math.max(0, called.arrivedAt - called.v)
    return here
      .filter((leg) => leg.id !== called.id && !this.#missed.has(leg.ticketId))
      .filter(({ laneId }) => open.some((lane) => lane.laneId === laneId))
      .filter((leg) => called.arrivedAt > leg.arrivedAt + headStart)
      .map(
        ({ number, arrivedAt }) =>
          `${called.number}, who arrived ${called.arrivedAt - arrivedAt} ms after ${number}, was called first`,
      )
  }

  #couldTake({ counterId, id }: Leg, leg: Leg): boolean {
    const { staffId = null, skills = [] } = this.#counters.get(counterId ?? '') ?? {}
    const elsewhere = [...this.#legs.values()].some(
      (other) =>
        other.ticketId === leg.ticketId &&
        other.id !== id &&
        ['called', 'serving', 'held'].includes(other.state) &&
        other.hold !== 'another-step',
    )
    return (
      !elsewhere &&
      (leg.skill === null || skills.includes(leg.skill)) &&
      (leg.assignedCounterId ?? counterId) === counterId &&
      (leg.assignedStaffId ?? staffId) === staffId
    )
  }
}
