import type { RefObject } from 'preact'
import type { SiteView } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { Api } from '#ui/api.ts'
import { Chip } from '#ui/components/Chip.tsx'
import { later } from '#ui/components/later.tsx'
import { ActionButton, labelOf } from './ActionButton.tsx'
import { AddSheet } from './AddSheet.tsx'
import { HoldSheet, TransferSheet } from './ChoiceSheet.tsx'
import type { Choosing } from './choosing.ts'
import type { Place } from './destination.ts'
import { type Aside, asidesOf, type Errand } from './errand.ts'
import { type Hands, secondsUntilMine } from './hands.ts'
import { KeyButton } from './KeyButton.tsx'
import { type By, KEYS, type PanelKeys } from './keys.ts'
import type { Unserved } from './left-waiting.ts'
import { MoreSheet } from './MoreSheet.tsx'
import { type Action, type Desk, isLastCall, type Leg } from './model.ts'
import { QuietRow } from './QuietRow.tsx'
import { Said } from './Said.tsx'
import { TakeOver } from './TakeOver.tsx'
import { Ticket } from './Ticket.tsx'
import { TimesSheet } from './TimesSheet.tsx'
import type { Done, Trail } from './trail.ts'
import type { Matter, Step } from './visit.ts'
import { t } from './words.ts'

// Opened seldom, and never before the desk is there.
const ActionsSheet = later(async () => (await import('./last-actions/ActionsSheet.tsx')).ActionsSheet)

interface Props {
  api: Api
  desk: Desk
  board: StaffBoard
  /** The hall has a printer. */
  prints: boolean
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
  draft: Choosing['draft']
  /** Where that ticket could be sent. */
  places: readonly Place[]
  /** The visit it belongs to. */
  steps: readonly Step[]
  /** What could be added to that visit. */
  matters: readonly Matter[]
  /** Tickets whose times can be put right. */
  correctable: readonly Leg[]
  /** At a counter that is somebody's: what lies there. */
  lies: string | null
  /** Lanes that nobody serves while this counter does not. */
  unserved: readonly Unserved[]
  /** How many the counter gave back when it paused or closed. */
  released: number
  undoable: (Done & { seconds: number }) | null
  /** Where the ticket that is done goes next. */
  onward: readonly Leg[]
  exceptions: Trail['exceptions']
  panelKeys: PanelKeys
  onAside: (aside: Aside, by: By) => void
  onRun: (errand: Errand, by: By) => void
  onLeave: () => void
  onTimes: () => void
  onExpired: () => void
}

const STATUS_TONE = { open: 'jade', paused: 'amber', closed: 'plain' } as const

/** What lies before the clerk: the counter, the ticket at it, and what can be done. */
export function DeskCard(props: Props) {
  const { api, desk, board, prints, site, now, hands, heading, waiting, first, blocked, may } = props
  const { choosing, draft, places, steps, matters, correctable, undoable, onward, exceptions, panelKeys } =
    props
  const { lies, unserved, released, onAside, onRun, onLeave, onTimes, onExpired } = props
  const pending = hands.pending.value
  const [primary, ...others] = may.filter((action) => action !== 'pause' && action !== 'close')
  const act = (action: Action, by: By) => void hands.act(action, by)
  const ticketHere = desk.state === 'called' || desk.state === 'serving'
  const { counter } = desk
  const label = (action: Action) =>
    action === 'recall' && ticketHere && isLastCall(desk.leg, site)
      ? t('recall-last')
      : labelOf(action, desk.state)
  const sheet = { pending, disabled: blocked !== null, onRun, onLeave }
  return (
    <section
      class={`desk desk--${desk.state}`}
      aria-labelledby="desk-title"
      aria-busy={pending !== null || undefined}
    >
      <header class="desk-head">
        <h1 class="desk-counter">{t('counter', { number: counter.number })}</h1>
        <Chip tone={STATUS_TONE[counter.status]}>{t(`status-${counter.status}`)}</Chip>
        <span class="top-gap" />
        {correctable.length > 0 && desk.state !== 'taken' && (
          <KeyButton
            name="times"
            class="desk-times"
            tone="quiet"
            label={t('times')}
            title={t('times-what')}
            keySign={KEYS.times}
            pending={pending}
            disabled={blocked !== null}
            aria-expanded={choosing === 'times'}
            onPress={(by) => onAside('times', by)}
          />
        )}
        {desk.state !== 'taken' && (
          <KeyButton
            name="actions"
            class="desk-times"
            tone="quiet"
            label={t('actions')}
            title={t('actions-what')}
            keySign={KEYS.actions}
            pending={pending}
            disabled={blocked !== null}
            aria-expanded={choosing === 'actions'}
            onPress={(by) => onAside('actions', by)}
          />
        )}
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
            api={api}
            leg={desk.leg}
            site={site}
            now={now}
            serving={desk.state === 'serving'}
            steps={steps}
            exception={exceptions[desk.leg.id] ?? null}
            blocked={blocked !== null}
            panelKeys={panelKeys}
            onExpired={onExpired}
          />
        ) : (
          <p class="desk-lead">{leadOf(desk, waiting, first)}</p>
        )}
        {(desk.state === 'paused' || desk.state === 'closed') && (
          <div class="desk-left" role="status">
            {released > 0 && <p data-testid="released">{t('released', { n: released })}</p>}
            {unserved.map(({ letter, waiting: n }) => (
              <p key={letter} class="desk-unserved" data-testid={`unserved-${letter}`}>
                {t('unserved-lane', { letter, n })}
              </p>
            ))}
          </div>
        )}
      </div>

      <div class="desk-foot">
        <Said word={hands.word.value} now={now} onDismiss={hands.dismiss} />
        {blocked && <p class="desk-blocked">{t(`wait-${blocked}`)}</p>}
        <div class="desk-actions">
          {desk.state === 'taken' && (
            <TakeOver
              counterId={counter.id}
              number={lies}
              pending={pending}
              disabled={blocked !== null}
              onRun={onRun}
            />
          )}
          {primary && (
            <ActionButton
              key={primary}
              action={primary}
              label={label(primary)}
              tone={desk.state === 'serving' ? 'jade' : 'primary'}
              large
              pending={pending}
              disabled={
                blocked !== null || (primary === 'next' && secondsUntilMine(hands.word.value, now) > 0)
              }
              onAct={act}
            />
          )}
          {others.length > 0 && (
            <div class="desk-others">
              {others.map((action) => (
                <ActionButton
                  key={action}
                  action={action}
                  label={label(action)}
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
            site={site}
            undoable={undoable}
            onward={onward}
            correctable={correctable}
            undone={hands.word.value?.type === 'undone' ? hands.word.value.number : null}
            pending={pending}
            disabled={blocked !== null}
            onAside={onAside}
            onUndo={(by) =>
              undoable && onRun({ errand: 'undo', counterId: counter.id, seq: undoable.seq }, by)
            }
          />
        )}
        {ticketHere && choosing === 'hold' && <HoldSheet leg={desk.leg} {...sheet} />}
        {ticketHere && choosing === 'transfer' && (
          <TransferSheet leg={desk.leg} places={places} draft={draft.note} {...sheet} />
        )}
        {ticketHere && choosing === 'add-service' && (
          <AddSheet leg={desk.leg} site={site} matters={matters} order={draft.order} {...sheet} />
        )}
        {ticketHere && choosing === 'more' && <MoreSheet leg={desk.leg} prints={prints} {...sheet} />}
        {choosing === 'actions' && (
          <ActionsSheet
            {...{ api, site, board, undoable, correctable, onExpired, ...sheet }}
            counterId={counter.id}
          />
        )}
        {choosing === 'times' && (
          <TimesSheet site={site} legs={correctable} draft={draft.times} onOpen={onTimes} {...sheet} />
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
