import type { OtherCounter } from './model.ts'
import { t } from './words.ts'

/** The hall's counters at a glance. */
export function OtherCounters({ counters, here }: { counters: OtherCounter[]; here: string }) {
  return (
    <section class="others" aria-labelledby="others-title">
      <h2 class="side-title" id="others-title">
        {t('other-counters')}
      </h2>
      <ul class="others-list">
        {counters.map(({ id, number, status, leg }) => (
          <li
            key={id}
            class={`other other--${leg ? 'busy' : status}`}
            aria-current={id === here ? 'true' : undefined}
            data-testid={`other-${id}`}
          >
            <span class="other-name">
              {t('counter-short', { number })}
              {id === here && <span class="visually-hidden"> {t('here')}</span>}
            </span>
            <span class={leg ? 'other-now number' : 'other-now other-now--word'}>
              {leg ? leg.number : status === 'open' ? t('free') : t(`status-${status}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
