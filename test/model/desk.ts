import { atCounter, Books, type Counter, inTurn, isBusy, type KeptLeg, type Leg, view } from './books.ts'
import { PEOPLE, type Person, PLAN, type Who } from './hall-plan.ts'

/** What the asker must be told. */
export type Answer = { refused: string } | { leg: Leg | null } | { counter: Counter } | { seq: number }

/** Says no. */
export class No extends Error {}

const UNDO_WITHIN = 60_000
export const NOBODY = { assignedCounterId: null, assignedStaffId: null }

/** Counters: who sits there, who is called to them, and what they take back. */
export class Desk extends Books {
  // — counters —

  /** [COUNTER1] [COUNTER2] [COUNTER3] [COUNTER5] */
  protected change(
    verb: 'open' | 'pause' | 'close',
    counter: Counter,
    by: Who,
    takeOver: boolean,
    version?: number,
  ): Answer {
    if (version !== undefined && version !== counter.version) throw new No('stale')
    const { staffId, status } = counter
    if (verb === 'open') {
      const taken = staffId !== null && staffId !== by && by !== 'boss' && !takeOver
      if (taken) throw new No('counter-taken')
      return this.sits(counter, 'counter:opened', 'open', by)
    }
    this.operated(counter.id, by)
    if (status === 'closed') throw new No('counter-closed')
    if (this.legAt(counter.id)) throw new No('counter-busy')
    if (verb === 'pause') return this.sits(counter, 'counter:paused', 'paused', staffId)
    return this.sits(counter, 'counter:closed', 'closed', null)
  }

  protected sits(counter: Counter, type: string, status: Counter['status'], staffId: string | null): Answer {
    const sat = counter.staffId
    if (counter.status !== status || sat !== staffId) counter.since = this.at()
    const skills = PEOPLE[staffId as Person]?.skills ?? []
    Object.assign(counter, { status, staffId, skills, version: counter.version + 1 })
    const free = this.legs.filter(
      (leg) =>
        leg.state === 'waiting' &&
        !leg.papers &&
        ((leg.assignedCounterId === counter.id && status !== 'open') ||
          (sat !== null && leg.assignedStaffId === sat && !this.sitsSomewhere(sat))),
    )
    this.commit(
      type,
      free.sort(inTurn).map((leg) => [leg, () => ({ ...this.enters(leg), ...NOBODY })]),
      { counter },
    )
    return { counter: { ...counter } }
  }

  protected sitsSomewhere(staffId: string): boolean {
    return this.counters.some((counter) => counter.staffId === staffId)
  }

  /** [CALL1] [CALL4] */
  protected callNext(counter: Counter): Answer {
    const leg = this.next(counter)
    return leg ? this.move('ticket:called', leg, called(counter)) : { leg: null }
  }

  /** [TURN3] [TURN4] [TURN5] */
  protected next(counter: Counter): KeptLeg | null {
    const lanes = PLAN.counters.find(({ id }) => id === counter.id)?.lanes ?? []
    const heads = lanes.flatMap((lane) => {
      const mine = this.legs.filter(
        (leg) =>
          leg.laneId === lane.laneId &&
          leg.state === 'waiting' &&
          (leg.skill === null || counter.skills.includes(leg.skill)) &&
          (leg.assignedCounterId ?? counter.id) === counter.id &&
          (leg.assignedStaffId ?? counter.staffId) === counter.staffId &&
          !this.isElsewhere(leg),
      )
      const head = mine.sort(inTurn)[0]
      return head ? [{ lane, head }] : []
    })
    const first = heads.filter(
      ({ lane: { rank, threshold }, head }) =>
        rank === 'primary' || (threshold !== null && this.at() - head.v >= threshold),
    )
    const legs = (first.length > 0 ? first : heads).map(({ head }) => head)
    return legs.sort(inTurn)[0] ?? null
  }

  /** [UNDO1] */
  protected undo(counter: Counter, seq?: number): Answer {
    const last = this.last[counter.id]
    const followed =
      !last?.before ||
      (seq !== undefined && seq !== last.seq) ||
      last.before.some(({ id, version }) => this.leg(id).version !== version + 1) ||
      last.before.some((before) => isBusy(before) && this.goneOn(before, last.before ?? [])) ||
      last.created.some((id) => this.leg(id).version !== 1)
    if (followed) throw new No('nothing-to-undo')
    const at = this.at()
    if (at - last.at > UNDO_WITHIN) throw new No('too-late-to-undo')
    const gone = last.created.map((id) => this.leg(id))
    this.legs = this.legs.filter((leg) => !gone.includes(leg))
    const back = (last.before ?? []).map((before) => {
      const leg = this.leg(before.id)
      const { version, stint } = leg
      Object.assign(leg, structuredClone(before), {
        version: version + 1,
        stint: before.state === 'waiting' ? stint + 1 : before.stint,
        againAt: before.state === 'called' ? at : before.againAt,
        stintDay: before.state === 'waiting' ? this.today() : before.stintDay,
      })
      return leg
    })
    const cancelled = gone.map((leg) => ({ ...leg, state: 'cancelled', version: 2, endedAt: at }))
    this.say('ticket:undone', [...back.toReversed(), ...cancelled], [], 'undone')
    this.last[counter.id] = { seq: this.seq, at, before: null, created: [] }
    return { leg: back[0] ? view(back[0]) : null }
  }

  /** Another matter of the visit is under way that was not when this was done. */
  protected goneOn(before: KeptLeg, all: readonly KeptLeg[]): boolean {
    const ids = all.map(({ id }) => id)
    return this.legs.some((leg) => leg.ticketId === before.ticketId && !ids.includes(leg.id) && isBusy(leg))
  }

  // — who and where —

  protected counterNamed(id: string): Counter {
    const counter = this.counters.find((one) => one.id === id)
    if (!counter) throw new No('unknown-counter')
    return counter
  }

  protected operated(counterId: string, by: Who): Counter {
    const counter = this.counterNamed(counterId)
    if (counter.staffId !== null && counter.staffId !== by && by !== 'boss') throw new No('counter-not-yours')
    return counter
  }

  protected free(counterId: string, by: Who): Counter {
    const counter = this.operated(counterId, by)
    if (counter.status !== 'open') throw new No(`counter-${counter.status}`)
    if (this.legAt(counterId)) throw new No('counter-busy')
    return counter
  }

  protected needs(leg: KeptLeg, states: string[], otherwise: string): void {
    if (!states.includes(leg.state)) throw new No(otherwise)
  }

  /** A leg at a counter, said by who operates it. */
  protected here(leg: KeptLeg, by: Who, states: string[], otherwise: string): void {
    this.needs(leg, states, otherwise)
    this.operated(leg.counterId ?? '', by)
  }

  protected movable(leg: KeptLeg, by: Who): void {
    this.needs(leg, ['waiting', 'called', 'serving'], 'wrong-state')
    if (atCounter(leg)) this.operated(leg.counterId ?? '', by)
  }

  protected move(
    type: string,
    leg: KeptLeg,
    patch: Partial<KeptLeg>,
    exception: string | null = null,
  ): Answer {
    this.commit(type, [[leg, () => patch]], { exception })
    return { leg: view(leg) }
  }

  /** The leg ends, and another of the same ticket waits with number and place kept. */
  protected passOn(leg: KeptLeg, place: Pick<Leg, 'laneId' | 'serviceId'> & Partial<Leg>): Answer {
    const next = this.goesOn(leg, place)
    this.commit('ticket:transferred', [[leg, () => ({ state: 'transferred' })]], { created: () => [next] })
    return { leg: view(next) }
  }

  protected goesOn(leg: KeptLeg, place: Pick<Leg, 'laneId' | 'serviceId'> & Partial<Leg>): KeptLeg {
    const { ticketId, number, arrivedAt, credit, v, skill, noted } = leg
    return this.newLeg({ ticketId, number, arrivedAt, credit, v, skill, noted, ...place })
  }
}

/** What a call does to a leg. */
export function called({ id }: Counter): Partial<Leg> {
  return { state: 'called', counterId: id, calls: 1 }
}
