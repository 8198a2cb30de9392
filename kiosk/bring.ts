import type { IssueRequest } from '#protocol/api.ts'
import type { Service, Wish } from './wish.ts'

export type Material = Service['materials'][number]

/** What a resident has touched as being there, by Chinese name; null: nothing was touched yet. */
export type Ticks = readonly string[] | null

/** What the services need, each once: the same paper is brought once. [CHECK1] */
export function toBring(services: readonly Service[]): readonly Material[] {
  const known = new Map<string, Material>()
  for (const material of services.flatMap(({ materials }) => materials)) {
    if (!known.has(material['zh-CN'])) known.set(material['zh-CN'], material)
  }
  return [...known.values()]
}

/** Whether something is needed of which nothing has been said. */
export function isToAsk({ services, brought }: Wish): boolean {
  return toBring(services).some((material) => brought[material['zh-CN']] === undefined)
}

/** What was said before, as touches. */
export function ticksOf({ services, brought }: Wish): Ticks {
  const names = toBring(services).map((material) => material['zh-CN'])
  return names.some((name) => brought[name] !== undefined) ? names.filter((name) => brought[name]) : null
}

/** One touch more: there, or after all not. */
export function ticked(ticks: Ticks, name: string): Ticks {
  return ticks?.includes(name) ? ticks.filter((each) => each !== name) : [...(ticks ?? []), name]
}

/** With everything said: what was not touched is missing; `all`: it is all there. [CHECK1] */
export function said(wish: Wish, ticks: readonly string[] | 'all'): Wish {
  const names = toBring(wish.services).map((material) => material['zh-CN'])
  const brought = names.map((name) => [name, ticks === 'all' || ticks.includes(name)] as const)
  return { ...wish, brought: { ...wish.brought, ...Object.fromEntries(brought) } }
}

/** What was said to be missing. */
export function missingOf({ services, brought }: Wish): readonly Material[] {
  return toBring(services).filter((material) => brought[material['zh-CN']] === false)
}

/** What the server is told, by service; nothing of what nothing was said of. [CHECK4] */
export function checksOf({ services, brought }: Wish): NonNullable<IssueRequest['materials']> {
  return services.flatMap(({ id, materials }) => {
    const names = materials.map((material) => material['zh-CN'])
    const here = names.filter((name) => brought[name] === true)
    const missing = names.filter((name) => brought[name] === false)
    return here.length + missing.length > 0 ? [{ serviceId: id, here, missing }] : []
  })
}
