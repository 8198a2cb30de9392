import { type ReadonlySignal, signal } from '@preact/signals'
import type { TicketView } from '#protocol/board.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, ApiError, actionKey } from '#ui/api.ts'

/** What a resident may do with their own ticket from where they are. */
export type OwnVerb = 'give-up' | 'rejoin'

/** Where the resident is with it. A refusal stays until they try again or the ticket changes. */
export type Doing =
  | { at: 'nothing' }
  /** Giving up cannot be taken back, so it is asked once more. */
  | { at: 'asking' }
  | { at: 'sending'; verb: OwnVerb }
  | { at: 'refused'; verb: OwnVerb; error: ErrorKey }

export interface OwnTicket {
  doing: ReadonlySignal<Doing>
  askGiveUp: () => void
  keep: () => void
  giveUp: (ticket: TicketView) => Promise<void>
  rejoin: (ticket: TicketView) => Promise<void>
  /** To be told each view of the ticket. */
  look: (ticket: TicketView) => void
}

/** What the phone offers for a ticket in this state; nothing where only the hall can help. [PHONE6] */
export function offered({ state }: Pick<TicketView, 'state'>): OwnVerb | null {
  if (state === 'waiting') return 'give-up'
  return state === 'missed' ? 'rejoin' : null
}

/**
 * Giving up and rejoining, one at a time. [PHONE7] It is sending until the ticket itself says what became of it, so a
 * finger that taps again does nothing; and one wish has one key, however often it is sent.
 */
export function createOwnTicket(api: Pick<Api, 'publicRejoin' | 'publicCancel'>): OwnTicket {
  const doing = signal<Doing>({ at: 'nothing' })
  let state: TicketView['state'] | null = null
  let key = actionKey()

  async function send(verb: OwnVerb, ticket: TicketView): Promise<void> {
    if (doing.value.at === 'sending' || offered(ticket) !== verb) return
    doing.value = { at: 'sending', verb }
    const sent = verb === 'rejoin' ? api.publicRejoin : api.publicCancel
    try {
      await sent(ticket.ticketId, { key })
    } catch (thrown) {
      const error = thrown instanceof ApiError ? thrown.key : 'internal'
      // The ticket may have changed meanwhile; then its page says all there is to say.
      if (doing.value.at === 'sending') doing.value = { at: 'refused', verb, error }
    }
  }

  return {
    doing,
    askGiveUp() {
      if (doing.value.at !== 'sending') doing.value = { at: 'asking' }
    },
    keep() {
      if (doing.value.at === 'asking' || doing.value.at === 'refused') doing.value = { at: 'nothing' }
    },
    giveUp: (ticket) => send('give-up', ticket),
    rejoin: (ticket) => send('rejoin', ticket),
    look(ticket) {
      if (ticket.state === state) return
      state = ticket.state
      key = actionKey()
      doing.value = { at: 'nothing' }
    },
  }
}
