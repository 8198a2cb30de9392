import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'

/** Tried again after this, ms. */
const AGAIN = 3_000

/** A part of a screen that is fetched when it is first wanted, so that the first view weighs less; until then there is nothing. */
export function later<P extends object>(fetchPart: () => Promise<ComponentType<P>>): ComponentType<P> {
  const part = signal<ComponentType<P> | null>(null)
  let wanted = false
  async function want(): Promise<void> {
    try {
      part.value = await fetchPart()
    } catch {
      setTimeout(want, AGAIN)
    }
  }
  return function Later(props: P) {
    useEffect(() => {
      if (wanted) return
      wanted = true
      void want()
    }, [])
    const Part = part.value
    return Part && <Part {...props} />
  }
}
