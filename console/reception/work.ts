import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Action } from '#protocol/actions.ts'
import type { IssueResponse, TicketResponse, WhyResponse } from '#protocol/api.ts'
import type { StaffBoard } from '#protocol/board.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import {
  mayPrint,
  type PaperWord,
  type PrintAnswer,
  type PrinterView,
  type PrintRequest,
} from '#protocol/printing.ts'
import { type Api, ApiError } from '#ui/api.ts'
import type { Facts } from '#ui/i18n.ts'
import { otherLanguage } from '../errand.ts'
import { type By, type Press, signOf } from '../keys.ts'
import { type Leg, shows } from '../model.ts'
import { asks, type Choice, type Deed, deedsOf, KEYS, SURE_KEY } from './deeds.ts'
import { legOfTicket } from './find.ts'
import { NO_WISH, type Offer, requestOf, type Wish } from './give.ts'
import { hear, type Paper, paperOf } from './paper.ts'

/** What the reception says back. */
export type Word =
  | { type: 'error'; key: ErrorKey; facts: Facts }
  | { type: 'done'; deed: Deed; number: string }

/** The ticket that lies on the reception. */
export interface Open {
  ticketId: string
  number: string
  /** What was said when it was given here; null when it was found. */
  given: IssueResponse | null
}

export interface Reception {
  wish: Signal<Wish>
  open: ReadonlySignal<Open | null>
  choice: ReadonlySignal<Choice | null>
  /** Why the open ticket stands where it stands; null until it is known. */
  why: ReadonlySignal<WhyResponse | null>
  /** The last paper of the open ticket. */
  paper: ReadonlySignal<Paper | null>
  /** Grows each time the browser is to print `paper`. */
  toPrint: ReadonlySignal<number>
  /** The service, or the deed, that is being carried out. */
  pending: ReadonlySignal<string | null>
  word: ReadonlySignal<Word | null>
  /** Gives a number; or, while it is asked which service instead, that one. */
  take: (serviceId: string, by: By) => void
  show: (leg: Leg) => void
  close: () => void
  ask: (deed: Deed, by: By) => void
  /** What was asked is to be done. */
  sure: (by: By) => void
  leave: () => void
  dismiss: () => void
  /** What a key means now. True when it meant something. */
  press: (pressed: Press) => boolean
  hearPaper: (word: PaperWord) => void
  /** To be told each time the board was drawn anew. */
  look: () => void
}

/** How long a button stays pending for the board to show what the answer said, ms. */
const CATCH_UP = 2_000

/** What the reception does, one thing at a time, as the console does. [DESK4] [DESK8] */
export function createReception(given: {
  api: Api
  siteId: string
  /** What the person here may do. */
  may: readonly Action[]
  /** As it is now; null when nothing may be touched. */
  board: () => StaffBoard | null
  offers: () => readonly Offer[]
  printers: () => readonly PrinterView[]
  find: () => void
  goHelp: () => void
  onExpired: () => void
  /** A service turned out to have given out its numbers. */
  onFull: () => void
}): Reception {
  const { api, siteId, may, board, offers, printers, find, goHelp, onExpired, onFull } = given
  const wish = signal<Wish>(NO_WISH)
  const open = signal<Open | null>(null)
  const choice = signal<Choice | null>(null)
  const why = signal<WhyResponse | null>(null)
  const paper = signal<Paper | null>(null)
  const toPrint = signal(0)
  const pending = signal<string | null>(null)
  const word = signal<Word | null>(null)
  let looked: (() => void) | null = null

  function legNow(): Leg | null {
    const current = board()
    return current && open.value && legOfTicket(current, open.value.ticketId)
  }

  function lay(next: Open | null): void {
    open.value = next
    choice.value = null
    why.value = null
    paper.value = null
  }

  /** From the press until the board shows the answer. False when it was not carried out. */
  async function carry(name: string, by: By, sent: () => Promise<Leg | null>): Promise<boolean> {
    if (pending.value !== null || board() === null || by === 'double-click') return false
    pending.value = name
    word.value = null
    try {
      const leg = await sent()
      if (leg) await until(leg)
      return true
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown
      const { key, facts } = thrown
      if (key === 'quota-reached') onFull()
      if (key === 'unauthenticated') onExpired()
      else word.value = { type: 'error', key, facts }
      return false
    } finally {
      pending.value = null
    }
  }

  /** Until the board shows it, or long enough that something else is wrong. */
  function until(answered: Pick<Leg, 'id' | 'version' | 'state'>): Promise<void> {
    return new Promise((done) => {
      const end = () => {
        clearTimeout(limit)
        looked = null
        done()
      }
      const limit = setTimeout(end, CATCH_UP)
      looked = () => {
        const current = board()
        if (current && shows(current, answered)) end()
      }
      looked()
    })
  }

  async function give(serviceId: string, by: By): Promise<void> {
    await carry(`give-${serviceId}`, by, async () => {
      const answer = await api.issue(siteId, requestOf(serviceId, wish.value))
      const { id, number } = answer.ticket
      lay({ ticketId: id, number, given: answer })
      if (answer.print) paper.value = await paperOf(answer.print, api)
      // Of one resident only: the next may want nothing.
      wish.value = NO_WISH
      return null
    })
  }

  async function print(what: PrintRequest, by: By): Promise<void> {
    const lies = open.value
    if (!lies) return
    // The browser has the first paper of the ticket already: it is no second one.
    const first = paper.value
    if (what.what === undefined && first?.state === 'here') {
      paper.value = { ...first, state: 'handed-over' }
      toPrint.value += 1
      return
    }
    const reached = printers().some(({ state }) => mayPrint(state)) && first?.state !== 'failed'
    await carry(what.what === undefined ? 'print' : 'print-why', by, async () => {
      const answer = await api.printAgain(lies.ticketId, reached ? what : { ...what, here: true })
      choice.value = null
      await printed(answer)
      return null
    })
  }

  async function printed(answer: PrintAnswer): Promise<void> {
    const next = await paperOf(answer, api)
    paper.value = next.state === 'here' ? { ...next, state: 'handed-over' } : next
    if (next.state === 'here') toPrint.value += 1
  }

  async function run(deed: Deed, by: By, serviceId = ''): Promise<void> {
    const leg = legNow()
    if (!leg || !deedsOf(leg, may).includes(deed)) return
    if (deed === 'print') return print({}, by)
    const seen = { leg: leg.id, version: leg.version }
    const done = await carry(deed === 'change-service' ? `change-${serviceId}` : deed, by, async () => {
      const answer = await sent(deed, leg, seen, serviceId)
      choice.value = null
      return answer
    })
    if (!done) return
    word.value = { type: 'done', deed, number: leg.number }
    if (deed === 'cancel') lay(null)
  }

  async function sent(
    deed: Deed,
    { ticketId, credit, language }: Leg,
    seen: { leg: string; version: number },
    serviceId: string,
  ): Promise<Leg | null> {
    switch (deed) {
      case 'rejoin':
        return (await api.rejoin(ticketId, seen)).ticket
      case 'more-time':
        return (await api.onTicket<TicketResponse>(ticketId, 'more-time', {}, seen)).ticket
      case 'care':
        return (await api.care(ticketId, { care: credit === 0 }, seen)).ticket
      case 'change-service':
        return (await api.changeService(ticketId, { serviceId }, seen)).ticket
      case 'language':
        return (
          await api.onTicket<TicketResponse>(
            ticketId,
            'language',
            { language: otherLanguage({ language }) },
            seen,
          )
        ).ticket
      case 'cancel':
        return (await api.cancel(ticketId, seen)).ticket
      case 'print':
      case 'why':
        return null
    }
  }

  function ask(deed: Deed, by: By): void {
    const leg = legNow()
    if (!leg || pending.value !== null || by === 'double-click' || !deedsOf(leg, may).includes(deed)) return
    if (!asks(deed)) void run(deed, by)
    else if (choice.value === deed) choice.value = null
    else {
      choice.value = deed
      if (deed === 'why') void askWhy(leg)
    }
  }

  async function askWhy({ ticketId }: Leg): Promise<void> {
    why.value = null
    try {
      const answer = await api.why(ticketId)
      if (open.value?.ticketId === ticketId) why.value = answer
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown
      choice.value = null
      if (thrown.key === 'unauthenticated') onExpired()
      else word.value = { type: 'error', key: thrown.key, facts: thrown.facts }
    }
  }

  function sure(by: By): void {
    if (choice.value === 'cancel') void run('cancel', by)
    if (choice.value === 'why') void print({ what: 'why' }, by)
  }

  function take(serviceId: string, by: By): void {
    if (choice.value === 'change-service') void run('change-service', by, serviceId)
    else void give(serviceId, by)
  }

  function leave(): void {
    if (choice.value !== null) choice.value = null
    else if (pending.value === null) lay(null)
  }

  function press(pressed: Press): boolean {
    if (pressed.key === 'Escape' && !pressed.isComposing) {
      leave()
      return true
    }
    const sign = signOf(pressed)
    if (sign === null) return false
    const offer = offers().find(({ key }) => key === sign)
    const deed = (Object.keys(KEYS) as (keyof typeof KEYS)[]).find((name) => KEYS[name] === sign)
    switch (choice.value) {
      case 'cancel':
        if (sign === SURE_KEY) sure('key')
        else if (deed === 'cancel') leave()
        return true
      case 'why':
        if (deed === 'print') sure('key')
        else if (deed === 'why') leave()
        return true
      case 'change-service':
        if (offer && !offer.full) take(offer.id, 'key')
        else if (deed === 'change-service') leave()
        return true
      case null:
        break
    }
    if (offer) {
      if (!offer.full) take(offer.id, 'key')
      return true
    }
    switch (deed) {
      case undefined:
        return false
      case 'find':
        find()
        break
      case 'help':
        goHelp()
        break
      case 'wish-care':
        wish.value = { ...wish.value, care: !wish.value.care }
        break
      case 'wish-language':
        wish.value = { ...wish.value, language: otherLanguage(wish.value) }
        break
      default:
        ask(deed, 'key')
    }
    return true
  }

  return {
    ...{ wish, open, choice, why, paper, toPrint, pending, word, take, ask, sure, leave, press },
    show: ({ ticketId, number }) => {
      if (pending.value !== null) return
      word.value = null
      lay({ ticketId, number, given: null })
    },
    close: () => lay(null),
    dismiss() {
      word.value = null
    },
    hearPaper(said) {
      paper.value = hear(paper.value, said)
    },
    look() {
      looked?.()
      // A choice that the ticket no longer allows is over.
      const leg = legNow()
      if (choice.value !== null && (!leg || !deedsOf(leg, may).includes(choice.value))) choice.value = null
    },
  }
}
