import type { RefObject } from 'preact'
import type { SiteView } from '#protocol/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { errorWords } from '#ui/errors-i18n.ts'
import { localised } from '#ui/i18n.ts'
import { ActionButton, labelOf } from './ActionButton.tsx'
import type { Hands, Word } from './hands.ts'
import type { By } from './keys.ts'
import { type Action, type Desk, type Leg, minutesSince, stopwatch } from './model.ts'
import { t } from './words.ts'

interface Props {
  desk: Desk
  site: SiteView
  now: number
  hands: Hands
  heading: RefObject<HTMLHeadingElement | null>
  waiting: number
  first: string | null
  blocked: 'lost' | 'connecting' | null
  may: readonly Action[]
}

const STATUS_TONE = { open: 'jade', paused: 'amber', closed: 'plain' } as const

/** What lies before the clerk: the counter, the ticket at it, and what can be done. */
export function DeskCard({ desk, site, now, hands, heading, waiting, first, blocked, may }: Props) {
  const pending = hands.pending.value
  const [primary, ...others] = may.filter((action) => action !== 'pause' && action !== 'close')
  const act = (action: Action, by: By) => void hands.act(action, by)
  const ticketHere = desk.state === 'called' || desk.state === 'serving'
  const { counter } = desk
  return (
    <section class={`desk desk--${desk.state}`} aria-labelledby="desk-title">
      <header class="desk-head">
        <h1 class="desk-counter">{t('counter', { number: counter.number })}</h1>
        <Chip tone={STATUS_TONE[counter.status]}>{t(`status-${counter.status}`)}</Chip>
        <span class="top-gap" />
        {(counter.status === 'open' || ticketHere) && desk.state !== 'taken' && (
          <ActionButton
            action="pause"
            label={t('pause')}
            pending={pending}
            disabled={blocked !== null || !may.includes('pause')}
            reason={ticketHere ? t('busy-first') : undefined}
            onAct={act}
          />
        )}
        {counter.status !== 'closed' && desk.state !== 'taken' && (
          <ActionButton
            action="close"
            label={t('close')}
            pending={pending}
            disabled={blocked !== null || !may.includes('close')}
            reason={ticketHere ? t('busy-first') : undefined}
            onAct={act}
          />
        )}
      </header>

      <div class="desk-now">
        <h2
          class="desk-state"
          id="desk-title"
          ref={heading}
          tabIndex={-1}
          aria-live="polite"
          data-testid="current-state"
          data-state={desk.state}
        >
          {titleOf(desk, waiting)}
        </h2>
        {ticketHere ? (
          <Ticket leg={desk.leg} site={site} now={now} serving={desk.state === 'serving'} />
        ) : (
          <p class="desk-lead">{leadOf(desk, waiting, first)}</p>
        )}
      </div>

      <div class="desk-foot">
        <Said word={hands.word.value} onDismiss={hands.dismiss} />
        {blocked && <p class="desk-blocked">{t(`wait-${blocked}`)}</p>}
        <div class="desk-actions">
          {primary && (
            <ActionButton
              key={primary}
              action={primary}
              label={labelOf(primary, desk.state)}
              tone={desk.state === 'serving' ? 'jade' : 'primary'}
              large
              pending={pending}
              disabled={blocked !== null}
              onAct={act}
            />
          )}
          {others.length > 0 && (
            <div class="desk-others">
              {others.map((action) => (
                <ActionButton
                  key={action}
                  action={action}
                  label={labelOf(action, desk.state)}
                  pending={pending}
                  disabled={blocked !== null}
                  onAct={act}
                />
              ))}
            </div>
          )}
        </div>
      </div>
    </section>
  )
}

function titleOf(desk: Desk, waiting: number): string {
  return desk.state === 'idle' && waiting === 0 ? t('desk-empty') : t(`desk-${desk.state}`)
}

function leadOf(desk: Desk, waiting: number, first: string | null): string {
  switch (desk.state) {
    case 'idle':
      return first === null ? t('desk-empty-lead') : t('desk-idle-lead', { n: waiting, number: first })
    case 'closed':
    case 'paused':
    case 'taken':
      return t(`desk-${desk.state}-lead`)
    case 'called':
    case 'serving':
      return ''
  }
}

function Ticket({ leg, site, now, serving }: { leg: Leg; site: SiteView; now: number; serving: boolean }) {
  const service = site.services.find(({ id }) => id === leg.serviceId)
  const waited = minutesSince(leg.arrivedAt, leg.calledAt ?? now)
  const since = serving ? leg.startedAt : leg.calledAt
  return (
    <div class="ticket">
      <strong class="ticket-now number" data-testid="current-number">
        {leg.number}
      </strong>
      <div class="ticket-facts">
        <p class="ticket-service">{service ? localised(service.name) : leg.serviceId}</p>
        <ul class="facts">
          {leg.credit > 0 && (
            <li>
              <Care />
            </li>
          )}
          <li>{waited === 0 ? t('waited-now') : t('waited', { n: waited })}</li>
          <li>{t('calls', { n: leg.calls })}</li>
          {since !== null && (
            <li class="number">
              {t(serving ? 'since-started' : 'since-called', { time: stopwatch(since, now) })}
            </li>
          )}
        </ul>
      </div>
    </div>
  )
}

/** For staff only, and discreet: it says that, not why. */
export function Care() {
  return (
    <span class="care" title={t('care-why')}>
      <Icon name="heart" />
      {t('care')}
    </span>
  )
}

function Said({ word, onDismiss }: { word: Word | null; onDismiss: () => void }) {
  if (word === null) return <div role="status" />
  if (word.type !== 'error') {
    return (
      <div class="said" role="status" data-testid={word.type}>
        {t(word.type === 'nobody' ? 'nobody-called' : 'look-again')}
      </div>
    )
  }
  return (
    <div class="said said--error" role="alert" data-testid="error" data-error={word.key}>
      <Icon name="warning" />
      <span>{errorWords(word.key, word.facts)}</span>
      <Button tone="quiet" onClick={onDismiss}>
        {t('dismiss')}
      </Button>
    </div>
  )
}
