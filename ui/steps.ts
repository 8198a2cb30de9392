import { signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { ErrorKey } from '#protocol/errors.ts'
import { errorKeyOf } from './api.ts'

/**
 * What a part of a page does when it is told to, one thing at a time: while it is `busy`, another is not begun.
 * `error` is why the last one did not work; whoever is no longer signed in is sent to `onExpired` instead.
 */
export function createSteps(onExpired: () => void) {
  const busy = signal(false)
  const error = signal<ErrorKey | null>(null)

  /** Takes the steps in turn, each whatever became of the one before: what is read last then shows what there is. */
  const carryOut = async (...steps: (() => Promise<unknown>)[]): Promise<void> => {
    if (busy.peek()) return
    busy.value = true
    error.value = null
    for (const step of steps) {
      try {
        await step()
      } catch (thrown) {
        const key = errorKeyOf(thrown)
        if (key === 'unauthenticated') {
          onExpired()
          break
        }
        error.value = key
      }
    }
    busy.value = false
  }
  return { busy, error, carryOut }
}

/** The same for as long as a part is on the page. */
export function useSteps(onExpired: () => void) {
  return useMemo(() => createSteps(onExpired), [])
}
