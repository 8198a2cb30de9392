import { shared } from '../words.ts'

/** Something is coming. */
export function Loading() {
  return (
    <main class="plain-screen" aria-busy="true">
      <span class="loading-dots" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      <p class="quiet">{shared('loading')}</p>
    </main>
  )
}
