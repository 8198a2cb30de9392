import type { SiteView } from '#protocol/api.ts'
import { localised, otherwise } from '#ui/i18n.ts'
import { Second } from './Second.tsx'
import { also, t } from './words.ts'

/** At the set-up of a screen: which part of the hall it shows. [WALL10] */
export function ZoneChoice({
  zones,
  onChoose,
}: {
  zones: SiteView['display']['zones']
  /** '' for the whole hall */
  onChoose: (zone: string) => void
}) {
  return (
    <section class="zone-choice" data-testid="zone-choice">
      <h2 class="zone-choice-title">
        {t('chooseZone')} <Second text={also('chooseZone')} />
      </h2>
      <div class="zone-choice-all">
        <button type="button" class="button button--primary" onClick={() => onChoose('')}>
          {t('wholeHall')} · {also('wholeHall')}
        </button>
        {zones.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            class="button button--plain"
            data-testid={`zone-${id}`}
            onClick={() => onChoose(id)}
          >
            {localised(name)} · {otherwise(name)}
          </button>
        ))}
      </div>
    </section>
  )
}
