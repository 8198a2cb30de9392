import { describe, expect, it } from 'vitest'
import type { EventType } from '#domain/change.ts'
import type { Leg } from '#domain/leg.ts'
import { isFinal } from '#domain/transition.ts'
import { GRAND_SITE } from './grand-hall.ts'
import { legWith } from './legs.ts'
import { checkLog, type Interval, type Log, type Rule, type Told } from './log-check.ts'

const MINUTE = 60_000
const CARE = 30 * MINUTE

/** Writes a log by hand. It checks nothing, so that wrong ones can be written too. */
class Story {
  readonly log: Log = {
    site: { ...GRAND_SITE, revision: 1 },
    entries: [],
    intervals: [],
    legs: [],
    days: {},
  }
  at = 1_000_000_000
  #entry = 0
  readonly #sequences = new Map<string, number>()

  issue(laneId: string, { credit = 0, ...other }: Partial<Leg> = {}): Leg {
    const lane = this.log.site.lanes.find(({ id }) => id === laneId)!
    const sequence = (this.#sequences.get(laneId) ?? 0) + 1
    this.#sequences.set(laneId, sequence)
    this.#entry += 1
    const id = `leg-${this.#entry}`
    const leg = legWith({
      id,
      ticketId: `ticket-${this.#entry}`,
      number: `${lane.letter}${String(sequence).padStart(3, '0')}`,
      laneId,
      arrivedAt: this.at,
      credit,
      n: this.#entry,
      ...other,
    })
    this.log.days[leg.ticketId] = '2025-03-01'
    this.log.legs.push(leg)
    this.#write('ticket:issued', null, leg, 'device:kiosk')
    return leg
  }

  call(leg: Leg, counterId: string): Leg {
    return this.move('ticket:called', leg, { state: 'called', counterId, calls: leg.calls + 1 })
  }

  complete(leg: Leg): Leg {
    return this.move('ticket:completed', leg, { state: 'completed' })
  }

  move(type: EventType, before: Leg, change: Partial<Leg>): Leg {
    const leg = { ...before, version: before.version + 1, ...change }
    this.log.legs = this.log.legs.map((row) => (row.id === leg.id ? leg : row))
    this.#write(type, before, leg, 'staff:clerk')
    return leg
  }

  rules(told: Told[] | null = null): Rule[] {
    return [...new Set(checkLog(this.log, told).map(({ rule }) => rule))]
  }

  #write(type: EventType, before: Leg | null, leg: Leg, actor: string): void {
    const seq = this.log.entries.length + 1
    const day = '2025-03-01'
    const moved = { legs: [leg], from: [before], counters: [] }
    this.log.entries.push({ seq, at: this.at, day, revision: 1, type, ...moved, actor })
    const last = this.log.intervals.findLast(({ legId }) => legId === leg.id)
    if (last?.state !== leg.state) {
      if (last) last.to = this.at
      const to = isFinal(leg.state) ? this.at : null
      const interval: Interval = {
        legId: leg.id,
        seq,
        state: leg.state,
        from: this.at,
        to,
        counterId: leg.counterId,
      }
      this.log.intervals.push(interval)
    }
    this.at += 1_000
  }
}

/** An ordinary hour: two lanes, two counters, care goes first. */
function honest() {
  const story = new Story()
  const first = story.issue('household')
  const second = story.issue('household')
  const cared = story.issue('household', { credit: CARE })
  const other = story.issue('insurance')
  story.complete(story.call(cared, 'g2'))
  const called = story.call(first, 'g2')
  const served = story.move('ticket:started', called, { state: 'serving' })
  story.complete(served)
  return { story, first, second, cared, other }
}

const issued = ({ id, ticketId, number }: Leg): Told => ({
  key: `issue-${id}`,
  verb: 'issue',
  ticket: { id: ticketId, number },
  leg: null,
})
const told = (verb: Told['verb'], leg: Leg, key = `${verb}-${leg.id}`): Told => ({
  key,
  verb,
  ticket: { id: leg.ticketId, number: leg.number },
  leg,
})

/** What every client of a log was told. */
function allTold({ entries }: Log): Told[] {
  return entries.map(({ type, legs: [leg] }) =>
    type === 'ticket:issued' ? issued(leg!) : told('complete', leg!, `${type}-${leg!.id}`),
  )
}

describe('the checker', () => {
  it('finds nothing in an honest log', () => {
    const { story } = honest()
    expect(checkLog(story.log, allTold(story.log))).toEqual([])
  })

  const planted: [string, Rule[], (given: ReturnType<typeof honest>) => void][] = [
    ['a call that passes over a smaller turn', ['order'], ({ story, second }) => {
      story.issue('household', { credit: CARE })
      story.call(second, 'g2')
    }],
    ['a call to a counter that does not serve the lane', ['order'], ({ story, other }) => void story.call(other, 'g2')],
    ['a secondary lane before the primary one', ['order'], ({ story, other }) => void story.call(other, 'g1')],
    ['a stint called twice', ['called-twice', 'transition'], ({ story, second }) => {
      story.complete(story.call(story.call(second, 'g2'), 'g2'))
    }],
    ['a ticket called by two counters', ['called-twice', 'ticket-at-two'], ({ story, second }) => {
      story.call(story.call(second, 'g2'), 'g1')
    }],
    ['a ticket that changes its counter by itself', ['ticket-at-two'], ({ story, second }) => {
      story.move('ticket:started', story.call(second, 'g2'), { state: 'serving', counterId: 'g1' })
    }],
    ['a counter with two', ['counter-with-two'], ({ story, second }) => {
      const third = story.issue('household')
      story.call(second, 'g2')
      story.call(third, 'g2')
    }],
    ['a number issued twice', ['number-twice'], ({ story }) => void story.issue('household', { number: 'A001' })],
    ['a number left out', ['number-gap'], ({ story }) => void story.issue('household', { number: 'A005' })],
    ['an entry number drawn twice', ['turn'], ({ story }) => void story.issue('household', { n: 1 })],
    ['a turn that changed', ['turn'], ({ story, second }) => void story.call({ ...second, v: second.v - 1 }, 'g2')],
    ['a move the table does not know', ['transition'], ({ story, second }) => void story.complete(second)],
    ['two changes decided on one version', ['version', 'transition'], ({ story, second }) => {
      const called = story.call(second, 'g2')
      story.complete(called)
      story.move('ticket:missed', called, { state: 'missed' })
    }],
    ['an event that is gone', ['seq-gap'], ({ story }) => void story.log.entries.splice(4, 1)],
    ['an event written twice', ['seq-gap'], ({ story }) => void story.log.entries.push(story.log.entries.at(-1)!)],
    ['a clock that ran back', ['clock-back'], ({ story }) => {
      story.at -= 60_000
      story.issue('household')
    }],
    ['a history with a gap', ['interval'], ({ story }) => {
      story.log.intervals[1]!.from += 1
    }],
    ['a history with an overlap', ['interval'], ({ story }) => {
      story.log.intervals.find(({ to }) => to !== null)!.to! += 1
    }],
    ['a history that lacks its end', ['interval'], ({ story }) => void story.log.intervals.pop()],
    ['a history of too much', ['interval'], ({ story }) => {
      story.log.intervals.push({ ...story.log.intervals[0]!, seq: 99 })
    }],
    ['a row that is not as the log left it', ['table'], ({ story, first }) => {
      story.log.legs = story.log.legs.map((leg) => (leg.id === first.id ? first : leg))
    }],
    ['a row that no event speaks of', ['table'], ({ story, first }) => {
      story.log.legs.push({ ...first, id: 'from-nowhere' })
    }],
  ] // biome-ignore format: one planted fault a paragraph reads best
  it.each(planted)('finds %s', (_, rules, plant) => {
    const given = honest()
    plant(given)
    expect(given.story.rules()).toEqual(expect.arrayContaining(rules))
  })

  const lies: [string, Rule, (log: Log, all: Told[]) => Told[]][] = [
    ['an acknowledged ticket that is lost', 'lost', (_, all) => [
      ...all, { key: 'k', verb: 'issue', ticket: { id: 'gone', number: 'A009' }, leg: null },
    ]],
    ['an acknowledged ticket with another number', 'lost', (_, [one, ...rest]) => [
      { ...one!, ticket: { ...one!.ticket!, number: 'A009' } }, ...rest,
    ]],
    ['an acknowledged call that is lost', 'lost', ({ legs }, all) => [
      ...all, told('call-next', { ...legs[1]!, state: 'called', version: 2, counterId: 'g1' }),
    ]],
    ['an acknowledged call to another counter', 'lost', (_, all) => all.map((one) =>
      one.leg?.state === 'called' ? { ...one, leg: { ...one.leg, counterId: 'g1' } } : one,
    )],
    ['a retry that was told something else', 'two-answers', ({ legs }, [one, ...rest]) => [
      one!, { ...issued(legs[1]!), key: one!.key }, ...rest,
    ]],
    ['a retry that called somebody where first nobody waited', 'two-answers', (_, all) => [
      { key: 'k', verb: 'call-next', ticket: null, leg: null }, { ...all.at(-1)!, key: 'k' }, ...all.slice(0, -1),
    ]],
    ['a command that was done twice', 'unasked', (_, all) => all.slice(1)],
    ['two commands that were told one fact', 'one-fact-two-keys', (_, all) => [
      ...all, { ...all.at(-1)!, key: 'another' },
    ]],
  ] // biome-ignore format: one lie a paragraph reads best
  it.each(lies)('finds %s', (_, rule, lie) => {
    const { story } = honest()
    expect(story.rules(lie(story.log, allTold(story.log)))).toContain(rule)
  })
})
