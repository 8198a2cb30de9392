import { type Service, SITE_DEFAULTS, type Site } from '#domain/site.ts'

const MINUTE = 60_000
const text = (words: string) => ({ 'zh-CN': words, en: words })

const weekday = [
  { from: 8 * 60, to: 12 * 60 },
  { from: 12 * 60 + 30, to: 20 * 60 },
]
const weekend = [{ from: 9 * 60, to: 15 * 60 }]

const service = (id: string, laneId: string, quota: number | null = null): Service => ({
  ...{ id, laneId, name: text(id), department: text(id), says: [], materials: [], minutes: 8 },
  ...{ targetWait: null, promisedDays: null, guide: null, quota },
})

const counter = (number: string, lanes: Site['counters'][number]['lanes']) => ({
  id: `c${number}`,
  number,
  name: text(number),
  lanes,
})

/** Counters with one lane and with several, with secondary lanes that join after a while and such that never do. */
export const PLAN: Omit<Site, 'id' | 'revision'> = {
  ...SITE_DEFAULTS,
  name: text('hall'),
  timeZone: 'Asia/Shanghai',
  hours: [weekday, weekday, weekday, weekday, weekday, weekend, weekend],
  careCredit: 30 * MINUTE,
  careCredits: { pregnant: 50 * MINUTE },
  maxCalls: 3,
  holdWithin: 10 * MINUTE,
  skills: [{ id: 'signs', name: text('signs') }],
  callTimeout: 3 * MINUTE,
  rejoinWithin: 60 * MINUTE,
  services: [
    service('permit', 'a'),
    service('birth', 'a'),
    service('housing', 'b'),
    service('insurance', 'c'),
    service('subsidy', 'c', 3),
  ],
  lanes: ['a', 'b', 'c'].map((id) => ({ id, name: text(id), letter: id.toUpperCase() })),
  counters: [
    counter('1', [{ laneId: 'a', rank: 'primary', threshold: null }]),
    counter('2', [
      { laneId: 'a', rank: 'primary', threshold: null },
      { laneId: 'b', rank: 'primary', threshold: null },
    ]),
    counter('3', [
      { laneId: 'b', rank: 'primary', threshold: null },
      { laneId: 'c', rank: 'secondary', threshold: 10 * MINUTE },
    ]),
    counter('4', [
      { laneId: 'c', rank: 'primary', threshold: null },
      { laneId: 'a', rank: 'secondary', threshold: null },
    ]),
  ],
}

/** People of the hall, the counter each usually sits at, and what they can. */
export const PEOPLE = {
  ann: { role: 'staff', counterId: 'c1', skills: [] },
  bo: { role: 'staff', counterId: 'c2', skills: ['signs'] },
  cui: { role: 'staff', counterId: 'c3', skills: [] },
  boss: { role: 'supervisor', counterId: null, skills: ['signs'] },
} as const
export type Person = keyof typeof PEOPLE

/** Who may ask for something: people, two kiosks, and the phone of the ticket that is asked about. */
export type Who = Person | 'kiosk-1' | 'kiosk-2' | 'phone'

/** What the kiosks are called. */
export const KIOSKS = { 'kiosk-1': 'K1', 'kiosk-2': 'K2' } as const

/** Monday, nine in the morning at the hall. */
export const OPENING = Date.parse('2025-06-02T01:00:00Z')
