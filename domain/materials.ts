import type { Localised } from './localised.ts'
import { Refusal } from './refusal.ts'

/** A paper that a resident brings. Within a service its Chinese name tells it from the others. */
export interface Material extends Localised {
  /** Where to get it, for who does not have it. */
  where?: Localised
}

/** What somebody said of the materials of a service, by their Chinese names. Of what is in neither nothing was said. */
export interface MaterialCheck {
  here: readonly string[]
  missing: readonly string[]
}

/** The check, if it is about materials of the service and says one thing of each. Refuses `unknown-material`. [CHECK4] */
export function materialCheck(
  { materials }: { materials: readonly Material[] },
  { here, missing }: MaterialCheck,
): MaterialCheck {
  const said = [...here, ...missing]
  const known = said.every((name) => materials.some((material) => material['zh-CN'] === name))
  if (!known || new Set(said).size < said.length) throw new Refusal('unknown-material')
  return { here, missing }
}
