import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { TicketView } from '#protocol/board.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { Button } from '#ui/components/Button.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { t } from './later-words.ts'
import { type Doing, moreTimeOffered, type OwnTicket, type OwnVerb } from './own-ticket.ts'
import { refusalWords } from './refusal-words.ts'
import { Suggest, type SuggestProps } from './Suggest.tsx'

interface Props {
  ticket: TicketView
  own: OwnTicket
  /** Out of touch: nothing can be sent. */
  lost: boolean
}

/** Missed: the one thing to do, large, with what it means. */
export function Rejoin({ ticket, own, lost }: Props) {
  const doing = own.doing.value
  const refused = doing.at === 'refused' ? doing.error : null
  // Trying again does not mend this one.
  const over = refused === 'too-late-to-rejoin'
  return (
    <section class="rejoin">
      {refused && (
        <Notice tone="amber">
          <p>{over ? t('rejoin-late') : inWords(refused)}</p>
        </Notice>
      )}
      {!over && (
        <>
          <Button
            tone="primary"
            large
            wide
            icon="repeat"
            busy={doing.at === 'sending'}
            disabled={lost}
            onClick={() => own.rejoin(ticket)}
            data-testid="rejoin"
          >
            {t('rejoin')}
          </Button>
          <p class="rejoin-means">{t('rejoin-means', { n: BEHIND })}</p>
        </>
      )}
    </section>
  )
}

/** Whoever rejoins waits behind the third in line. */
const BEHIND = 3

/** Waiting: the place can be given up, quietly, and only after a second yes. */
export function GiveUp({ ticket, own, lost }: Props) {
  const doing = own.doing.value
  return (
    <div class="give-up">
      <Button tone="quiet" disabled={lost} onClick={() => own.ask('give-up')} data-testid="give-up">
        {t('give-up')}
      </Button>
      {about(doing) === 'give-up' && (
        <Sure
          {...{ own, lost }}
          title={t('give-up-title', { number: ticket.number })}
          lead={t('give-up-lead')}
          keep={t('give-up-keep')}
          tone="danger"
          sure={t('give-up-sure')}
          name="give-up"
          onSure={() => own.giveUp(ticket)}
        />
      )}
    </div>
  )
}

/** A minute more: others go first, or the counter waits. [PHONE14] */
export function MoreTime({ ticket, own, lost }: Props) {
  const doing = own.doing.value
  const offer = moreTimeOffered(ticket)
  const busy = doing.at === 'sending' && (doing.verb === 'let-first' || doing.verb === 'minute')
  const refused = doing.at === 'refused' && about(doing) === 'minute' ? doing.error : null
  const said = ticket.minuteGiven ? t('minute-given') : doing.at === 'done' ? t('let-first-done') : null
  return (
    <div class="more-time">
      {said && (
        <p class="more-time-said" role="status" data-testid="more-time-said">
          {said}
        </p>
      )}
      {refused && <Notice tone="amber">{inWords(refused)}</Notice>}
      {offer && (
        <Button
          large
          wide
          icon="clock"
          busy={busy}
          disabled={lost}
          onClick={() => (offer === 'minute' ? own.moreTime(ticket) : own.ask('let-first'))}
          data-testid="more-time"
        >
          {t('more-time')}
        </Button>
      )}
      {about(doing) === 'let-first' && (
        <Sure
          {...{ own, lost }}
          title={t('let-first-title')}
          lead={t('let-first-lead', { n: BEHIND })}
          keep={t('let-first-keep')}
          tone="primary"
          sure={t('let-first-sure')}
          name="let-first"
          onSure={() => own.moreTime(ticket)}
        />
      )}
    </div>
  )
}

/** What is being asked, sent or refused. */
function about(doing: Doing): OwnVerb | null {
  return 'verb' in doing ? doing.verb : null
}

interface SureProps {
  own: OwnTicket
  lost: boolean
  title: string
  lead: string
  keep: string
  sure: string
  tone: 'danger' | 'primary'
  name: 'give-up' | 'let-first'
  onSure: () => void
}

/** Asked once more, because it cannot be taken back. */
function Sure({ own, lost, title, lead, keep, sure, tone, name, onSure }: SureProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const doing = own.doing.value
  useEffect(() => dialog.current?.showModal(), [])
  const leave = (event: Event) => {
    event.preventDefault()
    own.keep()
  }
  return (
    <dialog class="sure" ref={dialog} aria-labelledby="sure-title" onCancel={leave}>
      <h2 id="sure-title">{title}</h2>
      <p>{lead}</p>
      {doing.at === 'refused' && (
        <Notice tone="amber">
          <p>{inWords(doing.error)}</p>
        </Notice>
      )}
      <Button
        tone={tone === 'danger' ? 'primary' : 'plain'}
        large={tone === 'danger'}
        wide
        disabled={doing.at === 'sending'}
        onClick={own.keep}
        data-testid={`${name}-keep`}
      >
        {keep}
      </Button>
      <Button
        tone={tone}
        large={tone === 'primary'}
        wide
        busy={doing.at === 'sending'}
        disabled={lost}
        onClick={onSure}
        data-testid={`${name}-sure`}
      >
        {sure}
      </Button>
    </dialog>
  )
}

/** Why there is no more time, or what else went wrong. */
function inWords(error: ErrorKey): string {
  const own = error === 'still-time' || error === 'nobody-behind' || error === 'time-given'
  return own ? t(error) : refusalWords(error)
}

/** A word to the hall, for whoever likes. [PHONE15] */
export function SuggestButton({ ticketId, api, lost }: Omit<SuggestProps, 'onClose'>) {
  const open = useSignal(false)
  return (
    <>
      <Button
        tone="quiet"
        onClick={() => {
          open.value = true
        }}
        data-testid="suggest-open"
      >
        {t('suggest')}
      </Button>
      {open.value && (
        <Suggest
          {...{ ticketId, api, lost }}
          onClose={() => {
            open.value = false
          }}
        />
      )}
    </>
  )
}

/** That the call was made on paper, while the counter was out of touch. [PAPER6] */
export function OnPaper({ ticket }: { ticket: TicketView }) {
  return (
    <p class="place-why" data-testid="phone-on-paper">
      {t(ticket.state === 'missed' ? 'on-paper-missed' : 'on-paper')}
    </p>
  )
}
