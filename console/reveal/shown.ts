import { type ReadonlySignal, signal } from '@preact/signals'

/** What was revealed stays on the desk this long, ms. */
export const SHOWN_FOR = 60_000

/** Something revealed that hides again by itself. */
export interface Shown<T> {
  value: ReadonlySignal<T | null>
  show(value: T): void
  /** At once: somebody says so, or the ticket has left. */
  hide(): void
}

/** Keeps nothing for longer than a minute, and nothing of what it showed before. [REVEAL5] */
export function createShown<T>(): Shown<T> {
  const value = signal<T | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  const hide = () => {
    clearTimeout(timer)
    value.value = null
  }
  return {
    value,
    show: (fresh) => {
      hide()
      value.value = fresh
      timer = setTimeout(hide, SHOWN_FOR)
    },
    hide,
  }
}
