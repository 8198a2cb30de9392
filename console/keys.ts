import type { Aside } from './errand.ts'
import type { Action } from './model.ts'

/** The key of each action; shown on its button. Each means one thing in every state. [KEYS1] */
export const KEYS = {
  next: 'N',
  recall: 'R',
  start: 'S',
  complete: 'F',
  'no-show': 'X',
  hold: 'H',
  'put-back': 'B',
  transfer: 'T',
  'add-service': 'A',
  more: 'E',
  times: 'C',
  actions: 'L',
  undo: 'U',
  materials: 'M',
  reveal: 'I',
  help: 'G',
} as const satisfies Partial<Record<Action | Aside | 'undo' | 'materials' | 'reveal' | 'help', string>>

/** Where the keys of what the resident said find what they mean now. */
export interface PanelKeys {
  allThere: (() => void) | null
  reveal: (() => void) | null
}

/**
 * After somebody else changed what lies on the desk, it must have lain there this long before a press is taken to mean it, ms:
 * less than it takes to see a change and press on purpose.
 */
export const SETTLED = 400

/** What this module needs to know of a keyboard event. */
export interface Press {
  key: string
  code: string
  repeat: boolean
  isComposing: boolean
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
  /** The press goes to a field that takes text. */
  typing: boolean
}

/**
 * The action a key press means, whether or not it is possible now. [KEYS2] Never while typing, never held down, never with
 * Ctrl, Alt or Meta. Under a Chinese input method `key` says only `Process`; then the place of the key counts.
 */
export function actionFor(press: Press): keyof typeof KEYS | null {
  const letter = signOf(press)
  for (const [action, key] of Object.entries(KEYS)) {
    if (key === letter) return action as keyof typeof KEYS
  }
  return null
}

/**
 * What a press means while a choice is open: one of its options by key, leaving it, or nothing. [KEYS4] The keys of the desk
 * mean nothing then, except that the key which opened the choice closes it again.
 */
export function choiceFor<Option extends { key: string | null }>(
  press: Press,
  options: readonly Option[],
  opened: Aside,
): Option | 'leave' | null {
  if (press.key === 'Escape' && !press.isComposing) return 'leave'
  const sign = signOf(press)
  if (sign === null) return null
  return options.find(({ key }) => key === sign) ?? (sign === KEYS[opened] ? 'leave' : null)
}

/** The letter or digit a press means; null when it is not meant for the desk. [KEYS2] */
export function signOf(press: Press): string | null {
  if (press.repeat || press.isComposing || press.typing) return null
  if (press.ctrlKey || press.altKey || press.metaKey) return null
  return /^[a-z0-9]$/i.test(press.key) ? press.key.toUpperCase() : placeOf(press)
}

function placeOf({ key, code }: Press): string | null {
  return key === 'Process' || key === 'Unidentified' ? code.replace(/^(Key|Digit|Numpad)/, '') : null
}

/** When and by whom what lies on the desk last changed. */
export interface Changed {
  /** ms */
  at: number
  /** By this console's own action. */
  mine: boolean
}

/** How the clerk pressed. The second click of a double click comes as `double-click`. */
export type By = 'key' | 'click' | 'double-click'

/**
 * Whether a press may be taken to mean what the desk now shows. [KEYS3] The second click of a double click never: another button
 * may have come to lie under the finger. Nothing, in the moment after somebody else changed the desk.
 */
export function settled(by: By, changed: Changed | null, now: number): boolean {
  if (by === 'double-click') return false
  return !changed || changed.mine || now - changed.at >= SETTLED
}

/** Whether the element takes text, so that letters belong to it. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return true
  }
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  )
}
