import type { IconName } from '#ui/components/Icon.tsx'

/** Words in a service's id, and the picture that residents know it by. The first that fits. */
const ICONS: readonly (readonly [RegExp, IconName])[] = [
  [/birth/, 'birth'],
  [/resid|household|hukou|permit/, 'document'],
  [/medical|health/, 'medical'],
  [/social|insurance|pension/, 'shield'],
  [/disab/, 'access'],
  [/old-?age|elder|senior/, 'elder'],
  [/hous|rent/, 'building'],
  [/legal|law/, 'scales'],
]

/** The icon of a service tile. Decoration: a service nobody drew a picture for has a ticket. */
export function serviceIcon(serviceId: string): IconName {
  return ICONS.find(([words]) => words.test(serviceId))?.[1] ?? 'ticket'
}
