import { dayOf, type KeptLeg, type Leg, view } from './books.ts'
import { type Answer, Desk, No } from './desk.ts'
import { KIOSKS, PLAN, type Who } from './hall-plan.ts'
import type { Order, Request } from './question.ts'

const MATTERS = 6
/** A kiosk that was not heard of for longer was absent, ms. */
const GAP = 25_000

export type ServicePlan = (typeof PLAN)['services'][number]

/** What kiosks give out, with the server and without. */
export class Kiosks extends Desk {
  /** When there was word of each kiosk last, and the times there was none, ms. */
  heardAt: Record<string, number> = {}
  absences: Record<string, { from: number; to: number }[]> = {}
  /** Business day and public number of each ticket. */
  numbers: Record<string, { day: string; number: string }> = {}

  /** A kiosk that brings its own numbers was perhaps absent until now. */
  protected hears(by: Who): void {
    const { now } = this
    const before = this.heardAt[by]
    if (before !== undefined && before < now - GAP) {
      this.absences[by] = [...(this.absences[by] ?? []), { from: before, to: now }]
    }
    if ((before ?? 0) < now) this.heardAt[by] = now
  }

  /** The next number of the kiosk's own series today, as the kiosk would have it. */
  nextOwn(by: Who): string {
    const name = KIOSKS[by as keyof typeof KIOSKS] ?? 'K9'
    const own = Object.values(this.numbers).filter(({ number }) => number.startsWith(`${name}-`))
    const highest = Math.max(0, ...own.map(({ number }) => Number(number.slice(name.length + 1))))
    return `${name}-${String(highest + 1).padStart(2, '0')}`
  }

  /** The legs a visit begins with. [VISIT1] */
  protected begins(
    type: string,
    services: readonly ServicePlan[],
    order: Order,
    common: Pick<Leg, 'number' | 'arrivedAt' | 'credit'> & Partial<Leg>,
  ): Answer {
    this.ticketsMade += 1
    const ticketId = `T${this.ticketsMade}`
    this.numbers[ticketId] = { day: this.today(), number: common.number }
    const [first, ...rest] = services
    const begun = order === 'any' ? services : first ? [first] : []
    const next = order === 'any' ? [] : rest.map(({ id }) => id)
    const legs = begun.map(({ id, laneId }) =>
      this.newLeg({ ...common, ticketId, laneId, serviceId: id, next }),
    )
    this.commit(type, [], { created: () => legs, since: common.arrivedAt })
    return { leg: legs[0] ? view(legs[0]) : null }
  }

  /** Counts what is given out for services that have a quota. [QUOTA1] */
  protected countQuotas(serviceIds: readonly string[]): void {
    for (const { id, quota } of PLAN.services) {
      if (quota === null || !serviceIds.includes(id)) continue
      const name = `${this.today()} ${id}`
      this.issued[name] = (this.issued[name] ?? 0) + 1
    }
  }

  /**
   * [OFFLINE3] [OFFLINE5] [OFFLINE6] [OFFLINE7] [OFFLINE8]
   *
   * @param issued the leg of the ticket that the same key was given before
   */
  protected issueOffline(request: Request, issued: KeptLeg | null): Answer {
    const { by, number = '', at = 0, serviceId = '', more = [], order = 'sequence', care } = request
    if (!number.startsWith(`${KIOSKS[by as keyof typeof KIOSKS]}-`)) throw new No('other-series')
    if (dayOf(at) < dayOf(this.at())) throw new No('day-over')
    if (issued && !['cancelled', 'expired'].includes(issued.state)) return this.#renumber(issued, number)
    const offered = [serviceId, ...more].flatMap((id) => PLAN.services.find((one) => one.id === id) ?? [])
    if (offered.length === 0) throw new No('unknown-service')
    if (new Set(offered).size < offered.length) throw new No('already-in-visit')
    if (offered.length > MATTERS) throw new No('too-many-matters')
    this.#checkFree(number, this.today())
    this.countQuotas(offered.map(({ id }) => id))
    const gone = (this.absences[by] ?? []).find(({ to }) => to > at)
    const arrivedAt = Math.min(Math.max(at, gone?.from ?? this.at()), this.at())
    const credit = care ? PLAN.careCredit : 0
    return this.begins('ticket:issued', offered, order, { number, arrivedAt, credit })
  }

  #renumber(leg: KeptLeg, number: string): Answer {
    const all = this.legs.filter(({ ticketId }) => ticketId === leg.ticketId)
    const came = all.some(
      ({ startedAt, state }) => startedAt !== null || ['serving', 'held', 'completed'].includes(state),
    )
    const open = [leg, ...this.openLegs(leg.ticketId).filter((other) => other !== leg)]
    if (came || !open.every(({ state }) => ['waiting', 'called', 'missed'].includes(state)))
      throw new No('known-as')
    const { day = '' } = this.numbers[leg.ticketId] ?? {}
    this.#checkFree(number, day)
    this.numbers[leg.ticketId] = { day, number }
    for (const one of all) one.number = number
    const never = { calls: 0, callId: null, callCounterId: null, calledAt: null, onPaper: false }
    this.commit(
      'ticket:renumbered',
      open.map((one) => [
        one,
        () => ({
          ...(one.state !== 'waiting' && { ...this.enters(one), counterId: null }),
          ...(one.callId !== null && never),
        }),
      ]),
    )
    return { leg: view(leg) }
  }

  #checkFree(number: string, day: string): void {
    const taken = Object.values(this.numbers).some((one) => one.number === number && one.day === day)
    if (taken) throw new No('number-taken')
  }
}
