import type { RefObject } from 'preact'
import type { SiteView } from '#protocol/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { errorWords } from '#ui/errors-i18n.ts'
import { localised } from '#ui/i18n.ts'
import { ActionButton, labelOf } from './ActionButton.tsx'
import { HoldSheet, TransferSheet } from './ChoiceSheet.tsx'
import type { Place } from './destination.ts'
import { type Aside, asidesOf, type Errand } from './errand.ts'
import type { Hands, Word } from './hands.ts'
import type { By } from './keys.ts'
import { type Action, type Desk, type Leg, minutesSince, stopwatch } from './model.ts'
import { QuietRow } from './QuietRow.tsx'
import type { Done, Trail } from './trail.ts'
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
  /** What the clerk is choosing for the ticket on the desk, if anything. */
  choosing: Aside | null
  /** Where that ticket could be sent. */
  places: readonly Place[]
  undoable: (Done & { seconds: number }) | null
  exceptions: Trail['exceptions']
  onAside: (aside: Aside, by: By) => void
  onRun: (errand: Errand, by: By) => void
  onLeave: () => void
}

const STATUS_TONE = { open: 'jade', paused: 'amber', closed: 'plain' } as const

/** What lies before the clerk: the counter, the ticket at it, and what can be done. */
export function DeskCard(props: Props) {
  const { desk, site, now, hands, heading, waiting, first, blocked, may } = props
  const { choosing, places, undoable, exceptions, onAside, onRun, onLeave } = props
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
          <Ticket
            leg={desk.leg}
            site={site}
            now={now}
            serving={desk.state === 'serving'}
            exception={exceptions[desk.leg.id] ?? null}
          />
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
        {desk.state !== 'taken' && (
          <QuietRow
            asides={asidesOf(desk)}
            open={choosing}
            undoable={undoable}
            undone={hands.word.value?.type === 'undone' ? hands.word.value.number : null}
            pending={pending}
            disabled={blocked !== null}
            onAside={onAside}
            onUndo={(by) => onRun({ errand: 'undo', counterId: counter.id }, by)}
          />
        )}
        {ticketHere && choosing === 'hold' && (
          <HoldSheet
            leg={desk.leg}
            pending={pending}
            disabled={blocked !== null}
            onRun={onRun}
            onLeave={onLeave}
          />
        )}
        {ticketHere && choosing === 'transfer' && (
          <TransferSheet
            leg={desk.leg}
            places={places}
            pending={pending}
            disabled={blocked !== null}
            onRun={onRun}
            onLeave={onLeave}
          />
        )}
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

interface TicketProps {
  leg: Leg
  site: SiteView
  now: number
  serving: boolean
  exception: Trail['exceptions'][string] | null
}

function Ticket({ leg, site, now, serving, exception }: TicketProps) {
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
          {exception && (
            <li title={t('exception-what')} data-testid="exception">
              <Chip tone="amber">{t(`exception-${exception}`)}</Chip>
            </li>
          )}
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
  // An undo is said where it was pressed.
  if (word === null || word.type === 'undone') return <div role="status" />
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
