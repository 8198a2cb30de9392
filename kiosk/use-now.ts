import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** The hall's time, ms, once a second. Used where it is shown, so that nothing else is drawn again. */
export function useNow(clock: () => number): number {
  const now = useSignal(clock())
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = clock()
    }, 1_000)
    return () => clearInterval(timer)
  }, [clock])
  return now.value
}
