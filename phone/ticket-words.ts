import type { TicketView } from '#protocol/board.ts'
import { t } from './words.ts'

/** How near a resident is: `called` fills the page, `next` and `near` ask them to come closer. [PHONE2] */
export type Nearness = 'called' | 'next' | 'near' | 'waiting' | 'away'

/** So few ahead, it is time to come back to the waiting area. */
const NEAR = 2

export function nearness({ state, ahead }: Pick<TicketView, 'state' | 'ahead'>): Nearness {
  if (state === 'called') return 'called'
  if (state !== 'waiting') return 'away'
  if (ahead === 0) return 'next'
  return ahead !== null && ahead <= NEAR ? 'near' : 'waiting'
}

/** What the words are chosen by. */
type Told = Pick<TicketView, 'state' | 'counter'> & Partial<Pick<TicketView, 'hold'>>

/** The state of a ticket in words. */
export function stateWords({ state, counter }: Told): string {
  if (state !== 'called') return t(`state-${state}`)
  return counter === null ? t('state-called-soon') : t('state-called', { counter })
}

/** What to do now. */
export function adviceWords(ticket: Told & Pick<TicketView, 'ahead'>): string {
  const { state, counter, hold } = ticket
  if (state === 'serving') return counter === null ? '' : t('advice-serving', { counter })
  // [PHONE8] Whose turn it is to move, and where to.
  if (state === 'held' && hold === 'fetching') return t('advice-held-fetching')
  if (state === 'held' && hold === 'papers-kept') {
    return counter === null ? t('advice-held') : t('advice-held-papers-kept', { counter })
  }
  if (state !== 'waiting') return t(`advice-${state}`)
  const near = nearness(ticket)
  return t(near === 'next' || near === 'near' ? `advice-${near}` : 'advice-waiting')
}

/**
 * Whether this view calls the resident anew: the first call, and every recall, has its own id. [PHONE3]
 * A page opened while already called calls, too.
 */
export function isNewCall(before: TicketView | null, now: TicketView): boolean {
  if (now.state !== 'called') return false
  return before?.state !== 'called' || before.callId !== now.callId
}
