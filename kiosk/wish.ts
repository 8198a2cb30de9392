import type { IssueRequest, SiteView } from '#protocol/api.ts'

export type Service = SiteView['services'][number]
export type Skills = SiteView['skills']
export type Order = NonNullable<IssueRequest['order']>
/** What staff can prepare. */
export type Accommodation = NonNullable<IssueRequest['accommodations']>[number]
export type CareNeed = NonNullable<NonNullable<IssueRequest['care']>['need']>

/** Most matters one visit has; the server's rule is the same. [VISIT2] */
export const MATTERS = 6

/** What a resident has come for, before there is a number. */
export interface Wish {
  /** In the order they were chosen. */
  services: readonly [Service, ...Service[]]
  order: Order
  /** What they need of the person who serves them; null: nothing. */
  skill: string | null
  /** What is to be prepared for them, in the order in which it is offered. */
  accommodations: readonly Accommodation[]
  /** Whether a material is there, by its Chinese name; not said: not there at all. */
  brought: Readonly<Record<string, boolean>>
}

export function wishFor(service: Service): Wish {
  return { services: [service], order: 'sequence', skill: null, accommodations: [], brought: {} }
}

/** With the service added at the end, or taken out. The last one stays, and there are never too many. [KIOSK9] */
export function toggled(wish: Wish, service: Service): Wish {
  const without = wish.services.filter(({ id }) => id !== service.id)
  if (without.length === wish.services.length) {
    return without.length < MATTERS ? { ...wish, services: [...wish.services, service] } : wish
  }
  const [first, ...rest] = without
  return first ? { ...wish, services: [first, ...rest] } : wish
}

/** The same without services whose numbers are given out; null when nothing is left. [KIOSK12] */
export function withoutFull(wish: Wish, full: readonly string[]): Wish | null {
  const [first, ...rest] = wish.services.filter(({ id }) => !full.includes(id))
  return first ? { ...wish, services: [first, ...rest] } : null
}
