import { type ReadonlySignal, signal } from '@preact/signals'
import type { PublicTicket, SiteView, WhyResponse } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Action, ApiError } from '#ui/api.ts'

/** Where somebody is who asks about a number: because its call was missed, or because it has not come. */
export type Missed =
  | { at: 'away' }
  | { at: 'entry'; letter: string | null; digits: string }
  | { at: 'finding'; number: string }
  | { at: 'found'; ticket: PublicTicket }
  /** It waits, and this is its place. */
  | { at: 'place'; ticket: PublicTicket; why: Why }
  /** There is such a ticket, neither missed nor waiting: its state says what to do. */
  | { at: 'not-missed'; ticket: PublicTicket }
  | { at: 'not-found'; number: string }
  | { at: 'rejoining'; ticket: PublicTicket }
  | { at: 'too-late'; ticket: PublicTicket }
  /** Waiting again. `ahead` null: it could not be asked. */
  | { at: 'rejoined'; ticket: PublicTicket; ahead: number | null }
  | { at: 'failed'; error: ErrorKey; again: () => void }

/** How many are ahead, and why: counts, never whose. */
export type Why = Pick<WhyResponse, 'ahead' | 'arrivedBefore' | 'earlierTurn'>

export interface MissedParts {
  find: (number: string) => Promise<PublicTicket[]>
  rejoin: (ticketId: string, action: Action) => Promise<PublicTicket>
  /** Why a waiting ticket stands where it stands. */
  why: (ticketId: string) => Promise<Why>
  newKey: () => string
}

export interface MissedSteps {
  missed: ReadonlySignal<Missed>
  /** Somebody asks about their number. A hall of one letter has it chosen already. */
  begin: (letters: readonly string[]) => void
  letter: (letter: string) => void
  digit: (digit: string) => void
  /** The dash of a number that was typed: what stands before it is a kiosk's series. */
  dash: () => void
  /** Takes the last sign away: a digit, else the letter. */
  erase: () => void
  find: () => void
  /** This is the ticket that is asked about: it was held to a reader. [IDENT7] */
  show: (ticket: PublicTicket) => void
  rejoin: () => void
  /** Back to the number pad, or from there home. */
  back: () => void
  /** Clears everything this resident said. */
  finish: () => void
}

/** The longest number of a day: nobody issues ten thousand in one lane. */
const MOST_DIGITS = 4

/** What the site's numbers of today begin with, each once: the letters of its lanes, and kiosks that gave out numbers of their own. */
export function lettersOf({ lanes, ownSeries }: Pick<SiteView, 'lanes' | 'ownSeries'>): string[] {
  return [...new Set([...lanes.map(({ letter }) => letter), ...ownSeries.map(({ kiosk }) => kiosk)])]
}

/**
 * The number that letter and digits mean; null while there is none. [KIOSK7] Zeros in front may be left out or be too many:
 * `A` and `12` are `A012`, `K1` and `3` are `K1-03`.
 */
export function numberOf(letter: string | null, digits: string): string | null {
  const sequence = digits.replace(/^0+/, '')
  if (letter === null || sequence === '') return null
  return letter.length > 1 ? `${letter}-${sequence.padStart(2, '0')}` : letter + sequence.padStart(3, '0')
}

/** A question about a number, from the number to its place in line [KIOSK13], or to waiting again [KIOSK8]. One rejoin has one key, and nothing is left for the next. */
export function createMissed({ find, rejoin, why, newKey }: MissedParts): MissedSteps {
  const missed = signal<Missed>({ at: 'away' })
  /** Which resident this is: an answer for another is not shown. */
  let visitor = {}

  let known: readonly string[] = []
  /** The letter of a hall that has only one. */
  let only: string | null = null

  function entry(): void {
    missed.value = { at: 'entry', letter: only, digits: '' }
  }

  /** Shows what comes of an attempt, if its resident is still there. */
  async function show(attempt: () => Promise<Missed>): Promise<void> {
    const mine = visitor
    const next = await attempt().catch(
      (error: unknown): Missed => ({
        at: 'failed',
        error: error instanceof ApiError ? error.key : 'internal',
        again: () => void show(attempt),
      }),
    )
    if (mine === visitor) missed.value = next
  }

  async function becameOf(ticket: PublicTicket): Promise<Missed> {
    if (ticket.state === 'waiting') return { at: 'place', ticket, why: await why(ticket.id) }
    return { at: ticket.state === 'missed' ? 'found' : 'not-missed', ticket }
  }

  return {
    missed,
    begin(letters) {
      if (missed.value.at !== 'away') return
      known = letters
      only = letters.length === 1 ? (letters[0] ?? null) : null
      entry()
    },
    letter(letter) {
      const now = missed.value
      if (now.at === 'entry') missed.value = { ...now, letter }
    },
    digit(digit) {
      const now = missed.value
      if (now.at !== 'entry' || now.digits.length >= MOST_DIGITS) return
      missed.value = { ...now, digits: now.digits + digit }
    },
    dash() {
      const now = missed.value
      const series = now.at === 'entry' ? `${now.letter}${now.digits}` : ''
      if (known.includes(series)) missed.value = { at: 'entry', letter: series, digits: '' }
    },
    erase() {
      const now = missed.value
      if (now.at !== 'entry') return
      missed.value =
        now.digits === '' ? { ...now, letter: only } : { ...now, digits: now.digits.slice(0, -1) }
    },
    find() {
      const now = missed.value
      const number = now.at === 'entry' ? numberOf(now.letter, now.digits) : null
      if (number === null) return
      void show(async () => {
        missed.value = { at: 'finding', number }
        const [ticket] = await find(number)
        return ticket ? becameOf(ticket) : { at: 'not-found', number }
      })
    },
    show(ticket) {
      void show(() => becameOf(ticket))
    },
    rejoin() {
      const now = missed.value
      if (now.at !== 'found') return
      const { ticket } = now
      const key = newKey()
      void show(async () => {
        missed.value = { at: 'rejoining', ticket }
        try {
          const waiting = await rejoin(ticket.id, { key })
          const ahead = await why(ticket.id).then(
            (place) => place.ahead,
            () => null,
          )
          return { at: 'rejoined', ticket: waiting, ahead }
        } catch (error) {
          if (error instanceof ApiError && error.key === 'too-late-to-rejoin')
            return { at: 'too-late', ticket }
          throw error
        }
      })
    },
    back() {
      const { at } = missed.value
      if (at === 'entry') this.finish()
      else if (at !== 'away' && at !== 'finding' && at !== 'rejoining') entry()
    },
    finish() {
      visitor = {}
      missed.value = { at: 'away' }
    },
  }
}
