import type { DayReport } from '#protocol/api.ts'
import { localised } from '#ui/i18n.ts'
import { t as rated } from '#ui/rating/words.ts'
import { percent } from './model.ts'
import { t } from './words.ts'

const LEVELS = [5, 4, 3, 2, 1] as const

/** How content residents were, by service; who said nothing is in no column of it. [RATE5] */
export function RatingTable({ ratings }: Pick<DayReport, 'ratings'>) {
  const { services, low, lowUnread } = ratings
  if (ratings.done === 0) return <p class="sheet-line">{t('ratings-none')}</p>
  return (
    <>
      <table class="table table--figures" data-testid="ratings">
        <thead>
          <tr>
            <th />
            {[t('ratings-done'), t('ratings-rated'), t('ratings-share')].map((name) => (
              <th key={name} scope="col" class="cell-figure">
                {name}
              </th>
            ))}
            {LEVELS.map((level) => (
              <th key={level} scope="col" class="cell-figure">
                {rated(`level-${level}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <RatingRow name={t('all')} of={ratings} id="all" />
          {services.map((of) => (
            <RatingRow key={of.serviceId} name={localised(of.name)} of={of} id={of.serviceId} />
          ))}
        </tbody>
      </table>
      <p class="sheet-line" data-testid="ratings-low">
        {t('ratings-low', { n: low, unread: lowUnread })}
      </p>
    </>
  )
}

type Of = Pick<DayReport['ratings'], 'done' | 'rated' | 'levels'>

function RatingRow({ name, of, id }: { name: string; of: Of; id: string }) {
  const { done, rated: given, levels } = of
  return (
    <tr data-testid={`ratings-${id}`}>
      <th scope="row">{name}</th>
      <td class="number cell-figure">{done}</td>
      <td class="number cell-figure">{given}</td>
      <td class="number cell-figure">{percent(given / done)}%</td>
      {levels ? (
        LEVELS.map((level) => (
          <td key={level} class="number cell-figure">
            {levels[level]}
          </td>
        ))
      ) : (
        <td class="cell-note" colSpan={LEVELS.length}>
          {given === 0 ? t('unknown') : t('too-few')}
        </td>
      )}
    </tr>
  )
}
