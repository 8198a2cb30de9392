import { type ReadonlySignal, signal } from '@preact/signals'

type Screens = typeof import('./beside-screens.ts')

/** Tried again after this, ms. */
const AGAIN = 3_000

const fetched = signal<Screens | null>(null)

/**
 * The screens behind the first one, once they are here. They are fetched as soon as the first one stands, and not when somebody
 * asks for one: by then the network may have gone.
 */
export const beside: ReadonlySignal<Screens | null> = fetched

export async function fetchBeside(): Promise<void> {
  try {
    fetched.value = await import('./beside-screens.ts')
  } catch {
    setTimeout(fetchBeside, AGAIN)
  }
}
