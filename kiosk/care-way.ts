import type { SiteView } from '#protocol/api.ts'

/**
 * How a resident alone at the kiosk is granted care: by saying so, by a card, by either; `staff`: only staff do, at the
 * desk; `none`: the hall has none. [KIOSK11]
 */
export type CareWay = 'declared' | 'card' | 'both' | 'staff' | 'none'

export function careWay({ careBy }: Pick<SiteView, 'careBy'>): CareWay {
  const [declared, card] = [careBy.includes('declared'), careBy.includes('card')]
  if (declared) return card ? 'both' : 'declared'
  if (card) return 'card'
  return careBy.includes('staff') ? 'staff' : 'none'
}
