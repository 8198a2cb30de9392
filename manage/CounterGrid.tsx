import { type CounterCard, minutesOf } from './model.ts'
import { list } from './sentences.ts'
import { t } from './words.ts'

/** Every counter at a glance. [MANAGE3] */
export function CounterGrid({ cards, now }: { cards: CounterCard[]; now: number }) {
  return (
    <section>
      <h2 class="part-title">{t('counters')}</h2>
      <ul class="counters">
        {cards.map((card) => (
          <CounterTile key={card.id} card={card} now={now} />
        ))}
      </ul>
    </section>
  )
}

function CounterTile({ card, now }: { card: CounterCard; now: number }) {
  const { number, status, ticket, primary, secondary } = card
  const look = ticket ? ticket.state : status
  return (
    <li class={`window window--${look}`} data-testid={`counter-${card.id}`} data-status={status}>
      <span class="window-head">
        <span class="window-name">{t('counter', { number })}</span>
        <span class="window-lanes number">
          {primary.join(' ')}
          {secondary.length > 0 && (
            <span class="window-helps"> {t('lanes-helps', { lanes: list(secondary) })}</span>
          )}
        </span>
      </span>
      {ticket ? (
        <>
          <span class="window-now number">{ticket.number}</span>
          <span class="window-since">
            {t(ticket.state === 'called' ? 'at-called' : 'at-serving', { n: minutesOf(now - ticket.since) })}
          </span>
        </>
      ) : (
        <span class="window-word">{t(`status-${status}`)}</span>
      )}
    </li>
  )
}
