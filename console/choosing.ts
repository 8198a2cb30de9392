import { type ReadonlySignal, signal } from '@preact/signals'
import { HOLDS, type Place, transferTo } from './destination.ts'
import type { Aside, Errand } from './errand.ts'
import type { Hands } from './hands.ts'
import { actionFor, type By, choiceFor, type Press } from './keys.ts'
import { type Desk, deskMark, type Leg } from './model.ts'

export interface Choosing {
  /** What is being chosen, and for which desk: on another desk it is over. */
  open: ReadonlySignal<{ aside: Aside; mark: string } | null>
  /** A quiet action was pressed: it opens its choice, or closes it, or is carried out at once. */
  ask: (aside: Aside, by: By) => void
  leave: () => void
  run: (errand: Errand, by: By) => Promise<boolean>
  /** What a key means now. True when it meant something. */
  press: (pressed: Press) => boolean
}

/** Keys and quiet actions of a desk: while a choice is open, the keys are the choice's. [KEYS4] */
export function createChoosing(given: {
  hands: Pick<Hands, 'act' | 'run' | 'pending'>
  /** The desk as it is now; null when it must not be touched. */
  desk: () => Desk | null
  places: (leg: Leg) => readonly Place[]
  undoable: () => boolean
  /** The choice was left without choosing. */
  onLeave: (aside: Aside) => void
}): Choosing {
  const { hands, desk, places, undoable, onLeave } = given
  const open = signal<{ aside: Aside; mark: string } | null>(null)

  async function run(errand: Errand, by: By): Promise<boolean> {
    const done = await hands.run(errand, by)
    // What went wrong is said on the desk, which the choice lies over.
    open.value = null
    return done
  }

  /** The desk with the choice that is open on it; null when none is. */
  function chosenOn(current: Desk | null): { aside: Aside; leg: Leg } | null {
    if (current?.state !== 'called' && current?.state !== 'serving') return null
    if (open.value?.mark !== deskMark(current)) return null
    return { aside: open.value.aside, leg: current.leg }
  }

  function leave(): void {
    const left = open.value?.aside
    open.value = null
    if (left) onLeave(left)
  }

  function ask(aside: Aside, by: By): void {
    const current = desk()
    if (current?.state !== 'called' && current?.state !== 'serving') return
    if (hands.pending.value !== null) return
    if (chosenOn(current)?.aside === aside) leave()
    else if (aside === 'put-back') void run({ errand: 'put-back', leg: current.leg }, by)
    else open.value = { aside, mark: deskMark(current) }
  }

  function choose(pressed: Press, aside: Aside, leg: Leg): boolean {
    const options: readonly { key: string | null; errand: Errand }[] =
      aside === 'hold'
        ? HOLDS.map(({ kind, key }) => ({ key, errand: { errand: 'hold', leg, kind } }))
        : places(leg).map((place) => ({ key: place.key, errand: transferTo(leg, place) }))
    const chosen = choiceFor(pressed, options, aside)
    if (chosen === 'leave') leave()
    else if (chosen) void run(chosen.errand, 'key')
    return chosen !== null
  }

  return {
    open,
    ask,
    leave,
    run,
    press(pressed) {
      const current = desk()
      const chosen = chosenOn(current)
      if (chosen) return choose(pressed, chosen.aside, chosen.leg)
      const action = actionFor(pressed)
      if (action === null) return false
      if (action === 'hold' || action === 'put-back' || action === 'transfer') ask(action, 'key')
      else if (action !== 'undo') void hands.act(action, 'key')
      else if (current && undoable()) void run({ errand: 'undo', counterId: current.counter.id }, 'key')
      return true
    },
  }
}
