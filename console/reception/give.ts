import type { IssueRequest, SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { Language } from '#ui/i18n.ts'

export type Accommodation = NonNullable<IssueRequest['accommodations']>[number]

/** What can be prepared, in the order of the kiosk. */
export const ACCOMMODATIONS: readonly Accommodation[] = [
  'sign-language',
  'written',
  'wheelchair-counter',
  'companion',
  'with-child',
]

/** What is said before a number is given; of one resident only. [DESK1] */
export interface Wish {
  care: boolean
  /** What to prepare. */
  accommodations: readonly Accommodation[]
  language: Language
}

export const NO_WISH: Wish = { care: false, accommodations: [], language: 'zh-CN' }

/** A service as a number can be given for it. */
export interface Offer {
  id: string
  name: SiteView['services'][number]['name']
  letter: string
  /** How many wait in its lane. */
  waiting: number
  /** Its numbers of the day are given out. */
  full: boolean
  /** The key that gives one; null: all keys are taken. */
  key: string | null
}

/** What no other key of the reception means. [DESK8] */
const SERVICE_KEYS = '1234567890ABDHIJNOSTUVYZ'

/** The services in the order of the hall's file, each with its key. [DESK1] */
export function offersOf(site: SiteView, board: StaffBoard): Offer[] {
  const waiting = Object.values(board.legs).filter(({ state }) => state === 'waiting')
  return site.services.map(({ id, name, laneId }, index) => ({
    id,
    name,
    letter: site.lanes.find((lane) => lane.id === laneId)?.letter ?? '',
    waiting: waiting.filter((leg) => leg.laneId === laneId).length,
    full: site.full.includes(id),
    key: SERVICE_KEYS[index] ?? null,
  }))
}

/** The request that gives the number, with its paper. */
export function requestOf(serviceId: string, { care, accommodations, language }: Wish): IssueRequest {
  return {
    serviceId,
    paper: true,
    language,
    ...(care && { care: {} }),
    ...(accommodations.length > 0 && { accommodations: [...accommodations] }),
  }
}

/** The wish with one accommodation more, or without it. */
export function withOrWithout(wish: Wish, one: Accommodation): Wish {
  const { accommodations } = wish
  const without = accommodations.filter((each) => each !== one)
  return {
    ...wish,
    accommodations: without.length < accommodations.length ? without : [...accommodations, one],
  }
}
