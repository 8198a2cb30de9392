import type { Counter, Leg } from '#domain/leg.ts'
import { type Service, SITE_DEFAULTS, type Site, type Situation } from '#domain/site.ts'

const text = (words: string) => ({ 'zh-CN': words, en: words })
const allDay = [{ from: 0, to: 24 * 60 }]

/** A waiting leg in lane `a`, but for what a test says of it. */
export function legWith(rest: Partial<Leg> = {}): Leg {
  const arrivedAt = rest.arrivedAt ?? 0
  const credit = rest.credit ?? 0
  return {
    id: 'l1',
    ticketId: `ticket-of-${rest.id ?? 'l1'}`,
    number: 'A001',
    laneId: 'a',
    serviceId: 's1',
    state: 'waiting',
    version: 1,
    arrivedAt,
    credit,
    v: arrivedAt - credit,
    n: 1,
    stint: 1,
    counterId: null,
    assignedCounterId: null,
    assignedStaffId: null,
    skill: null,
    calls: 0,
    callId: null,
    callCounterId: null,
    calledAt: null,
    startedAt: null,
    endedAt: null,
    onPaper: false,
    hold: null,
    heldAt: null,
    holdOverdue: false,
    papers: false,
    noted: false,
    prepare: false,
    waitsUntil: null,
    next: [],
    language: 'zh-CN',
    ...rest,
  }
}

/** A leg called at counter `c1` as event 7, at 1,000 ms. */
export function calledLeg(rest: Partial<Leg> = {}): Leg {
  const call = { calls: 1, callId: 7, callCounterId: 'c1', calledAt: 1_000 }
  return legWith({ state: 'called', counterId: 'c1', ...call, ...rest })
}

/** A leg held at counter `c1` while the resident fetches a paper, since 2,000 ms. */
export function heldLeg(rest: Partial<Leg> = {}): Leg {
  return calledLeg({ state: 'held', hold: 'fetching', heldAt: 2_000, ...rest })
}

/** Counter `c1`, open, with `clerk` at it. */
export function counterWith(rest: Partial<Counter> = {}): Counter {
  return {
    id: 'c1',
    number: '1',
    status: 'open',
    staffId: 'clerk',
    skills: [],
    desk: null,
    since: 0,
    version: 3,
    ...rest,
  }
}

/** A service of lane `a`. */
export function serviceWith(rest: Partial<Service> = {}): Service {
  const promises = { targetWait: null, promisedDays: null, guide: null, quota: null }
  const texts = { name: text('s1'), department: text('d'), says: [], materials: [] }
  return { id: 's1', laneId: 'a', minutes: 10, ...texts, ...promises, ...rest }
}

/** A site that is always open: service `s1` in lane `a`, served by counter `c1`. */
export function siteWith(rest: Partial<Site> = {}): Site {
  return {
    ...SITE_DEFAULTS,
    id: 'hall',
    revision: 1,
    name: text('hall'),
    timeZone: 'Asia/Shanghai',
    hours: [allDay, allDay, allDay, allDay, allDay, allDay, allDay],
    services: [serviceWith()],
    lanes: [{ id: 'a', name: text('a'), letter: 'A' }],
    counters: [
      { id: 'c1', number: '1', name: text('1'), lanes: [{ laneId: 'a', rank: 'primary', threshold: null }] },
    ],
    ...rest,
  }
}

/** What a command finds at counter `c1`, with nobody at it. */
export function situationWith(rest: Partial<Situation> = {}): Situation {
  return {
    site: siteWith(),
    clock: 0,
    clockHeld: false,
    counter: counterWith(),
    atCounter: null,
    leg: null,
    others: [],
    inside: [],
    own: null,
    help: null,
    colleague: null,
    offer: null,
    past: null,
    last: null,
    ...rest,
  }
}
