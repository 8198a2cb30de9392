import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { HOLDS, type Place, takesTickets, transferTo } from './destination.ts'
import { type Aside, type Errand, moreOf } from './errand.ts'
import type { Hands } from './hands.ts'
import { actionFor, type By, choiceFor, KEYS, type Press, signOf } from './keys.ts'
import { type Desk, deskMark, type Leg } from './model.ts'
import { CORRECTIONS, correctionOf, draftOf, type TimesDraft } from './times.ts'
import type { Matter, Order } from './visit.ts'

/** What has been filled in of a choice. A note that could not be sent stays for as long as its ticket is on the desk. */
export interface Draft {
  /** For whoever serves the ticket next. */
  note: Signal<string>
  /** When an added matter comes. */
  order: Signal<Order>
  /** null until there is a ticket to choose. */
  times: Signal<TimesDraft | null>
}

export interface Choosing {
  /** What is being chosen, and for which desk: on another desk it is over. */
  open: ReadonlySignal<{ aside: Aside; mark: string } | null>
  draft: Draft
  /** A quiet action was pressed: it opens its choice, or closes it, or is carried out at once. */
  ask: (aside: Aside, by: By) => void
  leave: () => void
  run: (errand: Errand, by: By) => Promise<boolean>
  /** What a key means now. True when it meant something. */
  press: (pressed: Press) => boolean
  /** To be told each time the board was drawn anew: what was filled in goes with its ticket. [CONSOLE19] */
  look: () => void
}

/** The key that says when an added matter comes. */
export const ORDER_KEY = '0'

type Option = { key: string | null } & ({ errand: Errand | null } | { order: Order })

/** Keys and quiet actions of a desk: while a choice is open, the keys are the choice's. [KEYS4] */
export function createChoosing(given: {
  hands: Pick<Hands, 'act' | 'run' | 'pending' | 'afterwards'>
  /** The desk as it is now; null when it must not be touched. */
  desk: () => Desk | null
  places: (leg: Leg) => readonly Place[]
  /** Services that can be added to the visit. */
  matters: (leg: Leg) => readonly Matter[]
  /** Tickets whose times can be put right, the most likely first. */
  correctable: (desk: Desk) => readonly Leg[]
  timeZone: () => string
  /** The action that can be taken back, as its event's number. */
  undoable: () => number | null
  /** Whether the hall has a printer. */
  prints: () => boolean
  /** All materials of the ticket on the desk are there. */
  allThere: () => void
  reveal: () => void
  /** Going to help at a kiosk. [HELP11] */
  goHelp: () => void
  /** The choice was left without choosing. */
  onLeave: (aside: Aside) => void
}): Choosing {
  const {
    hands,
    desk,
    places,
    matters,
    correctable,
    timeZone,
    undoable,
    prints,
    allThere,
    reveal,
    goHelp,
    onLeave,
  } = given
  const open = signal<{ aside: Aside; mark: string } | null>(null)
  /** The leg the note is about. */
  let noted: string | null = null
  const draft: Draft = { note: signal(''), order: signal('sequence'), times: signal(null) }

  async function run(errand: Errand, by: By): Promise<boolean> {
    const chosenIn = open.value
    const done = await hands.run(errand, by)
    // A key kept until now may have opened another. [KEYS5]
    if (open.value !== chosenIn) return done
    // What went wrong is said on the desk, which the choice lies over.
    if (done) draft.note.value = ''
    open.value = null
    return done
  }

  /** The choice that is open on this desk; null when none is. */
  function chosenOn(current: Desk | null): Aside | null {
    return current && open.value?.mark === deskMark(current) ? open.value.aside : null
  }

  function leave(): void {
    const left = open.value?.aside
    draft.note.value = ''
    open.value = null
    if (left) onLeave(left)
  }

  function ask(aside: Aside, by: By): void {
    const current = desk()
    if (current === null || hands.pending.value !== null) return
    const leg = onDesk(current)
    if (!mayAsk(aside, current)) return
    if (chosenOn(current) === aside) leave()
    else if (aside === 'put-back' && leg) void run({ errand: 'put-back', leg }, by)
    else {
      noted = leg?.id ?? null
      draft.order.value = 'sequence'
      open.value = { aside, mark: deskMark(current) }
      const [first] = aside === 'times' ? correctable(current) : []
      draft.times.value = first ? draftOf(first, timeZone()) : null
    }
  }

  /** Whether there is anything to choose for. */
  function mayAsk(aside: Aside, current: Desk): boolean {
    if (aside === 'actions') return current.state !== 'taken'
    return aside === 'times' ? correctable(current).length > 0 : onDesk(current) !== null
  }

  /** What would take back the last action of this counter, if that is still allowed. */
  function undoOf({ counter }: Desk): Errand | null {
    const seq = undoable()
    return seq === null ? null : { errand: 'undo', counterId: counter.id, seq }
  }

  function optionsOf(aside: Aside, current: Desk): readonly Option[] {
    if (aside === 'actions') return [{ key: KEYS.undo, errand: undoOf(current) }]
    const leg = onDesk(current)
    if (aside === 'times') {
      const { value } = draft.times
      return CORRECTIONS.map((reason, index) => ({
        key: String(index + 1),
        errand: value && correctionOf(value, reason, timeZone()),
      }))
    }
    if (leg === null) return []
    if (aside === 'more') return moreOf(leg, prints())
    if (aside === 'hold')
      return HOLDS.map(({ kind, key }) => ({ key, errand: { errand: 'hold', leg, kind } }))
    if (aside === 'add-service') {
      const order = draft.order.value
      const added = matters(leg).map(
        ({ id, key, full }): Option => ({
          key: full ? null : key,
          errand: { errand: 'add-service', leg, serviceId: id, order },
        }),
      )
      return [...added, { key: ORDER_KEY, order: order === 'any' ? 'sequence' : 'any' }]
    }
    return places(leg)
      .filter(takesTickets)
      .map((place) => ({ key: place.key, errand: transferTo(leg, place, draft.note.value) }))
  }

  function choose(pressed: Press, aside: Aside, current: Desk): boolean {
    const chosen = choiceFor(pressed, optionsOf(aside, current), aside)
    if (chosen === 'leave') leave()
    else if (chosen && 'order' in chosen) draft.order.value = chosen.order
    else if (chosen?.errand) void run(chosen.errand, 'key')
    return chosen !== null
  }

  function press(pressed: Press): boolean {
    if (signOf(pressed) !== null && hands.afterwards(() => press(pressed))) return true
    const current = desk()
    const chosen = chosenOn(current)
    if (chosen && current) return choose(pressed, chosen, current)
    const action = actionFor(pressed)
    if (action === null) return false
    switch (action) {
      case 'hold':
      case 'put-back':
      case 'transfer':
      case 'add-service':
      case 'more':
      case 'times':
      case 'actions':
        ask(action, 'key')
        break
      case 'undo': {
        const undo = current && undoOf(current)
        if (undo) void run(undo, 'key')
        break
      }
      case 'materials':
        allThere()
        break
      case 'reveal':
        reveal()
        break
      case 'help':
        goHelp()
        break
      default:
        void hands.act(action, 'key')
    }
    return true
  }

  return {
    open,
    draft,
    ask,
    leave,
    run,
    look() {
      const current = desk()
      if (current !== null && onDesk(current)?.id !== noted) draft.note.value = ''
    },
    press,
  }
}

function onDesk(desk: Desk): Leg | null {
  return desk.state === 'called' || desk.state === 'serving' ? desk.leg : null
}
