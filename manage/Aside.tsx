import type { DayReport, SiteView } from '#protocol/api.ts'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import type { HeldNow, Stuck } from '#ui/hall-now.ts'
import { hourMinute } from '#ui/i18n.ts'
import { exceptionsOf, minutesOf } from './model.ts'
import { reasonWords, stuckSentence } from './sentences.ts'
import { t } from './words.ts'

/** Tickets nobody at an open counter may take; nothing when there is none. */
export function StuckList({ stuck, site }: { stuck: Stuck[]; site: SiteView }) {
  if (stuck.length === 0) return null
  return (
    <section class="aside aside--alarm card" data-testid="stuck">
      <h2 class="aside-title">
        <Icon name="warning" />
        {t('stuck')}
      </h2>
      <ul class="aside-list">
        {stuck.map((one) => (
          <li key={`${one.number} ${one.laneId}`} class="aside-row">
            <span class="aside-number number">{one.number}</span>
            <span class="aside-words">{stuckSentence(one, site)}</span>
            <span class="aside-time number">{t('held-for', { n: minutesOf(one.waited) })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is set aside, longest first, old ones marked. */
export function Held({ held, site }: { held: HeldNow[]; site: SiteView }) {
  const numberOf = (id: string | null) => site.counters.find((counter) => counter.id === id)?.number
  return (
    <section class="aside card" data-testid="held">
      <h2 class="aside-title">
        {t('held')}
        {held.length > 0 && <span class="aside-count number">{held.length}</span>}
      </h2>
      {held.length === 0 && <p class="quiet">{t('held-none')}</p>}
      <ul class="aside-list">
        {held.map(({ number, kind, counterId, held: long, old }) => {
          const counter = numberOf(counterId)
          return (
            <li key={number} class="aside-row" data-testid={`held-${number}`}>
              <span class="aside-number number">{number}</span>
              <span class="aside-words">
                {kind && t(`hold-${kind}`)}
                {counter && <span class="quiet"> {t('counter', { number: counter })}</span>}
              </span>
              <span class="aside-time number">
                {old && (
                  <Chip tone="amber" icon="clock">
                    {t('held-old')}
                  </Chip>
                )}
                {t('held-for', { n: minutesOf(long) })}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Whoever was called out of turn today, latest first. */
export function Exceptions({ today, timeZone }: { today: DayReport | null; timeZone: string }) {
  const { items, counted } = today ? exceptionsOf(today) : { items: [], counted: 0 }
  return (
    <section class="aside card" data-testid="exceptions">
      <h2 class="aside-title">
        {t('exceptions')}
        {items.length > 0 && <span class="aside-count number">{counted}</span>}
      </h2>
      {items.length === 0 && <p class="quiet">{today ? t('exceptions-none') : t('unknown')}</p>}
      <ul class="aside-list">
        {items.map(({ at, kind, number, counter, reason, undone }) => (
          <li
            key={`${at} ${kind} ${number}`}
            class={undone ? 'aside-row aside-row--undone' : 'aside-row'}
            data-testid={`exception-${number}`}
          >
            <span class="aside-number number">{number}</span>
            <span class="aside-words">
              {t(`exception-${kind}`)}
              <span class="quiet">
                {counter && ` ${t('counter', { number: counter })}`}
                {reason !== null && ` · ${reasonWords(reason)}`}
                {undone && ` · ${t('was-undone')}`}
              </span>
            </span>
            <time class="aside-time number">{hourMinute(at, timeZone)}</time>
          </li>
        ))}
      </ul>
    </section>
  )
}
