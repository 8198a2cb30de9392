import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { legWith } from '#test/harness/legs.ts'
import type { Leg } from './leg.ts'
import {
  type Asking,
  compareTurns,
  laneOf,
  linePriority,
  mayServe,
  nextLeg,
  queueName,
  type ServedLane,
  type Turn,
  virtualArrival,
} from './turn.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const primary = (laneId: string): ServedLane => ({ laneId, rank: 'primary', threshold: null })
const secondary = (laneId: string, threshold: number | null): ServedLane => ({
  laneId,
  rank: 'secondary',
  threshold,
})
const asking = (...lanes: ServedLane[]): Asking => ({ counterId: 'c1', staffId: 'clerk', skills: [], lanes })

describe('the order of turns', () => {
  // Small numbers, so that equal arrivals are common.
  const turn: fc.Arbitrary<Turn> = fc.record({ v: fc.integer({ min: -5, max: 5 }), n: fc.nat(5) })

  it('[TURN1] the smaller virtual arrival is first, and of two equal ones the earlier entry', () => {
    expect(compareTurns({ v: 1, n: 9 }, { v: 2, n: 1 })).toBeLessThan(0)
    expect(compareTurns({ v: 2, n: 1 }, { v: 2, n: 9 })).toBeLessThan(0)
    expect(compareTurns({ v: 2, n: 1 }, { v: 2, n: 1 })).toBe(0)
  })

  it('[TURN1] is a total order: of two different turns one is first, and first of first is first', () => {
    fc.assert(
      fc.property(turn, turn, turn, (a, b, c) => {
        expect(Math.sign(compareTurns(a, b))).toBe(0 - Math.sign(compareTurns(b, a)))
        expect(compareTurns(a, b) === 0).toBe(a.v === b.v && a.n === b.n)
        if (compareTurns(a, b) <= 0 && compareTurns(b, c) <= 0)
          expect(compareTurns(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('[TURN2] a head start counts as an earlier arrival; without one the arrival counts', () => {
    expect(virtualArrival(100 * MINUTE, 30 * MINUTE)).toBe(70 * MINUTE)
    expect(virtualArrival(100 * MINUTE, 0)).toBe(100 * MINUTE)
  })
})

describe('whom a counter may serve', () => {
  it('[TURN4] only legs of its lanes', () => {
    expect(mayServe(asking(primary('a')), legWith({ laneId: 'a' }))).toBe(true)
    expect(mayServe(asking(primary('b'), secondary('c', null)), legWith({ laneId: 'a' }))).toBe(false)
  })

  it('[TURN4] a leg that needs a skill only where the person has it', () => {
    const leg = legWith({ skill: 'sign-language' })
    expect(mayServe(asking(primary('a')), leg)).toBe(false)
    expect(mayServe({ ...asking(primary('a')), skills: ['dialect', 'sign-language'] }, leg)).toBe(true)
  })

  it('[TURN4] a leg promised to a counter or a person only there', () => {
    const here = asking(primary('a'))
    expect(mayServe(here, legWith({ assignedCounterId: 'c1' }))).toBe(true)
    expect(mayServe(here, legWith({ assignedCounterId: 'c2' }))).toBe(false)
    expect(mayServe(here, legWith({ assignedStaffId: 'clerk' }))).toBe(true)
    expect(mayServe(here, legWith({ assignedStaffId: 'other' }))).toBe(false)
    expect(mayServe({ ...here, staffId: null }, legWith({ assignedStaffId: 'clerk' }))).toBe(false)
  })

  it.each(['called', 'serving', 'held'] as const)(
    '[TURN4] a waiting leg is passed over while a sibling of its ticket is %s',
    (state) => {
      const legs = [
        legWith({ id: 'x', ticketId: 't', n: 1 }),
        legWith({ id: 'sibling', ticketId: 't', laneId: 'b', state }),
        legWith({ id: 'y', n: 2 }),
      ]
      expect(nextLeg(asking(primary('a')), legs, 0)?.id).toBe('y')
      const done = legs.map((leg) => (leg.id === 'sibling' ? { ...leg, state: 'completed' as const } : leg))
      expect(nextLeg(asking(primary('a')), done, 0)?.id).toBe('x')
    },
  )
})

const lanes = ['a', 'b', 'c']
const servedLanes: fc.Arbitrary<ServedLane[]> = fc.subarray(lanes).chain((ids) =>
  fc.tuple(
    ...ids.map((laneId) =>
      fc.oneof(
        fc.constant(primary(laneId)),
        fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }).map((wait) => secondary(laneId, wait)),
      ),
    ),
  ),
)
const askingCounter: fc.Arbitrary<Asking> = fc.record({
  counterId: fc.constant('c1'),
  staffId: fc.constantFrom('clerk', null),
  skills: fc.subarray(['s', 't']),
  lanes: servedLanes,
})
const someLegs: fc.Arbitrary<Leg[]> = fc
  .array(
    fc.record({
      ticketId: fc.constantFrom('t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8'),
      laneId: fc.constantFrom(...lanes),
      state: fc.oneof(
        { weight: 5, arbitrary: fc.constant('waiting' as const) },
        { weight: 1, arbitrary: fc.constantFrom('called', 'serving', 'held', 'missed', 'completed') },
      ),
      v: fc.integer({ min: -10, max: 10 }),
      skill: fc.constantFrom(null, null, null, 's', 't'),
      assignedCounterId: fc.constantFrom(null, null, null, 'c1', 'c2'),
      assignedStaffId: fc.constantFrom(null, null, null, 'clerk', 'other'),
    }),
    { maxLength: 12 },
  )
  .map((list) => list.map((leg, at) => legWith({ id: `l${at}`, n: at, ...leg })))

/** Whom the rules name, found by looking at every leg on its own. */
function mayBeCalled(counter: Asking, legs: readonly Leg[], leg: Leg): boolean {
  const away = ['called', 'serving', 'held']
  const engaged = legs.some(({ ticketId, state }) => ticketId === leg.ticketId && away.includes(state))
  return leg.state === 'waiting' && !engaged && mayServe(counter, leg)
}

describe('who is next', () => {
  it('[TURN3] nobody, where nobody waits', () => {
    expect(nextLeg(asking(primary('a')), [], 0)).toBeNull()
    expect(nextLeg(asking(primary('a')), [legWith({ state: 'missed' })], 0)).toBeNull()
    expect(nextLeg(asking(), [legWith()], 0)).toBeNull()
  })

  it('[TURN3] care counts by its head start, not above everything', () => {
    const early = legWith({ id: 'early', arrivedAt: 0, n: 1 })
    const plain = legWith({ id: 'plain', arrivedAt: 40 * MINUTE, n: 2 })
    const care = legWith({ id: 'care', arrivedAt: 50 * MINUTE, credit: 30 * MINUTE, n: 3 })
    const called: (string | undefined)[] = []
    let waiting = [plain, care, early]
    while (waiting.length > 0) {
      const next = nextLeg(asking(primary('a')), waiting, 60 * MINUTE)
      called.push(next?.id)
      waiting = waiting.filter((leg) => leg !== next)
    }
    expect(called).toEqual(['early', 'care', 'plain'])
  })

  it('[TURN3] on random halls of primary lanes: the smallest turn of all that may be called', () => {
    fc.assert(
      fc.property(askingCounter, someLegs, (counter, legs) => {
        const all = { ...counter, lanes: counter.lanes.map(({ laneId }) => primary(laneId)) }
        const best = legs.filter((leg) => mayBeCalled(all, legs, leg)).sort(compareTurns)[0]
        expect(nextLeg(all, legs, 0)).toBe(best ?? null)
      }),
      { numRuns: 500 },
    )
  })

  it('[TURN3] asking changes nothing: the legs keep their order', () => {
    fc.assert(
      fc.property(askingCounter, someLegs, (counter, legs) => {
        const before = structuredClone(legs)
        nextLeg(counter, legs, 5)
        expect(legs).toEqual(before)
      }),
    )
  })

  it('[TURN5] a secondary lane helps out when the primary ones are empty', () => {
    const legs = [
      legWith({ id: 'b', laneId: 'b', v: -100, n: 1 }),
      legWith({ id: 'a', laneId: 'a', v: 0, n: 2 }),
    ]
    const counter = asking(primary('a'), secondary('b', null))
    expect(nextLeg(counter, legs, 1_000_000)?.id).toBe('a')
    expect(nextLeg(counter, legs.slice(0, 1), 0)?.id).toBe('b')
  })

  it('[TURN5] a secondary lane joins at the moment its head has counted as waiting for the threshold', () => {
    const legs = [
      legWith({ id: 'b', laneId: 'b', arrivedAt: 0, n: 1 }),
      legWith({ id: 'a', laneId: 'a', arrivedAt: 5 * MINUTE, n: 2 }),
    ]
    const counter = asking(primary('a'), secondary('b', 15 * MINUTE))
    expect(nextLeg(counter, legs, 15 * MINUTE - 1)?.id).toBe('a')
    expect(nextLeg(counter, legs, 15 * MINUTE)?.id).toBe('b')
    // Joined, it is still a matter of the turn.
    const earlier = legWith({ id: 'early', laneId: 'a', arrivedAt: -MINUTE, n: 3 })
    expect(nextLeg(counter, [...legs, earlier], 15 * MINUTE)?.id).toBe('early')
  })

  it('[TURN5] on random halls: the smallest turn of the joined lanes, or of all when none has anyone', () => {
    const now = 8
    fc.assert(
      fc.property(askingCounter, someLegs, (counter, legs) => {
        const callable = legs.filter((leg) => mayBeCalled(counter, legs, leg))
        const joined = callable.filter(({ laneId }) =>
          counter.lanes.some(
            ({ laneId: served, rank, threshold }) =>
              served === laneId &&
              (rank === 'primary' ||
                callable.some(
                  (leg) => leg.laneId === laneId && threshold !== null && now - leg.v >= threshold,
                )),
          ),
        )
        const best = (joined.length > 0 ? joined : callable).sort(compareTurns)[0]
        expect(nextLeg(counter, legs, now)).toBe(best ?? null)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('what residents can rely on', () => {
  /** A day at random: somebody arrives in a lane with a credit, or a counter calls. */
  const steps = fc.array(
    fc.oneof(
      fc.record({
        do: fc.constant('arrive' as const),
        laneId: fc.constantFrom(...lanes),
        credit: fc.constantFrom(0, 0, 0, 15 * MINUTE, 30 * MINUTE, 24 * 60 * MINUTE),
        after: fc.integer({ min: 0, max: 12 * MINUTE }),
      }),
      fc.record({ do: fc.constant('call' as const), lanes: fc.subarray(lanes, { minLength: 1 }) }),
    ),
    { minLength: 5, maxLength: 60 },
  )

  /** Plays a day and tells of each call: who was called, and whom this counter passed over. */
  function play(
    day: typeof steps extends fc.Arbitrary<infer T> ? T : never,
    onCall: (x: Leg, over: Leg[]) => void,
  ) {
    let legs: Leg[] = []
    let now = 0
    for (const [n, step] of day.entries()) {
      if (step.do === 'arrive') {
        now += step.after
        const { laneId, credit } = step
        legs.push(legWith({ id: `l${n}`, n, laneId, credit, arrivedAt: now, v: virtualArrival(now, credit) }))
      } else {
        const counter = asking(...step.lanes.map(primary))
        const x = nextLeg(counter, legs, now)
        if (!x) continue
        legs = legs.filter((leg) => leg !== x)
        onCall(
          x,
          legs.filter((leg) => mayServe(counter, leg)),
        )
      }
    }
  }

  it('[TURN6] whoever is called before me arrived at most their head start after me', () => {
    let calls = 0
    fc.assert(
      fc.property(steps, (day) =>
        play(day, (x, over) => {
          for (const y of over) expect(x.arrivedAt - y.arrivedAt).toBeLessThanOrEqual(x.credit)
          calls += over.length
        }),
      ),
      { numRuns: 500 },
    )
    expect(calls).toBeGreaterThan(1_000)
  })

  it('[TURN6] within one head start it is first come, first served', () => {
    fc.assert(
      fc.property(steps, (day) =>
        play(day, (x, over) => {
          for (const y of over.filter(({ credit }) => credit === x.credit)) expect(x.n).toBeLessThan(y.n)
        }),
      ),
      { numRuns: 300 },
    )
  })

  it('[TURN6] a place gets worse only when an earlier turn enters', () => {
    fc.assert(
      fc.property(someLegs, fc.nat(11), (legs, at) => {
        const me = legs[at]
        if (me?.state !== 'waiting') return
        const ahead = (list: Leg[]) =>
          list.filter((leg) => leg.state === 'waiting' && compareTurns(leg, me) < 0).length
        for (const gone of legs.filter((leg) => leg !== me)) {
          expect(ahead(legs.filter((leg) => leg !== gone))).toBeLessThanOrEqual(ahead(legs))
        }
        const later = legWith({ id: 'later', v: me.v, n: 99 })
        expect(ahead([...legs, later])).toBe(ahead(legs))
      }),
    )
  })
})

describe('the line’s form of a turn', () => {
  const dayStart = Date.parse('2025-06-02T16:00:00Z')
  const moment = fc.integer({ min: dayStart - 3 * DAY, max: dayStart + 4 * DAY })

  it('[LINE1] is a whole number from 1 to the largest BullMQ orders, whatever the turn', () => {
    fc.assert(
      fc.property(moment, (v) => {
        const priority = linePriority(v, dayStart)
        expect(Number.isInteger(priority)).toBe(true)
        expect(priority).toBeGreaterThanOrEqual(1)
        expect(priority).toBeLessThanOrEqual(2_097_151)
      }),
    )
  })

  it('[LINE1] never puts a later turn first', () => {
    fc.assert(
      fc.property(moment, moment, (v, w) => {
        const [first, second] = v < w ? [v, w] : [w, v]
        expect(linePriority(first, dayStart)).toBeLessThanOrEqual(linePriority(second, dayStart))
      }),
    )
  })

  it('[LINE1] tells tenths of a second apart through the whole day and the longest head start', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayStart - DAY, max: dayStart + DAY }), (v) => {
        expect(linePriority(v + 100, dayStart)).toBe(linePriority(v, dayStart) + 1)
      }),
    )
    expect(linePriority(dayStart - DAY, dayStart)).toBe(1)
    expect(linePriority(dayStart, dayStart)).toBe(864_001)
  })

  it('[LINE1] holds what lies outside to the ends', () => {
    expect(linePriority(dayStart - 2 * DAY, dayStart)).toBe(1)
    expect(linePriority(dayStart + 30 * DAY, dayStart)).toBe(2_097_151)
  })

  it('[LINE1] refuses what is no moment', () => {
    expect(() => linePriority(Number.NaN, dayStart)).toThrow(RangeError)
    expect(() => linePriority(0, Number.NaN)).toThrow(RangeError)
  })
})

describe('the queue a leg waits in', () => {
  const nobodySpecial = { laneId: 'a', skill: null, assignedCounterId: null, assignedStaffId: null }

  it('[LINE8] is its lane’s, or one of those who need the same', () => {
    expect(queueName(nobodySpecial)).toBe('a')
    const special = [
      { ...nobodySpecial, assignedCounterId: 'c1' },
      { ...nobodySpecial, assignedCounterId: 'c2' },
      { ...nobodySpecial, assignedStaffId: 'c1' },
      { ...nobodySpecial, skill: 'c1' },
      { ...nobodySpecial, assignedCounterId: 'c1', skill: 'c1' },
      { ...nobodySpecial, assignedCounterId: 'c1', assignedStaffId: 'c1' },
      { ...nobodySpecial, laneId: 'b', assignedCounterId: 'c1' },
    ]
    const names = special.map(queueName)
    expect(new Set([...names, 'a', 'b']).size).toBe(special.length + 2)
    expect(names.map(laneOf)).toEqual(special.map(({ laneId }) => laneId))
    expect(laneOf('a')).toBe('a')
    // BullMQ takes no name with a colon.
    for (const name of names) expect(name).not.toContain(':')
  })

  it('[LINE8] whoever may take one leg of a queue may take any other of it', () => {
    fc.assert(
      fc.property(askingCounter, someLegs, (counter, legs) => {
        for (const x of legs) {
          for (const y of legs.filter((leg) => queueName(leg) === queueName(x))) {
            expect(mayServe(counter, x)).toBe(mayServe(counter, y))
            expect(x.laneId).toBe(y.laneId)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('[LINE8] whoever is next is the first of their queue', () => {
    fc.assert(
      fc.property(askingCounter, someLegs, (counter, legs) => {
        // A ticket has one leg in line at a time: a sibling elsewhere is another rule’s matter.
        const waiting = legs
          .filter(({ state }) => state === 'waiting')
          .map((leg) => ({ ...leg, ticketId: leg.id }))
        const next = nextLeg(counter, waiting, 5)
        if (!next) return
        const queue = waiting.filter((leg) => queueName(leg) === queueName(next)).sort(compareTurns)
        expect(queue[0]).toBe(next)
      }),
      { numRuns: 300 },
    )
  })
})
