import { type ReadonlySignal, signal } from '@preact/signals'
import type { TicketResponse } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, ApiError } from '#ui/api.ts'
import type { Facts } from '#ui/i18n.ts'
import { type Errand, fits, markOf, movesDesk } from './errand.ts'
import { type By, type Changed, settled } from './keys.ts'
import { type Action, type Command, commandOf, type Desk, deskMark, type Leg } from './model.ts'

/** What the desk says back. */
export type Word =
  | { type: 'error'; key: ErrorKey; facts: Facts }
  /** Call-next found nobody. */
  | { type: 'nobody' }
  /** The press came while something changed, and was not carried out. */
  | { type: 'look-again' }
  /** What an undo brought back. */
  | { type: 'undone'; number: string }
  /** Another counter is offered the next ticket first, until then (ms on the server's clock). */
  | { type: 'after'; counter: string; until: number }
  /** Times were put right. */
  | { type: 'corrected'; number: string }
  /** Its paper was sent to the printer once more. */
  | { type: 'printing'; number: string }

export interface Hands {
  /** The action, or the mark of the errand, that is being carried out. */
  pending: ReadonlySignal<string | null>
  word: ReadonlySignal<Word | null>
  act: (action: Action, by: By) => Promise<void>
  /** Carries out what is not a main action. True when it was done. */
  run: (errand: Errand, by: By) => Promise<boolean>
  dismiss: () => void
  /**
   * Does it once the answer is there, where the desk shows its result already: what was meant then is what is seen. [KEYS5] False
   * when no answer is awaited or nothing is to be seen of it. Only the first counts, and not if the desk changes again.
   */
  afterwards: (then: () => void) => boolean
  /** To be told each time the board was drawn anew. */
  look: () => void
}

/** How long a button stays pending for the board to show what the answer said, ms. */
const CATCH_UP = 2_000

/**
 * Carries out the clerk's actions, one at a time. [CONSOLE9] A press is pending at once; it ends when the live board shows
 * its result, so the buttons of the old state never come back for a moment.
 */
export function createHands(
  given: {
    api: Api
    /** The desk as it is now; null when it must not be touched. */
    desk: () => Desk | null
    /** Whether the board shows the answered ticket. */
    shows: (leg: NonNullable<TicketResponse['ticket']>) => boolean
    /** Whether a recall of it would set it aside instead. */
    isLastCall: (leg: Leg) => boolean
    /** The server's clock, ms. */
    clock: () => number
    /** This console. */
    deskId: string
    onExpired: () => void
  },
  now: () => number = () => performance.now(),
): Hands {
  const { api, desk, shows, isLastCall, clock, deskId, onExpired } = given
  const pending = signal<string | null>(null)
  const word = signal<Word | null>(null)
  let mark: string | null = null
  let changed: Changed | null = null
  let looked: (() => void) | null = null
  /** The desk as it was when the press was made whose answer is awaited. */
  let left: string | null = null
  let kept: { then: () => void; mark: string } | null = null

  function look(): void {
    const current = desk()
    const next = current === null ? null : deskMark(current)
    if (next !== null && mark !== null && next !== mark) {
      changed = { at: now(), mine: pending.value !== null }
      // What was said about the last state is no longer true.
      if (pending.value === null) word.value = null
    }
    if (next !== null) mark = next
    looked?.()
  }

  async function act(action: Action, by: By): Promise<void> {
    const current = desk()
    if (pending.value !== null || current === null) return
    const command = commandOf(action, current)
    if (command === null || (action === 'next' && secondsUntilMine(word.value, clock()) > 0)) return
    // The second press of a recall must not become the press that sets the ticket aside.
    const turns = action === 'recall' && current.state === 'called' && isLastCall(current.leg)
    if (!steady(by, turns)) return
    await carry(action, current, () => send(api, command, deskId))
  }

  async function run(errand: Errand, by: By): Promise<boolean> {
    const current = desk()
    if (pending.value !== null || current === null) return false
    if (movesDesk(errand) ? !steady(by) : by === 'double-click') return false
    if (!fits(errand, current)) {
      word.value = { type: 'look-again' }
      return false
    }
    return carry(markOf(errand), current, async () => {
      const answer = await sendErrand(api, errand, deskId)
      if (answer?.ticket) {
        const { number } = answer.ticket
        if (errand.errand === 'undo') word.value = { type: 'undone', number }
        if (errand.errand === 'print') word.value = { type: 'printing', number }
        if (errand.errand === 'correct-times') word.value = { type: 'corrected', number }
      }
      return answer
    })
  }

  /** Whether the press may be taken to mean what the desk shows; `turns`: its own last press changed that. Says so if not. */
  function steady(by: By, turns = false): boolean {
    const last = changed && turns ? { ...changed, mine: false } : changed
    if (settled(by, last, now())) return true
    if (by !== 'double-click') word.value = { type: 'look-again' }
    return false
  }

  /** From the press until the board shows the answer. False when it was refused. */
  async function carry(name: string, before: Desk, sent: () => Promise<Answer>): Promise<boolean> {
    pending.value = name
    word.value = null
    left = deskMark(before)
    let done = false
    try {
      done = await answerShown(before, sent)
    } finally {
      pending.value = null
      const after = kept
      kept = null
      if (done && after?.mark === mark) after.then()
    }
    return done
  }

  async function answerShown(before: Desk, sent: () => Promise<Answer>): Promise<boolean> {
    try {
      const answer = await sent()
      if (answer?.ticket === null) word.value = { type: 'nobody' }
      else if (answer) await until(() => shows(answer.ticket))
      else await until(() => mark !== deskMark(before))
      return true
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown
      if (thrown.key === 'unauthenticated') onExpired()
      else word.value = wordOf(thrown, clock())
      return false
    }
  }

  function afterwards(then: () => void): boolean {
    if (pending.value === null || mark === null || mark === left) return false
    kept ??= { then, mark }
    return true
  }

  /** Until the board shows it, or long enough that something else is wrong. */
  function until(shown: () => boolean): Promise<void> {
    return new Promise((done) => {
      const end = () => {
        clearTimeout(limit)
        looked = null
        done()
      }
      const limit = setTimeout(end, CATCH_UP)
      looked = () => shown() && end()
      looked()
    })
  }

  return {
    pending,
    word,
    act,
    run,
    look,
    afterwards,
    dismiss() {
      word.value = null
    },
  }
}

/** A refusal as the desk says it. Not being first is nobody's mistake: it says for how long. [CONSOLE23] */
function wordOf({ key, facts }: ApiError, now: number): Word {
  if (key !== 'not-your-turn') return { type: 'error', key, facts }
  return { type: 'after', counter: String(facts.counter), until: now + Number(facts.seconds) * 1_000 }
}

/** For how long the next ticket is still offered to another counter first, whole seconds; 0: it is not. [CONSOLE23] */
export function secondsUntilMine(word: Word | null, now: number): number {
  return word?.type === 'after' ? Math.max(0, Math.ceil((word.until - now) / 1_000)) : 0
}

type Answer = { ticket: null } | { ticket: NonNullable<TicketResponse['ticket']> } | undefined

async function send(api: Api, command: Command, deskId: string): Promise<Answer> {
  switch (command.action) {
    case 'open':
      await api.openCounter(command.counterId, { desk: deskId })
      return undefined
    case 'pause':
      await api.pauseCounter(command.counterId)
      return undefined
    case 'close':
      await api.closeCounter(command.counterId)
      return undefined
    case 'next':
      return answered(await api.callNext(command.counterId))
    case 'recall':
      return answered(await api.recall(command.ticketId, seenOf(command)))
    case 'start':
      return answered(await api.start(command.ticketId, seenOf(command)))
    case 'complete':
      return answered(await api.complete(command.ticketId, seenOf(command)))
    case 'no-show':
      return answered(await api.noShow(command.ticketId, seenOf(command)))
  }
}

/** Which leg is meant, and as what it was seen. [CONSOLE3] */
function seenOf({ legId, version }: { legId: string; version: number }) {
  return { leg: legId, version }
}

async function sendErrand(api: Api, errand: Errand, deskId: string): Promise<Answer> {
  if (errand.errand === 'undo') return answered(await api.undo(errand.counterId, { seq: errand.seq }))
  if (errand.errand === 'take-over') {
    await api.openCounter(errand.counterId, { desk: deskId, takeOver: true })
    return undefined
  }
  const { ticketId, id: legId, version } = errand.leg
  const seen = seenOf({ legId, version })
  switch (errand.errand) {
    case 'print': {
      const { jobId, slip } = await api.printAgain(ticketId)
      if (slip) {
        const { drawnRows } = await import('#ui/draw-slip.ts')
        await api.addPicture(jobId, await drawnRows(slip))
      }
      // Nothing of the ticket changes: the board shows it already.
      return { ticket: errand.leg }
    }
    case 'hold':
      return answered(await api.hold(ticketId, { kind: errand.kind }, seen))
    case 'put-back':
      return answered(await api.putBack(ticketId, seen))
    case 'transfer': {
      const { to, note } = errand
      return answered(await api.transfer(ticketId, note === undefined ? { to } : { to, note }, seen))
    }
    case 'add-service': {
      const { serviceId, order } = errand
      return answered(await api.addService(ticketId, { serviceId, order }, seen))
    }
    case 'skill':
      return answered(await api.skill(ticketId, { skill: errand.skill }, seen))
    case 'correct-times': {
      const { errand: _, leg: __, ...times } = errand
      return answered(await api.correctTimes(ticketId, times, seen))
    }
    case 'resume': {
      const { counterId } = errand
      return answered(await api.resume(ticketId, counterId === null ? {} : { counterId }, seen))
    }
    case 'more-time':
      return answered(await api.onTicket<TicketResponse>(ticketId, 'more-time', {}, seen))
    case 'language': {
      const { language } = errand
      return answered(await api.onTicket<TicketResponse>(ticketId, 'language', { language }, seen))
    }
    case 'rejoin':
      return answered(await api.rejoin(ticketId, seen))
    case 'care':
      return answered(await api.care(ticketId, { care: errand.care }, seen))
    case 'change-service':
      return answered(await api.changeService(ticketId, { serviceId: errand.serviceId }, seen))
    case 'cancel':
      return answered(await api.cancel(ticketId, seen))
    case 'call':
      return answered(await api.call(ticketId, { counterId: errand.counterId, reason: errand.reason }, seen))
  }
}

function answered({ ticket }: TicketResponse): Answer {
  return ticket === null ? { ticket: null } : { ticket }
}
