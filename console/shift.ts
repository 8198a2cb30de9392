import { type ReadonlySignal, signal } from '@preact/signals'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, ApiError } from '#ui/api.ts'

/**
 * Who sits here. `expired`: the session ended while somebody was at work, so their place is kept on the screen until they
 * have signed in again.
 */
export type ShiftState = 'starting' | 'signed-out' | 'signed-in' | 'expired'

export interface Shift {
  api: Api
  state: ReadonlySignal<ShiftState>
  /** The last person signed in; kept while expired. */
  person: ReadonlySignal<SessionView | null>
  site: ReadonlySignal<SiteView | null>
  /** Why the last sign-in or sign-out failed. */
  error: ReadonlySignal<ErrorKey | null>
  /** Grows with each sign-in, so that what watches by the session watches anew. */
  sitting: ReadonlySignal<number>
  /** Continues the browser's session, if there is one. */
  resume: () => Promise<void>
  signIn: (username: string, password: string) => Promise<void>
  signOut: () => Promise<void>
  /** The server no longer knows the session. */
  expire: () => void
  /** Asks for the hall's settings again. */
  refresh: () => Promise<void>
}

/** A clerk's session on this machine. [SHIFT1] */
export function createShift(api: Api): Shift {
  const state = signal<ShiftState>('starting')
  const person = signal<SessionView | null>(null)
  const site = signal<SiteView | null>(null)
  const error = signal<ErrorKey | null>(null)
  const sitting = signal(0)

  async function enter(session: SessionView): Promise<void> {
    site.value = await api.site(session.siteId ?? '')
    person.value = session
    error.value = null
    sitting.value += 1
    state.value = 'signed-in'
  }

  return {
    api,
    state,
    person,
    site,
    error,
    sitting,
    async resume() {
      try {
        await enter(await api.session())
      } catch (thrown) {
        const key = keyOf(thrown)
        error.value = key === 'unauthenticated' ? null : key
        state.value = 'signed-out'
      }
    },
    async signIn(username, password) {
      error.value = null
      try {
        await enter(await api.signIn(username, password))
      } catch (thrown) {
        error.value = keyOf(thrown)
      }
    },
    async signOut() {
      error.value = null
      try {
        await api.signOut()
      } catch (thrown) {
        const key = keyOf(thrown)
        // The session is still open: to say otherwise would leave a shared desk signed in behind a sign-in page.
        if (key !== 'unauthenticated') {
          error.value = key
          return
        }
      }
      person.value = null
      site.value = null
      state.value = 'signed-out'
    },
    expire() {
      // Peeked: whoever expires the shift from an effect must not run again when it resumes.
      if (state.peek() === 'signed-in') state.value = 'expired'
    },
    async refresh() {
      const current = site.peek()
      if (!current) return
      // Failing is no harm: the next change of the board asks again.
      const fresh = await api.site(current.id).catch(() => null)
      if (fresh) site.value = fresh
    },
  }
}

function keyOf(thrown: unknown): ErrorKey {
  return thrown instanceof ApiError ? thrown.key : 'internal'
}
