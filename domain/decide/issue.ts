import { alreadyFor } from '../already.ts'
import { isOpen } from '../calendar.ts'
import type { Accommodation } from '../care.ts'
import type { Change, NewLeg, NewTicket } from '../change.ts'
import { type MaterialCheck, materialCheck } from '../materials.ts'
import { Refusal } from '../refusal.ts'
import type { Service, Site, Situation } from '../site.ts'

/** Most matters one visit has. */
export const MATTERS = 6

/** Several matters of a visit: one after another, or whichever counter is free first. */
export type Order = 'sequence' | 'any'

/** What a resident takes a number for. */
export interface Wanted {
  serviceId: string
  /** Further matters of the same visit. */
  more?: readonly string[]
  order?: Order
  /** Head start of care, ms; 0 without care. */
  credit: number
  /** A skill the serving person must have. */
  skill?: string | null
  /** What staff should prepare. */
  accommodations?: readonly Accommodation[]
  /** A name or a phone number was left for the counter. */
  contact?: boolean
  /** What the resident said of the materials, by service. */
  materials?: readonly (MaterialCheck & { serviceId: string })[]
  ticket: Omit<NewTicket, 'laneId'>
  /** Its paper, where it is issued beside a printer. */
  print?: Change['print'] | null
}

/**
 * Issue: a resident takes a number for one service or for several. Whoever shows an identity that has a ticket for one of them
 * already is offered that one back. [ISSUE1] [VISIT1] [SKILL1] [QUOTA1] [PREPARE2] [TWICE1]
 * Refuses `unknown-service`, `already-in-visit`, `too-many-matters`, `unknown-skill`, `unknown-material`, `site-closed`,
 * `clock-unconfirmed`.
 */
export function issue(situation: Situation, wanted: Wanted, now: number): Change {
  const { site, clockHeld } = situation
  const { credit, accommodations = [], materials = [], order = 'sequence', ticket } = wanted
  const skill = wanted.skill ?? skillFor(site, accommodations)
  const prepare = accommodations.length > 0 || wanted.contact === true
  const services = [wanted.serviceId, ...(wanted.more ?? [])].map((id) => serviceOf(situation, id))
  const [first, ...rest] = services
  if (!first) throw new Refusal('unknown-service')
  if (new Set(services).size < services.length) throw new Refusal('already-in-visit')
  if (services.length > MATTERS) throw new Refusal('too-many-matters', { most: MATTERS })
  if (skill !== null) checkSkill(situation, skill)
  for (const { serviceId, ...check } of materials) {
    const service = services.find(({ id }) => id === serviceId)
    if (!service) throw new Refusal('unknown-service')
    materialCheck(service, check)
  }
  const { own } = situation
  const wantedIds = services.map(({ id }) => id)
  const already = own && alreadyFor(wantedIds, own.legs, site.rejoinWithin, now)
  if (already) return { event: 'ticket:issued', offerBack: already.id }
  if (clockHeld) throw new Refusal('clock-unconfirmed')
  if (!isOpen(site, now)) throw new Refusal('site-closed')
  return {
    event: 'ticket:issued',
    ticket: { ...ticket, laneId: first.laneId },
    newLegs: firstLegs([first, ...rest], order, {
      credit,
      ...(skill !== null && { skill }),
      ...(prepare && { prepare }),
    }),
    ...quotasOf(services),
    ...(wanted.print && { print: wanted.print }),
  }
}

/** The legs that a visit begins with: in any order all of its matters, in sequence the first, with the others to follow. [VISIT1] */
export function firstLegs(
  [first, ...rest]: readonly [Service, ...Service[]],
  order: Order,
  common: Pick<NewLeg, 'credit' | 'skill' | 'prepare'>,
): NewLeg[] {
  const leg = (service: Service, next: readonly Service[]): NewLeg => ({
    laneId: service.laneId,
    serviceId: service.id,
    ...common,
    ...(next.length > 0 && { next: next.map(({ id }) => id) }),
  })
  return order === 'any' ? [first, ...rest].map((service) => leg(service, [])) : [leg(first, rest)]
}

/** The service, if the site has it. */
export function serviceOf({ site }: Situation, id: string): Service {
  const service = site.services.find((each) => each.id === id)
  if (!service) throw new Refusal('unknown-service')
  return service
}

/** The skill of the hall that one of these needs; null when none does. [PREPARE2] */
function skillFor({ skills }: Site, accommodations: readonly Accommodation[]): string | null {
  return (
    skills.find(({ accommodation }) => accommodation && accommodations.includes(accommodation))?.id ?? null
  )
}

/** Refuses `unknown-skill`. */
export function checkSkill({ site }: Situation, skill: string): void {
  if (!site.skills.some(({ id }) => id === skill)) throw new Refusal('unknown-skill')
}

/** The quotas that a change takes from, to be held under the lock. [QUOTA1] */
export function quotasOf(services: readonly Service[]): Pick<Change, 'quotas'> {
  const quotas = services.flatMap(({ id, quota }) => (quota === null ? [] : [{ serviceId: id, most: quota }]))
  return quotas.length > 0 ? { quotas } : {}
}
