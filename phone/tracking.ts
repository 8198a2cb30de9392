import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { TicketView } from '#protocol/board.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, errorKeyOf } from '#ui/api.ts'
import { type LiveTicket, watchTicket } from '#ui/live.ts'

/** What the page stands at. A code leads to a ticket, or to a kind word. */
export type Tracking =
  | { at: 'opening' }
  | { at: 'no-code' }
  | { at: 'bad-code' }
  | { at: 'failed'; error: ErrorKey }
  | { at: 'ticket'; ticket: TicketView; live: LiveTicket }

/** Keys that say the code leads nowhere, now and later. */
const BAD: readonly ErrorKey[] = ['not-found', 'unknown-ticket', 'malformed', 'unauthenticated', 'forbidden']

/** Before a stolen cookie is taken back, ms: two pages do not fight over it. */
const COOKIE_AGAIN = 1_000

export interface Tracker {
  tracking: ReadonlySignal<Tracking>
  open: (code: string) => Promise<void>
}

/**
 * Follows the ticket a code leads to. The code is said once and exchanged for a cookie, by which the socket then
 * knows the ticket. [PHONE4] `onView` is told each view with the one before.
 */
export function createTracker(
  api: Api,
  onView: (view: TicketView, before: TicketView | null) => void,
): Tracker {
  const tracking = signal<Tracking>({ at: 'opening' })
  let leave = (): void => {}
  let opening = 0

  function follow(code: string, first: TicketView): void {
    const live = watchTicket()
    let retry: ReturnType<typeof setTimeout> | undefined
    let last = first
    const shown = tracking.peek()
    const before = shown.at === 'ticket' && sameTicket(shown.ticket, first) ? shown.ticket : null
    tracking.value = { at: 'ticket', ticket: first, live }
    onView(first, before)
    const stop = effect(() => {
      if (live.link.value === 'revoked') {
        tracking.value = { at: 'bad-code' }
        return
      }
      const view = live.ticket.value
      if (view === null || view === last) return
      // A second ticket opened in this browser took the cookie: exchange our own code again. [PHONE5]
      if (!sameTicket(view, first)) {
        retry ??= setTimeout(() => void open(code), COOKIE_AGAIN)
        return
      }
      const before = last
      last = view
      tracking.value = { at: 'ticket', ticket: view, live }
      onView(view, before)
    })
    leave = () => {
      clearTimeout(retry)
      stop()
      live.close()
    }
  }

  async function open(code: string): Promise<void> {
    const mine = ++opening
    leave()
    leave = () => {}
    if (code === '') {
      tracking.value = { at: 'no-code' }
      return
    }
    if (tracking.peek().at !== 'ticket') tracking.value = { at: 'opening' }
    try {
      const ticket = await api.track(code)
      if (mine === opening) follow(code, ticket)
    } catch (thrown) {
      if (mine !== opening) return
      const error = errorKeyOf(thrown)
      tracking.value = BAD.includes(error) ? { at: 'bad-code' } : { at: 'failed', error }
    }
  }

  return { tracking, open }
}

/** Numbers begin again every day, so the time of issue is compared, too. */
function sameTicket(one: TicketView, other: TicketView): boolean {
  return one.number === other.number && one.issuedAt === other.issuedAt
}
