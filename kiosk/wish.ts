import type { IssueRequest, SiteView } from '#protocol/api.ts'

export type Service = SiteView['services'][number]
export type Order = NonNullable<IssueRequest['order']>
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
}

export function wishFor(service: Service): Wish {
  return { services: [service], order: 'sequence', skill: null }
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

/** What is asked of the server. Only what was said is in it. */
export function requestOf(
  { services: [first, ...rest], order, skill }: Wish,
  language: 'zh-CN' | 'en',
  care?: IssueRequest['care'],
): IssueRequest {
  return {
    serviceId: first.id,
    language,
    ...(rest.length > 0 && { more: rest.map(({ id }) => id), order }),
    ...(care && { care }),
    ...(skill !== null && { skill }),
  }
}
