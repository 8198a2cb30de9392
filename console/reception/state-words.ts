import type { SiteView } from '#protocol/api.ts'
import type { Leg } from '../model.ts'
import { t } from './words.ts'

/** Where a ticket is, in a word. */
export function stateWords({ counters }: Pick<SiteView, 'counters'>, { state, counterId }: Leg): string {
  const counter = counters.find(({ id }) => id === counterId)?.number ?? ''
  switch (state) {
    case 'called':
    case 'serving':
      return t(`state-${state}`, { counter })
    case 'held':
    case 'missed':
      return t(`state-${state}`)
    default:
      return t('state-waiting')
  }
}
