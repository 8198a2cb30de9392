import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type * as Beside from './beside.ts'
import type { Paper } from './paper.tsx'

type Given = Parameters<typeof Beside.createPaper>[0]

/** What a workplace needs of paper, and its parts, once they are fetched: right after the desk is there. */
export function usePaper(given: Given): ReadonlySignal<(typeof Beside & { paper: Paper }) | null> {
  const found = useSignal<(typeof Beside & { paper: Paper }) | null>(null)
  useEffect(() => {
    let gone = false
    const fetched = (beside: typeof Beside) => {
      if (!gone) found.value = { ...beside, paper: beside.createPaper(given) }
    }
    void import('./beside.ts').then(fetched, () => undefined)
    return () => {
      gone = true
      found.peek()?.paper.close()
      found.value = null
    }
  }, [given.live, given.counterId])
  return found
}
