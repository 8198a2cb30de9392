import type { TicketView } from '#protocol/board.ts'
import { t } from './words.ts'

/** How near a resident is: `called` fills the page, `next` and `near` ask them to come closer. [PHONE2] */
export type Nearness = 'called' | 'next' | 'near' | 'waiting' | 'away'

/** So few ahead, it is time to come back to the waiting area. */
const NEAR = 2

export function nearness({ state, ahead, wait }: Pick<TicketView, 'state' | 'ahead' | 'wait'>): Nearness {
  if (state === 'called') return 'called'
  if (state !== 'waiting') return 'away'
  // No counter serves the lane: being the first is not being next.
  if (wait === null) return 'waiting'
  if (ahead === 0) return 'next'
  return ahead !== null && ahead <= NEAR ? 'near' : 'waiting'
}

/** What the words are chosen by. */
type Told = Pick<TicketView, 'state' | 'counter'> & Partial<Pick<TicketView, 'hold' | 'farewell'>>

/** The state of a ticket in words. */
export function stateWords({ state, counter, farewell }: Told): string {
  if (state === 'expired' && farewell) return t('state-sent-home')
  if (state !== 'called') return t(`state-${state}`)
  return counter === null ? t('state-called-soon') : t('state-called', { counter })
}

/** What to do now. */
export function adviceWords(ticket: Told & Pick<TicketView, 'ahead' | 'wait'>): string {
  const { state, counter, hold } = ticket
  if (state === 'serving') return counter === null ? '' : t('advice-serving', { counter })
  // [PHONE8] Whose turn it is to move, and where to.
  if (state === 'held' && hold === 'fetching') return t('advice-held-fetching')
  if (state === 'held' && hold === 'papers-kept') {
    return counter === null ? t('advice-held') : t('advice-held-papers-kept', { counter })
  }
  // [PHONE11] The hall's own note says it.
  if (state === 'expired') return ticket.farewell ? '' : t('advice-over')
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

/**
 * What of this view is news worth a sound: a new call, or having come near or next since the last one. [PHONE16] A page that
 * opens says nearness itself.
 */
export function newsOf(before: TicketView | null, now: TicketView): 'called' | 'near' | null {
  if (isNewCall(before, now)) return 'called'
  const steps: readonly Nearness[] = ['waiting', 'near', 'next']
  const nearer =
    before !== null && steps.indexOf(nearness(now)) > Math.max(steps.indexOf(nearness(before)), 0)
  return nearer ? 'near' : null
}

/** What the browser shows of the page where it is one of many. [PHONE16] */
export function titleWords(ticket: TicketView): string {
  const { number } = ticket
  const near = nearness(ticket)
  const state = near === 'near' || near === 'next' ? t(`title-${near}`) : stateWords(ticket)
  return near === 'waiting' || near === 'away'
    ? t('title-ticket', { number, state })
    : t('title-news', { number, state })
}

/** Why so many are ahead, in one sentence; null when nobody is, or it is not known. Counts, never whose. [PHONE10] */
export function whyWords({
  ahead,
  arrivedBefore,
}: Pick<TicketView, 'ahead' | 'arrivedBefore'>): string | null {
  if (ahead === null || ahead === 0 || arrivedBefore === null) return null
  const earlier = ahead - arrivedBefore
  if (earlier === 0) return t('why-arrived')
  if (arrivedBefore === 0) return t('why-earlier')
  return t('why-both', { before: arrivedBefore, earlier })
}

type Step = TicketView['steps'][number]

/** The matters worth a list: of a visit with several. [PHONE9] */
export function stepsShown({ steps }: Pick<TicketView, 'steps'>): readonly Step[] {
  return steps.length > 1 ? steps : []
}

/** Where a matter is. A counter is named once it was called there. */
export function stepWords({ state, counter }: Pick<Step, 'state' | 'counter'>): string {
  const words = t(`step-${state}`)
  const at = counter !== null && (state === 'done' || state === 'now') ? t('step-at', { counter }) : null
  return at === null ? words : `${words} · ${at}`
}
