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
  let before = Promise.resolve()

  /** Takes the steps after all that was begun before, each whatever became of the one before it. */
  const take = (...steps: (() => Promise<unknown>)[]): Promise<void> => {
    before = before.then(async () => {
      for (const step of steps) {
        try {
          await step()
        } catch (thrown) {
          const key = errorKeyOf(thrown)
          if (key === 'unauthenticated') return onExpired()
          error.value = key
        }
      }
    })
    return before
  }
  /** Looks something up that nobody has pressed for: a press meanwhile is carried out when it is there. */
  const look = (step: () => Promise<unknown>): Promise<void> => {
    error.value = null
    return take(step)
  }
  /** What is read as the last step then shows what there is. */
  const carryOut = async (...steps: (() => Promise<unknown>)[]): Promise<void> => {
    if (busy.peek()) return
    busy.value = true
    error.value = null
    await take(...steps)
    busy.value = false
  }
  return { busy, error, look, carryOut }
}

/** The same for as long as a part is on the page. */
export function useSteps(onExpired: () => void) {
  return useMemo(() => createSteps(onExpired), [])
}
