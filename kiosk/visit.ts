import { type ReadonlySignal, signal } from '@preact/signals'
import type { IssueRequest, IssueResponse } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Action, ApiError } from '#ui/api.ts'
import { type Order, requestOf, type Service, toggled, type Wish, wishFor, withoutFull } from './wish.ts'

/** Where one resident is between touching the screen and walking away with a number. */
export type Visit =
  | { at: 'home' }
  /** The numbers of a chosen service are given out today. */
  | { at: 'full'; wish: Wish }
  /** The one question; everything else is beside the way and leads back here. */
  | { at: 'care'; wish: Wish }
  | { at: 'need'; wish: Wish }
  | { at: 'card'; wish: Wish }
  | { at: 'matters'; wish: Wish; before: Wish }
  | { at: 'skill'; wish: Wish }
  | { at: 'guide'; wish: Wish }
  /** No rule of the hall knows the card that was held to the reader. */
  | { at: 'unknown-card'; wish: Wish }
  | { at: 'issuing'; wish: Wish }
  | { at: 'failed'; wish: Wish; error: ErrorKey; again: () => void }
  | { at: 'ticket'; wish: Wish; issued: IssueResponse }

export interface VisitParts {
  issue: (request: IssueRequest, action: Action) => Promise<IssueResponse>
  newKey: () => string
  language: () => 'zh-CN' | 'en'
}

export interface VisitSteps {
  visit: ReadonlySignal<Visit>
  /** What the resident has come for. `full`: its numbers are given out. */
  choose: (service: Service, full?: boolean) => void
  /** Care is wanted: on to the question why, which may be left out. */
  wantCare: () => void
  /** The number, please. Without `care` none is wanted. */
  take: (care?: IssueRequest['care']) => void
  /** There is a card that grants care. */
  haveCard: () => void
  /** A card was held to the reader. Its number is sent and not kept. */
  readCard: (number: string) => void
  /** On to further matters. */
  addMatters: () => void
  toggle: (service: Service) => void
  inOrder: (order: Order) => void
  /** These are all. */
  keepMatters: () => void
  /** On to what is needed of the person who serves. */
  askSkill: () => void
  needSkill: (skill: string | null) => void
  /** On to what the service is and what to bring. */
  readGuide: () => void
  /** Without the services whose numbers are given out, if anything is left. */
  goOnWithout: (full: readonly string[]) => void
  back: () => void
  /** Clears everything this resident said. */
  finish: () => void
}

/**
 * One visit after another. A visit has one idempotency key from the first touch to the last, so however often a
 * finger or the network repeats itself, it issues one ticket. [KIOSK1]
 */
export function createVisit({ issue, newKey, language }: VisitParts): VisitSteps {
  const visit = signal<Visit>({ at: 'home' })
  let key = ''

  async function send(wish: Wish, request: IssueRequest, sent: string): Promise<void> {
    visit.value = { at: 'issuing', wish }
    const next = await issue(request, { key: sent }).then(
      (issued): Visit => ({ at: 'ticket', wish, issued }),
      (error: unknown) => refused(wish, request, sent, error instanceof ApiError ? error.key : 'internal'),
    )
    // An answer for a resident who has gone is not shown to the next one. [KIOSK2]
    if (key === sent) visit.value = next
  }

  function refused(wish: Wish, request: IssueRequest, sent: string, error: ErrorKey): Visit {
    if (error === 'quota-reached') return { at: 'full', wish }
    if (error === 'unknown-card') return { at: 'unknown-card', wish }
    // The number of a card is not kept for a second try: the card is held to the reader once more. [KIOSK11]
    const again = request.care?.card
      ? () => {
          visit.value = { at: 'card', wish }
        }
      : () => void send(wish, request, sent)
    return { at: 'failed', wish, error, again }
  }

  /** Takes the resident from one of these screens to another. */
  function from(screens: readonly Visit['at'][], to: (wish: Wish) => Visit): void {
    const now = visit.value
    if (now.at !== 'home' && screens.includes(now.at)) visit.value = to(now.wish)
  }

  return {
    visit,
    choose(service, full = false) {
      if (visit.value.at !== 'home') return
      key = newKey()
      visit.value = { at: full ? 'full' : 'care', wish: wishFor(service) }
    },
    wantCare: () => from(['care'], (wish) => ({ at: 'need', wish })),
    take(care) {
      const now = visit.value
      if (now.at !== 'care' && now.at !== 'need' && now.at !== 'unknown-card') return
      void send(now.wish, requestOf(now.wish, language(), care), key)
    },
    haveCard: () => from(['care'], (wish) => ({ at: 'card', wish })),
    readCard(card) {
      const now = visit.value
      if (now.at !== 'care' && now.at !== 'card' && now.at !== 'unknown-card') return
      void send(now.wish, requestOf(now.wish, language(), { card }), key)
    },
    addMatters: () => from(['care'], (wish) => ({ at: 'matters', wish, before: wish })),
    toggle(service) {
      const now = visit.value
      if (now.at === 'matters') visit.value = { ...now, wish: toggled(now.wish, service) }
    },
    inOrder(order) {
      const now = visit.value
      if (now.at === 'matters') visit.value = { ...now, wish: { ...now.wish, order } }
    },
    keepMatters: () => from(['matters'], (wish) => ({ at: 'care', wish })),
    askSkill: () => from(['care'], (wish) => ({ at: 'skill', wish })),
    needSkill: (skill) => from(['skill'], (wish) => ({ at: 'care', wish: { ...wish, skill } })),
    readGuide: () => from(['care'], (wish) => ({ at: 'guide', wish })),
    goOnWithout(full) {
      const now = visit.value
      const wish = now.at === 'full' ? withoutFull(now.wish, full) : null
      if (wish) visit.value = { at: 'care', wish }
    },
    back() {
      const now = visit.value
      if (now.at === 'care' || now.at === 'full') this.finish()
      else if (now.at === 'matters') visit.value = { at: 'care', wish: now.before }
      else from(['need', 'card', 'skill', 'guide', 'unknown-card'], (wish) => ({ at: 'care', wish }))
    },
    finish() {
      key = ''
      visit.value = { at: 'home' }
    },
  }
}
