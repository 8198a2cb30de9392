import { type ReadonlySignal, signal } from '@preact/signals'
import type { IssueRequest, IssueResponse, KnownCard } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { ApiError } from '#ui/api.ts'
import { isToAsk, said, type Ticks, ticked, ticksOf, toBring } from './bring.ts'
import { type Need, withNeed } from './needs.ts'
import type { OwnNumber } from './offline/own-numbers.ts'
import { asksOfStaff, requestOf } from './request.ts'
import { type Order, type Service, type Skills, toggled, type Wish, wishFor, withoutFull } from './wish.ts'

/** Where one resident is between touching the screen and walking away with a number. */
export type Visit =
  | { at: 'home' }
  /** Looking for a service by the words people use. */
  | { at: 'search' }
  /** The numbers of a chosen service are given out today. */
  | { at: 'full'; wish: Wish }
  /** Would they show who they are? [IDENT9] */
  | { at: 'identity'; wish: Wish }
  /** There is a ticket already: for what was `chosen`, or they only asked. [TWICE4] */
  | { at: 'already'; mine: IssueResponse; chosen: boolean }
  /** Is all there that is needed? [CHECK1] */
  | { at: 'check'; wish: Wish; ticks: Ticks }
  /** What is missing, and what can be done. [CHECK2] */
  | { at: 'missing'; wish: Wish }
  /** The list to take along. [CHECK3] */
  | { at: 'list'; wish: Wish }
  /** The one question; everything else is beside the way and leads back here. */
  | { at: 'care'; wish: Wish }
  | { at: 'need'; wish: Wish }
  | { at: 'card'; wish: Wish }
  | { at: 'matters'; wish: Wish; before: Wish }
  | { at: 'prepare'; wish: Wish; before: Wish }
  | { at: 'guide'; wish: Wish; before: Visit }
  /** No rule of the hall knows the card that was held to the reader. */
  | { at: 'unknown-card'; wish: Wish }
  | { at: 'issuing'; wish: Wish }
  | { at: 'failed'; wish: Wish; error: ErrorKey; again: () => void }
  | { at: 'ticket'; wish: Wish; issued: IssueResponse }
  /** A number of the kiosk's own. `tellStaff`: something was asked for that is not kept. */
  | { at: 'own-number'; wish: Wish; own: OwnNumber; tellStaff: boolean }

export interface VisitParts {
  issue: (request: IssueRequest, action: { key: string }) => Promise<IssueResponse | OwnNumber>
  newKey: () => string
  language: () => 'zh-CN' | 'en'
  /** Whether the hall asks who somebody is. */
  asksIdentity: () => boolean
}

export interface VisitSteps {
  visit: ReadonlySignal<Visit>
  /** The card that was held to the reader in this visit: never its number. */
  card: ReadonlySignal<KnownCard | null>
  /** Looks for a service by everyday words. */
  search: () => void
  /** What the resident has come for. `full`: its numbers are given out. */
  choose: (service: Service, full?: boolean) => void
  /** Everything is there. */
  haveAll: () => void
  /** Not everything is: each is said by itself. */
  haveSome: () => void
  /** This one is there, or after all not. */
  tick: (name: string) => void
  /** Each has been said. */
  checked: () => void
  /** A number all the same: without a check, or although something is missing. */
  goOn: () => void
  takeList: () => void
  /** Care is wanted: on to the question why, which may be left out. */
  wantCare: () => void
  /** The number, please. Without `care` none is wanted. */
  take: (care?: IssueRequest['care']) => void
  /** There is a card that grants care. */
  haveCard: () => void
  /** A card was held to the reader, and this is what it is good for. */
  showCard: (card: KnownCard) => void
  /** Nobody knows it; or it is no card that grants care. */
  unknownCard: () => void
  /** They do not show who they are. */
  withoutIdentity: () => void
  /** On to further matters. */
  addMatters: () => void
  toggle: (service: Service) => void
  inOrder: (order: Order) => void
  /** These are all. */
  keepMatters: () => void
  /** On to what staff should prepare. */
  askPrepare: () => void
  need: (need: Need, skills: Skills) => void
  /** This is all; or after all nothing. */
  keepNeeds: (nothing?: boolean) => void
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
export function createVisit({ issue, newKey, language, asksIdentity }: VisitParts): VisitSteps {
  const visit = signal<Visit>({ at: 'home' })
  const card = signal<KnownCard | null>(null)
  let key = ''
  /** Whether they have said that they show nothing. */
  let without = false

  async function send(wish: Wish, request: IssueRequest, sent: string): Promise<void> {
    visit.value = { at: 'issuing', wish }
    const next = await issue(request, { key: sent }).then(
      (issued): Visit =>
        !('ticket' in issued)
          ? { at: 'own-number', wish, own: issued, tellStaff: asksOfStaff(request) }
          : issued.already
            ? { at: 'already', mine: issued, chosen: true }
            : { at: 'ticket', wish, issued },
      (error: unknown) => refused(wish, request, sent, error instanceof ApiError ? error.key : 'internal'),
    )
    // The list has changed since it was shown: the number matters more than what was said of it.
    if (key === sent && next.at === 'failed' && next.error === 'unknown-material' && request.materials) {
      const { materials: _, ...rest } = request
      return send(wish, rest, sent)
    }
    // An answer for a resident who has gone is not shown to the next one. [KIOSK2]
    if (key === sent) visit.value = next
  }

  function refused(wish: Wish, request: IssueRequest, sent: string, error: ErrorKey): Visit {
    if (error === 'quota-reached') return { at: 'full', wish }
    if (error === 'unknown-card') {
      // It was held to the reader too long ago.
      card.value = null
      return { at: 'unknown-card', wish }
    }
    return { at: 'failed', wish, error, again: () => void send(wish, request, sent) }
  }

  /** Takes the resident from one of these screens to another. */
  function from(screens: readonly Visit['at'][], to: (wish: Wish) => Visit): void {
    const now = visit.value
    if ('wish' in now && screens.includes(now.at)) visit.value = to(now.wish)
  }

  /** Before the question, what to bring: if anything is, and nothing was said of it yet. */
  const asking = (wish: Wish): Visit =>
    isToAsk(wish) ? { at: 'check', wish, ticks: ticksOf(wish) } : { at: 'care', wish }

  /** What a resident has already is said at once, then who they are is asked, once. [TWICE4] [IDENT9] */
  function onward(wish: Wish): Visit {
    const known = card.value
    const mine = known?.own.find(({ services }) => wish.services.some(({ id }) => services.includes(id)))
    if (mine) return { at: 'already', mine, chosen: true }
    return asksIdentity() && !known?.identity && !without ? { at: 'identity', wish } : asking(wish)
  }

  return {
    visit,
    card,
    search() {
      if (visit.value.at === 'home') visit.value = { at: 'search' }
    },
    choose(service, full = false) {
      if (visit.value.at !== 'home' && visit.value.at !== 'search') return
      key = newKey()
      const wish = wishFor(service)
      visit.value = full ? { at: 'full', wish } : onward(wish)
    },
    haveAll: () => from(['check'], (wish) => ({ at: 'care', wish: said(wish, 'all') })),
    haveSome: () => from(['check'], (wish) => ({ at: 'check', wish, ticks: [] })),
    tick(name) {
      const now = visit.value
      if (now.at === 'check') visit.value = { ...now, ticks: ticked(now.ticks, name) }
    },
    checked() {
      const now = visit.value
      if (now.at !== 'check' || now.ticks === null) return
      const wish = said(now.wish, now.ticks)
      const all = now.ticks.length === toBring(wish.services).length
      visit.value = { at: all ? 'care' : 'missing', wish }
    },
    goOn: () => from(['check', 'missing', 'list'], (wish) => ({ at: 'care', wish })),
    takeList: () => from(['missing'], (wish) => ({ at: 'list', wish })),
    wantCare: () => from(['care'], (wish) => ({ at: 'need', wish })),
    take(care) {
      const now = visit.value
      if (now.at !== 'care' && now.at !== 'need' && now.at !== 'card' && now.at !== 'unknown-card') return
      void send(now.wish, requestOf(now.wish, language(), care, card.value?.pass), key)
    },
    haveCard: () => from(['care'], (wish) => ({ at: 'card', wish })),
    showCard(known) {
      card.value = known
      const [mine] = known.own
      if (mine && visit.value.at === 'home') visit.value = { at: 'already', mine, chosen: false }
      from(['identity'], onward)
    },
    unknownCard: () => from(['care', 'card'], (wish) => ({ at: 'unknown-card', wish })),
    withoutIdentity() {
      without = true
      from(['identity'], asking)
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
    keepMatters: () => from(['matters'], onward),
    askPrepare: () => from(['care'], (wish) => ({ at: 'prepare', wish, before: wish })),
    need(need, skills) {
      const now = visit.value
      if (now.at === 'prepare') visit.value = { ...now, wish: withNeed(now.wish, need, skills) }
    },
    keepNeeds: (nothing = false) =>
      from(['prepare'], (wish) => ({
        at: 'care',
        wish: nothing ? { ...wish, skill: null, accommodations: [] } : wish,
      })),
    readGuide() {
      const now = visit.value
      from(['check', 'care', 'full'], (wish) => ({ at: 'guide', wish, before: now }))
    },
    goOnWithout(full) {
      const now = visit.value
      const wish = now.at === 'full' ? withoutFull(now.wish, full) : null
      if (wish) visit.value = onward(wish)
    },
    back() {
      const now = visit.value
      switch (now.at) {
        case 'search':
        case 'identity':
        case 'already':
        case 'check':
        case 'full':
          return this.finish()
        case 'care':
          if (toBring(now.wish.services).length === 0) return this.finish()
          visit.value = { at: 'check', wish: now.wish, ticks: ticksOf(now.wish) }
          return
        case 'missing':
          visit.value = { at: 'check', wish: now.wish, ticks: ticksOf(now.wish) }
          return
        case 'list':
          visit.value = { at: 'missing', wish: now.wish }
          return
        case 'guide':
          visit.value = now.before
          return
        case 'matters':
        case 'prepare':
          visit.value = { at: 'care', wish: now.before }
          return
        default:
          from(['need', 'card', 'unknown-card'], (wish) => ({ at: 'care', wish }))
      }
    },
    finish() {
      key = ''
      without = false
      card.value = null
      visit.value = { at: 'home' }
    },
  }
}
