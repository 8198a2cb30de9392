import { Icon } from '#ui/components/Icon.tsx'
import { type Figures, minutesOf, percent } from './model.ts'
import { t } from './words.ts'

/** The hall in five figures, read from across a room. [MANAGE1] */
export function FigureRow({ figures }: { figures: Figures }) {
  const { waiting, atCounter, longest, overCap, care } = figures
  return (
    <dl class="figures card">
      <Figure id="waiting" label={t('figure-waiting')} value={waiting} />
      <Figure id="at-counter" label={t('figure-at-counter')} value={atCounter} />
      <Figure
        id="longest"
        label={t('figure-longest')}
        value={longest === null ? t('unknown') : minutesOf(longest)}
        unit={longest === null ? undefined : t('minutes')}
      />
      <Figure id="over-cap" label={t('figure-over-cap')} value={overCap} alarm={overCap > 0} />
      <Figure
        id="care"
        label={t('figure-care')}
        value={care === null ? t('unknown') : percent(care)}
        unit={care === null ? undefined : '%'}
      />
    </dl>
  )
}

interface Props {
  id: string
  label: string
  value: number | string
  unit?: string | undefined
  alarm?: boolean
}

function Figure({ id, label, value, unit, alarm }: Props) {
  return (
    <div class={alarm ? 'figure figure--alarm' : 'figure'}>
      <dt class="figure-label">
        {alarm && <Icon name="warning" />}
        {label}
      </dt>
      <dd class="figure-value number" data-testid={`figure-${id}`}>
        {value}
        {unit && <span class="figure-unit">{unit}</span>}
      </dd>
    </div>
  )
}
