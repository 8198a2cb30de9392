import { type ReadonlySignal, signal } from '@preact/signals'
import type { TicketView } from '#protocol/board.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, actionKey, errorKeyOf } from '#ui/api.ts'

/** What a resident may do with their own ticket from where they are. */
export type OwnVerb = 'give-up' | 'rejoin' | MoreTime
/** More time: others go first, or the call stands a minute longer. */
export type MoreTime = 'let-first' | 'minute'

/** Where the resident is with it. A refusal stays until they try again or the ticket changes. */
export type Doing =
  | { at: 'nothing' }
  /** What cannot be taken back is asked once more. */
  | { at: 'asking'; verb: 'give-up' | 'let-first' }
  /** Others go first: the page says so until the ticket moves. */
  | { at: 'done' }
  | { at: 'sending'; verb: OwnVerb }
  | { at: 'refused'; verb: OwnVerb; error: ErrorKey }

export interface OwnTicket {
  doing: ReadonlySignal<Doing>
  ask: (verb: 'give-up' | 'let-first') => void
  keep: () => void
  giveUp: (ticket: TicketView) => Promise<void>
  rejoin: (ticket: TicketView) => Promise<void>
  moreTime: (ticket: TicketView) => Promise<void>
  /** To be told each view of the ticket. */
  look: (ticket: TicketView) => void
}

/** What the phone offers for a ticket in this state; nothing where only the hall can help. [PHONE6] */
export function offered({ state }: Pick<TicketView, 'state'>): OwnVerb | null {
  if (state === 'waiting') return 'give-up'
  return state === 'missed' ? 'rejoin' : null
}

/** Whom more time would help: near the turn with somebody behind, and once when called. [PHONE14] */
export function moreTimeOffered({
  state,
  mayLetFirst,
  minuteGiven,
}: Pick<TicketView, 'state' | 'mayLetFirst' | 'minuteGiven'>): MoreTime | null {
  if (state === 'called') return minuteGiven ? null : 'minute'
  return state === 'waiting' && mayLetFirst ? 'let-first' : null
}

/**
 * Giving up, rejoining and more time, one at a time. [PHONE7] It is sending until the ticket itself says what became of it, so a
 * finger that taps again does nothing; and one wish has one key, however often it is sent.
 */
export function createOwnTicket(api: Pick<Api, 'publicRejoin' | 'publicCancel' | 'moreTime'>): OwnTicket {
  const doing = signal<Doing>({ at: 'nothing' })
  let state: TicketView['state'] | null = null
  let key = actionKey()

  async function send(verb: OwnVerb, ticket: TicketView): Promise<void> {
    if (doing.value.at === 'sending' || ![offered(ticket), moreTimeOffered(ticket)].includes(verb)) return
    doing.value = { at: 'sending', verb }
    const ways = { 'give-up': api.publicCancel, rejoin: api.publicRejoin }
    const sent = verb === 'let-first' || verb === 'minute' ? api.moreTime : ways[verb]
    try {
      await sent(ticket.ticketId, { key })
      // The ticket stays waiting, or called: it is the answer that says what became of it.
      if (doing.value.at === 'sending' && sent === api.moreTime) {
        key = actionKey()
        doing.value = verb === 'let-first' ? { at: 'done' } : { at: 'nothing' }
      }
    } catch (thrown) {
      const error = errorKeyOf(thrown)
      // The ticket may have changed meanwhile; then its page says all there is to say.
      if (doing.value.at === 'sending') doing.value = { at: 'refused', verb, error }
    }
  }

  return {
    doing,
    ask(verb) {
      if (doing.value.at !== 'sending') doing.value = { at: 'asking', verb }
    },
    keep() {
      if (doing.value.at === 'asking' || doing.value.at === 'refused') doing.value = { at: 'nothing' }
    },
    giveUp: (ticket) => send('give-up', ticket),
    rejoin: (ticket) => send('rejoin', ticket),
    async moreTime(ticket) {
      const verb = moreTimeOffered(ticket)
      if (verb) await send(verb, ticket)
    },
    look(ticket) {
      if (ticket.state === state) return
      state = ticket.state
      key = actionKey()
      doing.value = { at: 'nothing' }
    },
  }
}
