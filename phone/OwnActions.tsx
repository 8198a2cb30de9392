import { useEffect, useRef } from 'preact/hooks'
import type { TicketView } from '#protocol/board.ts'
import { Button } from '#ui/components/Button.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import type { OwnTicket } from './own-ticket.ts'
import { refusalWords } from './refusal-words.ts'
import { t } from './words.ts'

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
          <p>{over ? t('rejoin-late') : refusalWords(refused)}</p>
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
      <Button tone="quiet" disabled={lost} onClick={own.askGiveUp} data-testid="give-up">
        {t('give-up')}
      </Button>
      {(doing.at === 'asking' || doing.at === 'sending' || doing.at === 'refused') && (
        <Sure ticket={ticket} own={own} lost={lost} />
      )}
    </div>
  )
}

function Sure({ ticket, own, lost }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const doing = own.doing.value
  useEffect(() => dialog.current?.showModal(), [])
  const leave = (event: Event) => {
    event.preventDefault()
    own.keep()
  }
  return (
    <dialog class="sure" ref={dialog} aria-labelledby="sure-title" onCancel={leave}>
      <h2 id="sure-title">{t('give-up-title', { number: ticket.number })}</h2>
      <p>{t('give-up-lead')}</p>
      {doing.at === 'refused' && (
        <Notice tone="amber">
          <p>{refusalWords(doing.error)}</p>
        </Notice>
      )}
      <Button
        tone="primary"
        large
        wide
        disabled={doing.at === 'sending'}
        onClick={own.keep}
        data-testid="give-up-keep"
      >
        {t('give-up-keep')}
      </Button>
      <Button
        tone="danger"
        wide
        busy={doing.at === 'sending'}
        disabled={lost}
        onClick={() => own.giveUp(ticket)}
        data-testid="give-up-sure"
      >
        {t('give-up-sure')}
      </Button>
    </dialog>
  )
}
